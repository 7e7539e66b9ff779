"""Papers of fixed values in every language: what the pictures looked at by eye are made from."""

from dataclasses import replace
from datetime import UTC, datetime

from scheduler.core.travel import Point
from scheduler.papers.day_sheet import DaySheet, DaySheetRow
from scheduler.papers.plates import Bearer, Heading, InLanguage, Sign
from scheduler.papers.programme import ProgrammeDay, ProgrammePaper, ProgrammeStop
from scheduler.papers.qr import qr_svg
from scheduler.papers.typesetting import FAMILIES
from scheduler.pictures.inks import inked_with
from scheduler.pictures.rivers import rivers
from scheduler.pictures.route_map import MapLook, MapStop, MapWords, route_map

MADE_AT = datetime(2026, 12, 7, 0, 0, tzinfo=UTC)
CODE = qr_svg("https://seoul.example/gate/c0deOfAProgramme")
JEDDAH = (
    InLanguage(words="Delegation of Jeddah Municipality", language="en"),
    InLanguage(words="وفد أمانة محافظة جدة", language="ar"),
)

# By language: heading, mark, version, the facts of the cover, the four columns, remarks.
FRAMES = {
    "en": (
        ("Seoul", "Programme", "(Amended)", "Version 2", "Remarks", "Show this code at the gate."),
        (("Stay", "Mon 14 Dec 2026 10:30 – Wed 16 Dec 2026 18:00"), ("Head of delegation", "Vice-Chair")),
        ("Time", "What and where", "With you", "Please note"),
        ("All hours are those of Seoul (UTC+9).", "In danger: Fire and ambulance 119, Police 112"),
    ),
    "ko": (
        ("서울특별시", "일정표", "(수정)", "제2판", "유의 사항", "방문지 입구에서 이 코드를 보여 주십시오."),
        (("체류 기간", "2026. 12. 14.(월) 10:30~2026. 12. 16.(수) 18:00"), ("대표단장", "부위원장")),
        ("시간", "내용 및 장소", "접견·동행", "유의 사항"),
        ("모든 시각은 서울 기준(UTC+9)입니다.", "긴급 전화: 화재·구급 119, 경찰 112"),
    ),
    "zh": (
        ("首尔", "日程表", "(修订)", "第2版", "备注", "请在各参观点入口出示此码。"),
        (("停留时间", "2026年12月14日 10:30 – 2026年12月16日 18:00"), ("团长", "副主席")),
        ("时间", "内容与地点", "陪同人员", "请注意"),
        ("所有时间均为首尔时间(UTC+9)。", "紧急电话:消防与急救 119,警察 112"),
    ),
    "ja": (
        ("ソウル", "日程表", "(修正)", "第2版", "備考", "各訪問先の入口でこのコードをご提示ください。"),
        (("滞在期間", "2026/12/14 10:30 – 2026/12/16 18:00"), ("団長", "副委員長")),
        ("時間", "内容と場所", "同行者", "ご注意"),
        ("時刻はすべてソウルの時刻(UTC+9)です。", "緊急時:消防・救急 119、警察 112"),
    ),
    "ar": (
        ("سول", "البرنامج", "(معدّل)", "النسخة 2", "ملاحظات", "أبرزوا هذا الرمز عند مدخل كل موقع."),
        (("مدة الإقامة", "الاثنين 14 ديسمبر 2026، 10:30"), ("رئيس الوفد", "نائب الأمين")),
        ("الوقت", "ماذا وأين", "معكم", "يرجى الانتباه"),
        ("جميع الأوقات بتوقيت سول (UTC+9).", "في حالات الخطر: الإطفاء والإسعاف 119، الشرطة 112"),
    ),
}
# By language: the day, who stays with them, two stops, the way between, what the map is called.
DAYS = {
    "en": (
        ("Monday 14 December 2026", "Liaison officer: Lee Jun, 09:00–18:00", "The route of the day"),
        ("Traffic control room", "Seoul TOPIS", "Host", "Interpreter", "Wear and bring", "Closed shoes"),
        ("Lunch", "Restaurant in Jongno", "25 minutes on the way", "Vice mayor"),
    ),
    "ko": (
        ("2026. 12. 14.(월)", "수행 담당자: 이준, 09:00~18:00", "당일 이동 경로"),
        ("교통 관제실 견학", "서울교통정보센터(TOPIS)", "주최", "통역", "복장·준비물", "앞이 막힌 신발"),
        ("오찬", "종로 오찬 식당", "이동 25분", "부시장"),
    ),
    "zh": (
        ("2026年12月14日星期一", "联络官:李俊,09:00–18:00", "当日路线"),
        ("参观交通指挥中心", "首尔交通信息中心", "接待方", "翻译", "着装与携带", "请穿包头鞋"),
        ("午餐", "钟路餐厅", "路程25分钟", "副市长"),
    ),
    "ja": (
        ("2026年12月14日月曜日", "リエゾン:李俊、09:00–18:00", "当日の経路"),
        (
            "交通管制室の視察",
            "ソウル交通情報センター",
            "受入れ",
            "通訳",
            "服装・持ち物",
            "つま先の覆われた靴",
        ),
        ("昼食会", "鍾路の食堂", "移動25分", "副市長"),
    ),
    "ar": (
        ("الاثنين 14 ديسمبر 2026", "مسؤول المرافقة: لي جون، 09:00–18:00", "مسار اليوم"),
        ("غرفة التحكم المروري", "Seoul TOPIS", "المضيف", "المترجم", "اللباس", "أحذية مغلقة"),
        ("غداء", "مطعم في جونغنو", "25 دقيقة في الطريق", "نائب العمدة"),
    ),
}


def programme(language: str) -> ProgrammePaper:
    """The delegation of Jeddah's programme of one day in a language."""
    names, items, columns, remarks = FRAMES[language]
    city, heading, mark, version, remarks_title, code_words = names
    return ProgrammePaper(
        language=language,
        title=f"{heading} – Jeddah",
        city=city,
        heading=heading,
        version=version,
        names=JEDDAH[::-1] if language == "ar" else JEDDAH,
        mark=mark,
        items=items,
        columns=columns,
        days=(_day(language),),
        remarks_title=remarks_title,
        remarks=remarks,
        end_mark="끝." if language == "ko" else "",
        qr_svg=CODE,
        qr_words=code_words,
    )


def _day(language: str) -> ProgrammeDay:
    (title, companion, map_title), visit, (lunch, restaurant, way, mayor) = DAYS[language]
    to = "~" if language == "ko" else "–"
    tour, site, host, interpreter, bring, shoes = visit
    first = ProgrammeStop(
        number="1",
        time=f"10:30{to}12:00",
        title=tour,
        second_title="교통 관제실 견학" if language != "ko" else "",
        place=site,
        address="110 Sejong-daero, Jung-gu",
        facts=((host, "Traffic Information Division"),),
        people=((interpreter, "Kim Mina"),),
        remarks=((bring, shoes),),
    )
    second = ProgrammeStop(
        number="2", time=f"12:30{to}13:45", title=lunch, place=restaurant, way=way, facts=((host, mayor),)
    )
    svg = _map(language, map_title, site, restaurant)
    return ProgrammeDay(
        title=title,
        companions=(companion,),
        stops=(first, second),
        map_title=map_title,
        map_svg=svg,
        map_words=map_title,
    )


def _map(language: str, title: str, site: str, restaurant: str) -> str:
    words = MapWords(title=title, description=title, north="N", kilometres=lambda far: f"{far:g} km")
    stops = [
        MapStop(number="1", code="TOPIS", name=site, point=Point(37.5665, 126.978)),
        MapStop(number="2", code="LUNCH", name=restaurant, point=Point(37.5741, 126.9854)),
    ]
    inks = inked_with(FAMILIES[language])
    look = MapLook(width=460, height=250, rivers=rivers(language), inks=inks)
    return route_map(stops, words, name="route", look=look)


def day_sheet(number: int = 6) -> DaySheet:
    """A site's day with so many visits, the third of them changed."""
    return DaySheet(
        language="en",
        title="Roster of Seoul TOPIS",
        city="Seoul",
        site="Seoul TOPIS",
        second_name="서울교통정보센터",
        day="Monday 14 December 2026",
        totals=f"{number} visits",
        columns=(
            *("Hour", "Delegation", "Headcount", "Head of delegation", "Language"),
            *("Needs", "Contact on the day", "State", "Arrived"),
        ),
        nobody="No delegation and no other booking on this day.",
        stood_at="As it stood at Sun 13 Dec 2026 18:00.",
        facts=(("Meeting point", "Lobby of the west wing"), ("Photographs", "Only from the gallery")),
        rows=tuple(_row(each) for each in range(number)),
    )


def _row(number: int) -> DaySheetRow:
    return DaySheetRow(
        time=f"{8 + number // 4:02}:{number % 4}0–{9 + number // 4:02}:{number % 4}0",
        name=f"Delegation of city {number + 1}",
        second_name=("وفد مدينة جدة", "東京都", "北京市")[number % 3],
        notes=("With them: Kim Mina, Bus 3",) if number % 2 else (),
        headcount=str(10 + number),
        head_post="Vice mayor",
        language="English",
        needs="Halal food, Step-free way" if number % 4 == 0 else "",
        contact="Protocol desk 02-0000-0000",
        state="Confirmed",
        arrived="10" if number == 0 else "",
        can_arrive=True,
        mark="Changed since the last print" if number == 2 else "",
    )


def arabic_day_sheet() -> DaySheet:
    """Visits whose names, rules and telephone numbers run the other way than the sheet."""
    many = day_sheet(17)
    mixed = replace(
        many.rows[0],
        name="Beijing–Seoul Mixed Committee, Environment Working Group",
        second_name="北京首尔混合委员会环境组",
        needs="طعام حلال",
        contact="مكتب المراسم 02-2133-1234",
    )
    return replace(
        many,
        language="ar",
        site="محطة معالجة المياه",
        second_name="중랑물재생센터",
        day="الاثنين 14 ديسمبر 2026",
        totals="17 زيارة",
        columns=(
            "الساعة",
            "الوفد",
            "العدد",
            "رئيس الوفد",
            "اللغة",
            "الاحتياجات",
            "جهة الاتصال",
            "الحالة",
            "حضر",
        ),
        warnings=("مغلق الاثنين 14 ديسمبر 2026 10:30–12:00",),
        facts=(
            ("نقطة اللقاء", "Lobby of the west wing, beside the large model of the sewage plant"),
            ("التصوير", "Only from the gallery; no photographs of control panels or of people at work"),
        ),
        rows=(mixed, *many.rows[1:]),
    )


HEADING = Heading(language="en", title="Badges and plates", city="Seoul")
_ONE = Bearer(
    name="Nguyễn Thị Hồng Nhung",
    language="en",
    delegation=(InLanguage(words="Hà Nội People’s Committee", language="en"),),
    post="Deputy Director",
    organisation="Department of Transport",
    words="Deputy Director, Department of Transport",
)
PEOPLE = (
    _ONE,
    replace(_ONE, name="김민아", language="ko", second_name="KIM Mina"),
    replace(_ONE, name="王小明", language="zh", second_name="WANG Xiaoming"),
    replace(
        _ONE,
        name="محمد بن عبد الله الغامدي",
        language="ar",
        second_name="Mohammed Al-Ghamdi",
        delegation=JEDDAH[::-1],
    ),
    replace(_ONE, name="髙橋 直子", language="ja", second_name="TAKAHASHI Naoko"),
    replace(_ONE, name="สมชาย ใจดี", second_name="Somchai Jaidee"),
    replace(_ONE, name="W" * 200, post="Очень" * 40, organisation="組" * 200, words="Очень" * 40),
    replace(_ONE, name="#panic() *a* $x$ \\ `b` <c> @d አ"),
)
SIGNS = (
    Sign(
        days=(
            InLanguage(words="الاثنين 14 ديسمبر 2026", language="ar"),
            InLanguage(words="2026. 12. 14.(월)", language="ko"),
        ),
        names=JEDDAH[::-1],
        number="1",
        captions=(
            InLanguage(words="مركبة 1", language="ar"),
            InLanguage(words="차량 1", language="ko"),
            InLanguage(words="3호 버스", language="ko"),
            InLanguage(words="Bus 3", language="en"),
        ),
    ),
)

"""Which column of a list of visits holds what: the words offices write above columns, in five languages."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from scheduler.papers.headings import FORBIDDEN
from scheduler.papers.sheet import SheetRow
from scheduler.papers.vocabulary import Header, Vocabulary


class VisitColumn(StrEnum):
    """What a column of a list of visits may hold."""

    DELEGATION = "delegation"
    SITE = "site"
    TOUR = "tour"
    DATE = "date"
    START = "start"
    HEADCOUNT = "headcount"
    LANGUAGE = "language"
    PART = "part"
    REMARKS = "remarks"


# The first word of each language heads the template in that language.
WORDS: Mapping[VisitColumn, Mapping[str, tuple[str, ...]]] = {
    VisitColumn.DELEGATION: {
        "en": ("Delegation", "Delegation name", "Delegation number", "Group", "Guests"),
        "ko": ("대표단", "대표단명", "방문단", "단체명", "방문 단체"),
        "zh": ("代表团", "代表团名称", "访问团", "团组"),
        "ja": ("代表団", "訪問団", "団体名", "視察団"),
        "ar": ("الوفد", "اسم الوفد", "رقم الوفد"),
    },
    VisitColumn.SITE: {
        "en": ("Site", "Site code", "Place", "Location", "Venue"),
        "ko": ("방문지", "방문지 코드", "시찰 기관", "장소", "방문 기관", "기관"),
        "zh": ("参访点", "参观地点", "地点", "参观单位", "场所"),
        "ja": ("訪問先", "視察先", "訪問先コード", "場所"),
        "ar": ("الموقع", "رمز الموقع", "المكان"),
    },
    VisitColumn.TOUR: {
        "en": ("Tour", "Tour code", "Programme", "Visit"),
        "ko": ("견학 프로그램", "견학", "프로그램", "프로그램 코드"),
        "zh": ("参观项目", "项目", "参观内容"),
        "ja": ("見学コース", "見学", "コース", "見学プログラム"),
        "ar": ("الجولة", "رمز الجولة", "البرنامج"),
    },
    VisitColumn.DATE: {
        "en": ("Date", "Day", "Visit date"),
        "ko": ("날짜", "일자", "방문일", "방문 일자", "방문일자"),
        "zh": ("日期", "参观日期", "访问日期"),
        "ja": ("日付", "訪問日", "日にち", "月日"),
        "ar": ("التاريخ", "اليوم", "تاريخ الزيارة"),
    },
    VisitColumn.START: {
        "en": ("Start", "Begin", "Time", "Start time", "From"),
        "ko": ("시작", "시간", "시작 시간", "방문 시간", "시각"),
        "zh": ("开始时间", "时间", "开始"),
        "ja": ("開始", "時間", "開始時間", "開始時刻", "時刻"),
        "ar": ("البداية", "الوقت", "وقت البدء", "الساعة"),
    },
    VisitColumn.HEADCOUNT: {
        "en": ("Headcount", "People", "Number of people", "Persons", "Pax"),
        "ko": ("인원", "인원수", "방문 인원", "명수"),
        "zh": ("人数", "人數", "参观人数"),
        "ja": ("人数", "訪問人数", "参加人数"),
        "ar": ("العدد", "عدد الأشخاص", "عدد الزوار"),
    },
    VisitColumn.LANGUAGE: {
        "en": ("Language", "Tour language"),
        "ko": ("언어", "안내 언어"),
        "zh": ("语言", "讲解语言"),
        "ja": ("言語", "案内言語"),
        "ar": ("اللغة", "لغة الجولة"),
    },
    VisitColumn.PART: {
        "en": ("Part", "Part of the delegation", "Subgroup"),
        "ko": ("조", "조 이름", "분조"),
        "zh": ("分组", "小组"),
        "ja": ("班", "グループ", "班名"),
        "ar": ("الفريق", "المجموعة", "المجموعة الفرعية"),
    },
    VisitColumn.REMARKS: {
        "en": ("Remarks", "Remark", "Note", "Notes", "Comment"),
        "ko": ("비고", "메모", "참고"),
        "zh": ("备注", "說明", "说明"),
        "ja": ("備考", "メモ"),
        "ar": ("ملاحظات", "ملاحظة"),
    },
}
VOCABULARY = Vocabulary(WORDS, FORBIDDEN)
# Without these nobody could be booked anywhere.
NEEDED = frozenset({VisitColumn.DELEGATION, VisitColumn.DATE})


def header_of(rows: Sequence[SheetRow]) -> Header[VisitColumn] | None:
    """The headings among the first rows of a list of visits. None where no row names delegations, days and
    sites or tours."""
    found = VOCABULARY.rows_of_header(rows)
    if found is None:
        return None
    header = VOCABULARY.read_header(*found)
    where = {VisitColumn.SITE, VisitColumn.TOUR} & header.columns.keys()
    return header if header.forbidden or (where and header.columns.keys() >= NEEDED) else None


def template_headings(language: str) -> list[str]:
    """What the columns of an empty list are called in a language."""
    return VOCABULARY.template(language, VisitColumn)

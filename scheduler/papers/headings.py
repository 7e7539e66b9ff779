"""Which column of a list holds what: the words people write above columns, in the languages of the guests."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scheduler.papers.sheet import SheetRow


class Column(StrEnum):
    """What a column of a list of delegates may hold. NAME is a name as it is to be printed."""

    NAME = "name"
    FAMILY = "family"
    GIVEN = "given"
    NATIVE = "native"
    POST = "post"
    ORGANISATION = "organisation"
    EMAIL = "email"
    NUMBER = "number"


# The first word of each language heads the template in that language.
WORDS: Mapping[Column, Mapping[str, tuple[str, ...]]] = {
    Column.NAME: {
        "en": ("Name as printed", "Full name", "Name", "Delegate", "Participant", "Name of delegate"),
        "ko": ("성명", "이름", "표기 이름", "참가자", "성함", "대표단원"),
        "zh": ("姓名", "名字", "印刷用姓名", "參加者", "参加者"),
        "ja": ("氏名", "お名前", "名前", "印刷用氏名", "参加者名"),
        "ar": ("الاسم الكامل", "الاسم", "الاسم كما يطبع", "اسم المشارك"),
    },
    Column.FAMILY: {
        "en": ("Family name", "Surname", "Last name", "Family names", "Family"),
        "ko": ("성", "성(영문)", "영문 성"),
        "zh": ("姓", "姓氏"),
        "ja": ("姓", "氏", "苗字", "名字（姓）"),
        "ar": ("اسم العائلة", "اللقب", "الكنية"),
    },
    Column.GIVEN: {
        "en": ("Given name", "First name", "Forename", "Given names", "First names", "Given"),
        "ko": ("명", "이름(영문)", "영문 이름"),
        "zh": ("名",),
        "ja": ("名", "下の名前"),
        "ar": ("الاسم الأول", "الاسم الشخصي"),
    },
    Column.NATIVE: {
        "en": ("Name in own script", "Native name", "Name in native script", "Name in own language"),
        "ko": ("원어 이름", "원어 성명", "현지어 이름", "한자 이름", "한자"),
        "zh": ("本国文字姓名", "母语姓名", "原文姓名", "中文姓名", "中文名"),
        "ja": ("現地語氏名", "原語氏名", "漢字氏名", "漢字"),
        "ar": ("الاسم باللغة الأم", "الاسم بالعربية"),
    },
    Column.POST: {
        "en": ("Post", "Position", "Job title", "Title", "Function", "Role", "Designation"),
        "ko": ("직위", "직책", "직함", "직급"),
        "zh": ("职务", "职位", "職務", "職位", "职称"),
        "ja": ("役職", "職名", "肩書き", "肩書", "職位"),
        "ar": ("المنصب", "الوظيفة", "المسمى الوظيفي", "الصفة"),
    },
    Column.ORGANISATION: {
        "en": ("Organisation", "Organization", "Institution", "Affiliation", "Agency", "Company", "Office"),
        "ko": ("소속", "기관", "소속 기관", "기관명", "소속기관명"),
        "zh": ("单位", "工作单位", "机构", "單位", "機構", "组织"),
        "ja": ("所属", "所属機関", "団体", "機関", "組織", "勤務先"),
        "ar": ("الجهة", "المؤسسة", "المنظمة", "جهة العمل", "الهيئة"),
    },
    Column.EMAIL: {
        "en": ("E-mail", "Mail", "E-mail address", "Mail address"),
        "ko": ("이메일", "전자우편", "메일", "이메일 주소", "전자메일"),
        "zh": ("电子邮件", "邮箱", "电子邮箱", "電子郵件", "电邮"),
        "ja": ("メール", "メールアドレス", "Eメール", "電子メール"),
        "ar": ("البريد الإلكتروني", "البريد", "الايميل"),
    },
    Column.NUMBER: {
        "en": ("No", "#", "Nr", "Number", "Row"),
        "ko": ("번호", "연번", "순번"),
        "zh": ("序号", "编号", "序號"),
        "ja": ("番号", "通し番号"),
        "ar": ("الرقم", "م", "رقم"),
    },
}
TEMPLATE = (
    Column.NAME,
    Column.FAMILY,
    Column.GIVEN,
    Column.NATIVE,
    Column.POST,
    Column.ORGANISATION,
    Column.EMAIL,
)
# Beside a family name these mean the given one; alone they mean the whole name.
EITHER_NAME = ("Name", "이름", "名字", "名前", "الاسم")
# Numbers that single a person out for life: we hold none (Personal Information Protection Act, art. 24).
FORBIDDEN = (
    *("passport", "여권", "护照", "護照", "パスポート", "旅券", "جواز"),
    *(
        "주민등록",
        "주민번호",
        "외국인등록",
        "身份证",
        "身分證",
        "マイナンバー",
        "identitynumber",
        "nationalid",
    ),
    *("idnumber", "idno", "identitycard", "رقمالهوية", "الهويةالوطنية"),
)
# "소속 Organisation": a stretch in Latin letters, or in none.
_OF_ONE_ALPHABET = re.compile(r"[ -~]*[A-Za-z][ -~]*|[^A-Za-z]+")
# A title and a logo may stand above the headings; lower down they are not looked for.
WITHIN_ROWS = 15


@dataclass(frozen=True)
class Header:
    """The headings of a list: which column (from 1) holds what, which rows they take, what is not read."""

    columns: Mapping[Column, int]
    first_row: int
    last_row: int
    ignored: Sequence[str]
    forbidden: str = ""


def header_of(rows: Sequence[SheetRow]) -> Header | None:
    """The headings among the first rows: the row that says most, and the next where it is a second row of
    headings (in another language, or given and family name below one "Name"). None where no row names
    people."""
    first = rows[:WITHIN_ROWS]
    best = max(range(len(first)), key=lambda index: len(_named(first[index])), default=None)
    if best is None or not _named(first[best]):
        return None
    upper, lower = first[best], rows[best + 1] if best + 1 < len(rows) else None
    if best and _is_header(first[best - 1]):
        upper, lower = first[best - 1], first[best]
    if lower is None or not _is_header(lower):
        return _header(upper, None)
    return _header(upper, lower)


def known_headings(rows: Sequence[SheetRow]) -> int:
    """How many headings we know stand in the first rows: how well a text file was read."""
    return max((len(_named(row)) for row in rows[:WITHIN_ROWS]), default=0)


def template_headings(language: str) -> list[str]:
    """What the columns of an empty list are called in a language; in English where we have no words."""
    return [WORDS[column].get(language, WORDS[column]["en"])[0] for column in TEMPLATE]


def _header(upper: SheetRow, lower: SheetRow | None) -> Header | None:
    columns: dict[Column, int] = {}
    ignored, forbidden = [], ""
    width = max(len(row.texts) for row in (upper, lower) if row is not None)
    for number in range(1, width + 1):
        words = [row.text(number) for row in (lower, upper) if row is not None and row.text(number)]
        forbidden = forbidden or next((each for each in words if _is_forbidden(each)), "")
        column = next((found for found in map(_column, words) if found is not None), None)
        if column is not None and column not in columns:
            columns[column] = number
        elif words and column is None:
            ignored.append(words[0])
    _settle_names(columns, upper, lower)
    if not {Column.NAME, Column.FAMILY, Column.GIVEN} & columns.keys() and not forbidden:
        return None
    return Header(columns, upper.number, (lower or upper).number, ignored, forbidden)


def _settle_names(columns: dict[Column, int], upper: SheetRow, lower: SheetRow | None) -> None:
    """Beside "Surname", "Name" is the given one."""
    if Column.FAMILY not in columns or Column.GIVEN in columns or Column.NAME not in columns:
        return
    number = columns[Column.NAME]
    words = [row.text(number) for row in (lower, upper) if row is not None]
    if any(_key(each) in map(_key, EITHER_NAME) for each in words):
        columns[Column.GIVEN] = columns.pop(Column.NAME)


def _is_header(row: SheetRow) -> bool:
    """Whether a row holds headings alone: what is known of it is most of it, and no address is in it."""
    told = [text for text in row.texts if text]
    return (
        len(_named(row)) * 2 >= len(told) and len(_named(row)) > 0 and not any("@" in text for text in told)
    )


def _named(row: SheetRow) -> list[str]:
    return [text for text in row.texts if _column(text) is not None or _is_forbidden(text)]


def _column(text: str) -> Column | None:
    """What a heading means: as a whole, or by one of its halves where it is in two languages."""
    if not text or len(text) > 100:
        return None
    halves = [*re.split(r"[/()（）|]", text), *(half.group() for half in _OF_ONE_ALPHABET.finditer(text))]
    return next((_KNOWN[key] for key in map(_key, [text, *halves]) if key in _KNOWN), None)


def _is_forbidden(text: str) -> bool:
    key = _key(text[:100])
    return any(word in key for word in FORBIDDEN)


def _key(text: str) -> str:
    """A heading without its marks, spaces and capitals."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "#" if folded.strip() == "#" else "".join(sign for sign in folded if sign.isalnum())


def _known(words: Mapping[Column, Mapping[str, Iterable[str]]]) -> dict[str, Column]:
    return {
        _key(word): column
        for column, languages in words.items()
        for several in languages.values()
        for word in several
    }


_KNOWN = _known(WORDS)

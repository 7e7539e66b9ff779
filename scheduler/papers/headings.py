"""Which column of a list holds what: the words people write above columns, in the languages of the guests."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from scheduler.papers.sheet import SheetRow
from scheduler.papers.vocabulary import Header, Vocabulary, heading_key


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

VOCABULARY = Vocabulary(WORDS, FORBIDDEN)


def header_of(rows: Sequence[SheetRow]) -> Header[Column] | None:
    """The headings among the first rows of a list of delegates. None where no row names people."""
    found = VOCABULARY.rows_of_header(rows)
    if found is None:
        return None
    header = VOCABULARY.read_header(*found)
    header = replace(header, columns=_with_names_settled(header.columns, *found))
    names_people = {Column.NAME, Column.FAMILY, Column.GIVEN} & header.columns.keys()
    return header if names_people or header.forbidden else None


def template_headings(language: str) -> list[str]:
    """What the columns of an empty list are called in a language."""
    return VOCABULARY.template(language, TEMPLATE)


def _with_names_settled(
    columns: Mapping[Column, int], upper: SheetRow, lower: SheetRow | None
) -> dict[Column, int]:
    """Beside "Surname", "Name" is the given one."""
    settled = dict(columns)
    if Column.FAMILY not in settled or Column.GIVEN in settled or Column.NAME not in settled:
        return settled
    number = settled[Column.NAME]
    words = [row.text(number) for row in (lower, upper) if row is not None]
    if any(heading_key(each) in map(heading_key, EITHER_NAME) for each in words):
        settled[Column.GIVEN] = settled.pop(Column.NAME)
    return settled

"""What is wrong with a list of delegates, in words: the file as a whole, or one row of it."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from scheduler.papers.delegate_list import RowFault
from scheduler.papers.sheet import SheetUnreadable

UNREADABLE: Mapping[str, Any] = {
    "empty": _l("The file is empty."),
    "too_large": _l("The file is larger than %(most)s MB. Leave out pictures: a list of names is small."),
    "old_workbook": _l(
        "This is an old .xls file, or one with a password. Save it as .xlsx without a password and upload it."
    ),
    "macros": _l("The file has macros in it. Save it as .xlsx (without macros), and upload that."),
    "unknown_kind": _l("This is no list that can be read here. Save it as .xlsx or .csv, and upload that."),
    "unpacks_too_large": _l(
        "There is much more in this file than a list of names. Copy the list into an empty file, upload that."
    ),
    "damaged": _l("The file cannot be read: it is damaged, or not a spreadsheet. Save it again as .xlsx."),
    "encoding": _l("The letters in this file cannot be read. Save it as .xlsx, or as CSV in UTF-8."),
    "no_header": _l(
        "No headings were found. Write “Name” above the column of names and so on, as in the list to fill in."
    ),
    "no_people": _l("There are headings, and nobody below them."),
    "too_many_rows": _l("The sheet goes on below row %(most)s. Leave only the list of delegates in it."),
    "too_many_people": _l("There are more than %(most)s rows of people. Ask the office."),
    "forbidden_column": _l(
        "The column “%(heading)s” must not be sent. We never keep numbers of passports or identity cards. "
        "Delete this column and upload the file again."
    ),
    "too_much_text": _l("The list holds too much text to be shown here. Upload it in two halves."),
}
FAULTS: Mapping[str, Any] = {
    "name_missing": _l("there is no name; write one in the column of names"),
    "too_long": _l("this is too long: %(length)s characters, %(most)s at most"),
    "control": _l("there are signs in it that cannot be printed; type it anew"),
    "not_email": _l("“%(value)s” is no mail address; write it like name@city.example"),
    "formula": _l("there is a formula; write the value itself"),
    "merged": _l("cells are merged over several rows; split them, and write the value in each row"),
    "twice": _l("“%(name)s” stands in row %(other)s already; leave one of the two"),
    "unclear": _l("several on the list are called “%(name)s”; add the e-mail address"),
}
ENCODINGS = {
    "cp949": _l("Korean"),
    "cp932": _l("Japanese"),
    "euc_jp": _l("Japanese"),
    "gb18030": _l("Chinese"),
    "big5": _l("Chinese"),
    "cp1256": _l("Arabic"),
    "cp1251": _l("Cyrillic"),
    "cp1258": _l("Vietnamese"),
    "cp874": _l("Thai"),
    "cp1252": _l("Western European"),
}


def unreadable_in_words(error: SheetUnreadable) -> str:
    """Why a file is not read, and what to do."""
    return str(UNREADABLE[error.code]) % error.facts


def fault_in_words(fault: RowFault) -> str:
    """Row 7, column E: what is wrong there, and what would be right."""
    told = str(FAULTS[fault.code]) % dict(fault.facts)
    if not fault.column:
        return _("Row %(row)s: %(fault)s.", row=fault.row, fault=told)
    return _("Row %(row)s, column %(column)s: %(fault)s.", row=fault.row, column=fault.column, fault=told)


def encoding_in_words(encoding: str) -> str:
    """Whose letters a text file was read as; empty where the file itself told."""
    return str(ENCODINGS.get(encoding, encoding))

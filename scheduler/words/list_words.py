"""What is wrong with a list that was sent, in words: the file as a whole, or one row of it."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from scheduler.papers.list_rows import RowFault
from scheduler.papers.sheet import SheetUnreadable

# What the journal calls a remark that came with a row.
ACTS = {"remark": _l("noted a remark")}
VISIT_COLUMNS: Mapping[str, Any] = {
    "delegation": _l("Delegation"),
    "site": _l("Site"),
    "tour": _l("Tour"),
    "date": _l("Date"),
    "start": _l("Begin"),
    "headcount": _l("Headcount"),
    "language": _l("Language"),
    "part": lazy_pgettext("division", "Part"),
    "remarks": _l("Remarks"),
}
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
    "no_rows": _l("There are headings, and nobody below them."),
    "too_many_rows": _l("The sheet goes on below row %(most)s. Leave only the list of delegates in it."),
    "too_many_of_them": _l("There are more than %(most)s rows of people. Ask the office."),
    "forbidden_column": _l(
        "The column “%(heading)s” must not be sent. We never keep numbers of passports or identity cards. "
        "Delete this column and upload the file again."
    ),
    "heading_twice": _l(
        "The columns %(one)s and %(other)s mean the same: “%(heading)s”. Leave one of them, and upload the "
        "file again."
    ),
    "heading_wide": _l(
        "The heading “%(heading)s” covers the columns %(one)s to %(other)s. Give each column its own "
        "heading, and upload the file again."
    ),
    "open_quote": _l(
        "A quotation mark opens in row %(row)s and is not closed. Close it or delete it, and upload the file "
        "again."
    ),
    "pdf": _l("This is a PDF. Upload the spreadsheet it was made from, as .xlsx or .csv."),
    "document": _l(
        "This is a text document or a presentation. Copy the table into a spreadsheet, upload that."
    ),
    "picture": _l("This is a picture. Type the list into the template, and upload that."),
    "archive": _l("This is a packed archive. Unpack it, and upload the spreadsheet in it."),
    "web_page": _l(
        "This is a web page or XML under another name. Open it, save it as .xlsx, and upload that."
    ),
    "open_document": _l("This is an OpenDocument spreadsheet. Save it as .xlsx or .csv, and upload that."),
    "binary_workbook": _l("This is a binary workbook (.xlsb). Save it as .xlsx, and upload that."),
    "too_much_text": _l("The list holds too much text to be shown here. Upload it in two halves."),
}
UNREADABLE_VISITS: Mapping[str, Any] = {
    "no_header": _l(
        "No headings were found. Write “Delegation”, “Tour”, “Date” and so on above the columns, as in the "
        "list to fill in."
    ),
    "no_rows": _l("There are headings, and no visit below them."),
    "too_many_of_them": _l("There are more than %(most)s visits. Upload them in several files."),
    "too_many_rows": _l("The sheet goes on below row %(most)s. Leave only the list of visits in it."),
    "unpacks_too_large": _l(
        "There is much more in this file than a list of visits. Copy the list into an empty file, and upload "
        "that."
    ),
}
FAULTS: Mapping[str, Any] = {
    "name_missing": _l("there is no name; write one in the column of names"),
    "too_long": _l("this is too long: %(length)s characters, %(most)s at most"),
    "control": _l("there are signs in it that cannot be printed; type it anew"),
    "not_email": _l("“%(value)s” is no mail address; write it like name@city.example"),
    "not_a_name": _l("“%(value)s” is no name; write the name of a person"),
    "lines": _l("the name goes over several lines; write it in one, each person in a row of their own"),
    "formula": _l("there is a formula; write the value itself"),
    "error": _l("“%(value)s” is an error of the spreadsheet; write the value itself"),
    "merged": _l("cells are merged over several rows; split them, and write the value in each row"),
    "twice": _l("“%(name)s” stands in row %(other)s already; leave one of the two"),
    "unclear": _l("several on the list are called “%(name)s”; add the e-mail address"),
    # What is wrong with a row of a list of visits.
    "visit_twice": _l("the same visit stands in row %(other)s already; leave one of the two"),
    "delegation_missing": _l("no delegation is named; write its name or its number"),
    "delegation_unknown": _l(
        "no delegation that can be booked is called “%(value)s”; write its name as it is here, or its number"
    ),
    "delegation_several": _l("several delegations are called “%(value)s”; write the number: %(numbers)s"),
    "tour_missing": _l("no tour is named; write the code of the tour, or of a site that has only one"),
    "site_unknown": _l("there is no site “%(value)s” here; write its code, such as %(known)s"),
    "tour_unknown": _l("there is no tour “%(value)s” at this site; write one of: %(known)s"),
    "tour_several": _l("this site has several tours; write one of: %(known)s"),
    "date_missing": _l("there is no date; write it like 2026-12-14"),
    "date_unknown": _l("“%(value)s” is no date that can be read for sure; write it like 2026-12-14"),
    "date_impossible": _l("there is no such day as “%(value)s”; write it like 2026-12-14"),
    "date_ambiguous": _l("“%(value)s” may be %(one)s or %(other)s; write the one that is meant"),
    "date_without_year": _l("“%(value)s” has no year; write it like 2026-12-14"),
    "date_short_year": _l("“%(value)s” does not say the year in full; write it like 2026-12-14"),
    "date_serial": _l("“%(value)s” is a number, not a date; write it like 2026-12-14"),
    "time_missing": _l("there is no time to begin; write it like 10:30"),
    "time_unknown": _l("“%(value)s” is no time of day that can be read for sure; write it like 10:30"),
    "time_skipped": _l("this time does not exist: the clocks went forward over it"),
    "headcount_unknown": _l("“%(value)s” is no number of people; write a whole number from 1 to 5000"),
    "language_unknown": _l("“%(value)s” is no language we know; write it like: %(known)s"),
    "part_unknown": _l("this delegation has no part “%(value)s”"),
    "part_several": _l("this delegation has several parts “%(value)s”; write division and name: %(known)s"),
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


def unreadable_in_words(error: SheetUnreadable, *, of_visits: bool = False) -> str:
    """Why a file is not read, and what to do."""
    words = {**UNREADABLE, **UNREADABLE_VISITS} if of_visits else UNREADABLE
    return str(words[error.code]) % error.facts


def fault_in_words(fault: RowFault) -> str:
    """Row 7, column E: what is wrong there, and what would be right."""
    told = str(FAULTS[fault.code]) % dict(fault.facts)
    if not fault.column:
        return _("Row %(row)s: %(fault)s.", row=fault.row, fault=told)
    return _("Row %(row)s, column %(column)s: %(fault)s.", row=fault.row, column=fault.column, fault=told)


def encoding_in_words(encoding: str) -> str:
    """Whose letters a text file was read as; empty where the file itself told."""
    return str(ENCODINGS.get(encoding, encoding))


def fault_of_cell_in_words(fault: RowFault) -> str:
    """The same beside the cell itself, as a sentence of its own."""
    told = str(FAULTS[fault.code]) % dict(fault.facts)
    return _("%(fault)s.", fault=told[:1].upper() + told[1:])

"""What is understood of a list of delegates, row by row."""

from datetime import datetime

import pytest
from openpyxl import Workbook

from scheduler.papers.delegate_list import read_delegate_list
from scheduler.papers.empty_list import empty_list
from scheduler.papers.sheet import SheetUnreadable
from tests.papers.lists import AN, BINH, HEADINGS, saved, text, workbook

MAKERS = {"xlsx": workbook, "csv": text}


def people(data, **told):
    found = read_delegate_list(data, **told)
    assert list(found.faults) == []
    return [(each.print_as, each.post, each.organisation, each.email) for each in found.people]


def faults(data):
    found = read_delegate_list(data)
    return [(each.row, each.column, each.code) for each in found.faults]


def refusal(data, **told):
    with pytest.raises(SheetUnreadable) as caught:
        read_delegate_list(data, **told)
    return caught.value.code


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_people_are_read_in_the_order_of_their_rows(make):
    assert people(make(HEADINGS, AN, BINH)) == [tuple(AN), tuple(BINH)]


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
@pytest.mark.parametrize(
    "headings",
    [
        ["성명", "직위", "소속", "이메일"],
        ["姓名", "职务", "单位", "电子邮件"],
        ["氏名", "役職", "所属", "メールアドレス"],
        ["الاسم الكامل", "المنصب", "الجهة", "البريد الإلكتروني"],
        ["FULL NAME *", "Job  title:", "organization", "Email Address"],
        ["성명 / Name", "직위(Post)", "소속\nOrganisation", "E-MAIL"],
    ],
)
def test_headings_are_known_in_our_five_languages(make, headings):
    assert people(make(headings, AN)) == [tuple(AN)]


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_columns_come_in_any_order_and_some_may_be_missing(make):
    data = make(["E-mail", "Nr", "Name"], ["an@hanoi.example", "1", "Nguyen Van An"], ["", "2", ""])
    assert people(data) == [("Nguyen Van An", "", "", "an@hanoi.example")]


@pytest.mark.parametrize("language", ["ko", "en", "zh", "ja", "ar", "xx"])
@pytest.mark.parametrize("is_text", [False, True])
def test_our_own_empty_list_has_headings_that_we_know(language, is_text):
    data = empty_list(language, is_text=is_text)
    assert refusal(data) == "no_rows"
    if is_text:
        row = "Nguyen Van An,Nguyen,Van An,Nguyễn Văn An,Director,Hanoi Transport,an@hanoi.example\r\n"
        found = read_delegate_list(data + row.encode())
        assert len(found.columns) == 7
        assert found.people[0].name_native == "Nguyễn Văn An"


@pytest.mark.parametrize(
    ("row", "is_family_first", "printed", "roman", "native"),
    [
        (["Nguyen", "Van An"], False, "Van An Nguyen", "Van An Nguyen", ""),
        (["Nguyen", "Van An"], True, "Nguyen Van An", "Nguyen Van An", ""),
        (["山田", "太郎"], True, "山田太郎", "", "山田太郎"),
        (["محمد", "علي"], False, "علي محمد", "", "علي محمد"),
        (["Suharto", ""], False, "Suharto", "Suharto", ""),
    ],
)
def test_a_printed_name_is_made_of_its_parts(row, is_family_first, printed, roman, native):
    data = workbook(["Family name", "Given name"], row)
    found = read_delegate_list(data, is_family_first=is_family_first).people[0]
    assert (found.print_as, found.name_roman, found.name_native) == (printed, roman, native)


def test_a_name_beside_a_surname_is_the_given_one():
    found = read_delegate_list(workbook(["Surname", "Name"], ["Silva", "Ana"])).people[0]
    assert found.print_as == "Ana Silva"


def test_a_title_above_and_a_second_row_of_headings_are_no_people():
    rows = [["Delegation of Hanoi"], [], ["성명", "직위", "소속", "이메일"], HEADINGS, AN]
    assert people(workbook(*rows)) == [tuple(AN)]


def test_a_name_over_two_columns_is_read_by_its_second_row():
    rows = [["Name", "", "Post"], ["Surname", "Given name", ""], ["Tran", "Thi Binh", "Engineer"]]
    found = read_delegate_list(workbook(*rows, merged=("A1:B1", "C1:C2")))
    assert [(each.print_as, each.post) for each in found.people] == [("Thi Binh Tran", "Engineer")]


def test_every_fault_is_told_with_its_row_and_column():
    long = ["x" * 201, "", "", ""]
    rows = [HEADINGS, ["", "Director", "", ""], ["An", "", "", "an at hanoi"], long, AN]
    assert faults(workbook(*rows)) == [(2, "", "name_missing"), (3, "D", "not_email"), (4, "A", "too_long")]
    assert [each.row for each in read_delegate_list(workbook(*rows)).people] == [5]


def test_a_formula_is_no_value_in_either_format():
    evil = '=HYPERLINK("http://x.example","An")'
    assert faults(workbook(HEADINGS, [evil, "", "", ""])) == [(2, "A", "formula")]
    assert faults(text(HEADINGS, ["An", "@SUM(A1)", "-1+1", ""])) == [
        (2, "B", "formula"),
        (2, "C", "formula"),
    ]
    assert faults(text(HEADINGS, ["An", "-", "–", ""])) == []


def test_cells_merged_over_several_people_are_told_of():
    data = workbook(HEADINGS, AN, [*BINH[:2], "", BINH[3]], merged=("C2:C3",))
    assert faults(data) == [(2, "C", "merged"), (3, "C", "merged")]


def test_the_same_person_twice_is_told_of():
    again = ["NGUYEN  VAN AN", "", "", ""]
    other_address = ["Tran Thi Binh", "", "", "another.binh@hanoi.example"]
    same_address = ["Le Van Cuong", "", "", "BINH@hanoi.example"]
    data = workbook(HEADINGS, AN, again, BINH, other_address, same_address)
    assert faults(data) == [(3, "", "twice")]


def test_line_breaks_and_odd_spaces_within_a_cell_are_one_space():
    odd = ["Nguyen\nVan\u00a0 An", " Director\u3000General ", "", ""]
    assert people(workbook(HEADINGS, odd)) == [("Nguyen Van An", "Director General", "", "")]


def test_control_characters_are_told_of():
    assert faults(text(HEADINGS, ["An\x07", "", "", ""])) == [(2, "A", "control")]


@pytest.mark.parametrize(
    "heading",
    ["Passport No.", "여권번호", "护照号码", "旅券番号", "パスポート", "رقم جواز السفر", "주민등록번호"],
)
def test_a_column_of_passport_numbers_is_refused(heading):
    assert refusal(workbook([*HEADINGS, heading], [*AN, "C1234567"])) == "forbidden_column"
    assert refusal(text([heading, "Name"], ["C1234567", "An"])) == "forbidden_column"


def test_other_columns_are_named_and_not_read():
    found = read_delegate_list(workbook([*HEADINGS, "Birthday", "Diet"], [*AN, "1970-01-01", "none"]))
    assert list(found.ignored) == ["Birthday", "Diet"]


def test_numbers_and_dates_in_cells_are_text():
    assert people(workbook(HEADINGS, ["An", 7, True, ""])) == [("An", "7", "True", "")]


@pytest.mark.parametrize("value", [1.5, 1e300, 7, True, datetime.fromisoformat("2026-01-01"), "12-34", "-3"])
def test_numbers_and_dates_are_no_names(value):
    assert faults(workbook(HEADINGS, [value, *AN[1:]])) == [(2, "A", "not_a_name")]


@pytest.mark.parametrize("value", ["1.5", "1e+300", "-3", "2026-01-01"])
def test_numbers_and_dates_are_no_names_in_text_either(value):
    assert faults(text(HEADINGS, [value, *AN[1:]])) == [(2, "A", "not_a_name")]


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_signs_that_nobody_sees_are_left_out_of_names(make):
    odd = "\u202eNguyen\u200b Van\u2066 An\u200e\ufeff"
    assert people(make(HEADINGS, [odd, *AN[1:]])) == [tuple(AN)]
    assert faults(make(HEADINGS, ["\u202e", *AN[1:]])) == [(2, "", "name_missing")]
    assert people(make(["Name"], ["می\u200cخواهم"])) == [("می\u200cخواهم", "", "", "")]


def test_two_columns_that_mean_the_same_are_refused_with_their_letters():
    with pytest.raises(SheetUnreadable) as caught:
        read_delegate_list(workbook(["Name", "E-mail", "E-mail"], ["An", "", "an@hanoi.example"]))
    assert caught.value.code == "heading_twice"
    assert caught.value.facts == {"one": "B", "other": "C", "heading": "E-mail"}
    assert people(workbook(["Name", "E-mail", "E-mail"], ["An", "", ""])) == [("An", "", "", "")]


def test_a_heading_over_two_columns_that_both_hold_something_is_refused():
    data = workbook(["Name", "", "Post"], ["Kim", "Minsu", "Mayor"], merged=("A1:B1",))
    with pytest.raises(SheetUnreadable) as caught:
        read_delegate_list(data)
    assert caught.value.code == "heading_wide"
    assert caught.value.facts == {"one": "A", "other": "B", "heading": "Name"}


def test_a_column_without_a_heading_is_named():
    found = read_delegate_list(text(["Name", "", "Post", ""], ["Kim", "Minsu", "Mayor", ""]))
    assert list(found.unnamed) == ["B"]


def test_of_several_sheets_the_others_with_a_list_are_named():
    book = Workbook()
    book.active.title = "First"
    for sheet in (book.active, book.create_sheet("Second")):
        sheet.append(HEADINGS)
        sheet.append(AN)
    book.create_sheet("Notes").append(["Whom to ask"])
    found = read_delegate_list(saved(book))
    assert (found.sheet, list(found.other_sheets)) == ("First", ["Second"])

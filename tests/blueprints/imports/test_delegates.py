"""An officer brings in a list of delegates: faults by cell, mended on the page, nothing half done."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from scheduler.records.database import db
from scheduler.records.delegations import Delegate
from tests import make
from tests.papers.files import rows_of_text, rows_of_workbook
from tests.papers.lists import AN, BINH, HEADINGS, text, workbook

CUONG = ["Le Van Cuong", "Engineer", "Hanoi Metro", "cuong@hanoi.example"]
FAULTY = workbook(HEADINGS, AN, [*CUONG[:3], "cuong at hanoi"], ["", "Driver", "", ""], BINH)


@pytest.fixture
def path(hanoi):
    return f"/delegations/{hanoi.id}/delegates/import"


def names():
    return [each.print_as for each in db.session.query(Delegate).order_by(Delegate.id)]


def test_the_delegations_page_leads_there(as_officer, hanoi, path):
    assert f'href="{path}"' in as_officer.get(f"/delegations/{hanoi.id}").html


@pytest.mark.parametrize(("language", "heading"), [("en", "Name as printed"), ("ko", "성명"), ("ar", None)])
def test_a_list_to_fill_in_speaks_the_readers_language(as_officer, language, heading):
    as_officer.get("/imports/delegates.xlsx", lang=language)
    first = rows_of_workbook(as_officer.answer.get_data())[0][0]
    as_officer.get("/imports/delegates.csv", lang=language)
    assert rows_of_text(as_officer.answer.get_data())[0][0] == first
    assert heading in (None, first)


def test_a_list_to_fill_in_is_named_in_the_readers_language(as_officer):
    as_officer.get("/imports/delegates.xlsx", lang="ko")
    assert load_workbook(BytesIO(as_officer.answer.get_data())).sheetnames == ["단원"]
    assert "%EB%8B%A8%EC%9B%90.xlsx" in as_officer.answer.headers["Content-Disposition"]


def test_a_list_without_faults_is_imported_with_one_click(as_officer, upload, path):
    page = upload(path, workbook(HEADINGS, AN, BINH))
    assert "Nothing is imported yet." in page
    assert names() == []
    as_officer.submit(f"{path}/rows", {"import": "1"})
    assert "2 delegates were added." in as_officer.follow()
    assert names() == [AN[0], BINH[0]]


def test_faults_are_told_by_cell_and_the_cells_come_back_to_be_mended(upload, path):
    page = upload(path, FAULTY, status=422)
    assert "Row 3, column D: “cuong at hanoi” is no mail address" in page
    assert "Row 4: there is no name" in page
    values = page.values_of(f"{path}/rows")
    assert (values["row-3-email"], values["row-3-name"]) == ("cuong at hanoi", "Le Van Cuong")
    marked = [e.get("name") for e in page.all("input") if e.get("aria-invalid") == "true"]
    assert marked == ["row-3-email", "row-4-name"]
    assert names() == []


def test_what_is_mended_on_the_page_is_imported_without_a_new_upload(as_officer, upload, path):
    upload(path, FAULTY, status=422)
    told = {"row-3-email": CUONG[3], "row-4-name": "Pham Thi Dung", "import": "1"}
    as_officer.submit(f"{path}/rows", told)
    assert "4 delegates were added." in as_officer.follow()
    assert names() == [AN[0], CUONG[0], "Pham Thi Dung", BINH[0]]


def test_half_mended_nothing_comes_in_and_what_was_typed_stays(as_officer, upload, path):
    upload(path, FAULTY, status=422)
    page = as_officer.submit(f"{path}/rows", {"row-3-email": CUONG[3], "import": "1"}, status=422)
    assert "Nothing was imported: some rows are still at fault." in page
    assert "1 row to mend" in page
    assert names() == []
    as_officer.submit(f"{path}/rows", {"row-4-name": "Pham Thi Dung", "import": "1"})
    assert names() == [AN[0], CUONG[0], "Pham Thi Dung", BINH[0]]
    assert db.session.query(Delegate).filter_by(print_as=CUONG[0]).one().email == CUONG[3]


def test_the_right_rows_come_in_when_the_officer_says_so(as_officer, upload, path):
    page = upload(path, FAULTY, status=422)
    assert "Import the 2 right rows and leave the others out" in page
    as_officer.submit(f"{path}/rows", {"right": "1"})
    page = as_officer.follow()
    assert "2 delegates were added." in page
    assert "2 rows were left out." in page
    assert names() == [AN[0], BINH[0]]


def test_rows_that_are_ticked_are_left_out_and_stay_in_sight(as_officer, upload, path):
    upload(path, FAULTY, status=422)
    page = as_officer.submit(f"{path}/rows", {"leave": ["3", "4"], "check": "1"}, status=200)
    assert page.values_of(f"{path}/rows")["leave"] == ["3", "4"]
    as_officer.submit(f"{path}/rows", {"import": "1"})
    assert names() == [AN[0], BINH[0]]


def test_where_no_row_is_right_there_is_nothing_to_import(as_officer, upload, path):
    page = upload(path, workbook(HEADINGS, *[["", "Driver", "", ""]] * 5), status=422)
    assert "Import" not in [each.text for each in page.all("button")]
    assert not [each for each in page.all("button") if each.get("name") in ("import", "right")]
    page = upload(path, FAULTY, status=422)
    assert [each.get("name") for each in page.all("button") if each.get("name") in ("import", "right")] == [
        "right"
    ]


def test_whoever_will_be_written_to_is_counted_before(upload, path, hanoi, rounds):
    words = "will be sent the invitations to the visits"
    assert words not in upload(path, workbook(HEADINGS, AN, BINH))
    make.visit(hanoi, rounds[0], 12)
    assert f"2 people have mail addresses and {words}." in upload(
        path, workbook(HEADINGS, AN, BINH, ["Cuong"])
    )


def test_what_is_not_read_is_said(upload, path):
    data = workbook(["Name", "", "Shoes"], ["An", "Van", 41])
    page = upload(path, data)
    assert "Not read: Shoes" in page
    assert "Not read, as there is no heading: B" in page
    page = upload(path, workbook(["Name", "E-mail", "E-mail"], ["An", "", "an@hanoi.example"]), status=422)
    assert "The columns B and C mean the same: “E-mail”." in page


def test_sending_twice_imports_once(as_officer, upload, path):
    upload(path, workbook(HEADINGS, AN, BINH))
    told = as_officer.page.values_of(f"{path}/rows") | {"import": "1"}
    as_officer.post(f"{path}/rows", told)
    as_officer.post(f"{path}/rows", told)
    assert names() == [AN[0], BINH[0]]


def test_a_second_list_changes_who_is_known_and_takes_off_only_who_is_ticked(as_officer, upload, path):
    upload(path, workbook(HEADINGS, AN, BINH))
    as_officer.submit(f"{path}/rows", {"import": "1"})
    page = upload(path, workbook(HEADINGS, ["Nguyen Van An", "Mayor", *AN[2:]]))
    assert "before: Director" in page
    gone = db.session.query(Delegate).filter_by(print_as=BINH[0]).one().id
    as_officer.submit(f"{path}/rows", {"removed": [str(gone)], "import": "1"})
    assert "1 delegate was taken off the list." in as_officer.follow()
    assert db.session.query(Delegate).one().post == "Mayor"


def test_a_list_that_somebody_changed_meanwhile_is_looked_at_again(as_officer, upload, path, hanoi):
    upload(path, workbook(HEADINGS, AN))
    db.session.add(Delegate(delegation_id=hanoi.id, print_as="Somebody"))
    db.session.commit()
    page = as_officer.submit(f"{path}/rows", {"import": "1"}, status=409)
    assert "Somebody changed the list meanwhile." in page
    as_officer.submit(f"{path}/rows", {"import": "1"})
    assert names() == ["Somebody", AN[0]]


def test_hundreds_of_faulty_rows_are_mended_some_at_a_time(as_officer, upload, path):
    rows = [[f"Person {n}", "", "", "at"] for n in range(100)]
    page = upload(path, workbook(HEADINGS, *rows), status=422)
    assert "100 rows to mend" in page
    assert "and 60 more rows, shown when these are mended" in page
    cells = {f"row-{n + 2}-email": f"p{n}@hanoi.example" for n in range(40)}
    page = as_officer.submit(f"{path}/rows", cells | {"check": "1"}, status=422)
    assert "60 rows to mend" in page


def test_formulas_and_merged_cells_are_mended_by_typing_the_value(as_officer, upload, path):
    data = workbook(HEADINGS, ['="Nguyen " & "An"', "A", "", ""], ["Binh", "B", "", ""], merged=("B2:B3",))
    page = upload(path, data, status=422)
    assert "Row 2, column A: there is a formula; write the value itself." in page
    assert "Row 3, column B: cells are merged over several rows" in page
    told = {"row-2-name": "Nguyen An", "row-2-post": "Head", "row-3-post": "Deputy", "import": "1"}
    as_officer.submit(f"{path}/rows", told)
    assert names() == ["Nguyen An", "Binh"]


@pytest.mark.parametrize(
    "name", ["홍길동", "محمد علي", "王小明", "山田 太郎", "Иван Петров", "W" * 200, "ก" * 200]
)
def test_names_in_any_script_come_in_as_they_are(as_officer, upload, path, name):
    upload(path, workbook(["Name"], [name]))
    as_officer.submit(f"{path}/rows", {"import": "1"})
    assert names() == [name]


def test_a_pack_of_another_page_or_person_opens_nothing(as_officer, as_head, upload, path):
    upload(path, workbook(HEADINGS, AN))
    other = make.delegation("Doha roads")
    told = as_officer.page.values_of(f"{path}/rows") | {"import": "1"}
    page = as_officer.post(f"/delegations/{other.id}/delegates/import/rows", told, status=422)
    assert "What was uploaded is no longer here." in page
    as_officer.get(path)
    page = as_officer.post(f"{path}/rows", told | {"understood": "nonsense"}, status=422)
    as_head.get(path, status=403)
    assert names() == []


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty."),
        (b"%PDF-1.7", "This is a PDF."),
        (text(["Colour"], ["red"]), "No headings were found."),
        (b"<html><table><tr><td>Name</td></tr></table>", "This is a web page or XML under another name."),
    ],
)
def test_what_is_no_list_is_told_with_what_to_do(upload, path, data, words):
    assert words in upload(path, data, status=422)


@pytest.mark.parametrize(
    "told", [{"row-x-name": "a"}, {"row-2-nonsense": "a"}, {"leave": "x"}, {"row-2-name": "a" * 9000}]
)
def test_what_nobody_could_type_breaks_nothing(as_officer, upload, path, told):
    upload(path, FAULTY, status=422)
    as_officer.submit(f"{path}/rows", told | {"check": "1"}, status=422)

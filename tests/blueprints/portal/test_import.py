"""A spreadsheet of delegates on the guests' page: looked at, mended, brought in; nothing else gets in."""

from io import BytesIO

import pytest

from scheduler.records.database import db
from scheduler.records.delegations import Delegate
from scheduler.records.journal import Journal
from tests.blueprints.portal.conftest import delegate
from tests.papers.lists import AN, BINH, HEADINGS, text, with_part, workbook

WRONG = ["Le Van Cuong", "Engineer", "Hanoi Metro", "cuong at hanoi"]


def listed():
    rows = db.session.query(Delegate).order_by(Delegate.id)
    return [(each.print_as, each.post, each.organisation, each.email) for each in rows]


@pytest.fixture
def people(page_of_all):
    return f"{page_of_all}/people"


@pytest.fixture
def upload(as_stranger, people):
    """A function that uploads a file from the page of the list."""

    def send(data, status=200, name="list.xlsx"):
        as_stranger.get(people)
        return as_stranger.post(f"{people}/upload", {"file": (BytesIO(data), name)}, status=status)

    return send


def test_a_list_is_looked_at_and_then_imported(as_stranger, upload, people):
    page = upload(workbook([*HEADINGS, "Shoe size"], [*AN, 41], [*BINH, 37]))
    for words in ("Nothing is imported yet.", *AN, *BINH, "Not read: Shoe size"):
        assert words in page
    assert listed() == []
    as_stranger.submit(f"{people}/import")
    page = as_stranger.follow()
    assert "2 delegates were added, 0 were changed, 0 were taken off." in page
    assert listed() == [tuple(AN), tuple(BINH)]


def test_faults_are_told_by_row_and_cell_and_nothing_comes_in(as_stranger, upload, people):
    page = upload(workbook(HEADINGS, AN, WRONG, ["", "Driver", "", ""]), status=422)
    assert "2 things to mend" in page
    assert "Row 3, column D: “cuong at hanoi” is no mail address; write it like name@city.example." in page
    assert "Row 4: there is no name; write one in the column of names." in page
    page = as_stranger.submit(f"{people}/import", status=422)
    assert "Some rows are at fault." in page
    assert listed() == []


def test_the_rows_that_are_right_come_in_when_the_guest_says_so(as_stranger, upload, people):
    upload(workbook(HEADINGS, AN, WRONG), status=422)
    as_stranger.submit(f"{people}/import", {"only_right": "y"})
    assert listed() == [tuple(AN)]


def test_a_second_upload_doubles_nobody_and_says_what_changes(as_stranger, upload, people, hanoi):
    an = delegate(hanoi, "Nguyen Van An", "an@hanoi.example", post="Deputy", precedence=7)
    binh = delegate(hanoi, "TRAN thi Binh", organisation="Hanoi Metro")
    page = upload(workbook(HEADINGS, AN, BINH))
    assert "Import 2 delegates" in page
    assert "changes" in page
    assert "before: Deputy" in page
    as_stranger.submit(f"{people}/import")
    assert "0 delegates were added, 2 were changed, 0 were taken off." in as_stranger.follow()
    assert listed() == [tuple(AN), tuple(BINH)]
    assert db.session.get_one(Delegate, an.id).precedence == 7
    assert db.session.get_one(Delegate, binh.id).email == "binh@hanoi.example"
    assert "as before" in upload(workbook(HEADINGS, AN, BINH))


def test_a_new_address_of_somebody_on_the_list_is_a_change(as_stranger, upload, people, an):
    page = upload(workbook(HEADINGS, [*AN[:3], "an.nguyen@hanoi.example"]))
    assert "before: an@hanoi.example" in page
    as_stranger.submit(f"{people}/import")
    assert [row[3] for row in listed()] == ["an.nguyen@hanoi.example"]


def test_what_a_list_leaves_empty_stays(as_stranger, upload, people, hanoi):
    delegate(hanoi, "Nguyen Van An", "an@hanoi.example", post="Director")
    upload(workbook(["Name", "Organisation"], ["Nguyen Van An", "City of Hanoi"]))
    as_stranger.submit(f"{people}/import")
    assert listed() == [("Nguyen Van An", "Director", "City of Hanoi", "an@hanoi.example")]


def test_nobody_is_removed_without_a_tick(as_stranger, upload, people, an, binh):
    page = upload(workbook(HEADINGS, AN))
    assert "On your list, and not in this file" in page
    assert [tick.get("value") for tick in page.all("input", name="removed")] == [str(binh.id)]
    as_stranger.submit(f"{people}/import")
    assert len(listed()) == 2
    upload(workbook(HEADINGS, AN))
    as_stranger.submit(f"{people}/import", {"removed": [binh.id, an.id]})
    assert [row[0] for row in listed()] == ["Nguyen Van An"]


def test_two_of_one_name_on_the_list_want_an_address(as_stranger, upload, people, hanoi):
    for email in ("one@hanoi.example", "two@hanoi.example"):
        delegate(hanoi, "Nguyen Van An", email)
    page = upload(workbook(["Name"], ["Nguyen Van An"], ["Tran Thi Binh"]), status=422)
    assert "Row 2: several on the list are called “Nguyen Van An”; add the e-mail address." in page
    as_stranger.submit(f"{people}/import", {"only_right": "y"})
    assert [row[0] for row in listed()] == ["Nguyen Van An", "Nguyen Van An", "Tran Thi Binh"]


def test_one_address_for_a_whole_office_is_nothing_odd(as_stranger, upload, people):
    rows = [[name, "", "", "office@hanoi.example"] for name in ("An", "Binh", "Cuong")]
    for _time in range(2):
        upload(workbook(HEADINGS, *rows))
        as_stranger.submit(f"{people}/import")
    assert [row[0] for row in listed()] == ["An", "Binh", "Cuong"]


def test_a_list_that_changed_meanwhile_is_looked_at_once_more(as_stranger, upload, people, hanoi):
    upload(workbook(HEADINGS, AN))
    delegate(hanoi, "Tran Thi Binh")
    page = as_stranger.submit(f"{people}/import", status=409)
    assert "Somebody changed the list meanwhile." in page
    assert "On your list, and not in this file" in page
    as_stranger.submit(f"{people}/import")
    assert [row[0] for row in listed()] == ["Tran Thi Binh", "Nguyen Van An"]


@pytest.mark.parametrize("seal", ["", "forged", "eyJvZiI6MX0.aaaa.bbbb", "x" * 100_000])
def test_what_was_not_handed_out_is_not_taken(as_stranger, people, seal):
    as_stranger.get(people)
    page = as_stranger.post(f"{people}/import", {"understood": seal}, status=422)
    assert "Upload the file again." in page
    assert listed() == []


def test_what_was_handed_to_one_page_is_not_taken_by_another(as_stranger, upload, people, hanoi):
    from scheduler.actions.feeds import make_feed
    from scheduler.records.feeds import FeedKind
    from tests.cast import AT, OFFICER

    page = upload(workbook(HEADINGS, AN))
    told = page.values_of(f"{people}/import")
    _feed, secret = make_feed(FeedKind.DELEGATION, hanoi.id, by=OFFICER, at=AT)
    as_stranger.post(f"/guests/{secret}/people/import", told, status=422)
    assert listed() == []


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty."),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "This is a picture."),
        (workbook([*HEADINGS, "Passport No."], [*AN, "C123"]), "We never keep numbers of passports"),
        (with_part(workbook(HEADINGS, AN), "xl/vbaProject.bin", b"x"), "macros"),
        (workbook(["Colour"], ["red"]), "No headings were found."),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 500, "This is an old .xls file"),
        (b"x" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
    ],
)
def test_what_cannot_be_read_is_told_with_what_to_do(upload, data, words):
    assert words in upload(data, status=422)


def test_no_file_at_all_is_told(as_stranger, people):
    as_stranger.get(people)
    assert "The file is empty." in as_stranger.post(f"{people}/upload", {}, status=422)


def test_a_guess_at_the_letters_is_told(upload):
    page = upload(text(["성명", "소속"], ["홍길동", "서울시"], encoding="cp949"), name="list.csv")
    assert "홍길동" in page
    assert "The characters were read as: Korean." in page


def test_hostile_names_are_shown_as_names(as_stranger, upload, people):
    name = "<script>alert(1)</script>"
    page = upload(workbook(HEADINGS, [name, "{{ 7*7 }}", "%(city)s", ""]))
    assert "<script>alert" not in page.html
    as_stranger.submit(f"{people}/import")
    page = as_stranger.follow()
    assert "<script>alert" not in page.html
    assert name in page
    assert "{{ 7*7 }}" in page


def test_three_hundred_people_come_in_at_once(as_stranger, upload, people):
    rows = [[f"Person {n}", "Post " * 10, "Office " * 10, f"p{n}@hanoi.example"] for n in range(300)]
    page = upload(workbook(HEADINGS, *rows))
    assert "Import 300 delegates" in page
    as_stranger.submit(f"{people}/import")
    assert len(listed()) == 300
    line = db.session.query(Journal).filter(Journal.act == "import_list").one()
    assert line.after == {"added": 300, "changed": 0, "removed": 0}


def test_empty_lists_to_fill_in_are_there_in_two_formats(as_stranger, people, upload):
    for kind in ("xlsx", "csv"):
        as_stranger.get(f"{people}/list.{kind}")
        assert f"filename=Delegates.{kind}" in as_stranger.answer.headers["Content-Disposition"]
        assert "nobody below them" in upload(as_stranger.answer.get_data(), status=422)
    as_stranger.get(f"{people}/list.exe", status=404)

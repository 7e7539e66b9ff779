"""Search from anywhere, as people meet it."""

import pytest

from scheduler.records.database import db
from scheduler.records.delegations import Delegate
from tests import make
from tests.cast import seoul


@pytest.fixture
def city(app):
    """A delegation with its people, one visit at a museum."""
    who = make.delegation("Hanoi planning office", country="VN", head_post="Vice chair", contact_name="Tran")
    db.session.add(Delegate(delegation_id=who.id, print_as="Nguyễn An", post="Water director"))
    db.session.commit()
    museum = make.site("MUSEUM", name="City museum", name_native="박물관")
    visit = make.visit(who, make.tour_session(make.tour(museum), seoul(14, 10)))
    return who, museum, visit


def groups(page):
    found = {e.get("id"): e for e in page.all("section") if (e.get("id") or "").startswith("found-")}
    return {name.removeprefix("found-"): element.text for name, element in found.items()}


def test_every_page_has_the_search(as_officer, as_stranger):
    page = as_officer.get("/")
    assert page.form("/search").get("role") == "search"
    assert [e.get("src") for e in page.all("script")] == ["/static/js/search_key.js"]
    assert "Search" not in as_stranger.get("/sign-in")


def test_each_kind_is_found_in_its_group(as_officer, city):
    who, _museum, visit = city
    assert list(groups(as_officer.get("/search", q="hanoi"))) == ["delegations", "visits"]
    assert "Water director" in groups(as_officer.get("/search", q="WATER"))["posts"]
    assert "City museum" in groups(as_officer.get("/search", q="박물관"))["sites"]
    assert list(groups(as_officer.get("/search", q=f"#{visit.id}"))) == ["visits"]
    assert list(groups(as_officer.get("/search", q="14 Dec"))) == ["delegations", "visits"]
    for country in ("베트남", "Vietnam", "Viet Nam", "فيتنام", "越南", "ベトナム"):
        assert who.name in groups(as_officer.get("/search", q=country))["delegations"]
    assert who.name in groups(as_officer.get("/search", q="tran"))["delegations"]


def test_a_site_manager_finds_their_site_and_its_visits_and_no_people(as_manager, city):
    _who, museum, _visit = city
    there, elsewhere = as_manager(museum), as_manager(make.site("OTHER"))
    assert list(groups(there.get("/search", q="hanoi"))) == ["visits"]
    assert list(groups(there.get("/search", q="museum"))) == ["sites", "visits"]
    for words in ("water", "vice", "tran", "vietnam"):
        assert groups(there.get("/search", q=words)) == {}
    for words in ("hanoi", "museum", "14 Dec"):
        assert groups(elsewhere.get("/search", q=words)) == {}


def test_an_administrator_finds_sites_alone(as_administrator, city):
    assert list(groups(as_administrator.get("/search", q="museum"))) == ["sites"]
    assert groups(as_administrator.get("/search", q="hanoi")) == {}


def test_a_few_are_shown_and_all_of_them_are_a_click_away(as_officer):
    for number in range(27):
        make.delegation(f"Guests {number:02}")
    page = as_officer.get("/search", q="guests")
    assert "27" in groups(page)["delegations"]
    assert groups(page)["delegations"].count("Guests") == 5
    every = as_officer.get("/search", q="guests", kind="delegations")
    assert groups(every)["delegations"].count("Guests") == 25
    assert (
        groups(as_officer.get("/search", q="guests", kind="delegations", page=2))["delegations"].count(
            "Guests"
        )
        == 2
    )


def test_nothing_found_says_how_to_search(as_officer):
    page = as_officer.get("/search", q="zzz")
    assert "Nothing found" in page
    assert "How to search" in page
    empty = as_officer.get("/search")
    assert "Nothing found" not in empty
    assert "How to search" in empty


@pytest.mark.parametrize(
    "typed",
    [
        "x" * 201,
        "a\x00b",
        "a\nb",
        "\ud800".encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"),
    ],
)
def test_what_is_no_line_of_words_is_answered_kindly(as_officer, typed):
    page = as_officer.get("/search", q=typed, status=422)
    assert "One thing needs mending" in page


@pytest.mark.parametrize(
    "typed", ["%", "_", "\\", "'", "x" * 200, "🏛", "##", "ax " * 60, "0", "99999999999", "<b>"]
)
def test_odd_words_find_nothing_odd(as_officer, city, typed):
    assert groups(as_officer.get("/search", q=typed)) == {}


def test_a_search_takes_few_queries_however_much_there_is(as_officer, city, counted):
    as_officer.get("/search", q="hanoi")
    with counted() as queries:
        as_officer.get("/search", q="hanoi")
    for number in range(8):
        make.delegation(f"Hanoi {number}")
    with counted() as more:
        as_officer.get("/search", q="hanoi")
    assert len(more) == len(queries) <= 14

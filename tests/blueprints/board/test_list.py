"""The list: the same content as the grid, with links instead of dragging."""

from datetime import timedelta

from scheduler.actions.sites import close_site
from scheduler.core.spans import Span
from tests import make
from tests.blueprints.board.script import MONDAY
from tests.blueprints.soon import Queries
from tests.cast import AT, OFFICER, seoul


def card(page, title):
    """The card of one row."""
    (heading,) = [each for each in page.all("h2") if each.text.startswith(title)]
    return heading.within("section")


def lines(page, title):
    """What each line of a card says, cell by cell."""
    section = card(page, title)
    rows = [row for row in page.all("tr") if section in row.parents and row.within("tbody")]
    return [
        [cell.text for cell in page.elements if cell.name in ("th", "td") and cell.within("tr") is row]
        for row in rows
    ]


def test_sessions_and_visits_stand_in_order_of_hour(
    as_officer, who, round_tour, monday_at_ten, tuesday_at_two
):
    make.visit(who, monday_at_ten, 12)
    page = as_officer.get("/board/list", on=MONDAY)
    assert lines(page, "The museum") == [
        [
            "Mon 14 Dec, 10:00–11:00",
            "A roundSession",
            "12 of 30",
            "",
            "Book: A round, Mon 14 Dec, 10:00–11:00",
        ],
        [
            "Mon 14 Dec, 10:00–11:00",
            "Hanoi planning officeA round",
            "12",
            "Requested",
            "Move: Hanoi planning office, Mon 14 Dec, 10:00–11:00",
        ],
        [
            "Tue 15 Dec, 14:00–15:00",
            "A roundSession",
            "0 of 30",
            "",
            "Book: A round, Tue 15 Dec, 14:00–15:00",
        ],
    ]


def test_what_is_not_placed_can_be_booked_or_moved_by_form(
    as_officer, who, round_tour, monday_at_ten, wish_for
):
    wish = wish_for(who, topic="water")
    hold = make.visit(who, monday_at_ten, hold_until=AT + timedelta(days=1))
    page = as_officer.get("/board/list", on=MONDAY)
    told = lines(page, "Not yet placed")
    assert [line[:3] for line in told] == [
        ["Hanoi planning officeWater", "12", "Wish"],
        ["Hanoi planning officeMUSEUM · A round Held until Mon 23 Nov 2026 12:00", "10", "Held"],
    ]
    addresses = [each.get("href") for each in page.all("a")]
    assert f"/book?delegation={who.id}&wish={wish.id}" in addresses
    assert f"/visits/{hold.id}/move" in addresses


def test_hours_and_closures_are_told(as_officer, museum):
    close_site(museum.id, Span(seoul(15, 13), seoul(15, 15)), "Staff meeting", by=OFFICER, at=AT)
    page = as_officer.get("/board/list", on=MONDAY)
    told = [each.text for each in page.all("li") if card(page, "The museum") in each.parents]
    assert "Tue 15 Dec, 13:00–15:00: Closed: Staff meeting" in told
    assert "Mon 14 Dec, 17:00 – Tue 15 Dec, 10:00: Outside the opening hours" in told


def test_delegations_can_be_listed(as_officer, who, monday_at_ten):
    make.visit(who, monday_at_ten, 12)
    page = as_officer.get("/board/list", on=MONDAY, rows="delegations")
    assert [line[:4] for line in lines(page, "Hanoi planning office")] == [
        ["Mon 14 Dec, 10:00–11:00", "The museumA round", "12", "Requested"]
    ]


def test_a_manager_reads_without_links_to_act(as_manager, who, monday_at_ten, museum, window_tour):
    visit = make.visit(who, monday_at_ten, 12)
    page = as_manager(museum).get("/board/list", on=MONDAY)
    addresses = [each.get("href") or "" for each in page.all("a")]
    assert f"/visits/{visit.id}" in addresses
    assert not [each for each in addresses if each.endswith("/move") or each.startswith("/book")]
    assert "Site TOPIS" not in page


def test_an_empty_list_says_so(as_officer):
    assert "No sites yet" in as_officer.get("/board/list")
    assert "No row fits what you chose above." in as_officer.get("/board/list", state="held")


def test_a_list_takes_as_many_queries_for_many_visits_as_for_one(as_officer, who, monday_at_ten, round_tour):
    make.visit(who, monday_at_ten, 2)
    as_officer.get("/board/list", on=MONDAY)
    with Queries() as for_one:
        as_officer.get("/board/list", on=MONDAY)
    for hour in range(11, 17):
        session = make.tour_session(round_tour, seoul(16, hour))
        make.visit(make.delegation(f"Guests {hour}"), session, 3)
    with Queries() as for_many:
        as_officer.get("/board/list", on=MONDAY)
    assert for_many.number == for_one.number

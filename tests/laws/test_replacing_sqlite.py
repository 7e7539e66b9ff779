"""SQLite's own byways: REPLACE, IGNORE, connections without foreign keys, values of another type."""

from collections.abc import Iterator

import pytest

from tests import make
from tests.cast import seoul
from tests.laws.by_hand import Hand

pytestmark = pytest.mark.parametrize("hand_of_engine", ["sqlite"], indirect=True)
WAYS = ["ABORT", "FAIL", "IGNORE", "REPLACE", "ROLLBACK"]


@pytest.fixture
def full(hand: Hand):
    """A session of thirty places that are all taken, at a site that takes one more."""
    tour = make.tour(make.site(people_at_once=31, groups_at_once=3))
    made = make.tour_session(tour, seoul(14, 10))
    make.visit(make.delegation(headcount=40), made, 20)
    hand.write(hand.other(made, 10))
    return made


@pytest.fixture(params=["plain", "with foreign keys", "with recursive triggers"])
def shell(request: pytest.FixtureRequest, hand: Hand) -> Iterator[Hand]:
    """A shell as it comes, and with the switches that some turn on."""
    pragma = {"with foreign keys": "foreign_keys", "with recursive triggers": "recursive_triggers"}
    if request.param in pragma:
        hand.connection.execute(f"PRAGMA {pragma[request.param]} = ON")
    yield hand
    for name in pragma.values():
        hand.connection.execute(f"PRAGMA {name} = OFF")


@pytest.mark.parametrize("way", WAYS)
def test_no_way_to_insert_passes_the_law(shell: Hand, full, way):
    others = make.delegation("Bangkok officials")
    in_this_way = shell.visit(others, full, 1).replace("INSERT", f"INSERT OR {way}")
    assert shell.law_against(in_this_way) == "session_places"


@pytest.mark.parametrize("way", WAYS)
def test_no_way_to_update_passes_the_law(shell: Hand, full, way):
    assert shell.law_against(f"UPDATE OR {way} visit SET headcount = 21") == "session_places"
    assert shell.law_against(f"UPDATE OR {way} tour_session SET places = 29") == "session_places"
    assert shell.law_against(f"UPDATE OR {way} site SET people_at_once = 29") == "site_limits"


@pytest.mark.parametrize("table", ["visit", "other_booking", "tour_session", "tour", "site"])
def test_a_row_is_never_replaced(shell: Hand, full, table):
    for statement in (
        f"REPLACE INTO {table} SELECT * FROM {table}",
        f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
    ):
        assert shell.law_against(statement) == "row_is_not_replaced"


def test_a_row_is_not_replaced_by_another_that_takes_its_name(shell: Hand, full):
    make.visit(make.delegation(), make.tour_session(full.tour, seoul(14, 13)), 5)
    make.other_booking(make.tour_session(full.tour, seoul(14, 15)), 5)
    make.tour(make.site("DMC"))
    for table, names in {
        "visit": ("id", "uid"),
        "other_booking": ("id",),
        "tour_session": ("id", "starts_at"),
        "tour": ("id", "code"),
        "site": ("id", "code"),
    }.items():
        for name in names:
            first = f"(SELECT {name} FROM {table} ORDER BY id LIMIT 1)"
            last = f"(SELECT max(id) FROM {table})"
            stolen = f"UPDATE OR REPLACE {table} SET {name} = {first} WHERE id = {last}"
            assert shell.law_against(stolen) == "row_is_not_replaced"


def test_what_is_booked_cannot_be_dropped(shell: Hand, full):
    assert shell.law_against("DELETE FROM tour_session") in (
        "fk_visit_tour_session",
        "fk_other_booking_tour_session_id",
    )
    assert shell.law_against("DELETE FROM tour") == "fk_tour_session_tour_id_site_id"
    shell.write("DELETE FROM visit")
    assert shell.law_against("DELETE FROM tour_session") == "fk_other_booking_tour_session_id"


@pytest.mark.parametrize("table", ["site", "tour", "tour_session", "visit", "other_booking"])
@pytest.mark.parametrize("number", ["id", "rowid", "_rowid_"])
def test_a_row_keeps_its_number(shell: Hand, full, table, number):
    assert shell.law_against(f"UPDATE {table} SET {number} = 77") == "row_is_not_replaced"


def test_a_booking_of_no_session_is_refused(shell: Hand, full):
    nowhere = (
        f"INSERT INTO other_booking (tour_session_id, name, headcount, booked_at) VALUES (77, 'x', 1, '{0}')"
    )
    assert shell.law_against(nowhere) == "fk_other_booking_tour_session_id"
    moved = "UPDATE other_booking SET tour_session_id = 77"
    assert shell.law_against(moved) == "fk_other_booking_tour_session_id"


@pytest.mark.parametrize(
    "typed",
    [
        "clear_at = '2026-12-14T10:00:00'",
        "starts_at = '2026-12-14 01:30'",
        "clear_at = '2026-12-14 10:00:00.5'",
    ],
)
def test_an_instant_in_another_writing_is_refused(shell: Hand, full, typed):
    assert shell.law_against(f"UPDATE tour_session SET {typed}") == "session_instants"


@pytest.mark.parametrize("typed", ["'many'", "30.5", "x'ff'"])
def test_places_are_a_whole_number(shell: Hand, full, typed):
    assert shell.law_against(f"UPDATE tour_session SET places = {typed}") == "session_places"


def test_visits_follow_a_session_moved_without_foreign_keys(shell: Hand, full):
    later = shell.instant(seoul(14, 12))
    shell.write(
        f"UPDATE tour_session SET starts_at = {later}, ends_at = {shell.instant(seoul(14, 13))}, "
        f"clear_at = {shell.instant(seoul(14, 13))}"
    )
    assert shell.rows("SELECT starts_at FROM visit") == shell.rows(f"SELECT {later}")

"""SQLite's byways around the laws of the whole visit: REPLACE, no foreign keys, rowid, other types."""

from collections.abc import Iterator

import pytest

from tests import make
from tests.laws.by_hand import Hand
from tests.laws.whole_visit import MUSEUM_OR_PLANT, Ground, hours

pytestmark = pytest.mark.parametrize("hand_of_engine", ["sqlite"], indirect=True)
WAYS = ["ABORT", "FAIL", "IGNORE", "REPLACE", "ROLLBACK"]
REPLACED = "row_is_not_replaced"
ELSEWHERE = "visit_one_place_at_a_time"
PRAGMAS = {"with foreign keys": "foreign_keys", "with recursive triggers": "recursive_triggers"}


@pytest.fixture(params=["plain", *PRAGMAS])
def shell(request: pytest.FixtureRequest, hand: Hand) -> Iterator[Hand]:
    """A shell as it comes, and with the switches that some turn on."""
    if request.param in PRAGMAS:
        hand.connection.execute(f"PRAGMA {PRAGMAS[request.param]} = ON")
    yield hand
    for name in PRAGMAS.values():
        hand.connection.execute(f"PRAGMA {name} = OFF")


@pytest.fixture
def ground(shell: Hand) -> Ground:
    """Two parts of a division, one at a visit and one at lunch; a bus and a guide on duty, later away."""
    made = Ground(shell)
    visit = shell.number_of(made.stop("visit", hours(10, 11), part=made.new_part(20)))
    shell.write(made.engagement(hours(10, 11), part=made.new_part(20)))
    bus, guide = made.new_resource("vehicle", 45), made.new_resource()
    shell.write(made.duty(bus, hours(10, 11), visit_id=visit, headcount=20))
    shell.write(made.duty(guide, hours(10, 11), visit_id=visit))
    for first, last in ((13, 14), (15, 16)):
        shell.write(made.leave(guide, hours(first, last)))
    return made


@pytest.mark.parametrize("way", WAYS)
def test_no_way_to_insert_passes_the_law(shell: Hand, ground, way):
    guide = "(SELECT max(id) FROM resource)"
    laws = {
        ground.stop("visit", hours(10.5, 11.5)): ELSEWHERE,
        ground.engagement(hours(10.5, 11.5)): ELSEWHERE,
        ground.engagement(hours(12, 13), 48): "delegation_headcount",
        ground.part(8): "division_headcount",
        ground.duty(guide, hours(10.5, 11.5)): "resource_one_place_at_a_time",
        ground.leave(guide, hours(13.5, 14.5)): "leave_once_at_a_time",
    }
    for statement, law in laws.items():
        assert shell.law_against(statement.replace("INSERT", f"INSERT OR {way}", 1)) == law


@pytest.mark.parametrize("way", WAYS)
def test_no_way_to_update_passes_the_law(shell: Hand, ground, way):
    laws = {
        "visit SET part_id = NULL": ELSEWHERE,
        "engagement SET part_id = NULL": ELSEWHERE,
        "engagement SET headcount = 21": "part_headcount",
        "part SET headcount = 4": "part_headcount",
        "part SET headcount = 24": "division_headcount",
        "delegation SET headcount = 39": "division_headcount",
        "assignment SET headcount = 46": "vehicle_seats",
        "resource SET seats = 19 WHERE kind = 'vehicle'": "vehicle_seats",
        "place SET name = 'Elsewhere'": "place_of_its_site",
    }
    for changed, law in laws.items():
        assert shell.law_against(f"UPDATE OR {way} {changed}") == law


@pytest.mark.parametrize(
    "table",
    [
        *("delegation", "part", "engagement", "resource", "assignment", "resource_leave", "place"),
        *("site", "tour", "tour_session", "visit"),
    ],
)
def test_a_row_is_never_replaced(shell: Hand, ground, table):
    for statement in (
        f"REPLACE INTO {table} SELECT * FROM {table}",
        f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        f"UPDATE OR REPLACE {table} SET id = 77",
        f"UPDATE OR REPLACE {table} SET rowid = rowid + 1",
        f"UPDATE OR REPLACE {table} SET id = 1 + (SELECT max(id) FROM {table})",
        f"UPDATE {table} SET id = NULL",
    ):
        assert shell.law_against(statement) in (REPLACED, None)


def test_a_row_is_not_replaced_by_another_that_takes_its_name(shell: Hand, ground):
    make.site("DMC")
    shell.write(ground.engagement(hours(12, 13)))
    for table, names in {
        "part": ("name",),
        "engagement": ("uid",),
        "assignment": ("uid",),
        "place": ("code", "site_id"),
    }.items():
        for name in names:
            first = f"(SELECT {name} FROM {table} ORDER BY id LIMIT 1)"
            last = f"(SELECT max(id) FROM {table})"
            stolen = f"UPDATE OR REPLACE {table} SET {name} = {first} WHERE id = {last}"
            assert shell.law_against(stolen) == REPLACED


def test_a_part_of_the_same_name_does_not_take_the_place_of_the_first(shell: Hand, ground):
    again = (
        "REPLACE INTO part (delegation_id, division, name, headcount) "
        f"SELECT delegation_id, '{MUSEUM_OR_PLANT}', name, 1 FROM part"
    )
    assert shell.law_against(again) == REPLACED


def test_a_site_does_not_take_the_place_of_a_hotel(shell: Hand, ground):
    shell.write(
        "INSERT INTO place (code, name, name_native, address, version) VALUES ('DMC', 'Hotel', '', '', 1)"
    )
    columns = ", ".join(name for _, name, *_ in shell.rows("PRAGMA table_info(site)") if name != "id")
    given = columns.replace("code", "'DMC'", 1)
    another = f"INSERT OR REPLACE INTO site ({columns}) SELECT {given} FROM site"
    assert shell.law_against(another) == REPLACED
    assert shell.law_against("UPDATE OR REPLACE site SET code = 'DMC'") == REPLACED


def test_what_is_in_use_cannot_be_dropped(shell: Hand, ground):
    for table, laws in {
        "part": {"fk_visit_part_id", "fk_engagement_part_id"},
        "visit": {"fk_assignment_visit_id"},
        "resource": {"fk_assignment_resource_id"},
        "delegation": {"fk_visit_delegation_id"},
        "place": {"place_of_its_site"},
    }.items():
        assert shell.law_against(f"DELETE FROM {table}") in laws


@pytest.mark.parametrize("table", ["engagement", "assignment", "resource_leave"])
@pytest.mark.parametrize(
    "typed",
    [
        "ends_at = '2026-12-14T10:00:00'",
        "starts_at = '2026-12-14 01:00'",
        "ends_at = '2026-12-14 10:00:00.5'",
        "starts_at = '2026-12-13 99:99:99'",
        "starts_at = 20261214",
        "starts_at = x'323032362d31322d31342030313a30303a3030'",
    ],
)
def test_an_instant_in_another_writing_is_refused(shell: Hand, ground, table, typed):
    assert shell.law_against(f"UPDATE {table} SET {typed}") in MISWRITTEN


@pytest.mark.parametrize("typed", ["'many'", "x'ff'", "48.5", "NULL"])
def test_headcounts_of_another_type_do_not_pass(shell: Hand, ground, typed):
    for table in ("part", "visit", "engagement"):
        assert shell.law_against(f"UPDATE {table} SET headcount = {typed}") in REFUSED_AS_TOO_MANY


def test_a_stop_weighed_by_hand_writes_nothing(shell: Hand, ground):
    shell.write("INSERT INTO whereabouts SELECT * FROM whereabouts")
    assert shell.rows("SELECT count(*) FROM whereabouts") == [(2,)]


MISWRITTEN = ("duty_instants", "leave_once_at_a_time", None)
REFUSED_AS_TOO_MANY = ("division_headcount", "part_headcount", "session_places", None)

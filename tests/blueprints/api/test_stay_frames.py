"""The frame of a delegation's days over HTTP."""

import pytest

from tests import make, staff
from tests.actions.seen import journal
from tests.blueprints.api.programs import fields_at_fault

LUNCH = {"kind": "meal", "earliest": "11:30", "latest": "13:30", "minutes": 60}
EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]


@pytest.fixture
def path(city):
    return f"/delegations/{city.delegation.id}/stay-frame"


def test_where_nobody_said_anything_the_usual_frame_counts(as_officer, city, path):
    assert as_officer.get(path) == {
        "delegation_id": city.delegation.id,
        "is_said": False,
        "day_starts": "09:00",
        "day_ends": "18:00",
        "most_a_day": 3,
        "base": None,
        "breaks": [],
        "suggests": [],
        "version": 0,
    }


def test_a_frame_is_told_whole_and_read_again(as_officer, city, path):
    staff.place("HOTEL")
    told = {"day_starts": "08:30", "day_ends": "17:00", "most_a_day": 2, "base": "HOTEL", "breaks": [LUNCH]}
    kept = as_officer.put(path, told)
    assert kept["breaks"] == [LUNCH | {"weekdays": EVERY_DAY}]
    assert (kept["is_said"], kept["base"], kept["day_starts"]) == (True, "HOTEL", "08:30")
    assert as_officer.get(path) == kept
    assert as_officer.put(path, told)["version"] == kept["version"]
    assert len(journal("frame_stay")) == 1
    assert as_officer.put(path, {})["breaks"] == []
    as_officer.put(path, told, status=412, If_Match=f'"{kept["version"]}"')


def test_who_needs_a_room_to_pray_is_suggested_the_time_but_not_the_hour(as_officer):
    who = make.delegation("Guests", needs={"prayer_room"})
    path = f"/delegations/{who.id}/stay-frame"
    assert as_officer.get(path)["suggests"] == ["prayer"]
    prayer = {"kind": "prayer", "earliest": "12:00", "latest": "13:00", "minutes": 15, "weekdays": [4]}
    assert as_officer.put(path, {"breaks": [prayer]})["suggests"] == []


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"day_starts": "18:00", "day_ends": "09:00"}, "day_ends"),
        ({"day_starts": "9"}, "day_starts"),
        ({"most_a_day": 0}, "most_a_day"),
        ({"most_a_day": 7}, "most_a_day"),
        ({"base": "NOWHERE"}, "base"),
        ({"breaks": [LUNCH] * 11}, "breaks"),
        ({"breaks": [LUNCH | {"latest": "11:30"}]}, "breaks.0.latest"),
        ({"breaks": [LUNCH | {"minutes": 121}]}, "breaks.0.minutes"),
        ({"breaks": [LUNCH | {"minutes": 4}]}, "breaks.0.minutes"),
        ({"breaks": [LUNCH | {"weekdays": []}]}, "breaks.0.weekdays"),
        ({"breaks": [LUNCH | {"weekdays": [7]}]}, "breaks.0.weekdays.0"),
        ({"breaks": [LUNCH | {"kind": "nap"}]}, "breaks.0.kind"),
        ({"sleeps": True}, "sleeps"),
    ],
)
def test_rubbish_is_told_by_its_field(as_officer, path, told, field):
    assert fields_at_fault(as_officer.put(path, told, status=422)) == [field]
    assert not as_officer.get(path)["is_said"]


def test_heads_read_frames_and_do_not_tell_them(as_head, path):
    as_head.get(path)
    as_head.put(path, {}, status=403)

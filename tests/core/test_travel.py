"""Minutes between places, and who can be where in time: the table, its way back, the model, the slack."""

import csv
from datetime import timedelta
from pathlib import Path

import pytest

from scheduler.core.spans import Span
from scheduler.core.stops import PartFacts, Stop
from scheduler.core.travel import (
    EVERY_HOUR,
    Point,
    Travel,
    Way,
    WaySource,
    first_after,
    great_circle_km,
    last_before,
    legs,
    modelled_minutes,
    shares_people,
    travel_weight,
)
from tests.cast import SEOUL, seoul

SITES = Path(__file__).parents[2] / "scheduler" / "demo" / "sites.csv"
HERE, THERE = "WRC-J", "WRC-S"
MUSEUM = PartFacts(id=1, name="Museum", headcount=8, division="Museum or plant")
PLANT = PartFacts(id=2, name="Plant", headcount=4, division="Museum or plant")
SPOUSES = PartFacts(id=3, name="Spouses", headcount=2, division="Officials or spouses")


def seventeen_sites():
    with SITES.open(encoding="utf-8", newline="") as file:
        return {row["code"]: Point(float(row["lat"]), float(row["lon"])) for row in csv.DictReader(file)}


def stop(hour, minute=0, *, at=HERE, minutes=60, part=None, visit_id=1, **told):
    starts_at = seoul(14, hour, minute)
    span = Span(starts_at, starts_at + timedelta(minutes=minutes))
    return Stop(visit_id=visit_id, site_code=at, span=span, part=part, **told)


def taking(minutes, **told):
    """Ways between the two places of these tests, by a table of one row."""
    return Travel(table={(HERE, THERE): {EVERY_HOUR: minutes}}, **told)


def weighed(stops, here, travel):
    refusals, cautions = travel_weight(stops, here, travel=travel, zone=SEOUL)
    return [r.code.value for r in refusals], [c.code.value for c in cautions]


# The model --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("origin", "destination", "minutes"),
    [
        ("CITYHALL", "WRC-S", 70),
        ("WRC-J", "WRC-S", 105),
        ("DMC", "MAPO-RRF", 20),
        ("CITYHALL", "TOPIS", 10),
    ],
)
def test_the_model_gives_the_numbers_of_the_domain_notes_either_way(origin, destination, minutes):
    travel = Travel(points=seventeen_sites())
    assert travel.way(origin, destination, 10) == Way(minutes, WaySource.MODEL)
    assert travel.way(destination, origin, 10) == Way(minutes, WaySource.MODEL)


def test_the_model_rounds_up_to_five_minutes_and_never_below_its_fixed_ten():
    found = {modelled_minutes(Point(37.5, 127.0), Point(37.5 + n / 1000, 127.0)) for n in range(40)}
    assert found == {10, 15, 20, 25, 30}


@pytest.mark.parametrize("latitude", [0.0, 12.3, 37.5665, 89.9, 90.0])
def test_the_distance_to_the_other_end_of_the_earth_is_half_its_girth(latitude):
    across = great_circle_km(Point(latitude, 12.3), Point(-latitude, 12.3 - 180))
    assert across == pytest.approx(20015.1, abs=0.1)


# The table --------------------------------------------------------------------------------------------------

TABLE = {
    ("A", "B"): {EVERY_HOUR: 30, 8: 55},
    ("B", "A"): {8: 45, 18: 60},
    ("A", "C"): {9: 25},
    ("D", "A"): {EVERY_HOUR: 0},
}
MAP = {"A": Point(37.5665, 126.978), "C": Point(37.5665, 126.978)}


@pytest.mark.parametrize(
    ("origin", "destination", "hour", "way"),
    [
        ("A", "B", 8, Way(55, WaySource.TABLE, 8)),
        ("A", "B", 7, Way(30, WaySource.TABLE, EVERY_HOUR)),
        ("A", "B", 18, Way(30, WaySource.TABLE, EVERY_HOUR)),
        ("B", "A", 18, Way(60, WaySource.TABLE, 18)),
        ("B", "A", 7, Way(30, WaySource.WAY_BACK, EVERY_HOUR)),
        ("C", "A", 9, Way(25, WaySource.WAY_BACK, 9)),
        ("A", "C", 10, Way(10, WaySource.MODEL)),
        ("A", "D", 0, Way(0, WaySource.WAY_BACK, EVERY_HOUR)),
        ("A", "A", 8, Way(0, WaySource.SAME_PLACE)),
        ("nowhere", "nowhere", 8, Way(0, WaySource.SAME_PLACE)),
        ("B", "C", 8, None),
        ("A", "nowhere", 8, None),
    ],
)
def test_the_table_comes_before_its_way_back_and_that_before_the_model(origin, destination, hour, way):
    travel = Travel(points=MAP, table=TABLE)
    assert travel.way(origin, destination, hour) == way
    assert travel.minutes(origin, destination, hour) == (None if way is None else way.minutes)


def test_one_more_place_on_the_map_leaves_those_that_are_there():
    travel = Travel(points=MAP)
    wider = travel.also_at("E", Point(37.5665, 126.978))
    assert (travel.knows("A", "E"), wider.knows("A", "E")) == (False, True)
    assert wider.also_at("A", Point(0, 0)).points["A"] == MAP["A"]
    assert wider.also_at("F", None) is wider


# Slack ------------------------------------------------------------------------------------------------------

BEFORE = stop(9)


@pytest.mark.parametrize(
    ("gap", "refused", "cautioned"),
    [
        (timedelta(minutes=45), [], []),
        (timedelta(minutes=44, seconds=59), [], ["thin_slack"]),
        (timedelta(minutes=44), [], ["thin_slack"]),
        (timedelta(minutes=30), [], ["thin_slack"]),
        (timedelta(minutes=29, seconds=59), ["cannot_come_from_stop_before"], []),
        (timedelta(), ["cannot_come_from_stop_before"], []),
    ],
)
def test_thirty_minutes_of_way_need_thirty_and_leave_fifteen_to_spare_or_ask(gap, refused, cautioned):
    starts_at = BEFORE.span.ends_at + gap
    here = Stop(visit_id=2, site_code=THERE, span=Span(starts_at, starts_at + timedelta(hours=1)))
    assert weighed([BEFORE], here, taking(30)) == (refused, cautioned)


@pytest.mark.parametrize(
    ("minute", "refused", "cautioned"),
    [(45, [], []), (44, [], ["thin_slack"]), (30, [], ["thin_slack"]), (29, ["cannot_reach_stop_after"], [])],
)
def test_the_stop_after_must_be_reached_as_well_by_the_tables_way_back(minute, refused, cautioned):
    after = stop(11, minute)
    here = stop(10, at=THERE, visit_id=2)
    assert weighed([after], here, taking(30)) == (refused, cautioned)


def test_a_refusal_and_a_caution_say_which_stop_and_how_many_minutes():
    after = Stop(engagement_id=8, kind="meal", site_code=HERE, span=Span(seoul(14, 11, 40), seoul(14, 13)))
    here = stop(10, 20, at=THERE, minutes=40, visit_id=2)
    refusals, cautions = travel_weight([BEFORE, after], here, travel=taking(30), zone=SEOUL)
    assert [refusal.facts for refusal in refusals] == [
        {
            "site": HERE,
            "kind": "visit",
            "starts_at": seoul(14, 9),
            "ends_at": seoul(14, 10),
            "minutes": 30,
            "slack_minutes": -10,
            "visit_id": 1,
        }
    ]
    assert [caution.facts for caution in cautions] == [
        {
            "site": HERE,
            "kind": "meal",
            "starts_at": seoul(14, 11, 40),
            "ends_at": seoul(14, 13),
            "minutes": 30,
            "slack_minutes": 10,
            "engagement_id": 8,
            "side": "after",
        }
    ]


def test_the_hour_of_leaving_counts_on_the_local_clock():
    travel = Travel(table={(HERE, THERE): {EVERY_HOUR: 30, 10: 90}})
    here = stop(10, 59, at=THERE, visit_id=2)
    assert weighed([stop(9, minutes=59)], here, travel) == ([], [])
    assert weighed([stop(9)], here, travel) == (["cannot_come_from_stop_before"], [])


def test_who_goes_on_a_transfer_leaves_from_where_it_ends():
    transfer = stop(9, at=THERE, kind="transfer", leaves_from=HERE)
    assert weighed([transfer], stop(10, at=HERE, visit_id=2), taking(30)) == ([], [])
    assert weighed([transfer], stop(10, at=THERE, visit_id=2), taking(30))[0] != []


@pytest.mark.parametrize(("before", "here"), [(None, THERE), (HERE, None), (HERE, "nowhere"), (HERE, HERE)])
def test_ways_that_nobody_knows_and_none_at_all_say_nothing(before, here):
    assert weighed([stop(9, at=before)], stop(10, at=here, visit_id=2), taking(30)) == ([], [])


def test_stops_half_a_day_apart_say_nothing_of_each_other_however_long_the_way_and_they_are():
    here = stop(22, at=THERE, visit_id=2)
    assert weighed([stop(9, minutes=60)], here, taking(1440)) == ([], [])
    assert weighed([stop(9, minutes=61)], here, taking(1440))[0] == ["cannot_come_from_stop_before"]
    assert weighed([stop(1, minutes=20 * 60)], here, taking(70))[0] == ["cannot_come_from_stop_before"]


# Parts ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "may_share"),
    [
        (None, None, True),
        (MUSEUM, None, True),
        (MUSEUM, MUSEUM, True),
        (MUSEUM, PLANT, False),
        (MUSEUM, SPOUSES, True),
    ],
)
def test_only_different_parts_of_one_division_surely_share_nobody(one, other, may_share):
    assert (shares_people(one, other), shares_people(other, one)) == (may_share, may_share)


@pytest.mark.parametrize(
    ("part", "stops", "last"),
    [
        (None, [(8, None), (9, None)], [9]),
        (None, [(7, None), (8, MUSEUM), (9, PLANT)], [9, 8, 7]),
        (None, [(7, MUSEUM), (8, MUSEUM), (9, PLANT)], [9, 8]),
        (None, [(7, MUSEUM), (8, None), (9, PLANT)], [9, 8]),
        (MUSEUM, [(8, MUSEUM), (9, PLANT)], [8]),
        (MUSEUM, [(7, None), (8, MUSEUM), (9, PLANT)], [8]),
        (MUSEUM, [(8, None), (9, PLANT)], [8]),
        (MUSEUM, [(7, None), (8, MUSEUM), (9, SPOUSES)], [9, 8]),
        (MUSEUM, [(8, SPOUSES), (9, None)], [9]),
    ],
)
def test_each_share_of_the_people_comes_from_its_own_last_stop_and_goes_to_its_first(part, stops, last):
    before = [stop(hour, part=of) for hour, of in stops]
    after = [stop(21 - hour, part=of) for hour, of in stops]
    here = stop(10, minutes=120).span
    assert [found.span.starts_at.hour for found in last_before(here, part, before)] == last
    assert [21 - found.span.starts_at.hour for found in first_after(here, part, after)] == last


def test_a_part_is_not_held_up_by_the_other_part_of_its_division():
    others = stop(9, part=PLANT)
    assert weighed([others], stop(10, at=THERE, part=MUSEUM, visit_id=2), taking(30)) == ([], [])
    assert weighed([others], stop(10, at=THERE, part=SPOUSES, visit_id=2), taking(30))[0] != []


@pytest.mark.parametrize(("headcount", "also"), [(None, [(1, 4, 0, 180)]), (13, [(1, 4, 0, 180)]), (12, [])])
def test_the_legs_of_a_divided_day_lead_from_each_last_stop_to_the_next(headcount, also):
    together, museum = stop(9, visit_id=1), stop(11, at=THERE, part=MUSEUM, visit_id=2)
    plant, reunited = stop(11, part=PLANT, visit_id=3), stop(13, visit_id=4)
    found = legs([reunited, museum, plant, together], taking(30), SEOUL, headcount=headcount)
    assert [(leg.before.visit_id, leg.after.visit_id, leg.minutes, leg.slack_minutes) for leg in found] == [
        (1, 2, 30, 30),
        (1, 3, 0, 60),
        *also,
        (3, 4, 0, 60),
        (2, 4, 30, 30),
    ]

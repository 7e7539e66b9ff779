"""What must be true of the archive at every moment, whatever was done: each law over plain rows."""

from collections.abc import Callable
from itertools import combinations, pairwise

from tests.machine.escorts import on_duty
from tests.machine.truth import ACTIVE
from tests.machine.world import OCCUPYING, Row, World, goes


def no_session_is_above_its_places(world: World) -> None:
    """And its counters tell the truth."""
    for session in world["tour_session"]:
        here = [v["headcount"] for v in _active(world) if v["tour_session_id"] == session["id"]]
        here += [o["headcount"] for o in world["other_booking"] if o["tour_session_id"] == session["id"]]
        assert (session["places_taken"], session["groups_taken"]) == (sum(here), len(here))
        assert sum(here) <= session["places"]


def no_site_is_too_full_at_once(world: World) -> None:
    for session in world["tour_session"]:
        site, tour = world.city.sites[session["site_id"]], world.city.tours[session["tour_id"]]
        for limits, column in ((site, "site_id"), (tour, "tour_id")):
            people, groups = world.peak(session, column)
            assert limits["people_at_once"] is None or people <= limits["people_at_once"]
            assert limits["groups_at_once"] is None or groups <= limits["groups_at_once"]


def nobody_is_in_two_places(world: World) -> None:
    """Neither any one person of a delegation, nor more people at one instant than it has."""
    for who, guest in world.city.guests.items():
        stops = world.stops(who)
        for kind in world.people(who, None):
            day = sorted((s["starts_at"], s["ends_at"]) for s in stops if goes(s, kind))
            assert all(one[1] <= next_one[0] for one, next_one in pairwise(day))
        for stop in stops:
            here = [s for s in stops if s["starts_at"] <= stop["starts_at"] < s["ends_at"]]
            assert sum(s["headcount"] for s in here) <= guest["headcount"]


def parts_add_up(world: World) -> None:
    sums: dict[tuple[int, str], int] = {}
    for part in world["part"]:
        key = part["delegation_id"], part["division"]
        sums[key] = sums.get(key, 0) + part["headcount"]
    assert all(people <= world.city.guests[who]["headcount"] for (who, _), people in sums.items())
    parts = {part["id"]: part for part in world["part"]}
    planned = [e for e in world["engagement"] if e["state"] == "planned"]
    for stop in (*_active(world), *planned):
        if stop["part_id"] is not None:
            part = parts[stop["part_id"]]
            assert part["delegation_id"] == stop["delegation_id"]
            assert stop["headcount"] <= part["headcount"]


def nobody_has_two_duties_at_once(world: World) -> None:
    duties = [duty for duty in world["assignment"] if duty["state"] in OCCUPYING]
    for one, other in combinations(duties, 2):
        is_same = one["resource_id"] == other["resource_id"]
        assert not (is_same and one["starts_at"] < other["ends_at"] and other["starts_at"] < one["ends_at"])
    for duty in duties:
        seats = world.city.resources[duty["resource_id"]]["seats"]
        assert (duty["headcount"] or 0) <= (seats or 0)


def duties_go_with_their_visits(world: World) -> None:
    """Whoever has a duty at a visit has it at its hour, set-up and wrap-up around, while it takes places."""
    visits = {visit["id"]: visit for visit in world["visit"]}
    for duty in world["assignment"]:
        if duty["visit_id"] is None or duty["state"] not in OCCUPYING:
            continue
        visit = visits[duty["visit_id"]]
        assert visit["state"] in ACTIVE
        assert (duty["delegation_id"], duty["part_id"]) == (visit["delegation_id"], visit["part_id"])
        resource = world.city.resources[duty["resource_id"]]
        span = on_duty(resource, visit["starts_at"], visit["ends_at"])
        assert (duty["starts_at"], duty["ends_at"]) == span


def visits_are_where_their_sessions_are(world: World) -> None:
    sessions = {session["id"]: session for session in world["tour_session"]}
    for visit in world["visit"]:
        session = sessions[visit["tour_session_id"]]
        for column in ("site_id", "starts_at", "ends_at"):
            assert visit[column] == session[column]
        assert visit["state"] != "held" or visit["hold_until"] <= visit["starts_at"]


def who_was_served_has_a_visit(world: World) -> None:
    visits = {visit["id"]: visit["delegation_id"] for visit in world["visit"]}
    for entry in world["waiting"]:
        assert (entry["state"] == "promoted") == (entry["visit_id"] is not None)
        assert entry["visit_id"] is None or visits[entry["visit_id"]] == entry["delegation_id"]


def leave_is_taken_once(world: World) -> None:
    for one, other in combinations(world["resource_leave"], 2):
        is_same = one["resource_id"] == other["resource_id"]
        assert not (is_same and one["starts_at"] < other["ends_at"] and other["starts_at"] < one["ends_at"])


LAWS: tuple[Callable[[World], None], ...] = (
    no_session_is_above_its_places,
    no_site_is_too_full_at_once,
    nobody_is_in_two_places,
    parts_add_up,
    nobody_has_two_duties_at_once,
    duties_go_with_their_visits,
    visits_are_where_their_sessions_are,
    who_was_served_has_a_visit,
    leave_is_taken_once,
)


def _active(world: World) -> list[Row]:
    return [visit for visit in world["visit"] if visit["state"] in ACTIVE]

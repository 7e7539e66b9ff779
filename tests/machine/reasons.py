"""Why a visit or an engagement may not be: every reason, counted slowly from plain rows."""

from datetime import datetime
from typing import Any

from tests.machine.escorts import escort_reasons
from tests.machine.staffed_city import CLOSES, OPENS
from tests.machine.world import Row, World, goes

# Of which delegation and part, which tour and start, how many; the visit that asks, and whom it names.
Wanted = dict[str, Any]


def reasons(world: World, wanted: Wanted) -> set[str]:
    """The codes of everything that stands against a visit."""
    session = world.session_at(wanted["tour_id"], wanted["starts_at"])
    codes = set() if session else {"no_session_then"}
    session = session or world.window(wanted["tour_id"], wanted["starts_at"])
    codes |= _at_the_site(world, session) | scarcity(world, session, wanted)
    tour, headcount = world.city.tours[wanted["tour_id"]], wanted["headcount"]
    if headcount < tour["smallest_group"]:
        codes.add("group_too_small")
    if headcount > tour["largest_group"]:
        codes.add("group_too_large")
    here = {
        "part": wanted["part_id"],
        "headcount": headcount,
        "place": world.city.sites[session["site_id"]]["name"],
        "starts_at": session["starts_at"],
        "ends_at": session["ends_at"],
    }
    others = world.stops(wanted["who"], but=_own(wanted))
    codes |= of_the_guests(world, wanted["who"], here | {"leaves_from": here["place"]}, others)
    return codes | escort_reasons(world, wanted, session)


def scarcity(world: World, session: Row, wanted: Wanted) -> set[str]:
    """Places, and people and groups at once, which bind everybody."""
    codes, but = set(), _own(wanted)
    if world.taken(session, but) + wanted["headcount"] > session["places"]:
        codes.add("no_places_left")
    site, tour = world.city.sites[session["site_id"]], world.city.tours[session["tour_id"]]
    for limits, column in ((site, "site_id"), (tour, "tour_id")):
        people, groups = world.peak(session, column, but)
        if limits["people_at_once"] is not None and people + wanted["headcount"] > limits["people_at_once"]:
            codes.add("too_many_people_at_once")
        if limits["groups_at_once"] is not None and groups + 1 > limits["groups_at_once"]:
            codes.add("too_many_groups_at_once")
    return codes


def engagement_reasons(world: World, stop: Row) -> set[str]:
    """The same for an engagement: only its people are asked."""
    codes = {"in_the_past"} if stop["starts_at"] <= world.now else set()
    others = world.stops(stop["who"], but_engagement=stop["of"] or 0)
    codes |= of_the_guests(world, stop["who"], stop, others)
    if world.minutes(stop["place"], stop["leaves_from"], stop["starts_at"]) > _gap(
        stop["starts_at"], stop["ends_at"]
    ):
        codes.add("cannot_reach_stop_after")
    return codes


def of_the_guests(world: World, who: int, here: Row, others: list[Row]) -> set[str]:
    """How many there are, how long they stay, and everybody's own day, person by person."""
    codes, guest = set(), world.city.guests[who]
    if here["headcount"] > guest["headcount"]:
        codes.add("more_than_the_delegation")
    if here["part"] is not None and here["headcount"] > world.numbered("part", here["part"])["headcount"]:
        codes.add("more_than_the_part")
    if here["starts_at"] < guest["arrives_at"] or guest["departs_at"] < here["ends_at"]:
        codes.add("outside_stay")
    for kind in world.people(who, here["part"]):
        codes |= _in_the_day_of_one(world, here, [stop for stop in others if goes(stop, kind)])
    return codes


def _in_the_day_of_one(world: World, here: Row, stops: list[Row]) -> set[str]:
    codes = set()
    if any(s["starts_at"] < here["ends_at"] and here["starts_at"] < s["ends_at"] for s in stops):
        codes.add("already_elsewhere")
    ended = [stop for stop in stops if stop["ends_at"] <= here["starts_at"]]
    if ended:
        last = max(ended, key=lambda stop: stop["ends_at"])
        if _is_too_far(world, last, here):
            codes.add("cannot_come_from_stop_before")
    to_come = [stop for stop in stops if here["ends_at"] <= stop["starts_at"]]
    if to_come:
        first = min(to_come, key=lambda stop: stop["starts_at"])
        if _is_too_far(world, here, first):
            codes.add("cannot_reach_stop_after")
    return codes


def _is_too_far(world: World, before: Row, after: Row) -> bool:
    minutes = world.minutes(before["leaves_from"], after["place"], before["ends_at"])
    return minutes > _gap(before["ends_at"], after["starts_at"])


def _at_the_site(world: World, session: Row) -> set[str]:
    codes = set()
    if session["starts_at"] < OPENS or session["ends_at"] > CLOSES:
        codes.add("outside_hours")
    for closure in world["site_closure"]:
        is_here = closure["site_id"] == session["site_id"]
        if (
            is_here
            and closure["starts_at"] < session["ends_at"]
            and session["starts_at"] < closure["ends_at"]
        ):
            codes.add("closed")
    if session["starts_at"] <= world.now:
        codes |= {"in_the_past", "notice_too_short"}
    return codes


def _own(wanted: Wanted) -> tuple[int, ...]:
    return () if wanted.get("visit") is None else (wanted["visit"],)


def _gap(earlier: datetime, later: datetime) -> int:
    return int((later - earlier).total_seconds()) // 60

"""Who has to go along, and what keeps each of them from it: the rules' sentences, counted from plain rows."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from tests.cast import SEOUL
from tests.machine.world import OCCUPYING, Row, World

HALF_A_DAY = timedelta(hours=12)


def escort_reasons(world: World, wanted: dict[str, Any], session: Row) -> set[str]:
    """What stands against a visit as far as people and vehicles go."""
    city, named = world.city, set(wanted.get("assign", ()))
    guest, site = city.guests[wanted["who"]], city.sites[session["site_id"]]
    errand = visit_errand(world, wanted["who"], session, visit_id=wanted.get("visit"))
    coming = wanted.get("coming") or {d["resource_id"] for d in world.duties_at(wanted.get("visit"))}
    free = {number for number in city.resources if not against(world, number, errand)}
    codes = {code for number in named for code in against(world, number, errand)}
    vehicles = [n for n in named if city.resources[n]["kind"] == "vehicle"]
    if vehicles and _seats(world, vehicles) < wanted["headcount"]:
        codes.add("vehicle_too_small")
    for kind in _needed(world, wanted, session):
        of_kind = {n for n, resource in city.resources.items() if resource["kind"] == kind}
        enough = wanted["headcount"] if kind == "vehicle" else 1
        going = of_kind & free & (named | coming)
        if _serve(world, going) >= enough or _serve(world, of_kind & free) >= enough:
            continue
        if not of_kind & named:
            codes.add(f"no_{kind}_free")
    if _needs_interpreter(guest, site) and not any(_joins(r, guest, site) for r in city.resources.values()):
        codes.add("no_common_language")
    return codes


def visit_errand(
    world: World, who: int, session: Row, *, visit_id: int | None = None, riders: int = 0
) -> dict[str, Any]:
    """What somebody would be sent to a session for."""
    site = world.city.sites[session["site_id"]]
    return {
        "starts_at": session["starts_at"],
        "ends_at": session["ends_at"],
        "site": site,
        "guest": world.city.guests[who],
        "visit": visit_id,
        "riders": riders,
    }


def against(world: World, number: int, errand: dict[str, Any]) -> set[str]:
    """Everything that keeps one resource from an errand."""
    resource, site = world.city.resources[number], errand["site"]
    codes = set() if _speaks(resource, errand) else {"assignee_lacks_language"}
    if resource["kind"] == "guide" and site and site["name"] not in resource["sites"]:
        codes.add("assignee_of_other_site")
    if resource["seats"] is not None and errand["riders"] > resource["seats"]:
        codes.add("vehicle_too_small")
    starts_at, ends_at = on_duty(resource, errand["starts_at"], errand["ends_at"])
    leaves = [leave for leave in world["resource_leave"] if leave["resource_id"] == number]
    if any(leave["starts_at"] < ends_at and starts_at < leave["ends_at"] for leave in leaves):
        codes.add("assignee_off_duty")
    duties = [d for d in world["assignment"] if d["resource_id"] == number and d["state"] in OCCUPYING]
    duties = [d for d in duties if errand["visit"] is None or d["visit_id"] != errand["visit"]]
    if any(duty["starts_at"] < ends_at and starts_at < duty["ends_at"] for duty in duties):
        codes.add("assignee_taken")
    that_day = [d for d in duties if _day(d["starts_at"]) == _day(starts_at)]
    if resource["most_a_day"] is not None and len(that_day) >= resource["most_a_day"]:
        codes.add("assignee_over_day_limit")
    if site and _is_too_far(world, duties, site["name"], starts_at, ends_at):
        codes.add("assignee_too_far")
    return codes


def on_duty(resource: Row, starts_at: datetime, ends_at: datetime) -> tuple[datetime, datetime]:
    """From when to when somebody is on duty for a visit."""
    before, after = resource["setup_minutes"], resource["wrap_up_minutes"]
    return starts_at - timedelta(minutes=before), ends_at + timedelta(minutes=after)


def _is_too_far(world: World, duties: list[Row], here: str, starts_at: datetime, ends_at: datetime) -> bool:
    """From the duty before, or to the duty after, of those that are at some site."""
    ended = [d for d in duties if timedelta() <= starts_at - d["ends_at"] < HALF_A_DAY]
    to_come = [d for d in duties if timedelta() <= d["starts_at"] - ends_at < HALF_A_DAY]
    ways = []
    if ended:
        last = max(ended, key=lambda duty: duty["ends_at"])
        ways.append((_site(world, last), here, last["ends_at"], starts_at))
    if to_come:
        first = min(to_come, key=lambda duty: duty["starts_at"])
        ways.append((here, _site(world, first), ends_at, first["starts_at"]))
    return any(
        world.minutes(origin, destination, leaves_at) > (arrives_at - leaves_at).total_seconds() // 60
        for origin, destination, leaves_at, arrives_at in ways
    )


def _site(world: World, duty: Row) -> str | None:
    if duty["visit_id"] is None:
        return None
    return str(world.city.sites[world.numbered("visit", duty["visit_id"])["site_id"]]["name"])


def _needed(world: World, wanted: dict[str, Any], session: Row) -> list[str]:
    city, kinds = world.city, []
    guest, site = city.guests[wanted["who"]], city.sites[session["site_id"]]
    pairs = any(_joins(resource, guest, site) for resource in city.resources.values())
    if _needs_interpreter(guest, site) and pairs:
        kinds.append("interpreter")
    if city.tours[session["tour_id"]]["needs_guide"]:
        kinds.append("guide")
    if "vehicle" in guest["needs"] and not _is_driven(world, wanted, session):
        kinds.append("vehicle")
    return kinds


def _is_driven(world: World, wanted: dict[str, Any], session: Row) -> bool:
    """Whether vehicles are with these people all that while, with a seat for each."""
    seats = 0
    for duty in world["assignment"]:
        is_theirs = duty["delegation_id"] == wanted["who"] and duty["part_id"] in (None, wanted["part_id"])
        is_day = duty["visit_id"] is None and duty["state"] in OCCUPYING
        lasts = duty["starts_at"] <= session["starts_at"] and session["ends_at"] <= duty["ends_at"]
        if is_theirs and is_day and lasts and duty["headcount"] is not None:
            seats += duty["headcount"]
    return bool(seats >= wanted["headcount"])


def _serve(world: World, numbers: Collection[int]) -> int:
    """How many are served: by vehicles as many as have a seat, by each of the others one visit."""
    return sum(world.city.resources[number]["seats"] or 1 for number in numbers)


def _seats(world: World, numbers: Collection[int]) -> int:
    return sum(world.city.resources[number]["seats"] for number in numbers)


def _needs_interpreter(guest: Row, site: Row) -> bool:
    return not guest["has_interpreter"] and not guest["languages"] & site["languages"]


def _joins(resource: Row, guest: Row, site: Row) -> bool:
    """Whether an interpreter stands between guests and hosts; all hosts speak Korean."""
    hosts = {"ko", *site["languages"]}
    pairs = [set(pair.split("-")) for pair in resource["languages"]]
    return any(pair & guest["languages"] and pair & hosts for pair in pairs if len(pair) == 2)


def _speaks(resource: Row, errand: dict[str, Any]) -> bool:
    guest, site = errand["guest"], errand["site"]
    if resource["kind"] == "vehicle":
        return True
    if resource["kind"] == "interpreter":
        return site is None or _joins(resource, guest, site)
    if resource["kind"] == "guide":
        shared = guest["languages"] & site["languages"] if site else set()
        hosts = {"ko"} if site else set()
        return bool(resource["languages"] & (shared or guest["languages"] | hosts))
    return bool(resource["languages"] & guest["languages"])


def _day(instant: datetime) -> Any:
    return instant.astimezone(SEOUL).date()

"""Waiting lists in turn: who must have been given a hold by an act, and who must not."""

from collections.abc import Collection
from datetime import timedelta

from tests.machine.reasons import Wanted, reasons
from tests.machine.truth import AWAITED
from tests.machine.world import Row, World


def settle(world: World, sites: Collection[int]) -> list[tuple[int, str]]:
    """Let everybody who waits at some sites ask again, the first who asked first, each seeing the holds of
    those before. The world changes as it must; told is who was served and whose waiting is over."""
    ended = []
    for entry in world.waiting(sites):
        session = world.numbered("tour_session", entry["tour_session_id"])
        if session["starts_at"] <= world.now:
            entry["state"] = "lapsed"
        elif not reasons(world, wanted_of(entry, session)):
            entry["state"] = "promoted"
            world["visit"].append(_held(world, entry, session))
        else:
            continue
        ended.append((entry["id"], str(entry["state"])))
    return ended


def wanted_of(entry: Row, session: Row) -> Wanted:
    return {
        "who": entry["delegation_id"],
        "part_id": entry["part_id"],
        "headcount": entry["headcount"],
        "tour_id": session["tour_id"],
        "starts_at": session["starts_at"],
    }


def ended_between(before: World, after: World) -> list[tuple[int, str]]:
    """Whose waiting ended by itself."""
    waited = {entry["id"] for entry in before["waiting"] if entry["state"] == "waiting"}
    return [
        (entry["id"], str(entry["state"]))
        for entry in after["waiting"]
        if entry["id"] in waited and entry["state"] in ("promoted", "lapsed")
    ]


def check_in_turn(before: World, after: World, sites: Collection[int], first: list[tuple[int, str]]) -> None:
    """Those who were served, or whose waiting lapsed, are those who had to be: `first` before the act itself,
    the others after it, each in turn at that moment."""
    ended = set(ended_between(before, after))
    assert set(first) <= ended
    later = ended - set(first)
    numbers = {number for number, _ in later}
    gone = {entry["visit_id"] for entry in after["waiting"] if entry["id"] in numbers}
    moment = after.copy()
    moment.rows["visit"] = [visit for visit in moment["visit"] if visit["id"] not in gone]
    for entry in moment["waiting"]:
        if entry["id"] in numbers:
            entry["state"] = "waiting"
    assert set(settle(moment, sites)) == later
    for number, state in ended:
        if state == "promoted":
            _check_hold(before, after, after.numbered("waiting", number))


def _check_hold(before: World, after: World, entry: Row) -> None:
    """Who was served has a hold of that session that ends in time."""
    visit = after.numbered("visit", entry["visit_id"])
    for column in ("tour_session_id", "delegation_id", "part_id", "headcount", "site_id"):
        assert visit[column] == entry[column]
    assert visit["id"] not in {known["id"] for known in before["visit"]}
    latest = after.now + timedelta(hours=entry["hold_hours"])
    assert visit["state"] in AWAITED
    assert visit["hold_until"] == min(latest, visit["starts_at"])


def _held(world: World, entry: Row, session: Row) -> Row:
    made = {column: entry[column] for column in ("delegation_id", "part_id", "headcount", "site_id")}
    span = {"starts_at": session["starts_at"], "ends_at": session["ends_at"]}
    hold_until = min(world.now + timedelta(hours=entry["hold_hours"]), session["starts_at"])
    number = -len(world["visit"]) - 1
    state = {"state": "held", "hold_until": hold_until, "is_clashing": False, "clash": None}
    return {"id": number, "tour_session_id": session["id"]} | made | span | state

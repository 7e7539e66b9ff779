"""Several wishes at once, as the rules have it: each sees where all the others would be; places and people
are given out in order."""

from tests.machine.escorts import on_duty
from tests.machine.reasons import Wanted, reasons
from tests.machine.visiting import barred
from tests.machine.world import Row, World


def reasons_together(world: World, wishes: list[Wanted]) -> set[str]:
    """Everything that stands against some wishes, each code with the number of its wish before it."""
    moving = {wanted["visit"] for wanted in wishes if wanted.get("visit") is not None}
    told: set[str] = set()
    accepted: list[Wanted] = []
    for number, wanted in enumerate(wishes):
        others = [other for other in wishes if other is not wanted]
        coming = {duty["resource_id"] for duty in world.duties_at(wanted.get("visit"))}
        seen = _as_if_booked(world, moving, others, accepted)
        codes = reasons(seen, wanted | {"coming": coming})
        if not codes:
            accepted.append(wanted | {"coming": coming})
        if wanted.get("visit") is not None:
            codes = barred(world, wanted["visit"], "move") or codes
        told |= {f"{number}:{code}" for code in codes}
    return told


def _as_if_booked(world: World, moving: set[int], others: list[Wanted], accepted: list[Wanted]) -> World:
    seen = world.copy()
    seen.rows["visit"] = [visit for visit in seen["visit"] if visit["id"] not in moving]
    seen.rows["assignment"] = [d for d in seen["assignment"] if d["visit_id"] not in moving]
    seen.meant = [row for row in (_row(seen, other) for other in others) if row is not None]
    for number, wanted in enumerate(accepted, 1):
        row = _row(seen, wanted)
        assert row is not None
        row["id"] = -1000 - number
        seen["visit"].append(row)
        for resource_id in {*wanted.get("assign", ()), *wanted["coming"]}:
            seen["assignment"].append(_duty(seen, row, resource_id))
    return seen


def _row(world: World, wanted: Wanted) -> Row | None:
    """A visit as it would be. A window that is not dated yet is dated by it."""
    session = world.session_at(wanted["tour_id"], wanted["starts_at"])
    if session is None:
        return None
    if session["id"] is None:
        session["id"] = -1000 - len(world["tour_session"])
        world["tour_session"].append(session)
    return {
        "id": 0,
        "delegation_id": wanted["who"],
        "part_id": wanted["part_id"],
        "headcount": wanted["headcount"],
        "site_id": session["site_id"],
        "tour_session_id": session["id"],
        "starts_at": session["starts_at"],
        "ends_at": session["ends_at"],
        "state": "requested",
    }


def _duty(world: World, visit: Row, resource_id: int) -> Row:
    span = on_duty(world.city.resources[resource_id], visit["starts_at"], visit["ends_at"])
    return {
        "id": 0,
        "resource_id": resource_id,
        "delegation_id": visit["delegation_id"],
        "part_id": visit["part_id"],
        "visit_id": visit["id"],
        "starts_at": span[0],
        "ends_at": span[1],
        "headcount": None,
        "state": "asked",
    }

"""What must be true of a resource, whoever says it: its languages, sites, seats, dates and working hours."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from itertools import combinations
from typing import Any

from sqlalchemy import func, select

from scheduler.actions.invalid import Invalid
from scheduler.core.duties import OCCUPYING_DUTIES, ResourceKind, WorkingHours
from scheduler.core.languages import is_language, is_pair
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.places import Place
from scheduler.records.sites import Site

MOST_HOURS = 60
MOST_LANGUAGES = 30
RANGES = {"seats": (1, 500), "most_a_day": (1, 50), "setup_minutes": (0, 240), "wrap_up_minutes": (0, 240)}


def must_hold_together(kind: ResourceKind, facts: Mapping[str, Any]) -> None:
    """Raise Invalid unless these facts (columns of Resource, codes of `sites`) fit the kind and each other.

    Guides need languages and sites, interpreters pairs of languages, vehicles seats; none has what is of
    another kind.
    """
    _must_speak(kind, facts["languages"])
    if kind is ResourceKind.GUIDE and not facts["sites"]:
        raise Invalid("sites", "sites_needed")
    if kind is not ResourceKind.GUIDE and facts["sites"]:
        raise Invalid("sites", "not_of_this_kind")
    if kind is ResourceKind.VEHICLE and facts["seats"] is None:
        raise Invalid("seats", "seats_needed")
    if kind is not ResourceKind.VEHICLE and facts["seats"] is not None:
        raise Invalid("seats", "not_of_this_kind")
    for name, (least, most) in RANGES.items():
        if facts[name] is not None and not least <= facts[name] <= most:
            raise Invalid(name, "out_of_range", least=least, most=most)
    first, last = facts["active_from"], facts["active_to"]
    if first is not None and last is not None and last < first:
        raise Invalid("active_to", "before_first", earliest=first)


def must_seat_those_who_ride(resource_id: int, seats: int | None) -> None:
    """Raise Invalid when more ride in a duty of this vehicle than it would have seats."""
    a = Assignment
    rows = select(func.max(a.headcount)).where(a.resource_id == resource_id, a.state.in_(OCCUPYING_DUTIES))
    riding = db.session.scalar(rows) or 0
    if seats is not None and seats < riding:
        raise Invalid("seats", "out_of_range", least=riding, most=RANGES["seats"][1])


def must_be_hours(hours: Collection[WorkingHours]) -> None:
    """Raise Invalid unless each stretch of working hours runs forward and no two of them overlap."""
    if len(hours) > MOST_HOURS:
        raise Invalid("hours", "too_many", most=MOST_HOURS)
    for row in hours:
        if not 0 <= row.weekday <= 6:
            raise Invalid("hours", "out_of_range", least=0, most=6)
        if row.ends <= row.starts:
            raise Invalid("hours", "not_after", earliest=f"{row.starts:%H:%M}")
        if row.valid_from is not None and row.valid_to is not None and row.valid_to < row.valid_from:
            raise Invalid("hours", "before_first", earliest=row.valid_from)
    ordered = sorted(hours, key=lambda row: (row.weekday, row.starts, row.ends))
    for one, other in combinations(ordered, 2):
        if _overlap(one, other):
            raise Invalid("hours", "hours_overlap", **_both(one, other))


def sites_coded(codes: Iterable[str]) -> list[Site]:
    """The sites of these codes. Raises Invalid for the first that is none."""
    wanted = sorted(set(codes))
    found = {site.code: site for site in db.session.scalars(select(Site).where(Site.code.in_(wanted)))}
    for code in wanted:
        if code not in found:
            raise Invalid("sites", "unknown", value=code)
    return [found[code] for code in wanted]


def place_coded(code: str | None) -> Place | None:
    """The place of a code, or none for none. Raises Invalid."""
    if code is None:
        return None
    found = db.session.scalar(select(Place).where(Place.code == code))
    if found is None:
        raise Invalid("base", "unknown", value=code)
    return found


def _must_speak(kind: ResourceKind, languages: Collection[str]) -> None:
    is_interpreter = kind is ResourceKind.INTERPRETER
    if kind is ResourceKind.VEHICLE and languages:
        raise Invalid("languages", "not_of_this_kind")
    if len(languages) > MOST_LANGUAGES:
        raise Invalid("languages", "too_many", most=MOST_LANGUAGES)
    is_right = is_pair if is_interpreter else is_language
    for code in sorted(languages):
        if not is_right(code):
            raise Invalid("languages", "no_language", value=code)
    if not languages and kind is not ResourceKind.VEHICLE:
        raise Invalid("languages", "pairs_needed" if is_interpreter else "languages_needed")


def _overlap(one: WorkingHours, other: WorkingHours) -> bool:
    """On the same weekday, at the same hour, on a date that both are valid for."""
    if one.weekday != other.weekday or one.ends <= other.starts or other.ends <= one.starts:
        return False
    first = max(one.valid_from or date.min, other.valid_from or date.min)
    return first <= min(one.valid_to or date.max, other.valid_to or date.max)


def _both(one: WorkingHours, other: WorkingHours) -> dict[str, Any]:
    return {
        "weekday": one.weekday,
        "starts": f"{one.starts:%H:%M}",
        "ends": f"{one.ends:%H:%M}",
        "other_starts": f"{other.starts:%H:%M}",
        "other_ends": f"{other.ends:%H:%M}",
    }

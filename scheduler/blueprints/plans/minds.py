"""What an officer has decided about proposals: pins and bans as a form carries them, gathered and let go."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from werkzeug.datastructures import MultiDict

from scheduler.actions.plans import Terms
from scheduler.blueprints.plans.named import Names
from scheduler.blueprints.stop_rows import session_in, session_key
from scheduler.planner.asked import Ban, Pin

BY_DAY = "on"


def pin_key(pin: Pin) -> str:
    """A pin as a form carries it: the wish, the tour, the instant."""
    return f"{pin.wish_id}/{session_key(pin.tour_code, pin.starts_at)}"


def pin_in(key: str) -> Pin | None:
    """The pin of such a key; None when it is none."""
    wish_id, _slash, session = key.partition("/")
    told = session_in(session)
    if told is None or not wish_id.isdecimal() or len(wish_id) > 9:
        return None
    return Pin(wish_id=int(wish_id), tour_code=told[0], starts_at=told[1])


def ban_key(ban: Ban) -> str:
    """A ban as a form carries it: one session of a tour, the tour on a day, or the tour."""
    if ban.starts_at is not None:
        return session_key(ban.tour_code, ban.starts_at)
    return f"{ban.tour_code}/{BY_DAY}/{ban.on}" if ban.on is not None else ban.tour_code


def ban_in(key: str) -> Ban | None:
    """The ban of such a key; None when it is none."""
    if "@" in key:
        told = session_in(key)
        return None if told is None else Ban(tour_code=told[0], starts_at=told[1])
    tour_code, _on, told_day = key.partition(f"/{BY_DAY}/")
    if not told_day:
        return Ban(tour_code=tour_code) if tour_code and len(tour_code) <= 30 else None
    try:
        return Ban(tour_code=tour_code, on=date.fromisoformat(told_day))
    except ValueError:
        return None


def still_meant(terms: Terms, names: Names) -> Terms:
    """The terms without the pins of wishes that were taken off since, or that wish for another tour now."""
    return replace(terms, pins=tuple(pin for pin in terms.pins if _is_meant(pin, names)))


def _is_meant(pin: Pin, names: Names) -> bool:
    wish, tour = names.wishes.get(pin.wish_id), names.tours.get(pin.tour_code)
    if wish is None or tour is None:
        return False
    return wish.tour_id in (None, tour.id) or wish.fallback_tour_id == tour.id


def decided(kept: Terms, told: MultiDict[str, str]) -> Terms:
    """The terms of the next plan: what was kept, less what is let go, and what is pinned and banned anew. A
    new pin of a wish takes the place of its old one; what is pinned is not banned."""
    unpinned, lifted = set(told.getlist("unpin")), set(told.getlist("lift"))
    new = [pin for pin in map(pin_in, told.getlist("pin")) if pin is not None]
    bans = [ban for ban in map(ban_in, told.getlist("ban")) if ban is not None]
    stays = [pin for pin in kept.pins if pin_key(pin) not in unpinned]
    banned = {ban_key(ban): ban for ban in (*kept.bans, *bans) if ban_key(ban) not in lifted}
    pins = {pin.wish_id: pin for pin in (*stays, *new)}
    return replace(kept, pins=tuple(pins.values()), bans=tuple(_less(banned.values(), pins.values())))


def _less(bans: Iterable[Ban], pins: Iterable[Pin]) -> list[Ban]:
    """The bans that no pin speaks against: of the two the pin was meant for this very session."""
    pinned = {session_key(pin.tour_code, pin.starts_at) for pin in pins}
    return [ban for ban in bans if ban_key(ban) not in pinned]

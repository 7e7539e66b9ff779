"""Where each step leads: exactly to the page on which it is done, with what can be filled in filled in."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from scheduler.blueprints.first_steps.stops import HEADCOUNT, example_time, full_session_for, site_and_day_for
from scheduler.blueprints.typed import city_zone
from scheduler.blueprints.ways import roster_url
from scheduler.identity import actor
from scheduler.records.delegation_search import whole_delegation
from scheduler.records.delegations import DelegationKind
from scheduler.records.first_steps import done_by, full_sessions, stop_to_show
from scheduler.records.holidays import holidays_at_home
from scheduler.records.site_lookup import sites_seen_by
from scheduler.words.instants import local_day

HOME, A_DAY = "PT", timedelta(days=1)
WALL_TIME = "%Y-%m-%dT%H:%M"


def way_to(code: str, at: datetime) -> str | None:
    """The address at which a step is done, or None for no step of ours."""
    way = _WAYS.get(code)
    return way(at) if way is not None else None


def _register(at: datetime) -> str:
    """The form with an example: around a day on which some session is full, so that a no can be met."""
    zone = city_zone().key
    full = [local_day(each.starts_at, zone) for each in full_sessions(*example_time(at), HEADCOUNT)]
    working = [day for day in full if not holidays_at_home(HOME, day - A_DAY, day + A_DAY)]
    day = next(iter(working), local_day(example_time(at)[0], zone))
    arrives = datetime.combine(day - A_DAY, datetime.min.time()).replace(hour=9)
    return url_for(
        "delegations.register",
        **_example(),
        arrives_at=arrives.strftime(WALL_TIME),
        departs_at=(arrives + timedelta(days=2, hours=9)).strftime(WALL_TIME),
    )


def _example() -> dict[str, Any]:
    return {
        "name": _("City of Porto, planning office"),
        "country": HOME,
        "kind": DelegationKind.INSPECTION.value,
        "head_post": _("Director of City Planning"),
        "purpose": _("How the city restored its stream and steers its traffic."),
        "topics": ["urban_regeneration", "transport"],
        "headcount": HEADCOUNT,
        "languages": "en",
        "has_interpreter": "y",
        "contact_name": "Ana Ribeiro",
        "contact_email": "visits@porto.example",
    }


def _stop(at: datetime) -> str:
    """The picker for the newest delegation, at a site and on a day that work."""
    done = done_by(actor())
    if done.delegation_id is None:
        return url_for("visits.book")
    who = whole_delegation(done.delegation_id)
    found = site_and_day_for(who, at)
    site, on = (found[0], found[1].isoformat()) if found else (None, None)
    return url_for("visits.book", delegation=who.id, site=site, on=on)


def _collision(at: datetime) -> str:
    """The full session itself, with the rules' answer; any other stop once there is none."""
    done = done_by(actor())
    who = whole_delegation(done.delegation_id) if done.delegation_id is not None else None
    full = full_session_for(who, at) if who is not None else None
    if who is None or full is None:
        return _stop(at)
    return url_for("visits.choose", delegation=who.id, tour_session_id=full.id, headcount=who.headcount)


def _calendar(_at: datetime) -> str:
    done = done_by(actor())
    if done.delegation_id is None:
        return url_for("delegations.index")
    return url_for("delegations.programme", delegation_id=done.delegation_id)


def _roster(at: datetime) -> str:
    """The day of one of the newcomer's own stops; else of the first site."""
    done = done_by(actor())
    stop = stop_to_show(done.delegation_id) if done.delegation_id is not None else None
    if stop is None:
        return url_for("rosters.index")
    site = next(site for site in sites_seen_by(actor()) if site.id == stop.site_id)
    return roster_url(site.code, local_day(stop.starts_at, site.zone))


def _tour(_at: datetime) -> str:
    """Where the first site gets its tour."""
    sites = sites_seen_by(actor())
    return url_for("sites.site", code=sites[0].code) if sites else url_for("sites.index")


_WAYS: dict[str, Callable[[datetime], str]] = {
    "register": _register,
    "first_stop": _stop,
    "second_stop": _stop,
    "third_stop": _stop,
    "collision": _collision,
    "calendar": _calendar,
    "roster": _roster,
    "own_roster": lambda _at: url_for("rosters.index"),
    "week": lambda _at: url_for("weeks.week"),
    "own_calendar": lambda _at: url_for("subscriptions.index"),
    "board": lambda _at: url_for("board.board"),
    "programme": lambda _at: url_for("delegations.index"),
    "search": lambda _at: url_for("search.search"),
    "site": lambda _at: url_for("sites.new"),
    "tour": _tour,
    "colleagues": lambda _at: url_for("accounts.new"),
}

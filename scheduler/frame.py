"""What the frame of every page shows: the way around, the languages, who is here, which city this is."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlencode

from flask import Flask, current_app, request, session, url_for
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import SQLAlchemyError

from scheduler.access import Actor, Permission
from scheduler.blueprints.first_steps.guide import CAME_FROM, guide
from scheduler.identity import known
from scheduler.records.letter_search import letters_in_need
from scheduler.records.proposal_lookup import how_many_lie_in_tray
from scheduler.words import instants, lists, names, own_names
from scheduler.words.paper_words import city_in_words

Given = TypeVar("Given")
VERSION = "0.1.0"

# Where one can go: the door, its name, its icon, and the permission it asks for.
NAVIGATION = (
    ("front_desk.today", _l("Today"), "today", Permission.SIGNED_IN),
    ("delegations.index", _l("Delegations"), "delegations", Permission.READ_DELEGATIONS),
    ("visits.book", _l("Book"), "book", Permission.BOOK_VISITS),
    ("board.board", _l("Board"), "board", Permission.READ_VISITS),
    ("weeks.week", _l("Week"), "week", Permission.READ_SITES),
    ("rosters.index", _l("Roster"), "roster", Permission.READ_ROSTER),
    ("letters.index", _l("Letters"), "mail", Permission.READ_DELEGATIONS),
    ("tray.index", _l("Tray"), "tray", Permission.SETTLE_MAIL),
    ("sites.index", _l("Sites"), "sites", Permission.READ_SITES),
    ("reports.index", _l("Statistics"), "report", Permission.READ_DELEGATIONS),
    ("resources.index", _l("Staff"), "person", Permission.READ_DELEGATIONS),
    ("accounts.index", _l("Accounts"), "accounts", Permission.WRITE_ACCOUNTS),
)

# What waits behind an entry, counted for those who may go there: a number beside it calls for help.
COUNTS = {"letters.index": letters_in_need, "tray.index": how_many_lie_in_tray}

# Rooms without an entry of their own, and the room they are reached from.
ROOMS_WITHIN = dict.fromkeys(("closures", "tours", "sessions", "holidays", "places", "travel"), "sites")
ROOMS_WITHIN |= dict.fromkeys(
    ("programmes", "engagements", "parts", "imports", "plans", "repairs"), "delegations"
)

# `{{ delegation.kind|called("kinds") }}`; instants are told on the city's clock unless a zone is given.
FILTERS = {
    "and_hours": instants.day_and_hours,
    "listed": lists.listed,
    "listed_apart": lists.listed_apart,
    "own": own_names.own_name,
    "second_name": own_names.second_name,
    "called": lambda code, table: names.name_of(names.TABLES[table], code),
    "all_called": lambda codes, table: names.names_of(names.TABLES[table], codes),
    "country": names.country_name,
    "instant": datetime.fromisoformat,
    "moment": lambda instant, zone=None: instants.moment_in_words(instant, zone or _city_zone()),
    "hour": lambda instant, zone=None: instants.hour(instant, zone or _city_zone()),
    "local_day": lambda instant, zone=None: instants.local_day(instant, zone or _city_zone()),
    "short_day": instants.short_day,
    "days_until": instants.days_in_short,
    "day_in_words": instants.day_in_words,
}


def set_up(app: Flask) -> None:
    """Give every template the frame's values, and the words for codes, instants and days."""
    app.context_processor(frame)
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(get_locale=get_locale)


def frame() -> dict[str, Any]:
    """The context that `base.html` expects (docs/design.md)."""
    somebody = known()
    return {
        "city_name": city_in_words(),
        "languages": list(_languages()),
        "navigation": list(_navigation()) if somebody else [],
        "person": _person(somebody.actor) if somebody else None,
        "actor": somebody.actor if somebody else None,
        "is_demo": bool(somebody and somebody.is_demo),
        "guide": _calm(guide, None),
        "has_changed_places": bool(somebody and session.get(CAME_FROM)),
        "search_url": url_for("search.search") if somebody else None,
        "home_url": url_for("front_desk.today"),
        "sign_out_url": url_for("front_desk.sign_out"),
        "api_docs_url": url_for("api_docs.docs") if "api_docs.docs" in current_app.view_functions else None,
        "version": VERSION,
    }


def _person(by: Actor) -> dict[str, str]:
    role = names.role_words(by.roles)
    return {"name": by.name or by.email, "role": role, "url": url_for("front_desk.me")}


def _languages() -> list[tuple[str, str, str, bool]]:
    spoken, current = current_app.config["LANGUAGES"], str(get_locale() or "")
    kept = {name: value for name, value in request.args.items() if name != "lang"}
    route = request.url_rule is not None and request.method == "GET"
    here = url_for(request.endpoint, **(request.view_args or {})) if route and request.endpoint else "/"
    return [
        (code, name, f"{here}?{urlencode(kept | {'lang': code})}", code == current.split("_")[0])
        for code, name in spoken.items()
    ]


def _navigation() -> list[tuple[str, str, bool, str, int]]:
    somebody = known()
    if somebody is None:
        return []
    return [
        (str(label), url_for(door), _is_here(door), icon, _count(door))
        for door, label, icon, permission in NAVIGATION
        if door in current_app.view_functions and somebody.actor.may(permission)
    ]


def _count(door: str) -> int:
    """What waits behind an entry."""
    return _calm(COUNTS[door], 0) if door in COUNTS else 0


def _calm(ask: Callable[[], Given], otherwise: Given) -> Given:
    """What the frame would show. The page of a fault is shown even when the database is the fault."""
    try:
        return ask()
    except SQLAlchemyError:
        return otherwise


def _is_here(door: str) -> bool:
    """A room is where its doors lead. A visit's own page is no booking."""
    here = request.endpoint or ""
    if door == "visits.book":
        return here in ("visits.book", "visits.choose", "visits.ask")
    room = here.split(".")[0]
    return ROOMS_WITHIN.get(room, room) == door.split(".")[0]


def _city_zone() -> str:
    return str(current_app.config["CITY_ZONE"])

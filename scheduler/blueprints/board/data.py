"""The board as its script reads it: rows, sessions, items, the tray, what lies behind."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from scheduler.access import Actor, Permission
from scheduler.blueprints.board.backgrounds import backgrounds_of_sites, backgrounds_of_stays
from scheduler.blueprints.board.forms import BoardWanted
from scheduler.blueprints.board.telling import Teller
from scheduler.blueprints.board.tray import tray_of
from scheduler.instants import days_in_short, local_day
from scheduler.records.board_marks import mark_for
from scheduler.records.boards import (
    BoardAsked,
    delegations_on_board,
    sessions_on_board,
    tours_on_board,
    visits_on_board,
)

Told = dict[str, Any]


def board_data(wanted: BoardWanted, by: Actor) -> Told:
    """Everything shown, in a fixed number of queries. The mark is asked for first: what changes meanwhile
    makes the next one differ."""
    mark, asked = mark_for(by, wanted.at), wanted.archive()
    teller = Teller(may_book=by.may(Permission.BOOK_VISITS))
    shown = SHOWN[wanted.rows](wanted, asked, teller, by)
    return {
        "mark": mark,
        "zone": teller.zone.key,
        "from": wanted.first.isoformat(),
        "days": wanted.days,
        "rows_kind": wanted.rows,
        **shown,
        "tray": tray_of(asked, teller) if by.sees_delegations else [],
        "may_book": teller.may_book,
    }


def _by_site(wanted: BoardWanted, asked: BoardAsked, teller: Teller, _by: Actor) -> Told:
    tours = tours_on_board(asked.site_ids)
    visits = visits_on_board(asked)
    return {
        "rows": [
            {
                "id": f"site:{site.id}",
                "name": site.name,
                "detail": site.owner_unit or site.name_native,
                "href": url_for("sites.site", code=site.code),
            }
            for site in wanted.sites
        ],
        "sessions": _sessions(asked, tours, teller),
        "items": _visits(visits, tours, teller, lambda row: (f"site:{row[1]}", row[12])),
        "backgrounds": backgrounds_of_sites(asked, teller),
    }


def _by_delegation(wanted: BoardWanted, asked: BoardAsked, teller: Teller, by: Actor) -> Told:
    tours, names = tours_on_board(asked.site_ids), {site.id: site.name for site in wanted.sites}
    visits = visits_on_board(asked)
    guests = delegations_on_board(asked, {row.delegation_id for row in visits}, sees_all=by.sees_delegations)
    return {
        "rows": [_delegation(row, teller, by) for row in guests],
        "sessions": [],
        "items": _visits(visits, tours, teller, lambda row: (f"delegation:{row[2]}", names[row[1]])),
        "backgrounds": backgrounds_of_stays(guests, asked, teller),
    }


SHOWN: dict[str, Callable[[BoardWanted, BoardAsked, Teller, Actor], Told]] = {
    "sites": _by_site,
    "delegations": _by_delegation,
}


def _delegation(row: Any, teller: Teller, by: Actor) -> Told:
    zone = teller.zone.key
    stay = days_in_short(local_day(row.arrives_at, zone), local_day(row.departs_at, zone))
    people = ngettext("%(num)s person", "%(num)s people", row.headcount)
    sees = by.sees_delegations
    return {
        "id": f"delegation:{row.id}",
        "name": row.name,
        "detail": _("%(people)s, %(stay)s", people=people, stay=stay),
        "href": url_for("delegations.delegation", delegation_id=row.id) if sees else None,
    }


def _sessions(asked: BoardAsked, tours: dict[int, Any], teller: Teller) -> list[Told]:
    instant, fill, found = teller.instant, teller.fill, []
    for session_id, tour_id, site_id, starts_at, ends_at, places, taken in sessions_on_board(asked):
        tour = tours[tour_id]
        found.append(
            {
                "id": f"session:{session_id}",
                "row": f"site:{site_id}",
                "start": instant(starts_at),
                "end": instant(ends_at),
                "tour_code": tour.code,
                "name": tour.name,
                "places": places,
                "taken": taken,
                "fill_text": fill % {"taken": taken, "places": places},
            }
        )
    return found


def _visits(
    visits: Iterable[Any], tours: dict[int, Any], teller: Teller, place: Callable[[Any], tuple[str, str]]
) -> list[Told]:
    """Visits as items; `place` says of each in which row it stands and under which title."""
    instant, states, movable = teller.instant, teller.states, teller.movable
    address = url_for("visits.visit", visit_id=1).removesuffix("1")
    found = []
    for row in visits:
        visit_id, _site, delegation_id, starts_at, ends_at, state, people, version = row[:8]
        (name, words), tour, (line, title) = states[state], tours[row[11]], place(row)
        found.append(
            {
                "id": f"visit:{visit_id}",
                "row": line,
                "start": instant(starts_at),
                "end": instant(ends_at),
                "title": title,
                "what": tour.name,
                "state": name,
                "state_text": words,
                "headcount": people,
                "version": version,
                "movable": state in movable,
                "href": f"{address}{visit_id}",
                "notes": teller.notes(state, row[8], row[9]),
                "kind": "visit",
                "delegation_id": delegation_id,
                "clashing": bool(row[9]),
                "session": f"session:{row[10]}",
                "tour_code": tour.code,
            }
        )
    return found

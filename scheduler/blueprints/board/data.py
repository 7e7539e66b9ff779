"""The board as its script reads it: rows, sessions, items, the tray, what lies behind."""

from collections.abc import Callable
from typing import Any

from flask import url_for

from scheduler.access import Actor, Permission
from scheduler.blueprints.board.backgrounds import backgrounds_of_sites
from scheduler.blueprints.board.forms import PEOPLE, BoardWanted
from scheduler.blueprints.board.guest_rows import by_delegation
from scheduler.blueprints.board.people_rows import by_person
from scheduler.blueprints.board.telling import Teller
from scheduler.blueprints.board.tray import needs_of, tray_of
from scheduler.blueprints.board.visit_items import visit_items
from scheduler.records.board_marks import mark_for
from scheduler.records.boards import BoardAsked, sessions_on_board, tours_on_board, visits_on_board
from scheduler.words.own_names import in_order

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
        "tray": _tray(wanted, asked, teller) if by.sees_delegations else [],
        "may_book": teller.may_book,
    }


def _tray(wanted: BoardWanted, asked: BoardAsked, teller: Teller) -> list[Told]:
    """What is to be placed in rows of this kind: wishes and holds, or visits that nobody goes along with."""
    if wanted.rows in PEOPLE:
        return needs_of(PEOPLE[wanted.rows], asked, teller)
    return tray_of(asked, teller)


def _by_site(wanted: BoardWanted, asked: BoardAsked, teller: Teller, _by: Actor) -> Told:
    tours = tours_on_board(asked.site_ids)
    visits = visits_on_board(asked)
    return {
        "rows": [
            {
                "id": f"site:{site.id}",
                "name": in_order(site.name, site.name_native)[0],
                "detail": site.owner_unit or in_order(site.name, site.name_native)[1],
                "href": url_for("sites.site", code=site.code),
            }
            for site in wanted.sites
        ],
        "sessions": _sessions(asked, tours, teller),
        "items": visit_items(visits, tours, teller, lambda row: (f"site:{row[1]}", row[12])),
        "backgrounds": backgrounds_of_sites(asked, teller),
    }


SHOWN: dict[str, Callable[[BoardWanted, BoardAsked, Teller, Actor], Told]] = {
    "sites": _by_site,
    "delegations": by_delegation,
    **dict.fromkeys(PEOPLE, by_person),
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
                "name": in_order(tour.name, tour.name_native)[0],
                "places": places,
                "taken": taken,
                "fill_text": fill % {"taken": taken, "places": places},
            }
        )
    return found

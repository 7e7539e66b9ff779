"""Delegations as rows: their visits, their engagements, the days on which they are not in town."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from scheduler.access import Actor
from scheduler.blueprints.board.backgrounds import backgrounds_of_stays
from scheduler.blueprints.board.forms import BoardWanted
from scheduler.blueprints.board.telling import Teller
from scheduler.blueprints.board.visit_items import visit_items
from scheduler.records.board_engagements import engagements_on_board
from scheduler.records.boards import BoardAsked, delegations_on_board, tours_on_board, visits_on_board
from scheduler.words.names import TABLES, name_of
from scheduler.words.own_names import in_order

Told = dict[str, Any]


def by_delegation(wanted: BoardWanted, asked: BoardAsked, teller: Teller, by: Actor) -> Told:
    """Each delegation's own days."""
    tours, names = (
        tours_on_board(asked.site_ids),
        {site.id: in_order(site.name, site.name_native)[0] for site in wanted.sites},
    )
    visits = visits_on_board(asked)
    engagements = engagements_on_board(asked) if by.sees_delegations else []
    shown = {row.delegation_id for row in visits} | {row.delegation_id for row in engagements}
    guests = delegations_on_board(asked, shown, sees_all=by.sees_delegations)
    address = url_for("delegations.delegation", delegation_id=1).removesuffix("1")
    items = visit_items(visits, tours, teller, lambda row: (f"delegation:{row[2]}", names[row[1]]))
    return {
        "rows": [_row(row, teller, address if by.sees_delegations else None) for row in guests],
        "sessions": [],
        "items": items + [_engagement(row, teller) for row in engagements],
        "backgrounds": backgrounds_of_stays(guests, asked, teller),
    }


def _row(row: Any, teller: Teller, address: str | None) -> Told:
    return {
        "id": f"delegation:{row.id}",
        "name": row.name,
        "detail": f"{teller.people(row.headcount)}, {teller.stay(row.arrives_at, row.departs_at)}",
        "href": f"{address}{row.id}" if address is not None else None,
    }


def _engagement(row: Any, teller: Teller) -> Told:
    kind = name_of(TABLES.get("engagement_kinds", {}), row.kind)
    return {
        "id": f"engagement:{row.id}",
        "row": f"delegation:{row.delegation_id}",
        "start": teller.instant(row.starts_at),
        "end": teller.instant(row.ends_at),
        "title": row.title or kind,
        "what": row.place_name or kind,
        "state": "engagement",
        "state_text": kind,
        "headcount": row.headcount,
        "version": None,
        "movable": False,
        "href": url_for("engagements.engagement", engagement_id=row.id),
        "notes": [
            *([teller.part(row.part_name)] if row.part_name else []),
            *([_("Host: %(name)s", name=row.host)] if row.host else []),
        ],
        "kind": "engagement",
        "delegation_id": row.delegation_id,
        "clashing": False,
        "session": None,
        "tour_code": None,
    }

"""The tray: wishes and holds not yet placed."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from scheduler.blueprints.board.telling import Teller
from scheduler.core.duties import ResourceKind
from scheduler.records.board_needs import visits_in_need
from scheduler.records.boards import BoardAsked
from scheduler.records.trays import visits_in_tray, wishes_in_tray
from scheduler.words.instants import span_in_words
from scheduler.words.names import TOPICS, name_of
from scheduler.words.own_names import in_order


def tray_of(asked: BoardAsked, teller: Teller) -> list[dict[str, Any]]:
    """What is to be placed, wishes first. Two queries."""
    wishes = [_wish(row, teller) for row in wishes_in_tray(asked)]
    return wishes + [_visit(row, teller) for row in visits_in_tray(asked)]


def needs_of(kind: ResourceKind, asked: BoardAsked, teller: Teller) -> list[dict[str, Any]]:
    """Visits that still need one of a kind. One query."""
    return [_need(row, teller) for row in visits_in_need(kind, asked)]


def _need(row: Any, teller: Teller) -> dict[str, Any]:
    state, state_text = teller.states[row.state]
    site, tour = in_order(row.site_name, row.site_native)[0], in_order(row.tour_name, row.tour_native)[0]
    return {
        "id": f"visit:{row.id}",
        "title": row.name,
        "what": f"{site} · {tour}",
        "site": row.site_code,
        "tour_code": row.tour_code,
        "headcount": row.headcount,
        "priority": None,
        "version": row.version,
        "state": state,
        "state_text": state_text,
        "notes": [span_in_words(row.starts_at, row.ends_at, teller.zone.key)],
        "movable": teller.may_book,
        "href": url_for("visits.visit", visit_id=row.id),
        "delegation_id": row.delegation_id,
        "start": teller.instant(row.starts_at),
        "end": teller.instant(row.ends_at),
    }


def _wish(row: Any, teller: Teller) -> dict[str, Any]:
    return {
        "id": f"wish:{row.id}",
        "title": row.name,
        "what": in_order(row.tour_name or "", row.tour_native or "")[0] or name_of(TOPICS, row.topic),
        "site": row.site_code,
        "tour_code": row.tour_code,
        "headcount": row.headcount,
        "priority": row.priority,
        "version": None,
        "state": "wish",
        "state_text": _("Wish"),
        "notes": [row.note] if row.note else [],
        "movable": teller.may_book,
        "href": url_for("delegations.delegation", delegation_id=row.delegation_id),
        "delegation_id": row.delegation_id,
    }


def _visit(row: Any, teller: Teller) -> dict[str, Any]:
    state, state_text = teller.states[row.state]
    return {
        "id": f"visit:{row.id}",
        "title": row.name,
        "what": in_order(row.tour_name, row.tour_native)[0],
        "site": row.site_code,
        "tour_code": row.tour_code,
        "headcount": row.headcount,
        "priority": None,
        "version": row.version,
        "state": state,
        "state_text": state_text,
        "notes": teller.notes(row.state, row.hold_until, None, row.part_name),
        "movable": row.state in teller.movable,
        "href": url_for("visits.visit", visit_id=row.id),
        "delegation_id": row.delegation_id,
    }

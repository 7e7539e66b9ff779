"""Guides, interpreters and vehicles as rows: their duties, their hours, their leave."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from scheduler.access import Actor
from scheduler.blueprints.board.backgrounds import backgrounds_of_people
from scheduler.blueprints.board.forms import PEOPLE, BoardWanted
from scheduler.blueprints.board.telling import Teller
from scheduler.core.duties import ResourceKind
from scheduler.records.board_people import duties_on_board, people_on_board
from scheduler.records.boards import BoardAsked
from scheduler.words.code_names import DUTY_STATES, language_name
from scheduler.words.lists import listed
from scheduler.words.own_names import in_order

Told = dict[str, Any]


def by_person(wanted: BoardWanted, asked: BoardAsked, teller: Teller, by: Actor) -> Told:
    """Everybody of one kind, with what they are wanted for."""
    kind, sees_all = PEOPLE[wanted.rows], by.sees_delegations
    duties = duties_on_board(kind, asked, sees_all=sees_all)
    people = people_on_board(kind, asked, {row.resource_id for row in duties}, sees_all=sees_all)
    shown = {row.id for row in people}
    return {
        "rows": [_row(row, kind, has_page=sees_all) for row in people],
        "sessions": [],
        "items": [_duty(row, kind, teller) for row in duties if row.resource_id in shown],
        "backgrounds": backgrounds_of_people(people, kind, asked, teller),
    }


def _row(row: Any, kind: ResourceKind, *, has_page: bool) -> Told:
    return {
        "id": f"{kind.value}:{row.id}",
        "name": in_order(row.name, row.name_native)[0],
        "detail": _seats(row.seats) if row.seats else _languages(row.languages),
        "href": url_for("resources.resource", resource_id=row.id) if has_page else None,
    }


def _seats(seats: int) -> str:
    return ngettext("%(num)s seat", "%(num)s seats", seats)


def _languages(codes: frozenset[str]) -> str:
    """What somebody speaks; of an interpreter the pairs, each with both its languages."""
    told = ("–".join(language_name(code) for code in pair.split("-")) for pair in sorted(codes))
    return listed(told)


def _duty(row: Any, kind: ResourceKind, teller: Teller) -> Told:
    is_visit = row.visit_id is not None
    return {
        "id": f"duty:{row.id}",
        "row": f"{kind.value}:{row.resource_id}",
        "start": teller.instant(row.starts_at),
        "end": teller.instant(row.ends_at),
        "title": row.name,
        "what": in_order(row.site_name, row.site_native)[0] if is_visit else _("With the delegation"),
        "state": row.state.value,
        "state_text": str(DUTY_STATES[row.state.value]),
        "headcount": row.headcount,
        "version": None,
        "movable": False,
        "href": _href(row),
        "notes": [row.note] if row.note else [],
        "kind": "duty",
        "delegation_id": row.delegation_id,
        "clashing": False,
        "session": None,
        "tour_code": None,
    }


def _href(row: Any) -> str:
    """The visit, or for a whole day the delegation."""
    if row.visit_id is not None:
        return url_for("visits.visit", visit_id=row.visit_id)
    return url_for("delegations.delegation", delegation_id=row.delegation_id)

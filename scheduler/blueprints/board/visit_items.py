"""Visits as items of the board, whatever its rows are."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import url_for

from scheduler.blueprints.board.telling import Teller
from scheduler.words.own_names import in_order

Told = dict[str, Any]


def visit_items(
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
                "what": in_order(tour.name, tour.name_native)[0],
                "state": name,
                "state_text": words,
                "headcount": people,
                "version": version,
                "movable": state in movable,
                "href": f"{address}{visit_id}",
                "notes": teller.notes(state, row[8], row[9], row[13]) if row[13] or row[8] or row[9] else [],
                "kind": "visit",
                "delegation_id": delegation_id,
                "clashing": bool(row[9]),
                "session": f"session:{row[10]}",
                "tour_code": tour.code,
            }
        )
    return found

"""Search from anywhere: a few of each kind that the words find."""

from typing import Any

from flask import Response, url_for

from scheduler.access import Permission
from scheduler.blueprints.api.answering import told
from scheduler.blueprints.api.room import bp
from scheduler.blueprints.api.schemas.search import SearchOut, SearchQuery
from scheduler.blueprints.search.groups import Glance, Group, groups_of
from scheduler.blueprints.search.lines import Line
from scheduler.blueprints.visit_lines import Line as VisitLine
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.words.instants import moment_in_words
from scheduler.words.search_words import sought


@bp.get("/search")
@bp.input(SearchQuery, location="query")
@bp.output(SearchOut)
@allow(Permission.SIGNED_IN)
def search(query_data: dict[str, Any]) -> Response:
    """Look for delegations, people by post, sites and visits.

    Every word must be found; capital letters, accents and the width of letters do not matter. A day
    (`2026-12-01`, `1 Dec`) finds the visits and stays of that day, a number the visit of that number.
    """
    at = now()
    glance = Glance(by=actor(), sought=sought(query_data["q"], at), at=at, most=query_data["most"])
    return told({"groups": [_group(group) for group in groups_of(glance)]})


def _group(group: Group) -> dict[str, Any]:
    items = [*map(_line, group.lines), *map(_visit, group.visits)]
    return {"kind": group.kind, "number": group.number, "items": items}


def _line(line: Line) -> dict[str, Any]:
    return {"name": line.name, "second_name": line.second, "about": line.about, "url": line.api_url}


def _visit(line: VisitLine) -> dict[str, Any]:
    visit, site = line.visit, line.visit.tour_session.tour.site
    return {
        "name": visit.delegation.name,
        "second_name": visit.delegation.name_native,
        "about": [moment_in_words(visit.starts_at, site.zone), site.name, visit.tour_session.tour.name],
        "url": url_for("api.read_visit", visit_id=visit.id),
    }

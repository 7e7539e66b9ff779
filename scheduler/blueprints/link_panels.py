"""What a page says of links to answer by: the open ones about its subject, and the button that makes one.

A page shows it with `answer_links(panel)` of `links/parts.html`. Nobody but who may make links gets one.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from scheduler.access import Permission
from scheduler.blueprints.link_lines import LinkLine, link_line
from scheduler.blueprints.ways import roster_url
from scheduler.identity import actor
from scheduler.records.link_lookup import awaits_owner, duties_asked_of, open_links
from scheduler.records.rosters import Roster
from scheduler.records.visits import Visit


@dataclass(frozen=True, kw_only=True)
class LinkPanel:
    """`make_url` is empty where nothing waits for an answer; `back_url` is the page itself."""

    title: Any
    label: Any
    hint: Any
    back_url: str
    make_url: str | None = None
    lines: list[LinkLine] = field(default_factory=list)


OWNER_HINT = _l(
    "A page behind a secret address: whoever has it answers once, without an account. Send it to the owner."
)
PERSON_HINT = _l(
    "A page behind a secret address: whoever has it accepts or refuses once, without an account."
)


def panel_of_visit(visit: Visit, at: datetime) -> LinkPanel | None:
    """For the page of a visit. One query."""
    if not _may_make():
        return None
    lines = _lines_about([visit], visit.site_id, at)
    make_url = url_for("links.make_for_visit", visit_id=visit.id) if awaits_owner(visit, at) else None
    return _shown(make_url, lines, _l("Link for the owner"), url_for("visits.visit", visit_id=visit.id))


def panel_of_day(roster: Roster, at: datetime) -> LinkPanel | None:
    """For a site's day. One query."""
    if not _may_make():
        return None
    lines = _lines_about(roster.visits, roster.site.id, at)
    waits = any(awaits_owner(visit, at) for visit in roster.visits)
    make_url = _day_url(roster.site.code, roster.on) if waits else None
    return _shown(make_url, lines, _l("Link for all of this day"), roster_url(roster.site.code, roster.on))


def panel_of_resource(resource_id: int, back_url: str, at: datetime) -> LinkPanel | None:
    """For the page of a guide, interpreter, vehicle or liaison officer. Two queries."""
    if not _may_make():
        return None
    lines = [link_line(link, at) for link in open_links(at, resource_id=resource_id)]
    asked = duties_asked_of(resource_id, at)
    return LinkPanel(
        title=_l("Link to accept or refuse"),
        label=_l("Link for all that is asked"),
        hint=PERSON_HINT,
        back_url=back_url,
        make_url=url_for("links.make_for_resource", resource_id=resource_id) if asked else None,
        lines=lines,
    )


def _may_make() -> bool:
    return actor().may(Permission.MAKE_LINKS)


def _lines_about(visits: Collection[Visit], site_id: int, at: datetime) -> list[LinkLine]:
    numbers = {visit.id for visit in visits}
    found = open_links(at, site_id=site_id) if numbers else []
    return [link_line(link, at) for link in found if numbers & link.versions_asked.keys()]


def _shown(make_url: str | None, lines: list[LinkLine], label: Any, back_url: str) -> LinkPanel | None:
    if make_url is None and not lines:
        return None
    title = _l("The owner without an account")
    return LinkPanel(
        title=title, label=label, hint=OWNER_HINT, back_url=back_url, make_url=make_url, lines=lines
    )


def _day_url(code: str, on: date) -> str:
    return url_for("links.make_for_day", code=code, on=on.isoformat())

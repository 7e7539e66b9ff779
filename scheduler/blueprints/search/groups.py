"""What a search found, in groups: each a few lines, how many there are, and where all of them are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import url_for

from scheduler.access import Actor, Permission
from scheduler.blueprints.search.lines import Line, delegation_line, post_line, site_lines
from scheduler.blueprints.visit_lines import Line as VisitLine
from scheduler.blueprints.visit_lines import line as visit_line
from scheduler.core.searching import Sought
from scheduler.records.delegation_search import delegations_matching
from scheduler.records.post_search import posts_found
from scheduler.records.search import some_of
from scheduler.records.site_search import sites_found
from scheduler.records.visit_search import visits_found
from scheduler.words.search_words import KINDS

# So many of each kind at first; so many on a page of one kind alone.
AT_FIRST, PER_PAGE = 5, 25


@dataclass(frozen=True, kw_only=True)
class Glance:
    """Who looks for what, when, and which part of it is wanted."""

    by: Actor
    sought: Sought
    at: datetime
    first: int = 0
    most: int = AT_FIRST


@dataclass(frozen=True)
class Group:
    """What was found of one kind. `visits` are the lines of visits, `lines` those of everything else."""

    kind: str
    number: int
    lines: list[Line] = field(default_factory=list)
    visits: list[VisitLine] = field(default_factory=list)

    @property
    def title(self) -> Any:
        return KINDS[self.kind]

    @property
    def shown(self) -> int:
        return len(self.lines) + len(self.visits)

    def url(self, typed: str, page: int | None = None) -> str:
        return url_for("search.search", q=typed, kind=self.kind, page=page)


def groups_of(glance: Glance, kind: str | None = None) -> list[Group]:
    """Every kind of which this reader may see something, or one kind. A query each, never more."""
    if glance.sought.is_nothing:
        return []
    asked = [each for each in _KINDS if kind in (None, each) and glance.by.may(_KINDS[each][0])]
    return [_KINDS[each][1](glance) for each in asked]


def _delegations(glance: Glance) -> Group:
    if not glance.sought.words and not glance.sought.days:
        return Group("delegations", 0)
    found = some_of(delegations_matching(glance.sought), first=glance.first, most=glance.most)
    return Group("delegations", found.number, [delegation_line(each) for each in found.rows])


def _posts(glance: Glance) -> Group:
    # A day narrows what has a day: people have none.
    if glance.sought.days:
        return Group("posts", 0)
    posts, number = posts_found(glance.sought, first=glance.first, most=glance.most)
    return Group("posts", number, [post_line(each) for each in posts])


def _sites(glance: Glance) -> Group:
    if glance.sought.days or not glance.sought.words:
        return Group("sites", 0)
    found = some_of(sites_found(glance.by, glance.sought), first=glance.first, most=glance.most)
    return Group("sites", found.number, site_lines(found.rows, glance.sought))


def _visits(glance: Glance) -> Group:
    rows = visits_found(glance.by, glance.sought, glance.at)
    found = some_of(rows, first=glance.first, most=glance.most)
    visits: Sequence[Any] = found.rows
    return Group("visits", found.number, visits=[visit_line(each) for each in visits])


_KINDS: dict[str, tuple[Permission, Callable[[Glance], Group]]] = {
    "delegations": (Permission.READ_DELEGATIONS, _delegations),
    "posts": (Permission.READ_DELEGATIONS, _posts),
    "sites": (Permission.READ_SITES, _sites),
    "visits": (Permission.READ_VISITS, _visits),
}

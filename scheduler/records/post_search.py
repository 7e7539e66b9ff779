"""People looked for, by post first: heads of delegations, delegates, hosts of engagements."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, case, cast, func, literal, null, select, union_all

from scheduler.core.searching import Sought
from scheduler.core.stops import EngagementState
from scheduler.records.database import db
from scheduler.records.delegations import Delegate, Delegation
from scheduler.records.engagements import Engagement
from scheduler.records.text_search import closeness, says, texts


class Standing(StrEnum):
    """As what somebody stands in the archive."""

    HEAD = "head"
    DELEGATE = "delegate"
    HOST = "host"


@dataclass(frozen=True)
class Post:
    """Somebody by their post, and of which delegation. Delegates have a name and an organisation besides."""

    standing: Standing
    post: str
    name: str
    organisation: str
    delegation_id: int
    delegation: str
    engagement_id: int | None


def posts_found(sought: Sought, *, first: int, most: int) -> tuple[list[Post], int]:
    """Some of the people found, the best match of their post first, and how many there are in all. One query.

    They belong to delegations: ask only for somebody who may read these.
    """
    if not sought.words:
        return [], 0
    found = union_all(_heads(sought), _delegates(sought), _hosts(sought)).subquery()
    rows = select(found, func.count().over().label("all"))
    rows = rows.order_by(found.c.closeness, found.c.arrives_at.desc(), found.c.rank, found.c.number)
    lines = db.session.execute(rows.limit(most).offset(first)).all()
    posts = [Post(Standing(line.standing), *line[1:7]) for line in lines]
    return posts, lines[0].all if lines else 0


def _heads(sought: Sought) -> Select[Any]:
    d = Delegation
    rows = _rows(
        Standing.HEAD,
        sought,
        (d.head_post,),
        (literal(""), literal(""), cast(null(), Integer), literal(0), d.id),
    )
    return _saying(rows, sought, d.head_post)


def _delegates(sought: Sought) -> Select[Any]:
    p = Delegate
    named = case((p.print_as == p.post, ""), else_=p.print_as)
    rows = _rows(
        Standing.DELEGATE,
        sought,
        (p.post, p.print_as, p.name_roman, p.name_native),
        (named, p.organisation, cast(null(), Integer), p.precedence, p.id),
    ).join(Delegation, Delegation.id == p.delegation_id)
    return _saying(rows, sought, p.post, p.print_as, p.name_roman, p.name_native, p.organisation)


def _hosts(sought: Sought) -> Select[Any]:
    e = Engagement
    more = literal(""), e.title, e.id, literal(0), e.id
    rows = _rows(Standing.HOST, sought, (e.host,), more).join(Delegation, Delegation.id == e.delegation_id)
    return _saying(rows.where(e.state == EngagementState.PLANNED), sought, e.host)


def _rows(standing: Standing, sought: Sought, called: tuple[Any, ...], more: tuple[Any, ...]) -> Select[Any]:
    """The columns of a `Post` in their order, then those it is put in order by."""
    name, organisation, engagement_id, rank, number = more
    close: ColumnElement[int] = closeness(sought.text, *called)
    return select(
        literal(standing.value).label("standing"),
        func.coalesce(func.nullif(called[0], ""), *called[1:2], "").label("post"),
        name.label("name"),
        organisation.label("organisation"),
        Delegation.id.label("delegation_id"),
        Delegation.name.label("delegation"),
        engagement_id.label("engagement_id"),
        close.label("closeness"),
        Delegation.arrives_at.label("arrives_at"),
        rank.label("rank"),
        number.label("number"),
    )


def _saying(rows: Select[Any], sought: Sought, *columns: Any) -> Select[Any]:
    told = texts(*columns)
    for word in sought.words:
        rows = rows.where(says(told, word.text))
    return rows

"""A link as a line of a page: for whom, until when, who answered what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from scheduler.blueprints.typed import city_zone
from scheduler.blueprints.ways import visit_url
from scheduler.records.link_lookup import duties_numbered_by, visits_numbered_by
from scheduler.records.links import Link, LinkPurpose, LinkState
from scheduler.records.visits import Visit
from scheduler.words.instants import moment_in_words, span_in_words
from scheduler.words.link_words import LINK_ANSWERS
from scheduler.words.lists import listed
from scheduler.words.names import name_of


@dataclass(frozen=True, kw_only=True)
class LinkLine:
    """One link among others."""

    id: int
    for_whom: str
    for_whom_url: str | None
    asked: int
    state: LinkState
    made: str
    made_by: str
    expires: str
    answered: str
    answered_by: str
    summary: str

    @property
    def is_open(self) -> bool:
        return self.state is LinkState.OPEN

    @property
    def url(self) -> str:
        return url_for("links.link", link_id=self.id)


@dataclass(frozen=True, kw_only=True)
class AnswerLine:
    """What was said of one visit or duty. Without an answer it was not asked any more."""

    name: str
    when: str
    answer: str
    reason: str
    offered: list[str]
    url: str | None = None


def link_line(link: Link, at: datetime) -> LinkLine:
    """A link in words."""
    zone = str(city_zone())
    return LinkLine(
        id=link.id,
        for_whom=_for_whom(link),
        for_whom_url=url_for("sites.site", code=link.site.code) if link.site else None,
        asked=len(link.asked),
        state=link.state_at(at),
        made=moment_in_words(link.made_at, zone),
        made_by=(link.made_by.name or link.made_by.email) if link.made_by else "",
        expires=moment_in_words(link.expires_at, zone),
        answered=moment_in_words(link.answered_at, zone) if link.answered_at else "",
        answered_by=link.answered_by,
        summary=_summary(link.answers),
    )


def answer_lines(link: Link, *, is_inside: bool = False) -> list[AnswerLine]:
    """What was asked by a link, each with what was answered, by hour; inside the house also what has become
    of it since."""
    rows: Sequence[Any] = (
        visits_numbered_by(link) if link.purpose is LinkPurpose.SITE else duties_numbered_by(link)
    )
    told = {answer["id"]: answer for answer in link.answers}
    zone = link.site.zone if link.site else str(city_zone())
    lines = [_answer_line(row, told.get(row.id), zone) for row in rows]
    if is_inside:
        lines = [_as_it_is(line, row, zone) for line, row in zip(lines, rows, strict=True)]
    return sorted(lines, key=lambda line: not line.answer)


def _answer_line(row: Any, told: dict[str, Any] | None, zone: str) -> AnswerLine:
    """When it was, as the one who answered saw it; what is told of nobody's answer is the name alone."""
    times = [datetime.fromisoformat(told[name]) for name in ("starts_at", "ends_at")] if told else []
    return AnswerLine(
        name=row.delegation.name,
        when=span_in_words(times[0], times[1], zone) if times else "",
        answer=name_of(LINK_ANSWERS, told["answer"]) if told else "",
        reason=told["reason"] if told else "",
        offered=[_offered(each, zone) for each in told["offered_times"]] if told else [],
    )


def _as_it_is(line: AnswerLine, row: Any, zone: str) -> AnswerLine:
    """With the way to the visit; what nobody has answered is told with its hour of now."""
    visit_id = row.id if isinstance(row, Visit) else row.visit_id
    when = line.when or span_in_words(row.starts_at, row.ends_at, zone)
    return replace(line, when=when, url=visit_url(visit_id) if visit_id else None)


def _offered(instant: str, zone: str) -> str:
    return moment_in_words(datetime.fromisoformat(instant), zone)


def _for_whom(link: Link) -> str:
    of = link.site or link.resource
    return of.name if of is not None else ""


def _summary(answers: Iterable[dict[str, Any]]) -> str:
    """Agreed 2, declined 1."""
    said = [answer["answer"] for answer in answers]
    told = [(code, said.count(code)) for code in LINK_ANSWERS if code in said]
    return listed(_("%(answer)s: %(number)s", answer=LINK_ANSWERS[c], number=n) for c, n in told)

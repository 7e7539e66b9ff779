"""What people without an account answer through their link: all of it in one act, once."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from scheduler.access import Actor, Role
from scheduler.actions.invalid import Invalid
from scheduler.actions.lifecycle import Told, act_upon
from scheduler.actions.links import LinkUnknown, must_be_open
from scheduler.actions.tokens import digest_of
from scheduler.core.facts import OwnerAgreement
from scheduler.core.lifecycle import Act
from scheduler.records.journal import enter
from scheduler.records.link_lookup import awaits_owner, link_kept_as, visits_numbered_by
from scheduler.records.links import Link, LinkPurpose
from scheduler.records.visits import Visit
from scheduler.records.writing import Parents, writing

CHANNEL = "link"


class QuestionChanged(Exception):
    """What was answered is not what is asked by now: something was moved, called off or added meanwhile."""


class VisitAnswerKind(StrEnum):
    """What a site's owner says of a visit."""

    AGREE = "agree"
    DECLINE = "decline"
    OTHER_TIMES = "other_times"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitAnswer:
    """An owner's word on one visit; `seen` is the version of it that they were shown."""

    visit_id: int
    seen: int
    kind: VisitAnswerKind
    reason: str = ""
    offered_times: tuple[datetime, ...] = ()


def visits_asked(link: Link, at: datetime) -> tuple[list[Visit], list[Visit]]:
    """The visits of a link, by hour: those that still wait for this site's owner, and those that do not."""
    found = visits_numbered_by(link)
    waiting = [visit for visit in found if visit.site_id == link.site_id and awaits_owner(visit, at)]
    return waiting, [visit for visit in found if visit not in waiting]


def answer_site_link(secret: str, answers: Sequence[VisitAnswer], *, answered_by: str, at: datetime) -> Link:
    """Agree to, decline or offer other times for every visit that a link still asks about, all or none.

    Agreeing is the owner's agreement, given by `answered_by` now through the channel "link". Raises
    LinkUnknown, LinkUsed, LinkExpired, LinkRevoked; QuestionChanged unless exactly the visits that wait now
    are answered, each in the version it has now; Invalid, whose field for the third answer begins with
    "answers.2."; VisitRefused.
    """
    who = answered_by.strip()
    if not who:
        raise Invalid("answered_by", "too_short", least=1)
    return _answer_site_link(secret, answers, answered_by=who, at=at)


def _parents_of_visits(secret: str, *_told: object, **_also: object) -> Parents:
    link = link_kept_as(digest_of(secret))
    if link is None or link.purpose is not LinkPurpose.SITE:
        raise LinkUnknown
    visits = visits_numbered_by(link)
    return Parents(
        frozenset(visit.site_id for visit in visits), frozenset(visit.delegation_id for visit in visits)
    )


@writing(_parents_of_visits)
def _answer_site_link(secret: str, answers: Sequence[VisitAnswer], *, answered_by: str, at: datetime) -> Link:
    link = must_be_open(link_kept_as(digest_of(secret), is_locked=True), at)
    waiting, _rest = visits_asked(link, at)
    must_be_asked(
        {visit.id: visit.version for visit in waiting}, [(each.visit_id, each.seen) for each in answers]
    )
    by = owner_behind(link, answered_by)
    # Whoever is declined makes room, which may lift the flag that another of these visits is agreed with.
    in_order = sorted(enumerate(answers), key=lambda pair: pair[1].kind is not VisitAnswerKind.AGREE)
    for number, answer in in_order:
        with naming(number):
            _act_on_visit(answer, by, at)
    hours = {visit.id: (visit.starts_at, visit.ends_at) for visit in waiting}
    return close_link(link, [_kept(answer, hours[answer.visit_id]) for answer in answers], by=by, at=at)


def owner_behind(link: Link, answered_by: str) -> Actor:
    """Whoever answers a site's link, as the floors below see them: the manager of that one site."""
    assert link.site_id is not None
    return Actor(
        account_id=None,
        email=f"link {link.id}: {answered_by}",
        name=answered_by,
        roles=frozenset({Role.MANAGER}),
        site_ids=frozenset({link.site_id}),
    )


def must_be_asked(versions: Mapping[int, int], answered: Sequence[tuple[int, int]]) -> None:
    """Raise QuestionChanged unless the ids and versions answered are those that wait: nobody answers what
    they were not shown, and nothing that waits is passed over in silence."""
    if not answered or dict(answered) != dict(versions) or len(answered) != len(versions):
        raise QuestionChanged


def _act_on_visit(answer: VisitAnswer, by: Actor, at: datetime) -> None:
    if answer.kind is VisitAnswerKind.AGREE:
        agreement = OwnerAgreement(by=by.name, on=at, channel=CHANNEL)
        act_upon(answer.visit_id, Act.CONFIRM, Told(agreement=agreement), by=by, at=at)
        return
    if answer.kind is VisitAnswerKind.DECLINE and not answer.reason.strip():
        raise Invalid("reason", "reason_needed")
    if answer.kind is VisitAnswerKind.OTHER_TIMES and not answer.offered_times:
        raise Invalid("offered_times", "in_the_past", earliest=at)
    told = Told(reason=answer.reason, offered_times=answer.offered_times)
    act_upon(answer.visit_id, Act.DECLINE, told, by=by, at=at)


@contextmanager
def naming(number: int) -> Iterator[None]:
    """Say of a field at fault whose answer it belongs to."""
    try:
        yield
    except Invalid as wrong:
        raise Invalid(f"answers.{number}.{wrong.field}", wrong.code, **wrong.facts) from None


def _kept(answer: VisitAnswer, hours: tuple[datetime, datetime]) -> dict[str, Any]:
    """An answer as it is kept with its link, with the hour it was given for."""
    return {
        "id": answer.visit_id,
        "starts_at": hours[0].isoformat(),
        "ends_at": hours[1].isoformat(),
        "answer": answer.kind.value,
        "reason": answer.reason,
        "offered_times": [offered.isoformat() for offered in sorted(answer.offered_times)],
    }


def close_link(link: Link, answers: list[dict[str, Any]], *, by: Actor, at: datetime) -> Link:
    """Keep what was answered, and by whom: from now on the link opens nothing."""
    link.answered_at, link.answered_by, link.answers = at, by.name, answers
    enter(link, "answer_link", by=by, at=at, after={"answers": answers})
    return link

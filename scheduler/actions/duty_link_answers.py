"""What a guide, interpreter, driver or liaison officer answers through their link: all duties at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from scheduler.access import Actor
from scheduler.actions.assignments import answer_duty
from scheduler.actions.invalid import Invalid
from scheduler.actions.link_answers import close_link, must_be_asked, naming
from scheduler.actions.links import LinkUnknown, must_be_open
from scheduler.actions.tokens import digest_of
from scheduler.records.assignments import Assignment
from scheduler.records.link_lookup import awaits_person, duties_numbered_by, link_kept_as
from scheduler.records.links import Link, LinkPurpose
from scheduler.records.writing import Parents, writing


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyAnswer:
    """Somebody's word on one duty; `seen` is the version of it that they were shown."""

    assignment_id: int
    seen: int
    accepts: bool
    note: str = ""


def duties_asked(link: Link, at: datetime) -> tuple[list[Assignment], list[Assignment]]:
    """The duties of a link, by hour: those that still wait for an answer, and those that do not."""
    found = duties_numbered_by(link)
    waiting = [duty for duty in found if duty.resource_id == link.resource_id and awaits_person(duty, at)]
    return waiting, [duty for duty in found if duty not in waiting]


def answer_duty_link(secret: str, answers: Sequence[DutyAnswer], *, answered_by: str, at: datetime) -> Link:
    """Accept or refuse, each with a note, every duty that a link still asks about, all or none. Whoever
    refuses is free again. Raises what `answer_site_link` raises."""
    who = answered_by.strip()
    if not who:
        raise Invalid("answered_by", "too_short", least=1)
    return _answer_duty_link(secret, answers, answered_by=who, at=at)


def _parents_of_duties(secret: str, *_told: object, **_also: object) -> Parents:
    link = link_kept_as(digest_of(secret))
    if link is None or link.purpose is not LinkPurpose.DUTIES or link.resource_id is None:
        raise LinkUnknown
    return Parents(
        delegations=frozenset(duty.delegation_id for duty in duties_numbered_by(link)),
        resources=frozenset({link.resource_id}),
    )


@writing(_parents_of_duties)
def _answer_duty_link(secret: str, answers: Sequence[DutyAnswer], *, answered_by: str, at: datetime) -> Link:
    link = must_be_open(link_kept_as(digest_of(secret), is_locked=True), at)
    waiting = {duty.id: duty for duty in duties_asked(link, at)[0]}
    must_be_asked(
        {duty.id: duty.version for duty in waiting.values()},
        [(each.assignment_id, each.seen) for each in answers],
    )
    kept = [_kept(answer, waiting[answer.assignment_id]) for answer in answers]
    for number, answer in enumerate(answers):
        with naming(number):
            answer_duty(
                answer.assignment_id, answer.accepts, answered_by=answered_by, note=answer.note, at=at
            )
    by = Actor(account_id=None, email=f"link {link.id}: {answered_by}", name=answered_by)
    return close_link(link, kept, by=by, at=at)


def _kept(answer: DutyAnswer, duty: Assignment) -> dict[str, Any]:
    """An answer as it is kept with its link, with the hour it was given for."""
    return {
        "id": answer.assignment_id,
        "starts_at": duty.starts_at.isoformat(),
        "ends_at": duty.ends_at.isoformat(),
        "answer": "accept" if answer.accepts else "refuse",
        "reason": answer.note,
        "offered_times": [],
    }

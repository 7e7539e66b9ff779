"""Visits that a list asks for: judged together, each seeing the others, and booked all of them or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from scheduler.access import Actor, Permission
from scheduler.actions.batch_advice import advised
from scheduler.actions.batches import BatchRefused, book_within_an_act, rehearse_together
from scheduler.actions.bookings import stands
from scheduler.actions.listed_visits import WantedVisit
from scheduler.actions.visits import parents_of_request
from scheduler.core.facts import VisitRequest
from scheduler.core.verdicts import Verdict
from scheduler.records.journal import enter
from scheduler.records.listed_lookup import visits_there_already
from scheduler.records.visits import Visit
from scheduler.records.writing import NOBODY, Parents, writing

MOST_LISTED = 500


@dataclass(frozen=True)
class Answer:
    """What the rules say to one row now. `visit_id` is the visit that is there already and is just that."""

    wanted: WantedVisit
    verdict: Verdict
    visit_id: int | None = None

    @property
    def stands(self) -> bool:
        """Whether it can be booked as it is: no refusal, every caution ticked."""
        return self.visit_id is None and stands(self.wanted.request, self.verdict)


class ListRefused(Exception):
    """At least one row was refused, or awaits a tick. Nothing was booked."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        super().__init__(f"{sum(not each.stands for each in answers)} of {len(answers)} refused")
        self.answers = list(answers)


def ticked(wanted: Sequence[WantedVisit], acknowledge: Sequence[str], reason: str) -> list[WantedVisit]:
    """The same rows, with the kinds of caution that somebody looked at and ticked, and why."""
    return [
        replace(
            each, request=replace(each.request, acknowledge=tuple(acknowledge), acknowledge_reason=reason)
        )
        for each in wanted
    ]


def judge_list(wanted: Sequence[WantedVisit], *, by: Actor, at: datetime) -> list[Answer]:
    """What the rules would say to every row right now, as if the others were booked too; those that are there
    already are not asked for again. Nothing is written or locked. The first few refused ones come with the
    nearest alternatives."""
    by.must(Permission.BOOK_VISITS)
    there = visits_there_already([each.request for each in wanted])
    answers = {
        index: Answer(wanted[index], Verdict(), visit.id)
        for index, visit in enumerate(there)
        if visit is not None
    }
    asked = [index for index in range(len(wanted)) if index not in answers]
    if asked:
        requests = [wanted[index].request for index in asked]
        verdicts = rehearse_together(requests, at)
        if any(verdict.is_refused for verdict in verdicts):
            verdicts = advised(requests, verdicts, at)
        told = zip(asked, verdicts, strict=True)
        answers |= {index: Answer(wanted[index], verdict) for index, verdict in told}
    return [answers[index] for index in range(len(wanted))]


def book_list(wanted: Sequence[WantedVisit], *, by: Actor, at: datetime) -> list[Visit]:
    """Book the rows in one act, all of them or none; those there already are given as they are, so that
    asking twice books once. Raises ListRefused with an answer for each row, NotPermitted, Invalid,
    NotFound."""
    by.must(Permission.BOOK_VISITS)
    return _book(tuple(wanted), by=by, at=at)


def book_what_stands(
    wanted: Sequence[WantedVisit], *, by: Actor, at: datetime
) -> tuple[list[Visit], list[Answer]]:
    """Book those rows that can be booked, in one act, and leave the others: gives the visits, and the answers
    to what is left. Should others be quicker, what they left is tried again."""
    answers = judge_list(wanted, by=by, at=at)
    made: list[Visit] = []
    possible = [each.wanted for each in answers if each.stands]
    while possible:
        try:
            made = book_list(possible, by=by, at=at)
            break
        except ListRefused as refused:
            possible = [each.wanted for each in refused.answers if each.stands]
    done = {each.row for each in possible}
    left = [each.wanted for each in answers if each.wanted.row not in done and each.visit_id is None]
    return made, judge_list(left, by=by, at=at) if left else []


def _parents(wanted: tuple[WantedVisit, ...], **_told: object) -> Parents:
    parents = NOBODY
    for parent in {_place(each.request): each.request for each in wanted}.values():
        parents = parents.joined_with(parents_of_request(parent))
    return parents


def _place(request: VisitRequest) -> tuple[object, ...]:
    """Requests that are alike in this concern the same site and delegation."""
    return request.delegation_id, request.tour_code


@writing(_parents)
def _book(wanted: tuple[WantedVisit, ...], *, by: Actor, at: datetime) -> list[Visit]:
    there = visits_there_already([each.request for each in wanted])
    asked = [each for each, visit in zip(wanted, there, strict=True) if visit is None]
    made: Mapping[int, Visit] = {}
    if asked:
        try:
            requests = [each.request for each in asked]
            visits = book_within_an_act(requests, by=by, at=at, most=MOST_LISTED)
        except BatchRefused as refused:
            told = zip(asked, refused.verdicts, strict=True)
            raise ListRefused([Answer(each, verdict) for each, verdict in told]) from None
        made = {each.row: visit for each, visit in zip(asked, visits, strict=True)}
        for each in asked:
            if each.remarks:
                enter(made[each.row], "remark", by=by, at=at, reason=each.remarks)
    return [visit or made[each.row] for each, visit in zip(wanted, there, strict=True)]

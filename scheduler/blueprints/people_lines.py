"""Those who come along, and those who could, as pages show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import ngettext

from scheduler.core.duties import ResourceKind
from scheduler.core.staffing import Suggestion
from scheduler.core.verdicts import RefusalCode
from scheduler.records.assignments import Assignment
from scheduler.words.code_names import RESOURCE_KINDS
from scheduler.words.instants import hours
from scheduler.words.lists import listed
from scheduler.words.own_names import own_name
from scheduler.words.verdict_words import pair_in_words, refusal_in_words


@dataclass(frozen=True)
class DutyLine:
    """One assignment: who, as what, when, how it stands."""

    id: int
    resource_id: int
    name: str
    kind: str
    state: str
    when: str
    riders: str
    answered: str
    version: int
    is_open: bool


@dataclass(frozen=True)
class SuggestedLine:
    """One who could come: what they bring, how busy and far they are, why not."""

    resource_id: int
    name: str
    serves: str
    load: str
    way: str
    is_free: bool
    reasons: Sequence[str]
    seats: int | None = None


@dataclass(frozen=True)
class SuggestedKind:
    """Everybody of one kind as they stand to a visit or a day."""

    kind: str
    title: str
    lines: Sequence[SuggestedLine]


def duty_lines(duties: Iterable[Assignment], zone: str) -> list[DutyLine]:
    """Assignments as they stand, those that still hold first."""
    lines = [_duty_line(duty, zone) for duty in duties]
    return sorted(lines, key=lambda line: not line.is_open)


def suggested_lines(kind: ResourceKind, found: Iterable[Suggestion]) -> SuggestedKind:
    """The suggestions of one kind, the best first. Who lacks the language or is of another site is left out
    unless nobody else is there."""
    lines = [_suggested(suggestion) for suggestion in found]
    return SuggestedKind(kind.value, str(RESOURCE_KINDS[kind.value]), lines)


def _duty_line(duty: Assignment, zone: str) -> DutyLine:
    return DutyLine(
        id=duty.id,
        resource_id=duty.resource_id,
        name=own_name(duty.resource),
        kind=str(RESOURCE_KINDS[duty.resource.kind.value]),
        state=duty.state.value,
        when=hours(duty.starts_at, duty.ends_at, zone),
        riders=_riders(duty),
        answered=duty.note,
        version=duty.version,
        is_open=duty.state.occupies,
    )


def _riders(duty: Assignment) -> str:
    if duty.headcount is None:
        return ""
    return ngettext(
        "%(headcount)s on %(num)s seat",
        "%(headcount)s on %(num)s seats",
        duty.resource.seats or 0,
        headcount=duty.headcount,
    )


def _suggested(suggestion: Suggestion) -> SuggestedLine:
    resource = suggestion.resource
    return SuggestedLine(
        resource_id=resource.id,
        name=resource.name,
        serves=_serves(resource.seats, resource.languages),
        load=ngettext("%(num)s duty that day", "%(num)s duties that day", suggestion.duties_that_day),
        way=_way(suggestion.minutes_away),
        # A vehicle too small for all still takes some of them.
        is_free=all(r.code is RefusalCode.VEHICLE_TOO_SMALL for r in suggestion.refusals),
        seats=resource.seats,
        reasons=[refusal_in_words(refusal) for refusal in suggestion.refusals],
    )


def _serves(seats: int | None, languages: Iterable[str]) -> str:
    if seats is not None:
        return ngettext("%(num)s seat", "%(num)s seats", seats)
    return listed(pair_in_words(code) for code in sorted(languages))


def _way(minutes: int | None) -> str:
    return "" if minutes is None else ngettext("%(num)s min away", "%(num)s min away", minutes)

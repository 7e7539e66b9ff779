"""What a link's page shows of each thing it asks about, and of what is no longer asked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms import Field

from scheduler.blueprints.answers.duty_forms import DutyAnswersForm
from scheduler.blueprints.answers.forms import TIMES, VisitAnswersForm
from scheduler.core.duties import DutyState
from scheduler.core.lifecycle import AWAITED, VisitState
from scheduler.records.assignments import Assignment
from scheduler.records.links import Link
from scheduler.records.visits import Visit
from scheduler.words.clash_words import clash_in_words
from scheduler.words.code_names import language_name
from scheduler.words.instants import hours, span_in_words
from scheduler.words.lists import listed
from scheduler.words.names import KINDS, NEEDS, country_name, name_of, names_of
from scheduler.words.own_names import own_name

Facts = list[tuple[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Card:
    """One thing that is asked. `more` are fields that matter with one answer only, by its code."""

    id: int
    name: str
    name_native: str
    when: str
    facts: Facts
    answer: Field
    more: list[tuple[str, list[Field]]]
    reasons: list[str] = field(default_factory=list)
    is_changed: bool = False


@dataclass(frozen=True)
class Gone:
    """One thing that was asked when the link was made and is not asked any more, and why."""

    name: str
    words: str


def visit_cards(link: Link, form: VisitAnswersForm) -> list[Card]:
    """The visits that wait for the owner, as they are now."""
    return [_visit_card(visit, link.versions_asked[visit.id], form) for visit in form.asked]


def gone_visits(link: Link, visits: Sequence[Visit], at: datetime) -> list[Gone]:
    """Visits that this owner need not answer for any more. Where one went instead is not theirs to know."""
    return [Gone(visit.delegation.name, _why_gone(visit, link, at)) for visit in visits]


def duty_cards(link: Link, form: DutyAnswersForm) -> list[Card]:
    """The duties that wait for somebody, as they are now."""
    assert link.resource is not None
    zone = link.resource.zone
    return [_duty_card(duty, zone, link.versions_asked[duty.id], form) for duty in form.asked]


def gone_duties(duties: Sequence[Assignment], at: datetime) -> list[Gone]:
    """Duties that need no answer any more."""
    return [Gone(duty.delegation.name, _why_no_duty(duty, at)) for duty in duties]


def _duty_card(duty: Assignment, zone: str, version_asked: int, form: DutyAnswersForm) -> Card:
    return Card(
        id=duty.id,
        name=duty.delegation.name,
        name_native=duty.delegation.name_native,
        when=span_in_words(duty.starts_at, duty.ends_at, zone),
        facts=_duty_facts(duty, zone),
        answer=form.about(duty.id, "answer"),
        more=[("always", [form.about(duty.id, "note")])],
        is_changed=duty.version != version_asked,
    )


def _duty_facts(duty: Assignment, zone: str) -> Facts:
    who, visit = duty.delegation, duty.visit
    people = duty.headcount or (visit.headcount if visit else who.headcount)
    told = [
        (_("How many"), ngettext("%(num)s person", "%(num)s people", people)),
        (_("Part of the delegation"), duty.part.name if duty.part else ""),
        (_("Country"), country_name(who.country)),
    ]
    if visit is None:
        return told
    site = visit.tour_session.tour.site
    return [
        (_("Where"), own_name(site)),
        (_("Address"), site.address),
        (_("Meeting point"), site.meeting_point),
        (_("The visit itself"), hours(visit.starts_at, visit.ends_at, zone)),
        *told,
        (_("Language"), _language(visit)),
    ]


def _why_no_duty(duty: Assignment, at: datetime) -> str:
    if duty.state is DutyState.ACCEPTED:
        return _("You accepted this already.")
    if duty.state is DutyState.REFUSED:
        return _("You refused this already.")
    if duty.state is DutyState.ASKED and duty.starts_at <= at:
        return _("Its hour has passed.")
    return _("You are no longer needed for this.")


def _visit_card(visit: Visit, version_asked: int, form: VisitAnswersForm) -> Card:
    about = {name: form.about(visit.id, name) for name in ("answer", "reason", "note", *TIMES)}
    return Card(
        id=visit.id,
        name=visit.delegation.name,
        name_native=visit.delegation.name_native,
        when=span_in_words(visit.starts_at, visit.ends_at, visit.tour_session.tour.site.zone),
        facts=_facts(visit),
        answer=about["answer"],
        more=[("other_times", [about[name] for name in (*TIMES, "note")]), ("decline", [about["reason"]])],
        reasons=clash_in_words(visit.clash) if visit.is_clashing else [],
        is_changed=visit.version != version_asked,
    )


def _facts(visit: Visit) -> Facts:
    """What a host wants to know: never a telephone number or a list of names."""
    who = visit.delegation
    return [
        (_("Tour"), own_name(visit.tour_session.tour)),
        (_("How many"), ngettext("%(num)s person", "%(num)s people", visit.headcount)),
        (_("Part of the delegation"), visit.part.name if visit.part else ""),
        (_("Country"), country_name(who.country)),
        (_("Head of delegation"), who.head_post),
        (_("Occasion"), name_of(KINDS, who.kind)),
        (_("Purpose"), who.purpose),
        (_("Language"), _language(visit)),
        (_("Needs"), listed(names_of(NEEDS, who.needs))),
    ]


def _language(visit: Visit) -> str:
    spoken = language_name(visit.language) if visit.language else ""
    if not visit.delegation.has_interpreter:
        return spoken
    return _("%(language)s, own interpreter", language=spoken) if spoken else _("own interpreter")


def _why_gone(visit: Visit, link: Link, at: datetime) -> str:
    if visit.site_id != link.site_id:
        return _("They no longer come to you.")
    if visit.state is VisitState.CONFIRMED:
        return _("You agreed to this already.")
    if visit.state is VisitState.DECLINED:
        return _("You declined this already.")
    if visit.state in AWAITED and visit.starts_at <= at:
        return _("Its hour has passed.")
    return _("This was called off or put off.")

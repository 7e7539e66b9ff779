"""A repair as its page shows it: who is touched and why, each visit before and after, what can be chosen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import pgettext
from wtforms.fields.choices import SelectChoice

from scheduler.actions.repairs import disturbance_of, repair_of
from scheduler.blueprints.plans.named import Names
from scheduler.blueprints.stop_rows import session_key
from scheduler.blueprints.typed import city_zone
from scheduler.blueprints.visits.picker import Words
from scheduler.core.disturbances import Disturbance
from scheduler.core.verdicts import Alternative
from scheduler.planner.repairs.answers import Fate, RepairAnswer, RepairedVisit, Spot
from scheduler.records.delegations import Delegation
from scheduler.records.plan_lookup import UNFINISHED, standing
from scheduler.records.plans import PlanJob, PlanState
from scheduler.records.visit_lookup import visits_numbered
from scheduler.words.instants import day_and_hours, hours, local_day, short_day
from scheduler.words.lists import listed_apart
from scheduler.words.plan_page_words import trouble_in_words
from scheduler.words.plan_words import reason_in_words, remedy_in_words
from scheduler.words.repair_page_words import disturbance_in_words
from scheduler.words.repair_words import fate_in_words, sentences_of
from scheduler.words.verdict_words import caution_in_words, refusal_in_words

TONES = {
    Fate.STAYS: "success",
    Fate.MOVES: "info",
    Fate.STANDS_IN: "warning",
    Fate.WITHOUT_PLACE: "error",
}


@dataclass(frozen=True)
class SpotWords:
    """Where a visit is or would be."""

    when: str
    where: str
    tour: str
    headcount: int


@dataclass(frozen=True)
class Line:
    """One visit: before and after, why, who comes along or no more, and what can be chosen. `done` says what
    became of it where it was accepted already; `is_gone` where it is not awaited any more."""

    visit_id: int
    delegation: Delegation | None
    url: str
    move_url: str
    fate: str
    tone: str
    because: Sequence[str]
    before: SpotWords
    after: SpotWords | None
    people: Sequence[str]
    cautions: Sequence[str]
    reasons: Sequence[tuple[date, Sequence[str]]]
    remedies: Sequence[str]
    elsewhere: Sequence[SelectChoice]
    is_taken: bool
    is_touched: bool
    has_place: bool
    done: str = ""


@dataclass(frozen=True)
class RepairSheet:
    """All that a repair's page says."""

    plan: PlanJob
    state: PlanState
    trouble: str
    told: Disturbance
    title: str
    summary: str
    figures: Sequence[str]
    lines: Sequence[Line]
    cautions: Sequence[Words]
    touched: Sequence[tuple[Delegation, int]]
    answer: RepairAnswer = field(default_factory=RepairAnswer)

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED

    @property
    def open_lines(self) -> Sequence[Line]:
        return [line for line in self.lines if not line.done]

    @property
    def lowers_to(self) -> int | None:
        """With how many the delegation will be registered once all is accepted, where those are fewer."""
        headcount, delegation = self.told.headcount, self.plan.delegation
        if self.told.is_rehearsed or headcount is None or delegation is None:
            return None
        return headcount if headcount < delegation.headcount else None


def repair_sheet(plan: PlanJob, at: datetime) -> RepairSheet:
    """The repair in words."""
    stands = standing(plan, at)
    answer, told = repair_of(plan) or RepairAnswer(), disturbance_of(plan)
    names = Names(told.delegation_id or 0)
    rows = {visit.id: visit for visit in visits_numbered([each.visit_id for each in answer.visits])}
    who = {row.delegation_id: row.delegation for row in rows.values()}
    done = (plan.booked or {}).get("visits", {})
    lines = [_line(each, who.get(each.delegation_id), names, done) for each in answer.visits]
    is_there = stands.state is PlanState.DONE and plan.outcome is not None
    said = sentences_of(answer) if is_there else []
    return RepairSheet(
        plan=plan,
        state=stands.state,
        trouble=trouble_in_words(stands.trouble) if stands.state is PlanState.FAILED else "",
        told=told,
        title=disturbance_in_words(told, who=_who(told, plan, names)),
        summary=said[0] if said else "",
        figures=said[1:],
        lines=lines,
        cautions=_cautions(answer.visits, names, done),
        touched=_touched(answer.visits, who),
        answer=answer,
    )


def _who(told: Disturbance, plan: PlanJob, names: Names) -> str:
    if told.resource_id is not None:
        return names.person(told.resource_id)
    return plan.delegation.name if plan.delegation is not None else ""


def _touched(visits: Iterable[RepairedVisit], who: dict[int, Delegation]) -> list[tuple[Delegation, int]]:
    """The delegations that are touched, in order of hour, each with how many of its visits are."""
    counts: dict[int, int] = {}
    for each in visits:
        counts[each.delegation_id] = counts.get(each.delegation_id, 0) + 1
    return [(who[key], number) for key, number in counts.items() if key in who]


def _line(each: RepairedVisit, who: Delegation | None, names: Names, done: dict[str, str]) -> Line:
    has_place = each.after is not None and each.fate is not Fate.STANDS_IN
    by_day: dict[date, list[str]] = {}
    for reason in each.reasons:
        by_day.setdefault(reason.on, []).append(reason_in_words(reason, names))
    return Line(
        visit_id=each.visit_id,
        delegation=who,
        url=url_for("visits.visit", visit_id=each.visit_id),
        move_url=url_for("visits.pick_move", visit_id=each.visit_id),
        fate=fate_in_words(each.fate),
        tone=TONES[each.fate],
        because=list(dict.fromkeys(refusal_in_words(refusal) for refusal in each.because)),
        before=_spot(each.before, names),
        after=_spot(each.after, names) if each.after is not None else None,
        people=_people(each, names),
        cautions=list(dict.fromkeys(caution_in_words(caution) for caution in each.cautions)),
        reasons=list(by_day.items()),
        remedies=[remedy_in_words(remedy, names) for remedy in each.remedies],
        elsewhere=[_elsewhere(other, names) for other in each.alternatives],
        is_taken=has_place,
        is_touched=each.is_touched,
        has_place=each.after is not None,
        done=_done(done.get(str(each.visit_id))),
    )


def _done(target: str | None) -> str:
    if target is None:
        return ""
    return pgettext("what was done", "Put off") if target == "postponed" else _("Done")


def _people(each: RepairedVisit, names: Names) -> list[str]:
    new = [_("New: %(who)s", who=names.person(one)) for one in each.new_escort]
    return new + [_("No more: %(who)s", who=names.person(one)) for one in each.let_go]


def _spot(spot: Spot, names: Names) -> SpotWords:
    return SpotWords(
        when=_when(spot),
        where=names.site(spot.tour_code),
        tour=names.tour(spot.tour_code),
        headcount=spot.headcount,
    )


def _when(spot: Spot | Alternative) -> str:
    zone = city_zone().key
    return day_and_hours(
        short_day(local_day(spot.starts_at, zone)), hours(spot.starts_at, spot.ends_at, zone)
    )


def _elsewhere(other: Alternative, names: Names) -> SelectChoice:
    return SelectChoice(
        session_key(other.tour_code, other.starts_at),
        _("%(when)s, %(tour)s", when=_when(other), tour=names.both(other.tour_code)),
    )


def _cautions(visits: Iterable[RepairedVisit], names: Names, done: dict[str, str]) -> list[Words]:
    """Every caution code once, with what it says of each visit that is still to be chosen."""
    said: dict[str, list[str]] = {}
    for each in visits:
        if str(each.visit_id) in done or each.after is None:
            continue
        for caution in each.cautions:
            told = _(
                "%(stop)s: %(caution)s",
                stop=f"{names.site(each.after.tour_code)}, {_when(each.after)}",
                caution=caution_in_words(caution),
            )
            said.setdefault(caution.code.value, []).append(told)
    return [Words(code, listed_apart(dict.fromkeys(texts))) for code, texts in said.items()]

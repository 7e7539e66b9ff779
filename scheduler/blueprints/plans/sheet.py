"""A plan as its page shows it: how far it is, programmes with figures and days, what has no place and why."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from flask_babel import gettext as _
from markupsafe import Markup

from scheduler.actions.plan_thinking import answer_of
from scheduler.actions.plans import Terms, terms_of
from scheduler.blueprints.plans.booked import Booked, booked_of, own_visits
from scheduler.blueprints.plans.days import DayLines, days_of, pin_of
from scheduler.blueprints.plans.minds import ban_key, pin_key
from scheduler.blueprints.plans.named import Names
from scheduler.blueprints.plans.strips import strip_of
from scheduler.blueprints.plans.unmet import UnmetLines, unmet_lines
from scheduler.blueprints.typed import city_zone
from scheduler.blueprints.visits.picker import Words
from scheduler.planner.answers import PlanAnswer, PlannedStop, Proposal
from scheduler.planner.asked import Ban
from scheduler.records.plan_facts import StayBasis, stay_basis
from scheduler.records.plan_lookup import UNFINISHED, plan_numbered, standing
from scheduler.records.plans import PlanJob, PlanState, PlanTrouble
from scheduler.records.programme_lookup import Itinerary, itinerary
from scheduler.words.instants import day_and_hours, hour, local_day, short_day
from scheduler.words.lists import listed_apart
from scheduler.words.plan_page_words import conflict_advice, figures_in_words, trouble_in_words
from scheduler.words.plan_words import demand_in_words
from scheduler.words.verdict_words import caution_in_words

# How long the planner may take where it is asked for more time than before.
LONG_SECONDS = 60


@dataclass(frozen=True)
class ProposalLines:
    """One programme: its number, figures by name, picture, days, what it leaves out; the cautions that its
    booking would need ticks for, by code; the stops of the proposal before that are gone; what of it is
    booked already otherwise."""

    index: int
    figures: Sequence[tuple[str, str, str]]
    strip: Markup
    days: Sequence[DayLines]
    unmet: Sequence[UnmetLines]
    cautions: Sequence[Words]
    visits: int
    is_proven: bool
    gone: Sequence[str] = ()
    taken: Sequence[str] = ()


@dataclass(frozen=True)
class Mind:
    """One thing decided: its key in the form, in words."""

    key: str
    text: str


@dataclass(frozen=True)
class PlanSheet:
    """All that a plan's page says."""

    plan: PlanJob
    state: PlanState
    trouble: str
    proposals: Sequence[ProposalLines]
    conflict: Sequence[str]
    advice: str
    pins: Sequence[Mind]
    bans: Sequence[Mind]
    terms: Terms = field(default_factory=Terms)
    code: str = ""
    booked: Booked | None = None

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED

    @property
    def more_seconds(self) -> int:
        """With how much more time asking again is offered; 0 where time is not what was missing."""
        more = min(LONG_SECONDS, int(self.terms.seconds * 6) or 1)
        is_short = self.code == PlanTrouble.TOOK_TOO_LONG
        return more if is_short and more > self.terms.seconds else 0

    @property
    def booked_proposal(self) -> int | None:
        """Which proposal was booked already, if one was."""
        return None if self.booked is None else self.booked.proposal

    @property
    def is_settled(self) -> bool:
        """Whether a proposal was booked and stands: then nothing is decided here any more."""
        return self.booked is not None and not self.booked.is_called_off


def sheet_of(plan: PlanJob, at: datetime, *, compared: int | None = None) -> PlanSheet:
    """The plan in words. `compared` names the proposal of the plan before that this one differs from."""
    assert plan.delegation_id is not None
    names, stands = Names(plan.delegation_id), standing(plan, at)
    answer = answer_of(plan) or PlanAnswer(proposals=())
    fixed, terms = itinerary(plan.delegation_id, city_zone()), terms_of(plan)
    own = own_visits(plan)
    former, basis = _former(plan, compared), stay_basis(plan.delegation_id, at, besides=own)
    return PlanSheet(
        plan=plan,
        state=stands.state,
        trouble=trouble_in_words(stands.trouble) if stands.state is PlanState.FAILED else "",
        proposals=[
            replace(
                _lines(
                    proposal,
                    index,
                    _without(fixed, {*own, *_fulfilling(proposal, basis)}),
                    names,
                    former=former,
                    terms=terms,
                    is_compared=compared is not None,
                ),
                taken=_taken(proposal, basis, names),
            )
            for index, proposal in enumerate(answer.proposals)
        ],
        conflict=[demand_in_words(demand, names) for demand in answer.conflict],
        advice=conflict_advice(answer.conflict, is_smallest=answer.is_smallest),
        pins=[Mind(pin_key(pin), _session(pin.tour_code, pin.starts_at, names)) for pin in terms.pins],
        bans=[Mind(ban_key(ban), ban_in_words(ban, names)) for ban in terms.bans],
        terms=terms,
        code=stands.trouble,
        booked=booked_of(plan, at),
    )


def ban_in_words(ban: Ban, names: Names) -> str:
    """What is banned: a session, a tour on a day, a tour."""
    if ban.starts_at is not None:
        return _session(ban.tour_code, ban.starts_at, names)
    if ban.on is not None:
        return _("%(tour)s on %(day)s", tour=names.both(ban.tour_code), day=short_day(ban.on))
    return names.both(ban.tour_code)


def _lines(
    proposal: Proposal,
    index: int,
    fixed: Itinerary,
    names: Names,
    *,
    former: Sequence[PlannedStop] | None,
    terms: Terms,
    is_compared: bool,
) -> ProposalLines:
    keys = {pin_key(pin_of(stop)) for stop in proposal.stops}
    before = {pin_key(pin_of(stop)): stop for stop in former or ()}
    gone = [stop for key, stop in before.items() if key not in keys] if is_compared else []
    return ProposalLines(
        index=index,
        figures=figures_in_words(proposal.figures),
        strip=strip_of(proposal, fixed, name=f"strip-{index}"),
        days=days_of(proposal, fixed, names, new=frozenset(keys - set(before) if former else ())),
        unmet=unmet_lines(proposal, names, terms),
        cautions=_cautions(proposal.stops, names),
        visits=sum(len(stop.visits) for stop in proposal.stops),
        is_proven=proposal.is_proven,
        gone=[_session(stop.tour_code, stop.starts_at, names) for stop in gone],
    )


def _former(plan: PlanJob, compared: int | None) -> list[PlannedStop] | None:
    """The stops of the plan before: of one proposal, or of all of them."""
    if plan.follows_id is None:
        return None
    answer = answer_of(plan_numbered(plan.follows_id))
    if answer is None or not answer.proposals:
        return None
    if compared is not None and 0 <= compared < len(answer.proposals):
        return list(answer.proposals[compared].stops)
    return [stop for proposal in answer.proposals for stop in proposal.stops]


def _taken(proposal: Proposal, basis: StayBasis, names: Names) -> list[str]:
    """What of a proposal needs no booking any more: other visits fulfil those wishes."""
    taken = [stop for stop in proposal.stops if stop.wish_id in basis.fulfilled]
    return list(dict.fromkeys(names.both(stop.tour_code) for stop in taken))


def _fulfilling(proposal: Proposal, basis: StayBasis) -> set[int]:
    """The visits that are what a proposal proposes, booked otherwise: they would be drawn twice."""
    wishes = {stop.wish_id for stop in proposal.stops} & set(basis.fulfilled)
    return {visit_id for wish_id in wishes for visit_id in basis.fulfilled[wish_id].visit_ids}


def _without(whole: Itinerary, visit_ids: Collection[int]) -> Itinerary:
    """What stands on the days besides some visits: a plan's own, once booked, are its stops already."""
    days = [
        replace(day, stops=[s for s in day.stops if s.visit is None or s.visit.id not in visit_ids])
        for day in whole.days
    ]
    return replace(whole, days=days)


def _cautions(stops: Iterable[PlannedStop], names: Names) -> list[Words]:
    """Every caution code once, with what it says of each stop."""
    said: dict[str, list[str]] = {}
    for stop in stops:
        for caution in stop.cautions:
            when = _session(stop.tour_code, stop.starts_at, names)
            told = _("%(stop)s: %(caution)s", stop=when, caution=caution_in_words(caution))
            said.setdefault(caution.code.value, []).append(told)
    return [Words(code, listed_apart(dict.fromkeys(texts))) for code, texts in said.items()]


def _session(tour_code: str, starts_at: datetime, names: Names) -> str:
    zone = city_zone().key
    when = day_and_hours(short_day(local_day(starts_at, zone)), hour(starts_at, zone))
    return _("%(site)s, %(when)s", site=names.site(tour_code), when=when)

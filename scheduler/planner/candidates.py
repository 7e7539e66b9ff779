"""Every session that could fulfil a wish, as the rules see it while nothing else stands in the day."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from scheduler.core.booking import Scales, Weight
from scheduler.core.capacity import SiteLoad, at_once_refusals, place_refusals
from scheduler.core.duties import ResourceKind, Staff
from scheduler.core.escort import VEHICLE_WANTED
from scheduler.core.facts import DelegationFacts, Option, Running, VisitRequest
from scheduler.core.interpreting import interprets
from scheduler.core.spans import Span
from scheduler.core.verdicts import Caution, CautionCode
from scheduler.core.wishes import WishFacts
from scheduler.planner.answers import ReasonCode
from scheduler.planner.asked import Pin, PlanAsked

# How many idle minutes guests would rather have than come at another hour than they preferred, or day.
OTHER_HOUR, OTHER_DAY = 30, 90
# The planner chooses who goes along, so that nobody was chosen yet is no caution.
CHOSEN_LATER = frozenset(
    {CautionCode.GUIDE_NOT_ASSIGNED, CautionCode.INTERPRETER_NOT_ASSIGNED, CautionCode.VEHICLE_NOT_ASSIGNED}
)


Item = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Share:
    """So many people in one session: everybody, or a share of a party that no session takes whole."""

    running: Running
    headcount: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Candidate:
    """One way to fulfil one wish: a tour at an hour; `cautions` is how many the rules have by themselves.

    The delegation counts as being there from the first start to the last end of its shares. `half` is the
    half of the day, where programmes are to differ by that."""

    wish: WishFacts
    option: Option
    on: date
    starts_at: datetime
    ends_at: datetime
    shares: tuple[Share, ...]
    is_fallback: bool = False
    is_pinned: bool = False
    cautions: int = 0
    half: str = ""

    @property
    def tour_code(self) -> str:
        return self.option.tour.code

    @property
    def item(self) -> Item:
        """The wish and the tour (and the half of the day), by which programmes differ."""
        return self.wish.id, self.option.tour.code, self.half

    @property
    def is_split(self) -> bool:
        return len(self.shares) > 1

    @property
    def less_welcome(self) -> int:
        """What another day or hour than the guests preferred weighs, in minutes: as much as idle ones."""
        preferred = self.wish.preferred_times
        if not preferred or self.starts_at in preferred:
            return 0
        zone = self.option.site.zone
        return OTHER_HOUR if self.on in {at.astimezone(zone).date() for at in preferred} else OTHER_DAY

    @property
    def pauses(self) -> list[Span]:
        """The stretches within a split party's visit in which no share of it is in a session."""
        found, until = [], self.starts_at
        for share in sorted(self.shares, key=lambda share: share.running.starts_at):
            if share.running.starts_at > until:
                found.append(Span(until, share.running.starts_at))
            until = max(until, share.running.ends_at)
        return found


class Weighing:
    """The rules' scales for the sessions of one question, kept while it is answered.

    The delegation is weighed as if nothing stood in its days: what stands there is the days' business."""

    def __init__(self, asked: PlanAsked) -> None:
        self.asked = asked
        self._scales: dict[tuple[str, int, bool], Scales] = {}
        self._alone = replace(asked.delegation, stops=())

    @cached_property
    def options(self) -> Mapping[str, Option]:
        return {option.tour.code: option for option in self.asked.options}

    def headcount(self, wish: WishFacts) -> int:
        """How many go: everybody, unless the wish says fewer."""
        return self.asked.delegation.headcount if wish.headcount is None else wish.headcount

    def tours(self, wish: WishFacts) -> Iterator[tuple[Option, bool]]:
        """The tours known that fulfil a wish, and whether they only stand in for it."""
        for code in dict.fromkeys((*wish.tours, *wish.fallback)):
            if code in self.options:
                yield self.options[code], code not in wish.tours

    def kept_out(self, wish: WishFacts, option: Option, running: Running) -> ReasonCode | None:
        """Why the question itself, not the rules, leaves a session out."""
        asked, code = self.asked, option.tour.code
        starts_at, ends_at = (t.astimezone(asked.zone) for t in (running.starts_at, running.ends_at))
        on, pin = starts_at.date(), self.pin(wish)
        earlier = None if wish.after is None else asked.fulfilled.get(wish.after)
        if earlier is not None and running.starts_at < earlier.ends_at:
            return ReasonCode.NOT_THAT_DAY
        if pin is not None:
            is_pinned = (pin.tour_code, pin.starts_at) == (code, running.starts_at)
            return None if is_pinned else ReasonCode.NOT_THAT_DAY
        if any(b.tour_code == code and _bans(b.starts_at, b.on, running, on) for b in asked.bans):
            return ReasonCode.BANNED
        stay = asked.delegation.stay
        is_first = on == stay.starts_at.astimezone(asked.zone).date()
        is_last = on == stay.ends_at.astimezone(asked.zone).date()
        if (wish.not_first_day and is_first) or (wish.not_last_day and is_last):
            return ReasonCode.NOT_THAT_DAY
        frame = asked.frame
        if starts_at.time() < frame.day_starts or ends_at.date() != on or ends_at.time() > frame.day_ends:
            return ReasonCode.OUTSIDE_DAY
        return None

    def pin(self, wish: WishFacts) -> Pin | None:
        return next((pin for pin in self.asked.pins if pin.wish_id == wish.id), None)

    def weigh(self, option: Option, headcount: int, running: Running) -> Weight:
        """All that the rules say of a party of this size in a session, nothing else being booked."""
        return self.scales(option, headcount).weigh(running, option.load)

    def scales(self, option: Option, headcount: int, *, quick: bool = False) -> Scales:
        """Scales before one tour; the quick ones know only the people who could go there at all, which
        changes no verdict, only the names in its reasons."""
        key = option.tour.code, headcount, quick
        if key not in self._scales:
            known = with_fit_staff(self._alone, option) if quick else self._alone
            request = VisitRequest(headcount=headcount, delegation_id=known.id, tour_code=option.tour.code)
            self._scales[key] = Scales(request, option.site, option.tour, known, self.asked.at)
        return self._scales[key]

    def accepted(self, option: Option, headcount: int, running: Running) -> tuple[Caution, ...] | None:
        """The cautions of a session that the rules do not refuse; None where they do."""
        scales = self.scales(option, headcount, quick=True)
        if scales.standing or not has_room(option, running, headcount):
            return None
        refusals, cautions = scales.weigh(running, option.load)
        return None if refusals else counted(cautions)


def has_room(option: Option, running: Running, headcount: int, load: SiteLoad | None = None) -> bool:
    """Whether there are places at all: of the rules the quickest to ask, and the one that most refuse by."""
    if place_refusals(running, headcount):
        return False
    present = option.load if load is None else load
    return not at_once_refusals(option.site, option.tour, present, running=running, headcount=headcount)


def counted(cautions: Iterable[Caution]) -> tuple[Caution, ...]:
    """The cautions that count: not those that somebody will yet be chosen."""
    return tuple(caution for caution in cautions if caution.code not in CHOSEN_LATER)


def whole_candidates(weighing: Weighing, wish: WishFacts, option: Option) -> list[Candidate]:
    """The sessions of a tour that take everybody of a wish at once, in order of hour."""
    headcount, zone = weighing.headcount(wish), weighing.asked.zone
    is_fallback, is_pinned = option.tour.code not in wish.tours, weighing.pin(wish) is not None
    found: list[Candidate] = []
    if weighing.scales(option, headcount, quick=True).standing:
        return found
    for running in option.runnings:
        if weighing.kept_out(wish, option, running) is not None:
            continue
        cautions = weighing.accepted(option, headcount, running)
        if cautions is not None:
            made = Candidate(
                wish=wish,
                option=option,
                on=running.starts_at.astimezone(zone).date(),
                starts_at=running.starts_at,
                ends_at=running.ends_at,
                shares=(Share(running, headcount),),
                is_fallback=is_fallback,
                is_pinned=is_pinned,
                cautions=len(cautions),
            )
            found.append(made)
    return sorted(found, key=lambda candidate: candidate.starts_at)


def _bans(starts_at: datetime | None, banned_on: date | None, running: Running, on: date) -> bool:
    """Whether a ban, which names an instant, a day or neither, means this session."""
    if starts_at is not None:
        return starts_at == running.starts_at
    return banned_on is None or banned_on == on


def with_fit_staff(delegation: DelegationFacts, option: Option) -> DelegationFacts:
    """The delegation with only those of the office's people whom another hour could make fit."""
    if delegation.staff is None:
        return delegation

    def is_fit(kind: ResourceKind, of: int) -> bool:
        assert delegation.staff is not None
        resource = delegation.staff.resources[of]
        if kind is ResourceKind.GUIDE:
            return option.tour.needs_guide and option.site.code in resource.site_codes
        if kind is ResourceKind.INTERPRETER:
            return interprets(resource, delegation.languages, option.site)
        return kind is ResourceKind.VEHICLE and VEHICLE_WANTED in delegation.needs

    staff = delegation.staff
    fit = {i: r for i, r in staff.resources.items() if is_fit(r.kind, i) or i in staff.assigned}
    return replace(delegation, staff=Staff(resources=fit, assigned=staff.assigned, driven=staff.driven))

"""A party that no session takes whole: its even shares in sessions side by side or one after another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from scheduler.core.booking import Scales
from scheduler.core.capacity import Occupancy, SiteLoad
from scheduler.core.facts import Option, Running, VisitRequest
from scheduler.core.splitting import sizes
from scheduler.core.stops import PartFacts
from scheduler.core.verdicts import RefusalCode
from scheduler.core.wishes import WishFacts
from scheduler.planner.candidates import Candidate, Share, Weighing, counted, has_room, with_fit_staff

# What fewer people at once may help against.
TOO_MANY = frozenset(
    {RefusalCode.GROUP_TOO_LARGE, RefusalCode.NO_PLACES_LEFT, RefusalCode.TOO_MANY_PEOPLE_AT_ONCE}
)
# A party in more shares than this would be a campaign of its own; and so many more than the fewest are tried.
MOST_SHARES, MORE_SHARES = 12, 3


def split_candidates(weighing: Weighing, wish: WishFacts, option: Option) -> list[Candidate]:
    """The ways to bring a party through a tour in shares on one day, one for each session that the first
    share may have, in order of hour: of the fewest shares that find room."""
    headcount = weighing.headcount(wish)
    by_day: dict[date, list[Running]] = {}
    for running in sorted(option.runnings, key=lambda running: running.starts_at):
        on = running.starts_at.astimezone(weighing.asked.zone).date()
        by_day.setdefault(on, []).append(running)
    ways = list(_ways(weighing, wish, option))
    found: list[Candidate] = []
    for runnings in by_day.values():
        for first, running in enumerate(runnings):
            if weighing.kept_out(wish, option, running) is None and _is_too_many(
                weighing, option, headcount, running
            ):
                later = [r for r in runnings[first:] if r is running or _is_within(weighing, option, r, wish)]
                found += _from(weighing, wish, option, ways=ways, runnings=later)
    return found


def parts_of(candidate: Candidate) -> tuple[PartFacts, ...]:
    """The imagined parts of a split party, of one division, so that they share nobody."""
    return imagined([share.headcount for share in candidate.shares], candidate.wish)


def imagined(headcounts: Sequence[int], wish: WishFacts) -> tuple[PartFacts, ...]:
    """Parts that nobody has made yet: their ids are below nought and differ from wish to wish."""
    return tuple(
        PartFacts(-(wish.id * (MOST_SHARES + 1) + number), f"plan of wish {wish.id}", f"{number}", headcount)
        for number, headcount in enumerate(headcounts, start=1)
    )


def _is_too_many(weighing: Weighing, option: Option, headcount: int, running: Running) -> bool:
    """Whether only the number of people stands against a session."""
    refusals, _ = weighing.scales(option, headcount, quick=True).weigh(running, option.load)
    return bool(refusals) and {refusal.code for refusal in refusals} <= TOO_MANY


@dataclass(frozen=True, eq=False)
class _Way:
    """One way to share a party out: how many each, and the rules' scales for each share."""

    headcounts: Sequence[int]
    scales: Sequence[Scales]


def _ways(weighing: Weighing, wish: WishFacts, option: Option) -> Iterator[_Way]:
    """The fewest even shares that the tour takes, then a few more."""
    headcount = weighing.headcount(wish)
    fewest = max(2, len(sizes(headcount, option.tour)))
    for number in range(fewest, min(MOST_SHARES, fewest + MORE_SHARES) + 1):
        headcounts = sizes(headcount, option.tour, number)
        if headcounts:
            yield _Way(headcounts, _scales(weighing, wish, option, headcounts))


def _from(
    weighing: Weighing, wish: WishFacts, option: Option, *, ways: Sequence[_Way], runnings: Sequence[Running]
) -> Iterator[Candidate]:
    """The candidate whose first share is in the first of these sessions, if there is one."""
    for way in ways:
        placed = _placed(option, way, runnings)
        if placed is None:
            continue
        shares, cautions = placed
        yield Candidate(
            wish=wish,
            option=option,
            on=runnings[0].starts_at.astimezone(weighing.asked.zone).date(),
            starts_at=runnings[0].starts_at,
            ends_at=max(share.running.ends_at for share in shares),
            shares=tuple(shares),
            is_fallback=option.tour.code not in wish.tours,
            is_pinned=weighing.pin(wish) is not None,
            cautions=cautions,
        )
        return


def _scales(weighing: Weighing, wish: WishFacts, option: Option, headcounts: Sequence[int]) -> list[Scales]:
    """Scales for each share, as a part of the delegation."""
    asked, parts = weighing.asked, imagined(headcounts, wish)
    alone = replace(with_fit_staff(asked.delegation, option), stops=(), parts={p.id: p for p in parts})
    found = []
    for part in parts:
        request = VisitRequest(
            headcount=part.headcount, delegation_id=alone.id, tour_code=option.tour.code, part_id=part.id
        )
        found.append(Scales(request, option.site, option.tour, alone, asked.at))
    return found


def _placed(option: Option, way: _Way, runnings: Sequence[Running]) -> tuple[list[Share], int] | None:
    """Each share in the first session that takes it beside those before it, the first one in the first."""
    shares: list[Share] = []
    cautions, load = 0, option.load
    for headcount, own in zip(way.headcounts, way.scales, strict=True):
        for running in runnings if shares else runnings[:1]:
            later = _taken(running, shares)
            if not has_room(option, later, headcount, load):
                continue
            refusals, told = own.weigh(later, load)
            if not refusals:
                shares.append(Share(running, headcount))
                cautions += len(counted(told))
                load = _fuller(load, option, running, headcount)
                break
        else:
            return None
    return shares, cautions


def _is_within(weighing: Weighing, option: Option, running: Running, wish: WishFacts) -> bool:
    """A pin names the first session of a split party; the others are the planner's choice."""
    free = weighing.kept_out(wish, option, running) is None
    return free or weighing.pin(wish) is not None


def _taken(running: Running, shares: Sequence[Share]) -> Running:
    people = sum(share.headcount for share in shares if share.running.starts_at == running.starts_at)
    return replace(running, places_taken=running.places_taken + people) if people else running


def _fuller(load: SiteLoad, option: Option, running: Running, headcount: int) -> SiteLoad:
    return load.also(Occupancy(running.starts_at, running.clear_at, headcount, 1, option.tour.id))

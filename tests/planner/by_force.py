"""The best programme of a tiny question by trying every one there is: slow, plain, and sure."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from itertools import pairwise, product

from scheduler.core.facts import Diary, VisitRequest
from scheduler.core.slack import THIN_SLACK_MINUTES
from scheduler.core.together import Plan, decide_together
from scheduler.core.travel import Travel
from scheduler.core.verdicts import Verdict

Chosen = Sequence[tuple[object, object, object]]


def best_by_force(question) -> tuple[int, ...]:
    """Musts, priorities (doubled), and as negatives cautions, minutes, squares and finishes of the best."""
    return max(figures for chosen in _selections(question) if (figures := _figures(question, chosen)))


def _selections(question) -> Iterator[Chosen]:
    """Every choice of a session or none for each wish that asks too much of no day and of no order."""
    choices = []
    for wish in question.wishes:
        own = [
            (wish, option, running)
            for option in question.options
            if option.tour.code in (*wish.tours, *wish.fallback)
            for running in option.runnings
            if _is_within(question, wish, running)
        ]
        choices.append([None, *own])
    for picked in product(*choices):
        chosen = [each for each in picked if each is not None]
        if _is_orderly(question, chosen):
            yield chosen


def _is_within(question, wish, running) -> bool:
    starts, ends = (t.astimezone(question.zone) for t in (running.starts_at, running.ends_at))
    first, last = (
        t.astimezone(question.zone).date()
        for t in (question.delegation.stay.starts_at, question.delegation.stay.ends_at)
    )
    if (wish.not_first_day and starts.date() == first) or (wish.not_last_day and starts.date() == last):
        return False
    frame = question.frame
    return frame.day_starts <= starts.time() and ends.time() <= frame.day_ends


def _is_orderly(question, chosen: Chosen) -> bool:
    by_wish = {wish.id: running for wish, _, running in chosen}
    for wish, _, running in chosen:
        if wish.after is not None and (
            wish.after not in by_wish or by_wish[wish.after].ends_at > running.starts_at
        ):
            return False
    groups = [wish.either for wish, _, _ in chosen if wish.either]
    tours = [option.tour.code for _, option, _ in chosen]
    if len(set(groups)) < len(groups) or len(set(tours)) < len(tours):
        return False
    return all(n <= question.frame.most_a_day for n in _by_day(question, chosen).values())


def _by_day(question, chosen: Chosen) -> dict[object, int]:
    counts: dict[object, int] = {}
    for _, _, running in chosen:
        day = running.starts_at.astimezone(question.zone).date()
        counts[day] = counts.get(day, 0) + 1
    return counts


def _figures(question, chosen: Chosen) -> tuple[int, ...] | None:
    """What a choice is worth; None where the rules refuse it or a break finds no time."""
    verdicts = _verdicts(question, chosen)
    if any(verdict.is_refused for verdict in verdicts):
        return None
    minutes = finish = thin = 0
    stay = question.delegation.stay
    first, last = (t.astimezone(question.zone).date() for t in (stay.starts_at, stay.ends_at))
    for n in range((last - first).days + 1):
        told = _day_minutes(question, chosen, first + timedelta(days=n))
        if told is None:
            return None
        minutes, finish, thin = minutes + told[0], finish + told[1], thin + told[2]
    musts = sum(w.is_must and o.tour.code in w.tours for w, o, _ in chosen)
    priorities = sum(w.priority * (2 if o.tour.code in w.tours else 1) for w, o, _ in chosen)
    squares = sum(n * n for n in _by_day(question, chosen).values())
    cautions = sum(len(verdict.cautions) for verdict in verdicts) + thin
    return musts, priorities, -cautions, -minutes, -squares, -finish


def _verdicts(question, chosen: Chosen) -> list[Verdict]:
    """The rules' answers when whoever the office has goes along everywhere."""
    staff = question.delegation.staff
    everybody = () if staff is None else tuple(staff.resources)
    plans = [
        Plan(
            VisitRequest(
                headcount=question.delegation.headcount,
                delegation_id=question.delegation.id,
                tour_session_id=running.id,
                starts_at=running.starts_at,
                assign=everybody,
            ),
            Diary(
                site=option.site,
                tour=option.tour,
                running=running,
                load=option.load,
                wanted_at=running.starts_at,
                delegation=question.delegation,
            ),
        )
        for _, option, running in sorted(chosen, key=lambda each: each[2].starts_at)
    ]
    return decide_together(plans, question.at)


def _day_minutes(question, chosen: Chosen, day) -> tuple[int, int, int] | None:
    """Minutes travelled and idle on a day, at their least over all ways to lay its breaks, its finish, and
    how many ways its breaks leave too little time for."""
    zone, travel = question.zone, question.delegation.travel or Travel()
    stay, midnight = question.delegation.stay, datetime.combine(day, time(), zone)
    stops = [
        (s.span.starts_at, s.span.ends_at, s.site_code, s.ends_where)
        for s in question.delegation.stops
        if s.span.starts_at.astimezone(zone).date() == day
    ]
    stops += [
        (r.starts_at, r.ends_at, o.site.code, o.site.code)
        for _, o, r in chosen
        if r.starts_at.astimezone(zone).date() == day
    ]
    stops.sort()
    opens, closes = max(midnight, stay.starts_at), min(midnight + timedelta(days=1), stay.ends_at)
    edges = [opens, *(t for stop in stops for t in stop[:2]), closes]
    ways = [0 for _ in range(len(stops) + 1)]
    for n, (one, other) in enumerate(pairwise(stops), start=1):
        ways[n] = travel.minutes(one[3], other[2], one[1].astimezone(zone).hour) or 0
    base = question.frame.base
    if stops and base is not None:
        ways[0] = travel.minutes(base, stops[0][2], 0) or 0
        ways[-1] = travel.minutes(stops[-1][3], base, 0) or 0
    gaps = list(zip(edges[::2], edges[1::2], ways, strict=True))
    kept = _most_saved(question, day, gaps)
    if kept is None:
        return None
    thin, saved = -kept[0], kept[1]
    between = sum(_minutes(starts, ends) for starts, ends, _ in gaps[1:-1])
    begins = datetime.combine(day, question.frame.day_starts, zone)
    finish = max(_minutes(begins, stops[-1][1]), 0) if stops else 0
    return between + (ways[0] + ways[-1] if stops else 0) - saved, finish, thin


def _most_saved(question, day, gaps) -> tuple[int, int] | None:
    """How few ways the breaks leave too little time for (as a negative), then the most break minutes that can
    lie between stops, every break tried at every ten minutes."""
    begins = []
    for each in question.frame.breaks:
        opens, closes = (datetime.combine(day, t, question.zone) for t in (each.earliest, each.latest))
        steps = range(0, _minutes(opens, closes) - each.minutes + 1, 10)
        begins.append([(opens + timedelta(minutes=n), each.minutes) for n in steps])
    best = None
    for laid in product(*begins):
        saved = _saved(gaps, [(at, at + timedelta(minutes=minutes)) for at, minutes in laid])
        if saved is not None and (best is None or saved > best):
            best = saved
    return best


def _saved(gaps, breaks) -> tuple[int, int] | None:
    held = [0] * len(gaps)
    ordered = sorted(breaks)
    if any(one[1] > other[0] for one, other in pairwise(ordered)):
        return None
    for starts, ends in breaks:
        inside = [n for n, gap in enumerate(gaps) if gap[0] <= starts and ends <= gap[1]]
        if not inside:
            return None
        held[inside[0]] += _minutes(starts, ends)
    for minutes, (starts, ends, way) in zip(held, gaps, strict=True):
        if minutes and _minutes(starts, ends) - minutes < way:
            return None
    spare = [_minutes(starts, ends) - way for starts, ends, way in gaps]
    thin = [
        n
        for n in range(1, len(gaps) - 1)
        if held[n] and gaps[n][2] and spare[n] >= THIN_SLACK_MINUTES > spare[n] - held[n]
    ]
    return -len(thin), sum(held[1:-1])


def _minutes(earlier: datetime, later: datetime) -> int:
    return (later - earlier) // timedelta(minutes=1)

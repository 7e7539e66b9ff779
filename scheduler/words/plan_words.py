"""What the planner answers, in words: why not, what would help, what cannot be met together."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any, Protocol

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from scheduler.planner.answers import DayReason, Demand, Remedy, Unmet
from scheduler.words.counted import counted
from scheduler.words.instants import day_and_hours, hour, local_day, short_day
from scheduler.words.lists import listed, listed_apart
from scheduler.words.verdict_words import fill, refusal_in_words

# So many hours are named one by one; of more, the first and the last.
NAMED_HOURS = 3
# What the planner itself says of a day. Where the rules refuse, their own sentences stand instead.
REASONS: Mapping[str, Any] = {
    "no_session": _l("Nothing runs that day."),
    "refused": _l("The rules stand against it."),
    "clashes": _l("They are elsewhere then."),
    "no_time_for_break": _l("It would leave no time for a meal or a prayer."),
    "seen_already": _l("It is in the programme already, for another wish."),
    "out_of_order": _l("It would come in another order than was wished."),
    "day_full": counted(
        "most",
        "The day is full: %(most)s visit a day is the most.",
        "The day is full: %(most)s visits a day are the most.",
    ),
    "outside_day": _l("Outside the hours of their day."),
    "not_that_day": _l("Not wished for then, or pinned at another hour."),
    "banned": _l("Banned."),
    "nobody_to_send": _l("Nobody can be sent along."),
    "costs_more": _l("Free, but what else is wished for comes first."),
}
REMEDIES: Mapping[str, Any] = {
    "split_party": _l("%(stop)s would do if the party were split into groups of %(sizes)s."),
    "split_party:apart": _l("The party would fit in groups of %(sizes)s, one after another: %(stops)s."),
    "move_engagement": _l("%(stop)s would do if the %(kind)s of %(starts_at)s were moved to %(moved_to)s."),
    "leave_out": _l("%(stop)s would do in place of %(wish)s."),
    "longer_day:day_ends": _l("%(stop)s would do if their day ended at %(day_ends)s."),
    "longer_day:day_starts": _l("%(stop)s would do if their day began at %(day_starts)s."),
    "longer_day": _l("%(stop)s would do if their day were longer."),
    "more_a_day": counted(
        "most",
        "%(stop)s would do if they saw up to %(most)s site a day.",
        "%(stop)s would do if they saw up to %(most)s sites a day.",
    ),
    "unpin": _l("%(stop)s would do if %(wish)s were pinned no more."),
    "lift_ban": _l("%(stop)s would do if it were banned no more."),
    "smaller_party": counted(
        "headcount",
        "%(stop)s would do for %(headcount)s person.",
        "%(stop)s would do for %(headcount)s people.",
    ),
}
DEMANDS: Mapping[str, Any] = {
    "must": _l("%(wish)s is a must."),
    "must:either": _l("One of “%(either)s” is a must."),
    "pin": _l("%(stop)s is pinned."),
    "engagement": _l("They have a %(kind)s from %(starts_at)s to %(ends_at)s."),
    "booked_visit": _l("They are booked at %(site)s from %(starts_at)s to %(ends_at)s."),
    "other_days:not_first_day": _l("%(wish)s is not to be on the first day."),
    "other_days:not_last_day": _l("%(wish)s is not to be on the last day."),
    "other_days": _l("%(wish)s is to be neither on the first day nor on the last."),
    "ban:starts_at": _l("%(stop)s is banned."),
    "ban": _l("%(tour)s is banned."),
    "order": _l("%(wish)s comes after %(first)s."),
    "break:meal": counted(
        "minutes",
        "%(minutes)s minute for a meal between %(earliest)s and %(latest)s.",
        "%(minutes)s minutes for a meal between %(earliest)s and %(latest)s.",
    ),
    "break:prayer": counted(
        "minutes",
        "%(minutes)s minute for a prayer between %(earliest)s and %(latest)s.",
        "%(minutes)s minutes for a prayer between %(earliest)s and %(latest)s.",
    ),
    "most_a_day": counted("most", "At most %(most)s visit a day.", "At most %(most)s visits a day."),
    "day_hours": _l("Their day lasts from %(day_starts)s to %(day_ends)s."),
    "stay": _l("They stay from %(arrives_at)s to %(departs_at)s."),
    "headcount": counted("headcount", "%(headcount)s person comes.", "%(headcount)s people come."),
    "language": _l("They speak %(languages)s."),
}


class Called(Protocol):
    """Whoever knows what things are called in the reader's language: sites and tours by the tour's code,
    wishes by their number."""

    def site(self, tour_code: str) -> str: ...
    def both(self, tour_code: str) -> str: ...
    def wish(self, wish_id: int | None) -> str: ...


def reason_in_words(reason: DayReason, names: Called, *, tells_tour: bool = False) -> str:
    """Why not that day: the hours meant, and what stands against them. The tour is named where several could
    have done."""
    if reason.refusals:
        told = " ".join(refusal_in_words(refusal) for refusal in reason.refusals)
    else:
        told = fill(REASONS[reason.code.value], {"most": 0, **reason.facts})
    meant = [names.both(reason.tour_code)] if tells_tour else []
    meant += [_hours(reason.starts)] if reason.starts else []
    return _("%(what)s: %(reason)s", what=listed(meant), reason=told) if meant else told


def remedy_in_words(remedy: Remedy, names: Called) -> str:
    """What would have to change, and which session would then do."""
    facts = {name: _clock(value) for name, value in remedy.facts.items()}
    facts["stop"] = session_in_words(remedy.tour_code, remedy.starts_at, names)
    facts["sizes"] = facts.get("shares", facts.get("sizes", ()))
    if "wish_id" in facts:
        facts["wish"] = names.wish(facts["wish_id"])
    key, starts = remedy.code.value, remedy.facts.get("starts", ())
    if key == "split_party" and len(set(starts)) > 1:
        key = "split_party:apart"
        facts["stops"] = listed_apart(session_in_words(remedy.tour_code, each, names) for each in starts)
    for name in ("day_ends", "day_starts"):
        key = f"{key}:{name}" if name in facts and f"{key}:{name}" in REMEDIES else key
    return fill(REMEDIES[key], facts)


def demand_in_words(demand: Demand, names: Called) -> str:
    """One of the demands that cannot be met together."""
    facts = {name: _clock(value) for name, value in demand.facts.items()}
    key = demand.kind.value
    if key in ("must", "order", "other_days"):
        facts["wish"], facts["first"] = names.wish(demand.id), names.wish(facts.get("after"))
    if facts.get("starts_at") and key in ("pin", "ban"):
        facts["stop"] = session_in_words(facts["tour"], facts["starts_at"], names)
    if key == "ban":
        facts["tour"] = names.both(facts["tour"])
    told = [name for name in ("either", "starts_at", "not_first_day", "not_last_day") if facts.get(name)]
    variants = [f"{key}:{facts.get('break', '')}", f"{key}:{told[0]}" if len(told) == 1 else key]
    return fill(DEMANDS[next(name for name in (*variants, key) if name in DEMANDS)], facts)


def unmet_in_words(unmet: Unmet, names: Called) -> str:
    """All of it in one line, day by day, and what would help: for a place that has only one."""
    several = len({reason.tour_code for reason in unmet.reasons}) > 1
    told = [
        _("%(day)s: %(reason)s", day=short_day(r.on), reason=reason_in_words(r, names, tells_tour=several))
        for r in unmet.reasons
    ]
    told += [remedy_in_words(remedy, names) for remedy in unmet.remedies]
    return " ".join(told) or _("No tour of the city shows it.")


def session_in_words(tour_code: str, starts_at: datetime, names: Called) -> str:
    """A session by its site, day and hour."""
    zone = current_app.config["CITY_ZONE"]
    when = day_and_hours(short_day(local_day(starts_at, zone)), hour(starts_at, zone))
    return _("%(site)s, %(when)s", site=names.site(tour_code), when=when)


def _hours(starts: Sequence[datetime]) -> str:
    zone = current_app.config["CITY_ZONE"]
    told = [hour(starts_at, zone) for starts_at in starts]
    return listed(told) if len(told) <= NAMED_HOURS else f"{told[0]}–{told[-1]}"


def _clock(value: Any) -> Any:
    return f"{value:%H:%M}" if isinstance(value, time) else value

"""Verdicts in words: every refusal and every caution as a person reads it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app
from flask_babel import format_date, lazy_pgettext
from flask_babel import lazy_gettext as _l

from scheduler.core.verdicts import Caution, Refusal
from scheduler.words.code_names import language_name, state_in_words
from scheduler.words.counted import counted, sentence_for
from scheduler.words.instants import day_in_words, moment_in_words
from scheduler.words.lists import listed, listed_apart
from scheduler.words.place_names import place_called
from scheduler.words.programme_words import ENGAGEMENT_KINDS

REFUSALS = {
    "outside_hours": _l("Outside the opening hours: open %(hours)s."),
    "outside_hours:closed": _l("Not open at all that day."),
    "closed:weekday": _l("Closed every %(weekday)s."),
    "closed:moved_weekday": _l("Closed that day in place of %(moved_from)s, which was a public holiday."),
    "closed:holiday": _l("Closed on the public holiday %(holiday)s."),
    "closed:closure": _l("Closed from %(starts_at)s to %(ends_at)s: %(reason)s."),
    "site_not_in_operation": _l("The site is not in operation on %(on)s."),
    "tour_not_in_operation": _l("The tour is not run on %(on)s."),
    "no_session_then": _l("No session of this tour starts at %(starts_at)s."),
    "in_the_past": _l("%(starts_at)s has passed."),
    "notice_too_short": counted(
        "notice_days",
        "Too late: the site wants %(notice_days)s day of notice; the last day was %(latest_request_on)s.",
        "Too late: the site wants %(notice_days)s days of notice; the last day was %(latest_request_on)s.",
    ),
    "group_too_small": _l(
        "Too few for this tour: a group of %(headcount)s, and the smallest is %(smallest)s."
    ),
    "group_too_large": _l(
        "Too many for this tour: a group of %(headcount)s, and the largest is %(largest)s."
    ),
    "no_places_left": _l("Not enough places: %(places_left)s of %(places)s left, %(headcount)s needed."),
    "too_many_people_at_once": _l(
        "Too many people at once: limit %(limit)s, already there %(present)s, asked for %(headcount)s."
    ),
    "too_many_groups_at_once": _l(
        "Too many groups at once: the limit is %(limit)s, already there %(present)s."
    ),
    "no_common_language": _l(
        "No common language, no own interpreter: they want %(wanted)s, the site has %(site_languages)s."
    ),
    "no_common_language:not_theirs": _l("They do not speak %(wanted)s; they speak %(guests)s."),
    "already_elsewhere": _l("The delegation is at %(site)s from %(starts_at)s to %(ends_at)s."),
    "already_elsewhere:part": _l("%(part)s is at %(site)s from %(starts_at)s to %(ends_at)s."),
    "already_elsewhere:engagement": _l("The delegation has a %(kind)s from %(starts_at)s to %(ends_at)s."),
    "outside_stay": _l("Outside the stay, which runs from %(arrives_at)s to %(departs_at)s."),
    "more_than_the_delegation": _l(
        "More than the delegation has: %(headcount)s asked for, it counts %(delegation_headcount)s."
    ),
    "more_than_the_part": _l(
        "More than %(part)s has: %(headcount)s asked for, it counts %(part_headcount)s."
    ),
    "cannot_come_from_stop_before": counted(
        "minutes",
        "They cannot be here in time: from %(site)s, where they are until %(ends_at)s, it is %(minutes)s "
        "minute; %(short_minutes)s are missing.",
        "They cannot be here in time: from %(site)s, where they are until %(ends_at)s, it is %(minutes)s "
        "minutes; %(short_minutes)s are missing.",
    ),
    "cannot_reach_stop_after": counted(
        "minutes",
        "They cannot go on in time: to %(site)s, where they are from %(starts_at)s, it is %(minutes)s "
        "minute; %(short_minutes)s are missing.",
        "They cannot go on in time: to %(site)s, where they are from %(starts_at)s, it is %(minutes)s "
        "minutes; %(short_minutes)s are missing.",
    ),
    "no_interpreter_free": _l("No interpreter for %(wanted)s is free. %(reasons)s"),
    "no_guide_free": _l("No guide for %(wanted)s is free. %(reasons)s"),
    "no_vehicle_free": counted(
        "headcount",
        "No vehicle for %(headcount)s person is free. %(reasons)s",
        "No vehicle for %(headcount)s people is free. %(reasons)s",
    ),
    "assignee_taken": _l("%(name)s is taken from %(starts_at)s to %(ends_at)s."),
    "assignee_off_duty": _l("%(name)s is not at work from %(starts_at)s to %(ends_at)s."),
    "assignee_off_duty:away": _l("%(name)s is away until %(until)s."),
    "assignee_over_day_limit": counted(
        "duties",
        "%(name)s has %(duties)s duty that day already; the most a day is %(most_a_day)s.",
        "%(name)s has %(duties)s duties that day already; the most a day is %(most_a_day)s.",
    ),
    "assignee_too_far": counted(
        "minutes",
        "%(name)s is too far away: from or to %(site)s it is %(minutes)s minute, and there are "
        "%(gap_minutes)s.",
        "%(name)s is too far away: from or to %(site)s it is %(minutes)s minutes, and there are "
        "%(gap_minutes)s.",
    ),
    "assignee_lacks_language": _l("%(name)s does not serve %(wanted)s; only %(languages)s."),
    "assignee_of_other_site": _l("%(name)s guides at %(sites)s, not at %(site)s."),
    "vehicle_too_small": counted(
        "headcount",
        "%(name)s is too small: %(seats)s seats for %(headcount)s person.",
        "%(name)s is too small: %(seats)s seats for %(headcount)s people.",
    ),
    "hold_expired": _l("The hold ran out at %(hold_until)s."),
    "state_forbids": _l("Its state, %(state)s, does not allow this."),
    "state_forbids:delegation": _l("The delegation is %(delegation_state)s and takes no more visits."),
}
CAUTIONS = {
    "fourth_stop_that_day": _l("A full day: stops already on %(on)s: %(stops)s."),
    "facts_unverified": _l(
        "The facts of this site were last checked on %(checked_on)s, more than a year ago."
    ),
    "holiday_at_home": _l("A public holiday at the guests' home: %(holiday)s on %(on)s."),
    "short_break_before": counted(
        "minutes",
        "A short break: %(minutes)s minute after their stop at %(site)s.",
        "A short break: %(minutes)s minutes after their stop at %(site)s.",
    ),
    "thin_slack:before": counted(
        "slack_minutes",
        "Little time to spare: %(slack_minutes)s minute after the way of %(minutes)s minutes from %(site)s.",
        "Little time to spare: %(slack_minutes)s minutes after the way of %(minutes)s minutes from %(site)s.",
    ),
    "thin_slack:after": counted(
        "slack_minutes",
        "Little time to spare: %(slack_minutes)s minute beyond the way of %(minutes)s minutes to %(site)s.",
        "Little time to spare: %(slack_minutes)s minutes beyond the way of %(minutes)s minutes to %(site)s.",
    ),
    "guide_not_assigned": _l("No guide is assigned yet; free: %(names)s."),
    "interpreter_not_assigned": _l("No interpreter is assigned yet; free for %(wanted)s: %(names)s."),
    "vehicle_not_assigned": _l("No vehicle is assigned yet; free: %(names)s."),
    "assignment_not_accepted": _l("%(name)s is asked and has not accepted yet."),
    "assignee_cannot_follow": _l("%(name)s cannot come along to that hour and is let go. %(because)s"),
    "should_not_meet": _l(
        "%(delegation)s, whom they should not meet, is at %(site)s from %(starts_at)s to %(ends_at)s."
    ),
}

# In one clause why somebody cannot come, where several are named after one another.
BECAUSE = {
    "assignee_taken": _l("taken then"),
    "assignee_off_duty": _l("not at work then"),
    "assignee_over_day_limit": _l("at the most a day"),
    "assignee_too_far": _l("too far away"),
    "assignee_lacks_language": _l("lacks the language"),
    "assignee_of_other_site": _l("of another site"),
    "vehicle_too_small": _l("too small"),
}
# What was passed with a tick or overridden, in short.
PASSED = {
    "fourth_stop_that_day": _l("A fourth stop that day"),
    "facts_unverified": _l("Facts of the site unverified"),
    "holiday_at_home": _l("A holiday at the guests' home"),
    "short_break_before": _l("A short break before"),
    "thin_slack": _l("Little time to spare"),
    "guide_not_assigned": _l("No guide assigned"),
    "interpreter_not_assigned": _l("No interpreter assigned"),
    "vehicle_not_assigned": _l("No vehicle assigned"),
    "assignment_not_accepted": _l("Asked, not yet accepted"),
    "assignee_cannot_follow": _l("Let go, since they could not follow"),
    "should_not_meet": _l("Those they should not meet are there"),
    "notice_too_short": _l("Notice too short"),
    "group_too_small": _l("Group too small"),
    "group_too_large": _l("Group too large"),
    "outside_stay": _l("Outside the stay"),
    "outside_hours": _l("Outside the opening hours"),
    "closed": lazy_pgettext("site", "Closed"),
}


def refusal_in_words(refusal: Refusal) -> str:
    """A refusal as a person reads it, in the reader's language, times in the city's zone."""
    facts = dict(refusal.facts)
    return fill(REFUSALS[_refusal_key(refusal.code.value, facts)], facts)


def _refusal_key(code: str, facts: dict[str, Any]) -> str:
    """Which of a code's sentences fits; the facts are made ready for it."""
    if "slack_minutes" in facts:
        facts["short_minutes"] = -facts["slack_minutes"]
    if "reasons" in facts:
        facts["reasons"] = listed_apart(_reason(told) for told in facts["reasons"])
    if code == "closed":
        return f"closed:{facts['by']}"
    if code == "state_forbids":
        return "state_forbids:delegation" if "delegation_state" in facts else code
    if code == "no_common_language":
        facts["site_languages"] = _languages(facts.pop("site"))
        return "no_common_language:not_theirs" if "guests" in facts else code
    if code == "outside_hours":
        hours, facts["hours"] = facts["hours"], _hours(facts["hours"])
        return code if hours else "outside_hours:closed"
    if code == "already_elsewhere":
        return _whereabouts_key(facts)
    return "assignee_off_duty:away" if code == "assignee_off_duty" and "until" in facts else code


def _whereabouts_key(facts: Mapping[str, Any]) -> str:
    if "engagement_id" in facts:
        return "already_elsewhere:engagement"
    return "already_elsewhere:part" if "part" in facts else "already_elsewhere"


def _reason(told: Mapping[str, Any]) -> str:
    return f"{told['name']}: {BECAUSE.get(told['because'], told['because'])}"


def caution_in_words(caution: Caution) -> str:
    """A caution as a person reads it."""
    key, facts = caution.code.value, dict(caution.facts)
    if key == "thin_slack":
        key = f"thin_slack:{facts['side']}"
    if "names" in facts and facts["free"] > len(facts["names"]):
        facts["names"] = [*facts["names"], "…"]
    if "because" in facts:
        facts["because"] = f"({BECAUSE.get(facts['because'], facts['because'])})"
    return fill(CAUTIONS[key], facts)


def local(instant: datetime, zone: str | None = None) -> datetime:
    """An instant on a site's clock; the city's own when no other is named."""
    return instant.astimezone(ZoneInfo(zone or current_app.config["CITY_ZONE"]))


def fill(sentence: Any, facts: Mapping[str, Any]) -> str:
    """A sentence with its facts in it, each as its name wants it told."""
    told = {name: _told(name, value) for name, value in facts.items()}
    return sentence_for(sentence, facts) % told


def _told(name: str, value: Any) -> str:
    if isinstance(value, datetime):
        return moment_in_words(value, current_app.config["CITY_ZONE"])
    if isinstance(value, date):
        return day_in_words(value)
    if name in ("state", "delegation_state"):
        return state_in_words(value)
    if name == "kind":
        return str(ENGAGEMENT_KINDS.get(value, value))
    if name == "site":
        return place_called(value)
    if name == "sites":
        return listed(place_called(code) for code in value)
    if name in ("wanted", "guests"):
        return _languages(value)
    if name == "languages":
        return listed(pair_in_words(code) for code in value)
    if name == "weekday":
        # 5 January 1970 was a Monday: any Monday serves to name the days.
        return format_date(date(1970, 1, 5 + value), "EEEE")
    if isinstance(value, list | tuple):
        return listed(str(item) for item in value)
    return str(value)


def _languages(codes: Iterable[str]) -> str:
    return listed(language_name(code) for code in codes) or "–"


def _hours(hours: Iterable[tuple[datetime, datetime]]) -> str:
    return listed(f"{local(opens):%H:%M}–{local(closes):%H:%M}" for opens, closes in hours)


def pair_in_words(code: str) -> str:
    """A language, or the two of an interpreter's pair."""
    return "–".join(language_name(each) for each in code.split("-"))

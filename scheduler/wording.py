"""Codes and facts put into words: refusals, cautions, alternatives, wrong fields."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app
from flask_babel import format_date
from flask_babel import lazy_gettext as _l

from scheduler.actions.clashes import plain
from scheduler.actions.invalid import Invalid
from scheduler.code_names import language_name, state_in_words
from scheduler.core.verdicts import Alternative, Caution, Refusal, Verdict
from scheduler.instants import day_in_words, moment_in_words

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
    "notice_too_short": _l(
        "Too late: the site wants %(notice_days)s days of notice; the last day was %(latest_request_on)s."
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
    "already_elsewhere": _l("The delegation is at %(site)s from %(starts_at)s to %(ends_at)s."),
    "outside_stay": _l("Outside the stay, which runs from %(arrives_at)s to %(departs_at)s."),
    "more_than_the_delegation": _l(
        "More than the delegation has: %(headcount)s asked for, it counts %(delegation_headcount)s."
    ),
    "hold_expired": _l("The hold ran out at %(hold_until)s."),
    "state_forbids": _l("The state of the visit, %(state)s, does not allow this."),
    "state_forbids:delegation": _l("The delegation is %(delegation_state)s and takes no more visits."),
}
CAUTIONS = {
    "fourth_stop_that_day": _l("A full day: stops already on %(on)s: %(stops)s."),
    "facts_unverified": _l(
        "The facts of this site were last checked on %(checked_on)s, more than a year ago."
    ),
    "holiday_at_home": _l("A public holiday at the guests' home: %(holiday)s on %(on)s."),
    "short_break_before": _l("A short break: %(minutes)s minutes after their stop at %(site)s."),
}
INVALID = {
    "cannot_be_overridden": _l("%(value)s cannot be overridden; what can be: %(allowed)s."),
    "hold_outside": _l("A hold must end after now and no later than the visit begins: by %(latest)s."),
    "reason_needed": _l("Give a reason."),
    "owner_agreement_needed": _l("Record who agreed for the owner, when, and by which channel."),
    "agreement_needed": _l(
        "Record who agreed for the site, when, and by which channel: silence is never a yes."
    ),
    "agreement_in_future": _l("The agreement cannot lie in the future."),
    "in_the_past": _l("This lies in the past; it must be after %(earliest)s."),
    "too_long": _l("Too long: %(most)s days at most."),
    "too_many": _l("Too many: %(most)s at most."),
    "out_of_range": _l("Must be between %(least)s and %(most)s."),
    "not_after": _l("Must be after %(earliest)s."),
    "before_first": _l("Must not be before %(earliest)s."),
    "unknown": _l("%(value)s is not known."),
    "several": _l("%(value)s is the name of several; say which by its id."),
    "below_its_visits": _l("One of its visits has %(least)s people; change that visit first."),
    "tour_or_topic_needed": _l("Name a tour or a topic."),
    "has_no_rounds": _l("%(tour)s is visited by windows on request; it has no rounds."),
    "too_short": _l("Too short: %(least)s characters at least."),
    "taken": _l("%(value)s already has an account."),
    "site_code_taken": _l("There is a site with the code %(value)s already."),
    "code_taken": _l("There is a tour with the code %(value)s already."),
    "day_taken": _l("There is an entry for %(value)s already; remove it first."),
    "role_needed": _l("Give at least one role."),
    "own_administration": _l("You cannot take your own administration away."),
}


def refusal_in_words(refusal: Refusal) -> str:
    """A refusal as a person reads it, in the reader's language, times in the city's zone."""
    facts = dict(refusal.facts)
    key = refusal.code.value
    if key == "closed":
        key = f"closed:{facts['by']}"
    if key == "state_forbids" and "delegation_state" in facts:
        key = "state_forbids:delegation"
    if key == "no_common_language":
        facts["site_languages"] = _languages(facts.pop("site"))
        facts["wanted"] = _languages(facts["wanted"])
    if key == "outside_hours":
        key = key if facts["hours"] else "outside_hours:closed"
        facts["hours"] = _hours(facts["hours"])
    return _fill(REFUSALS[key], facts)


def caution_in_words(caution: Caution) -> str:
    """A caution as a person reads it."""
    return _fill(CAUTIONS[caution.code.value], dict(caution.facts))


def invalid_in_words(error: Invalid) -> str:
    """What is wrong with one field, and what would be right."""
    return _fill(INVALID[error.code], dict(error.facts))


def verdict_in_one(verdict: Verdict) -> str:
    """All reasons in one line, for a place that has only one."""
    if verdict.refusals:
        return " ".join(refusal_in_words(refusal) for refusal in verdict.refusals)
    return " ".join(caution_in_words(caution) for caution in verdict.cautions)


def verdict_values(verdict: Verdict) -> dict[str, Any]:
    """A verdict as JSON values: codes, facts and words."""
    return {
        "refusals": [reason_values(r, refusal_in_words(r)) for r in verdict.refusals],
        "cautions": [reason_values(c, caution_in_words(c)) for c in verdict.cautions],
        "alternatives": [alternative_values(a) for a in verdict.alternatives],
    }


def reason_values(reason: Refusal | Caution, text: str) -> dict[str, Any]:
    return {"code": reason.code.value, "text": text, "facts": plain(_on_the_citys_clock(reason.facts))}


def alternative_values(alternative: Alternative) -> dict[str, Any]:
    """A session that would be accepted, as JSON values."""
    return {
        "site": alternative.site_code,
        "tour_code": alternative.tour_code,
        "tour_session_id": alternative.tour_session_id,
        "starts_at": local(alternative.starts_at).isoformat(),
        "ends_at": local(alternative.ends_at).isoformat(),
        "places_left": alternative.places_left,
        "cautions": [reason_values(c, caution_in_words(c)) for c in alternative.cautions],
    }


def shape_errors(detail: Any) -> list[dict[str, str]]:
    """APIFlask's nested errors as a flat list: every field at fault, each with what is wrong."""
    return [{"field": field, "message": message} for field, message in _flat(detail)]


def local(instant: datetime, zone: str | None = None) -> datetime:
    """An instant on a site's clock; the city's own when no other is named."""
    return instant.astimezone(ZoneInfo(zone or current_app.config["CITY_ZONE"]))


def _on_the_citys_clock(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _local(told) for name, told in facts.items()}


def _local(told: Any) -> Any:
    if isinstance(told, list | tuple):
        return [_local(item) for item in told]
    return local(told) if isinstance(told, datetime) else told


def _flat(detail: Any, path: str = "") -> Iterable[tuple[str, str]]:
    if isinstance(detail, Mapping):
        for key, value in detail.items():
            is_place = not path and key in ("json", "query", "headers", "path", "form", "files")
            name = "" if is_place or key == "_schema" else str(key)
            yield from _flat(value, ".".join(part for part in (path, name) if part))
    elif isinstance(detail, list | tuple):
        for value in detail:
            yield from _flat(value, path)
    elif detail:
        yield path, str(detail)


def _fill(sentence: Any, facts: dict[str, Any]) -> str:
    return str(sentence) % {name: _told(name, value) for name, value in facts.items()}


def _told(name: str, value: Any) -> str:
    if isinstance(value, datetime):
        return moment_in_words(value, current_app.config["CITY_ZONE"])
    if isinstance(value, date):
        return day_in_words(value)
    if name in ("state", "delegation_state"):
        return state_in_words(value)
    if name == "weekday":
        # 5 January 1970 was a Monday: any Monday serves to name the days.
        return format_date(date(1970, 1, 5 + value), "EEEE")
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    return str(value)


def _languages(codes: Iterable[str]) -> str:
    return ", ".join(language_name(code) for code in codes) or "–"


def _hours(hours: Iterable[tuple[datetime, datetime]]) -> str:
    return ", ".join(f"{local(opens):%H:%M}–{local(closes):%H:%M}" for opens, closes in hours)

"""Verdicts in words: every refusal and every caution as a person reads it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app
from flask_babel import format_date

from scheduler.core.verdicts import Caution, Refusal
from scheduler.words.code_names import language_name, state_in_words
from scheduler.words.counted import sentence_for
from scheduler.words.instants import day_in_words, moment_in_words
from scheduler.words.lists import listed, listed_apart
from scheduler.words.place_names import place_called
from scheduler.words.programme_words import ENGAGEMENT_KINDS
from scheduler.words.reason_words import BECAUSE, CAUTIONS, REFUSALS


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
        is_unsaid = facts["by"] == "closure" and not facts.get("reason")
        return "closed:closure:unsaid" if is_unsaid else f"closed:{facts['by']}"
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

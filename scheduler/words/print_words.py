"""What has changed since a sheet was printed, in words: line by line, field by field."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from scheduler.actions.prints import Change, LineChange, SinceLastPrint
from scheduler.core.lifecycle import CALLED_OFF, VisitState
from scheduler.records.sheet_prints import PrintWay
from scheduler.words.code_names import VISIT_STATES, language_name
from scheduler.words.gate_words import PHOTOGRAPHS
from scheduler.words.instants import hours, moment_in_words
from scheduler.words.lists import listed
from scheduler.words.names import COLUMNS, NEEDS, name_of, names_of

HOURS = ("starts_at", "ends_at")


def print_in_words(since: SinceLastPrint, zone: str) -> str:
    """When the last print was made, and by whom; empty where there was none."""
    last = since.last
    if last is None:
        return ""
    when = moment_in_words(last.printed_at, zone)
    if last.way is PrintWay.MAILED:
        return _("Last sheet: posted %(when)s.", when=when)
    who = last.printed_by.name if last.printed_by else ""
    return (
        _("Last print: %(when)s, %(who)s.", when=when, who=who)
        if who
        else _("Last print: %(when)s.", when=when)
    )


def change_in_words(change: LineChange, zone: str) -> list[str]:
    """What happened to one line since then."""
    if change.change is Change.NEW:
        return [_("New since the last print")]
    if change.change is Change.GONE:
        return [_gone(change, zone)]
    return [_("Changed since the last print"), *_fields(change, zone)]


def _gone(change: LineChange, zone: str) -> str:
    if change.state is None:
        return _("Removed since the last print")
    if change.state in CALLED_OFF or change.starts_at is None:
        return _("Since the last print: %(state)s", state=_state(change.state))
    return _("Moved since the last print, to %(when)s", when=moment_in_words(change.starts_at, zone))


def _fields(change: LineChange, zone: str) -> Iterator[str]:
    before, after = change.before, change.after
    if any(name in after for name in HOURS):
        yield _pair(_("Hour"), _hours(change, before, zone), _hours(change, after, zone))
    for name in after:
        if name == "is_awaited":
            yield _("Did not come") if not after[name] else _("Expected again")
        elif name not in HOURS:
            yield _pair(_called(name), _value(name, before.get(name)), _value(name, after[name]))


def _hours(change: LineChange, told: Mapping[str, Any], zone: str) -> str:
    """Of the two ends that which differs stands in the change; the other is the same before and after."""
    whole = {**change.line, **told}
    starts_at, ends_at = (datetime.fromisoformat(whole[name]) for name in HOURS)
    return hours(starts_at, ends_at, zone)


def _pair(what: str, before: str, after: str) -> str:
    return _("%(what)s: %(before)s → %(after)s", what=what, before=before, after=after)


def _called(name: str) -> str:
    words = {"part": _("Part"), "contact": _("Contact on the day"), "photographs": _("Photographs")}
    return words.get(name) or name_of(COLUMNS, name)


def _value(name: str, value: Any) -> str:
    if name == "photographs":
        return name_of(PHOTOGRAPHS, value)
    if name == "needs":
        value = listed(names_of(NEEDS, value or ()))
    if name == "language" and value:
        value = language_name(value)
    return str(value) if value not in (None, "") else "–"


def _state(state: VisitState) -> str:
    return name_of(VISIT_STATES, state.value)

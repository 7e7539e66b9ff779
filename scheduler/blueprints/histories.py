"""The journal as people read it: who did what when, what was so before and is so now, and why."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from scheduler.actions.replies import BY_MAIL, BY_PAGE
from scheduler.records.journal import Journal
from scheduler.words.instants import date_in_words, moment_in_words
from scheduler.words.lists import listed
from scheduler.words.names import ACTS, COLUMNS, SUBJECTS, VALUES, name_of

# What a reader learns nothing from.
UNTOLD = frozenset(
    {
        "delegate_ids",
        "delegate_id",
        "proposal",
        "delegation_id",
        "tour_session_id",
        "sequence",
        "media_type",
        "bytes",
        "kind_of",
        "of",
    }
)


@dataclass(frozen=True)
class Difference:
    """One thing that changed."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One line of a history. `subject` is empty where the page is about that very thing."""

    at: datetime
    actor: str
    act: str
    subject: str
    differences: list[Difference]
    reason: str


def entries(lines: Iterable[Journal], *, of: str = "") -> list[Entry]:
    """Lines of the journal in words; `of` is the kind of thing whose own history this is."""
    return [
        Entry(
            at=line.at,
            actor=_actor(line),
            act=name_of(ACTS, line.act),
            subject="" if line.subject == of else name_of(SUBJECTS, line.subject),
            differences=_differences(line),
            reason=line.reason,
        )
        for line in lines
    ]


def _actor(line: Journal) -> str:
    """Who acted. People without an account are those whom a link was given to, by the name they gave."""
    if line.account_id is None and line.actor == "system":
        return _("the system")
    if line.account_id is None and line.actor in (BY_MAIL.email, BY_PAGE.email):
        return _("a guest, by mail") if line.actor == BY_MAIL.email else _("a guest, on their page")
    by_link = re.fullmatch(r"link[ 0-9]*: (.+)", line.actor) if line.account_id is None else None
    return _("%(who)s, by link", who=by_link[1]) if by_link else line.actor


def _differences(line: Journal) -> list[Difference]:
    """What changed between before and after; what a new thing began with is on the page itself."""
    before, after = line.before or {}, line.after or {}
    if not before:
        return []
    return [
        Difference(name_of(COLUMNS, name), _told(name, before.get(name)), _told(name, after.get(name)))
        for name in after
        if name not in UNTOLD and before.get(name) != after.get(name)
    ]


def _told(name: str, value: Any) -> str:
    if value is None or value in ("", []):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Sequence) and not isinstance(value, str):
        return listed(_told(name, each) for each in value)
    if name.endswith("_at") or name in ("hold_until", "preferred_times"):
        return moment_in_words(datetime.fromisoformat(value), current_app.config["CITY_ZONE"])
    if name.endswith("_on"):
        return date_in_words(date.fromisoformat(value))
    return name_of(VALUES.get(name, {}), value)

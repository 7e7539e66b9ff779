"""What the roster's script needs: its sentences in the reader's language, whose taps they are, its age."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from scheduler.blueprints.rosters.rows import Row
from scheduler.core.gate import Said
from scheduler.core.lifecycle import Act
from scheduler.identity import actor
from scheduler.words.instants import hour

# Of so many entries that wait there is a sentence each, by the plural rules of the language.
COUNTED = 20


@dataclass(frozen=True)
class LivePage:
    """Everything the script reads of the page around the lines."""

    account_id: int
    tap_url: str
    worker_url: str
    as_it_stood: str
    at: datetime
    words: dict[str, Any]


def live_page(rows: Iterable[Row], at: datetime, zone: str) -> LivePage | None:
    """For a page with something to tap; None for others."""
    acts = {Act.ARRIVE.value, Act.UNDO_ARRIVAL.value, Said.NOTE.value}
    if not any(acts & row.forms.keys() for row in rows):
        return None
    return LivePage(
        account_id=actor().account_id or 0,
        tap_url=url_for("rosters.tap"),
        worker_url=url_for("rosters.worker"),
        as_it_stood=_("No connection: this is the roster as it stood at %(time)s.", time=hour(at, zone)),
        at=at,
        words=_words(),
    )


def _words() -> dict[str, Any]:
    return {
        "all": _("All %(announced)s came"),
        "fewer": _("%(came)s of %(announced)s came, %(missing)s missing"),
        "more": _("%(came)s came, %(more)s more than the %(announced)s announced"),
        "none": _("Not here yet"),
        "waiting": [_waiting(number) for number in range(1, COUNTED + 1)],
        "many": _(
            "More than %(number)s entries have not reached the office yet; they are kept on this phone and "
            "sent as soon as there is a connection.",
            number=COUNTED,
        ),
        "reached": _("Everything has reached the office."),
        "signed_out": _(
            "You are signed out. Sign in again: what you entered is kept on this phone until then."
        ),
        "others": _(
            "Entries of somebody else wait on this phone. They are sent when that person signs in again."
        ),
        "not_kept": _("This phone keeps nothing: stay on this page until everything has reached the office."),
        "refused": _("The office refused it."),
        "dismiss": _("Understood"),
        "show_over": _("Show those who are here or gone: %(number)s"),
        "hide_over": _("Hide those who are here or gone"),
    }


def _waiting(number: int) -> str:
    return ngettext(
        "%(num)s entry has not reached the office yet; it is kept on this phone and sent as soon as there is "
        "a connection.",
        "%(num)s entries have not reached the office yet; they are kept on this phone and sent as soon as "
        "there is a connection.",
        number,
    )

"""How the post room stands, in words: what keeps letters from going out, and what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from scheduler.blueprints.letter_lines import moment
from scheduler.records.letter_search import PostRoom, Standing
from scheduler.words.letter_names import STANDINGS

# A worker looks every few seconds. What waits longer than this is waited for in vain.
LONG = timedelta(minutes=5)


@dataclass(frozen=True)
class Trouble:
    """What is wrong, what to do about it, what somebody else's program said of it."""

    tone: str
    title: str
    what_to_do: str
    said: str = ""


def troubles(room: PostRoom, at: datetime) -> list[Trouble]:
    """Everything that needs somebody's attention, the gravest first."""
    return [*_standstill(room, at), *_in_need(room)]


def ways_to_stand(
    chosen: str | None, room: PostRoom, kept: dict[str, Any]
) -> list[tuple[str, str, bool] | tuple[str, str, bool, int]]:
    """The list's tabs; those that somebody may have to act upon say how many there are."""
    counts = {Standing.NEEDS_HELP: room.needs_help, Standing.WAITING: room.waiting}
    tabs: list[Any] = [(_("All"), url_for("letters.index", **kept), not chosen)]
    for standing in Standing:
        way = url_for("letters.index", **kept, state=standing.value)
        tab = str(STANDINGS[standing.value]), way, chosen == standing.value
        tabs.append((*tab, counts[standing]) if standing in counts else tab)
    return tabs


def _standstill(room: PostRoom, at: datetime) -> Iterator[Trouble]:
    stands_since = _stands_since(room, at)
    if stands_since is not None:
        yield Trouble(
            "error",
            _("No letter has been posted since %(when)s", when=moment(stands_since)),
            _("Ask whoever runs this service whether its worker is running. Nothing is lost meanwhile."),
        )
    elif room.said and room.waiting_since is not None and at - room.waiting_since > LONG:
        yield Trouble(
            "warning",
            _(
                "Letters have been waiting since %(when)s and cannot be posted",
                when=moment(room.waiting_since),
            ),
            _(
                "They are tried again by themselves, with growing pauses. If it lasts, ask whoever runs this "
                "service about the mail server."
            ),
            room.said,
        )


def _stands_since(room: PostRoom, at: datetime) -> datetime | None:
    """Since when something is due that a worker would have done."""
    patience = timedelta(seconds=current_app.config["LETTERS_WAIT_SECONDS"]) + LONG
    late = [
        since
        for since, longest in ((room.due_since, LONG), (room.notes_since, patience))
        if since is not None and at - since > longest
    ]
    return min(late, default=None)


def _in_need(room: PostRoom) -> Iterator[Trouble]:
    if room.needs_help:
        yield Trouble(
            "error",
            ngettext("%(num)s letter did not arrive", "%(num)s letters did not arrive", room.needs_help),
            _("Open each: mend the address if it is wrong, or send the letter again. Else call them."),
        )

"""How the board tells instants and states: each is put into words once, however often it stands there."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import ngettext, pgettext

from scheduler.blueprints.typed import city_zone
from scheduler.core.lifecycle import LIFE, Act, VisitState
from scheduler.words.clash_words import clash_in_words
from scheduler.words.code_names import VISIT_STATES
from scheduler.words.instants import days_in_short, local_day, moment_in_words

MOVABLE = frozenset(LIFE[Act.MOVE])


class Teller:
    """The words of one answer, in its reader's language and on the city's clock."""

    def __init__(self, *, may_book: bool) -> None:
        self.may_book = may_book
        self.zone: ZoneInfo = city_zone()
        self.fill = pgettext("board", "%(taken)s of %(places)s")
        self.states = {state: (state.value, str(VISIT_STATES[state.value])) for state in VisitState}
        self.movable = MOVABLE if may_book else frozenset()
        self.instant = _remembered(self._instant)
        self.moment = _remembered(lambda instant: moment_in_words(instant, self.zone.key))
        self.people = _remembered(lambda number: ngettext("%(num)s person", "%(num)s people", number))
        self.part = _remembered(lambda name: _("Part: %(name)s", name=name))
        self._stays = _remembered(lambda stay: days_in_short(*stay))

    def stay(self, arrives_at: datetime, departs_at: datetime) -> str:
        """From one day to another."""
        zone = self.zone.key
        return self._stays((local_day(arrives_at, zone), local_day(departs_at, zone)))

    def notes(
        self, state: VisitState, hold_until: datetime | None, clash: Any, part: str | None
    ) -> list[str]:
        """What else is to be known of a visit: who of them goes, when its hold ends, what stands against."""
        found = [self.part(part)] if part else []
        if state is VisitState.HELD and hold_until is not None:
            found.append(_("Held until %(when)s", when=self.moment(hold_until)))
        return found + clash_in_words(clash) if clash else found

    def _instant(self, instant: datetime) -> str:
        """An instant with the city's offset, as JSON carries it."""
        return instant.astimezone(self.zone).isoformat()


def _remembered(tell: Callable[[Any], str]) -> Callable[[Any], str]:
    """The same, each answer looked up once: a board says the same thing a thousand times."""
    return cache(tell)

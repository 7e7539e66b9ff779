"""How the board tells instants and states: each is put into words once, however often it stands there."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from scheduler.blueprints.typed import city_zone
from scheduler.clash_words import clash_in_words
from scheduler.code_names import VISIT_STATES
from scheduler.core.lifecycle import LIFE, Act, VisitState
from scheduler.instants import moment_in_words

MOVABLE = frozenset(LIFE[Act.MOVE])


class Teller:
    """The words of one answer, in its reader's language and on the city's clock."""

    def __init__(self, *, may_book: bool) -> None:
        self.may_book = may_book
        self.zone: ZoneInfo = city_zone()
        self.fill = _("%(taken)s of %(places)s")
        self.states = {state: (state.value, str(VISIT_STATES[state.value])) for state in VisitState}
        self.movable = MOVABLE if may_book else frozenset()
        self._instants: dict[datetime, str] = {}
        self._holds: dict[datetime, list[str]] = {}

    def instant(self, instant: datetime) -> str:
        """An instant with the city's offset, as JSON carries it."""
        told = self._instants.get(instant)
        if told is None:
            told = self._instants[instant] = instant.astimezone(self.zone).isoformat()
        return told

    def notes(self, state: VisitState, hold_until: datetime | None, clash: list[object] | None) -> list[str]:
        """What else is to be known of a visit: when its hold ends, what stands against it."""
        if clash:
            return clash_in_words(clash)  # type: ignore[arg-type]
        if state is not VisitState.HELD or hold_until is None:
            return []
        if hold_until not in self._holds:
            when = moment_in_words(hold_until, self.zone.key)
            self._holds[hold_until] = [_("Held until %(when)s", when=when)]
        return self._holds[hold_until]

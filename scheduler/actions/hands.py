"""The worker tells what its hands have come to, so that a page can show it."""

from datetime import datetime

from scheduler.records.database import db
from scheduler.records.hands import HandState
from scheduler.records.writing import writing

LONGEST_TROUBLE = 500


@writing()
def note_round(name: str, trouble: str, *, at: datetime) -> None:
    """Keep that a hand did its round, and what stood in its way, in words, or nothing."""
    state = db.session.get(HandState, name, populate_existing=True)
    if state is None:
        state = HandState(name=name, seen_at=at)
        db.session.add(state)
    state.seen_at, state.trouble = at, trouble[:LONGEST_TROUBLE]
    if not trouble:
        state.well_at = at

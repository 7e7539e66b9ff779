"""Random acts, lost and doubtful letters: in the end every calendar shows what is, and nothing else.

Model receivers keep what RFC 5546 2.1.5 says: the higher SEQUENCE wins, then the later DTSTAMP. What they
hold is read from the letters' bytes alone.
"""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import icalendar
import pytest
from sqlalchemy import select

from scheduler.actions.bookings import VisitRefused
from scheduler.actions.delegations import change_delegation
from scheduler.actions.lifecycle import Told, act_upon, shown_in_calendars
from scheduler.actions.members import add_delegate, change_member, remove_member
from scheduler.actions.posting import Done, note_outcome, send_again, take_up
from scheduler.actions.sites import change_site
from scheduler.actions.visits import move_visit
from scheduler.core.facts import VisitRequest
from scheduler.core.lifecycle import Act
from scheduler.post.delivery import Delivery, Outcome
from scheduler.records.database import db
from scheduler.records.delegations import Delegate
from scheduler.records.letters import Letter, LetterState
from scheduler.records.recipients import recipients_of
from scheduler.records.visits import Visit
from tests import make
from tests.actions.seen import AGREED
from tests.cast import AT, OFFICER, seoul
from tests.letters.desk import PATIENCE, write

STEPS, SEEDS = 60, range(3)
OUTCOMES = [Outcome.TAKEN] * 4 + [Outcome.LATER, Outcome.UNSURE, Outcome.REFUSED]
HOURS = [(day, hour) for day in (14, 15, 16, 17, 18) for hour in (10, 14)]


@dataclass
class Receiver:
    """Somebody's calendar: what each UID came to. Raises when a message makes no sense to them."""

    held: dict[str, tuple[str, datetime, str, int, datetime]] = field(default_factory=dict)

    def take(self, letter: Letter, *, is_sure: bool) -> None:
        """`is_sure`: no letter about it is lost of which we think that it may have arrived."""
        calendar = icalendar.Calendar.from_ical(letter.calendar)
        (event,) = calendar.events
        uid, method = str(event["UID"]), str(calendar["METHOD"])
        stamp = int(event["SEQUENCE"]), event["DTSTAMP"].dt
        last = self.held.get(uid)
        if last is None:
            assert method == "REQUEST" or not is_sure, "a cancellation of what they never had"
        elif stamp == last[3:]:
            return  # The very same letter once more.
        else:
            assert stamp > last[3:], "older than what they have"
            assert stamp[0] > last[3], "nothing visible changes without a higher SEQUENCE"
        status = str(event.get("STATUS", "WITHDRAWN")) if method == "CANCEL" else str(event["STATUS"])
        told = (status, event["DTSTART"].dt, str(event.get("DESCRIPTION", "")))
        assert last is None or last[:3] != told or not is_sure, "nothing has changed for them"
        self.held[uid] = (*told, *stamp)

    def shows(self) -> dict[str, tuple[str, datetime, str]]:
        return {uid: told[:3] for uid, told in self.held.items() if told[0] not in ("CANCELLED", "WITHDRAWN")}


class City:
    """A few visits of one delegation, and what can happen to them."""

    def __init__(self, seed: int) -> None:
        self.chance, self.at = random.Random(seed), AT
        self.receivers: dict[str, Receiver] = {}
        self.doubted: set[tuple[str, str | None]] = set()
        self.numbers = iter(range(1, 1000))
        self.site = make.site(contact_email="gate@owner.example")
        tour = make.tour(self.site, needs_agreement=True)
        self.sessions = [make.tour_session(tour, seoul(*hour)) for hour in HOURS]
        self.guests = make.delegation()
        self.visits = [make.visit(self.guests, self.sessions[number]) for number in (0, 4)]

    def step(self) -> None:
        acts = [self.move, self.confirm, self.add, self.remove, self.readdress, self.rename, self.contact]
        if self.chance.random() < 0.05:
            acts = [self.cancel]
        self.chance.choice(acts)()
        self.at += timedelta(seconds=self.chance.choice([0, 0, 1, 600]))
        if self.chance.random() < 0.6:
            write(self.at)
        if self.chance.random() < 0.6:
            self.post(OUTCOMES)

    def post(self, outcomes: list[Outcome]) -> None:
        for letter in take_up("one", most=100, patience=PATIENCE, at=self.at):
            outcome = self.chance.choice(outcomes)
            was_taken = outcome is Outcome.TAKEN or (outcome is Outcome.UNSURE and self.chance.random() < 0.5)
            if was_taken:
                is_sure = (letter.address, letter.uid) not in self.doubted
                self.receivers.setdefault(letter.address, Receiver()).take(letter, is_sure=is_sure)
            elif outcome is Outcome.UNSURE:
                self.doubted.add((letter.address, letter.uid))
            note_outcome(
                Done(letter.id, Delivery(outcome, "said")), worker="one", patience=PATIENCE, at=self.at
            )

    def settle(self) -> None:
        """Let everything be posted that is still on its way, what was given up too."""
        for _turn in range(6):
            write(self.at)
            given_up = select(Letter.id).where(Letter.state == LetterState.GIVEN_UP)
            for number in db.session.scalars(given_up).all():
                send_again(number, by=OFFICER, at=self.at)
            self.at += timedelta(hours=1)
            self.post([Outcome.TAKEN])

    def truth(self) -> dict[str, dict[str, tuple[str, datetime]]]:
        found: dict[str, dict[str, tuple[str, datetime]]] = {}
        for visit in db.session.scalars(select(Visit).execution_options(populate_existing=True)):
            status = shown_in_calendars(visit).upper()
            if status != "CANCELLED":
                for address in recipients_of(visit):
                    found.setdefault(address, {})[visit.uid] = (status, visit.starts_at)
        return found

    # Acts -------------------------------------------------------------------------------------------------

    def move(self) -> None:
        where = self.chance.choice(self.sessions)
        request = VisitRequest(
            tour_session_id=where.id, headcount=10, acknowledge=("all",), acknowledge_reason="known"
        )
        self.tried(lambda: move_visit(self.visit(), request, by=OFFICER, at=self.at))

    def confirm(self) -> None:
        told = Told(agreement=AGREED)
        self.tried(lambda: act_upon(self.visit(), Act.CONFIRM, told, by=OFFICER, at=self.at))

    def cancel(self) -> None:
        self.tried(lambda: act_upon(self.visit(), Act.CANCEL, Told(reason="rain"), by=OFFICER, at=self.at))

    def add(self) -> None:
        if len(self.delegates()) < 4:
            told = {"email": f"guest{next(self.numbers)}@guests.example", "print_as": "A guest"}
            add_delegate(self.guests.id, told, by=OFFICER, at=self.at)

    def remove(self) -> None:
        if there := self.delegates():
            remove_member(Delegate, self.chance.choice(there), by=OFFICER, at=self.at)

    def readdress(self) -> None:
        if there := self.delegates():
            email = self.chance.choice(["back@guests.example", f"guest{next(self.numbers)}@guests.example"])
            change_member(Delegate, self.chance.choice(there), {"email": email}, by=OFFICER, at=self.at)

    def rename(self) -> None:
        gate = self.chance.choice(["north", "south"])
        change_site(self.site.id, {"meeting_point": f"The {gate} gate"}, by=OFFICER, at=self.at)

    def contact(self) -> None:
        email = self.chance.choice(["contact@guests.example", "other@guests.example", ""])
        change_delegation(self.guests.id, {"contact_email": email}, by=OFFICER, at=self.at)

    def visit(self) -> int:
        return self.chance.choice(self.visits).id

    def delegates(self) -> list[int]:
        rows = select(Delegate.id).where(Delegate.delegation_id == self.guests.id).order_by(Delegate.id)
        return list(db.session.scalars(rows))

    def tried(self, act) -> None:
        try:
            act()
        except VisitRefused:
            db.session.rollback()


@pytest.mark.parametrize("seed", SEEDS)
def test_every_calendar_ends_up_as_it_should(app, seed):
    city = City(seed)
    for _step in range(STEPS):
        city.step()
    city.settle()
    truth = city.truth()
    shown = {
        address: {uid: told[:2] for uid, told in receiver.shows().items()}
        for address, receiver in city.receivers.items()
        if receiver.shows()
    }
    assert shown == truth
    told = [told for receiver in city.receivers.values() for told in receiver.shows().values()]
    gates = {
        gate for _status, _start, text in told for gate in ("north", "south") if f"The {gate} gate" in text
    }
    assert len(gates) <= 1

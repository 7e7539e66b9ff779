"""Random people at the office: every act is weighed by the office and by the model, and both must agree."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from scheduler.actions.holds import expire_overdue_holds
from scheduler.actions.lifecycle import Told, act_upon
from scheduler.actions.other_bookings import book_other, remove_other
from scheduler.actions.visits import move_visit, request_visit
from scheduler.core.facts import OwnerAgreement
from scheduler.core.lifecycle import Act
from tests.cast import OFFICER, seoul
from tests.machine.agreement import NO_REFUSAL
from tests.machine.changes import Changes
from tests.machine.city import GUESTS, SLOTS, TOURS
from tests.machine.truth import Slot

WHO, SLOT, ANY = st.sampled_from(sorted(GUESTS)), st.sampled_from(SLOTS), st.integers(0, 99)
HEADCOUNT = st.sampled_from((5, 4, 3, 2, 6, 7, 8, 10, 11, 12, 1))
AGREEING = ("confirm", "request", "arrive", "close")
# Every slot lies on this day, and nobody waits until its first hour.
THE_DAY = seoul(14)
CALLING_OFF = ("cancel", "postpone", "decline", "no_show")


class Office(Changes):
    """What officers do."""

    # Asking -------------------------------------------------------------------------------------------------

    @initialize(many=st.lists(st.tuples(WHO, SLOT, HEADCOUNT), min_size=4, max_size=8))
    def fill(self, many: list[tuple[str, Slot, int]]) -> None:
        """Nobody's office is empty."""
        for who, slot, headcount in many:
            self._book(who, slot, headcount)

    @rule(who=WHO, slot=SLOT, headcount=HEADCOUNT, by_id=st.booleans())
    def book(self, who: str, slot: Slot, headcount: int, by_id: bool) -> None:
        self._book(who, slot, headcount, by_id=by_id)

    @rule(who=WHO, slot=SLOT, headcount=HEADCOUNT, minutes=st.sampled_from((5, 15)))
    def hold(self, who: str, slot: Slot, headcount: int, minutes: int) -> None:
        self._book(who, slot, headcount, minutes=minutes)

    def _book(self, who: str, slot: Slot, headcount: int, *, minutes: int = 0, by_id: bool = True) -> None:
        wanted = {"who": who, "slot": slot, "headcount": headcount}
        hold_until = self.truth.now + timedelta(minutes=minutes) if minutes else None
        there = self.truth.identical(wanted)
        refusals = NO_REFUSAL if there else self.truth.refusals(wanted)
        request = self._request(wanted, by_id=by_id, hold_until=hold_until)
        booked = self._ask(wanted, refusals, lambda: request_visit(request, by=OFFICER, at=self.truth.now))
        if booked is not None:
            assert (booked.is_new, booked.visit.id) == (
                there is None,
                there["id"] if there else booked.visit.id,
            )
        if booked is not None and booked.is_new:
            self.truth.add(booked.visit.id, wanted, hold_until)
            self.city.session_ids[slot] = booked.visit.tour_session_id

    @rule(slot=SLOT, headcount=HEADCOUNT)
    def book_other(self, slot: Slot, headcount: int) -> None:
        wanted = {"who": None, "slot": slot, "headcount": headcount}
        site_id = self.city.site_ids[TOURS[slot[0]]["site"]]
        request = self._request(wanted, by_id=True)
        booked = self._ask(
            None,
            self.truth.scarcity(wanted),
            lambda: book_other(site_id, request, "School", by=OFFICER, at=self.truth.now),
        )
        if booked is not None:
            self.truth.add(-booked.id, wanted)
            self.city.session_ids[slot] = booked.tour_session_id

    @precondition(lambda self: self.truth.visits())
    @rule(which=ANY, slot=SLOT, headcount=HEADCOUNT)
    def move(self, which: int, slot: Slot, headcount: int) -> None:
        visit = self._visit(which)
        wanted = {"who": visit["who"], "slot": slot, "headcount": headcount, "visit": visit}
        refusals = self.truth.barred(visit, "move")
        if not refusals and not self.truth.changes_nothing(visit, wanted):
            refusals = self.truth.refusals(wanted)
        request = self._request(wanted, by_id=True)
        moved = self._ask(
            wanted, refusals, lambda: move_visit(visit["id"], request, by=OFFICER, at=self.truth.now)
        )
        if moved is not None:
            self.truth.move(visit, wanted)
            self.city.session_ids[slot] = moved.tour_session_id

    # What happens to what is booked -------------------------------------------------------------------------

    @precondition(lambda self: self.truth.visits())
    @rule(which=ANY, act=st.sampled_from(AGREEING))
    def go_on(self, which: int, act: str) -> None:
        self._act(which, act)

    @precondition(lambda self: self.truth.visits())
    @rule(which=ANY, act=st.sampled_from(CALLING_OFF))
    def call_off(self, which: int, act: str) -> None:
        self._act(which, act)

    def _act(self, which: int, act: str) -> None:
        visit = self._visit(which)
        refusals = self.truth.barred(visit, act)
        if act == "request" and not refusals:
            refusals = self.truth.refusals({**visit, "visit": visit})
        told = Told(
            agreement=OwnerAgreement(by="Owner", on=self.truth.now, channel="phone"),
            acknowledge=("all",),
            acknowledge_reason="Known",
        )
        done = self._ask(
            None, refusals, lambda: act_upon(visit["id"], Act(act), told, by=OFFICER, at=self.truth.now)
        )
        if done is not None:
            self.truth.act(visit, act)

    @precondition(lambda self: len(self.truth.bookings) > len(self.truth.visits()))
    @rule(which=ANY)
    def remove_other(self, which: int) -> None:
        others = [booking for booking in self.truth.bookings if booking["who"] is None]
        other = others[which % len(others)]
        remove_other(-other["id"], by=OFFICER, at=self.truth.now)
        self.truth.drop(other)

    @precondition(lambda self: self.truth.holds())
    @rule(minutes=st.sampled_from((1, 4, 5, 10)))
    def wait(self, minutes: int) -> None:
        self.truth.now += timedelta(minutes=minutes)

    @precondition(lambda self: self.truth.visits() and self.truth.now < THE_DAY)
    @rule(seconds=st.sampled_from((0, -1)))
    def let_the_day_come(self, seconds: int) -> None:
        """The day of all the visits, or the last second before it: until then nobody can have come."""
        self.truth.now = max(self.truth.now, THE_DAY + timedelta(seconds=seconds))

    @precondition(lambda self: self.truth.holds())
    @rule()
    def expire(self) -> None:
        expire_overdue_holds(at=self.truth.now)
        self.truth.expire_all()

    def _visit(self, which: int) -> dict[str, Any]:
        visits = self.truth.visits()
        return visits[which % len(visits)]

"""Random happenings at sites, and who waits there for places: served within acts and by the clock."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from scheduler.actions.holds import expire_overdue_holds
from scheduler.actions.other_bookings import book_other, remove_other
from scheduler.actions.sites import close_site, reopen_site
from scheduler.actions.tours import change_session_places
from scheduler.actions.waiting import PlacesAreFree, join_waiting, leave_waiting, settle_waiting_lists
from scheduler.core.facts import VisitRequest
from scheduler.core.spans import Span
from tests.cast import OFFICER, seoul
from tests.machine.reasons import Wanted, reasons, scarcity
from tests.machine.staffed_city import SITES
from tests.machine.steps import NOTHING
from tests.machine.turns import settle
from tests.machine.visiting import ANY, HEADCOUNT, SLOT, WHO, Visiting
from tests.machine.world import Row

FEW = st.sampled_from((3, 2, 4, 5, 6))
CROWD = st.lists(st.tuples(WHO, FEW, ANY, st.sampled_from((1, 2))), min_size=2, max_size=3)
# What waiting helps against.
WORTH_WAITING = {"no_places_left", "too_many_people_at_once", "too_many_groups_at_once"}


class WaitingActs(Visiting):
    """What sites and the clock do, and who waits for it."""

    # What happens at the sites ------------------------------------------------------------------------------

    @rule(slot=SLOT, headcount=HEADCOUNT)
    def book_other(self, slot: Any, headcount: int) -> None:
        wanted = self.wanted("Hanoi", slot, headcount)
        self._take(self.site_of(wanted), wanted)

    def _take(self, site_id: int, wanted: Wanted) -> None:
        ready = self.ready([site_id])
        session = ready.session_at(wanted["tour_id"], wanted["starts_at"])
        expected = scarcity(ready, session, wanted) if session else {"no_session_then"}
        request = self.request(wanted)
        self.try_act(expected, lambda: book_other(site_id, request, "School", by=OFFICER, at=self.now))

    @precondition(lambda self: self.has("other_booking"))
    @rule(which=ANY)
    def remove_other(self, which: int) -> None:
        other = self.choose("other_booking", which)
        session = self.world.numbered("tour_session", other["tour_session_id"])
        self.ready([session["site_id"]])
        self.try_act(NOTHING, lambda: remove_other(other["id"], by=OFFICER, at=self.now) or True)

    @rule(which=ANY, places=st.sampled_from((14, 20, 10, 6)))
    def change_places(self, which: int, places: int) -> None:
        """More of them, or fewer, though never fewer than are taken."""
        session = self.choose("tour_session", which)
        ready = self.ready([session["site_id"]])
        places = max(places, ready.taken(session))
        self.try_act(NOTHING, lambda: change_session_places(session["id"], places, by=OFFICER, at=self.now))

    @precondition(lambda self: not self.has("site_closure"))
    @rule(site=st.sampled_from(sorted(SITES)), hour=st.integers(10, 16))
    def close(self, site: str, hour: int) -> None:
        number, span = self.city.number(self.city.sites, site), Span(seoul(14, hour), seoul(14, hour + 1))
        self.ready([number])
        self.try_act(NOTHING, lambda: close_site(number, span, "Water", by=OFFICER, at=self.now))

    @precondition(lambda self: self.has("site_closure"))
    @rule()
    def reopen(self) -> None:
        closure = self.choose("site_closure", 0)
        self.ready([closure["site_id"]])
        site_id, number = closure["site_id"], closure["id"]
        self.try_act(NOTHING, lambda: reopen_site(site_id, number, by=OFFICER, at=self.now))

    # Waiting ------------------------------------------------------------------------------------------------

    @initialize(which=ANY, many=CROWD)
    def begin_crowded(self, which: int, many: list[tuple[str, int, int, int]]) -> None:
        self.crowd(which, many)

    @rule(which=ANY, many=CROWD)
    def crowd(self, which: int, many: list[tuple[str, int, int, int]]) -> None:
        """A school takes what is left of a session, and others come too late."""
        session = self.choose("tour_session", which)
        left = session["places"] - self.world.taken(session)
        if left:
            self._take(session["site_id"], self._at(session, "Hanoi", left))
        for who, headcount, part, hours in many:
            self._join(session, self._at(session, who, headcount, part), hours)

    @rule(which=ANY, who=WHO, headcount=HEADCOUNT, part=ANY, hours=st.sampled_from((1, 2)))
    def join(self, which: int, who: str, headcount: int, part: int, hours: int) -> None:
        session = self.choose("tour_session", which)
        self._join(session, self._at(session, who, headcount, part), hours)

    def _at(self, session: Row, who: str, headcount: int, part: int = 0) -> Wanted:
        slot = self.city.tours[session["tour_id"]]["name"], session["starts_at"]
        return self.wanted(who, slot, headcount, part)

    def _join(self, session: Row, wanted: Wanted, hours: int) -> None:
        headcount = wanted["headcount"]
        ready = self.ready([session["site_id"]], [wanted["who"]])
        expected = reasons(ready, wanted)
        same = (headcount, hours)
        is_there = any(
            _is_entry_of(entry, wanted, session) and (entry["headcount"], entry["hold_hours"]) == same
            for entry in ready.waiting(self.sites)
        )
        is_free = not expected and not is_there
        if is_there or (expected and expected <= WORTH_WAITING and headcount <= session["places"]):
            expected = NOTHING
        else:  # what waiting would cure is told only where nothing else stands against it
            expected = expected - WORTH_WAITING or expected
        request = VisitRequest(
            delegation_id=wanted["who"],
            part_id=wanted["part_id"],
            headcount=headcount,
            tour_session_id=session["id"],
        )
        try:
            self.try_act(expected, lambda: join_waiting(request, hold_hours=hours, by=OFFICER, at=self.now))
            assert not is_free
        except PlacesAreFree:
            assert is_free

    @precondition(lambda self: self.has("waiting"))
    @rule(which=ANY)
    def leave(self, which: int) -> None:
        entry = self.choose("waiting", which)
        ready = self.ready([entry["site_id"]], [entry["delegation_id"]])
        waits = ready.numbered("waiting", entry["id"])["state"] == "waiting"
        expected = NOTHING if waits else {"no_longer_waiting"}
        self.try_act(expected, lambda: leave_waiting(entry["id"], by=OFFICER, at=self.now))

    @precondition(lambda self: self.has("waiting") or any(v["state"] == "held" for v in self.world["visit"]))
    @rule(minutes=st.sampled_from((5, 30, 60)))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self.world.now = self.now

    def let_clock_run(self) -> None:
        """So that nothing is left to it."""
        if any(self.world.has_run_out(visit) for visit in self.world["visit"]):
            self.clock(of_holds=True)
        if any(entry["state"] == "waiting" for entry in self.world["waiting"]):
            self.clock(of_holds=False)

    @precondition(lambda self: self.has("waiting") or self.has("visit"))
    @rule(of_holds=st.booleans())
    def clock(self, of_holds: bool) -> None:
        """The clock's own acts, site by site."""
        found = self.world.copy()
        overdue = {visit["site_id"] for visit in found["visit"] if found.has_run_out(visit)}
        waiting = {entry["site_id"] for entry in found["waiting"] if entry["state"] == "waiting"}
        self.first = []
        self.sites = set()
        for site_id in sorted(overdue if of_holds else waiting):
            sites, guests = found.locked([site_id], [])
            found.expire(sites, guests)
            self.first += settle(found, sites)
        run = expire_overdue_holds if of_holds else settle_waiting_lists
        self.try_act(NOTHING, lambda: run(at=self.now) or True)


def _is_entry_of(entry: Row, wanted: Wanted, session: Row) -> bool:
    told = entry["tour_session_id"], entry["delegation_id"], entry["part_id"]
    return bool(told == (session["id"], wanted["who"], wanted["part_id"]))

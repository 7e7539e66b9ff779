"""Random assignments: people and vehicles asked to visits and for whole days, their answers, their leave."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from scheduler.actions.assignments import answer_duty, assign, assign_day, release
from scheduler.actions.resources import add_leave, remove_leave
from scheduler.core.spans import Span
from tests.cast import OFFICER, seoul
from tests.machine.escorts import against, visit_errand
from tests.machine.steps import NOTHING
from tests.machine.truth import AWAITED
from tests.machine.visiting import ANY, WHO
from tests.machine.waiting_acts import WaitingActs
from tests.machine.world import OCCUPYING, Row

ESCORT = st.lists(st.tuples(ANY, ANY), min_size=2, max_size=4)
RIDERS = st.sampled_from((None, 6, 4, 12, 1))


class PeopleActs(WaitingActs):
    """Who is asked to come along, and what they say."""

    @rule(many=ESCORT)
    def escort(self, many: list[tuple[int, int]]) -> None:
        """Whoever could go along with some visits is asked to."""
        for which, who in many if self.has("visit") else ():
            visit = self.choose("visit", which)
            ready = self.ready([visit["site_id"]], [visit["delegation_id"]])
            session = ready.numbered("tour_session", visit["tour_session_id"])
            errand = visit_errand(ready, visit["delegation_id"], session, riders=1)
            free = [number for number in sorted(self.city.resources) if not against(ready, number, errand)]
            if free:
                self._assign(visit, free[who % len(free)], 1)

    @initialize(many=ESCORT)
    def begin_escorted(self, many: list[tuple[int, int]]) -> None:
        self.escort(many)

    @precondition(lambda self: self.has("visit"))
    @rule(which=ANY, who=ANY, riders=RIDERS)
    def assign(self, which: int, who: int, riders: int | None) -> None:
        self._assign(self.choose("visit", which), self._resource(who), riders)

    def _assign(self, visit: Row, number: int, riders: int | None) -> None:
        ready = self.ready([visit["site_id"]], [visit["delegation_id"]])
        now = ready.numbered("visit", visit["id"])
        session = ready.numbered("tour_session", visit["tour_session_id"])
        people = visit["headcount"] if riders is None else riders
        errand = visit_errand(ready, visit["delegation_id"], session, riders=people)
        is_coming = number in {duty["resource_id"] for duty in ready.duties_at(visit["id"])}
        is_vehicle = self.city.resources[number]["kind"] == "vehicle"
        if now["state"] not in AWAITED:
            expected = {"state_forbids"}
        elif is_vehicle and not is_coming and people > now["headcount"]:
            expected = {"out_of_range"}
        else:
            expected = NOTHING if is_coming else against(ready, number, errand)
        duty = self.try_act(
            expected, lambda: assign(visit["id"], number, headcount=riders, by=OFFICER, at=self.now)
        )
        if duty is not None and not is_coming:
            made = self.world.numbered("assignment", duty.id)
            assert (made["visit_id"], made["resource_id"], made["state"]) == (visit["id"], number, "asked")
            assert made["headcount"] == (people if is_vehicle else None)

    @rule(who=WHO, which=ANY, hour=st.integers(7, 15), length=st.sampled_from((9, 4, 2)), riders=RIDERS)
    def assign_day(self, who: str, which: int, hour: int, length: int, riders: int | None) -> None:
        """Buses and liaison officers go for hours on end; guides and interpreters do not."""
        number, guest = self._resource(which), self.city.number(self.city.guests, who)
        span = Span(seoul(14, hour), seoul(14, hour) + timedelta(hours=length))
        resource, ready = self.city.resources[number], self.ready([], [guest])
        people = self.city.guests[guest]["headcount"] if riders is None else riders
        errand = {"site": None, "guest": self.city.guests[guest], "visit": None, "riders": people}
        errand |= {"starts_at": span.starts_at, "ends_at": span.ends_at}
        if span.ends_at <= self.now:
            expected = {"in_the_past"}
        elif resource["kind"] not in ("vehicle", "liaison_officer"):
            expected = {"not_for_days"}
        else:
            expected = against(ready, number, errand)
        self.try_act(
            expected,
            lambda: assign_day(guest, number, span, headcount=riders, by=OFFICER, at=self.now),
        )

    @precondition(lambda self: self.has("assignment"))
    @rule(which=ANY)
    def release(self, which: int) -> None:
        self._end(which, "released")

    @precondition(lambda self: self.has("assignment"))
    @rule(which=ANY, accepts=st.booleans())
    def answer(self, which: int, accepts: bool) -> None:
        self._end(which, "accepted" if accepts else "refused")

    def _end(self, which: int, state: str) -> None:
        duty = self.choose("assignment", which)
        ready = self.ready([], [duty["delegation_id"]])
        before = ready.numbered("assignment", duty["id"])["state"]
        expected = NOTHING if before in (*OCCUPYING, state) else {"state_forbids"}
        if state == "released":
            done = self.try_act(expected, lambda: release(duty["id"], by=OFFICER, at=self.now))
        else:
            says = state == "accepted"
            done = self.try_act(
                expected, lambda: answer_duty(duty["id"], says, answered_by="Kim", at=self.now)
            )
        if done is not None:
            assert self.world.numbered("assignment", duty["id"])["state"] == state

    @rule(who=ANY, hour=st.integers(8, 16), length=st.integers(1, 3))
    def go_on_leave(self, who: int, hour: int, length: int) -> None:
        """Duties stay until somebody releases them; who is away is asked no more."""
        number = self._resource(who)
        span = Span(seoul(14, hour), seoul(14, hour) + timedelta(hours=length))
        away = [leave for leave in self.world["resource_leave"] if leave["resource_id"] == number]
        overlaps = any(a["starts_at"] < span.ends_at and span.starts_at < a["ends_at"] for a in away)
        self.ready()
        expected = {"leave_overlaps"} if overlaps else NOTHING
        self.try_act(expected, lambda: add_leave(number, span, by=OFFICER, at=self.now))

    @precondition(lambda self: self.has("resource_leave"))
    @rule(which=ANY)
    def come_back(self, which: int) -> None:
        leave = self.choose("resource_leave", which)
        self.ready()
        number, of = leave["id"], leave["resource_id"]
        self.try_act(NOTHING, lambda: remove_leave(of, number, by=OFFICER, at=self.now) or True)

    def _resource(self, which: int) -> int:
        numbers = sorted(self.city.resources)
        return numbers[which % len(numbers)]

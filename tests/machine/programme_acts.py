"""Random programmes: delegations divided, engagements planned, changed and called off, ways made longer."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from scheduler.actions.engagements import cancel_engagement, change_engagement, plan_engagement
from scheduler.actions.parts import divide
from scheduler.actions.travel_files import TravelRow
from scheduler.actions.travel_times import set_travel_time
from scheduler.core.engagements import EngagementRequest
from scheduler.core.stops import EngagementKind
from tests.cast import OFFICER, seoul
from tests.machine.people_acts import PeopleActs
from tests.machine.reasons import engagement_reasons
from tests.machine.staffed_city import PLACES
from tests.machine.steps import NOTHING, YES
from tests.machine.truth import ACTIVE
from tests.machine.visiting import ANY, HEADCOUNT, WHO
from tests.machine.world import Row, World

SHARES = st.lists(st.sampled_from((4, 3, 6, 2, 5, 8)), max_size=3)
HALF_HOURS, LENGTH = st.integers(16, 36), st.sampled_from((60, 30, 90, 15))
PLACE = st.sampled_from([None, *PLACES])
MINUTES = st.sampled_from((30, 5, 15, 45, 60, 90))


class ProgrammeActs(PeopleActs):
    """What fills the day beside the visits, and who goes which way."""

    @initialize(who=WHO, other=WHO)
    def begin_divided(self, who: str, other: str) -> None:
        """Two ways of dividing one delegation: the same people, in other company."""
        for each, division, shares in ((who, "A", [4, 2]), (who, "B", [3, 3]), (other, "A", [2, 4])):
            self.divide(each, division, shares)

    @initialize(many=st.lists(st.tuples(WHO, st.integers(20, 30), PLACE), min_size=2, max_size=3))
    def begin_engaged(self, many: list[tuple[str, int, str | None]]) -> None:
        for who, start, place in many:
            self.plan(who, 0, start=start, length=60, place=place, goes_to=None, headcount=5)

    @rule(who=WHO, division=st.sampled_from(("A", "A", "B")), shares=SHARES)
    def divide(self, who: str, division: str, shares: list[int]) -> None:
        """Made exactly so: who is not named goes, if nothing was planned for them."""
        number = self.city.number(self.city.guests, who)
        ready = self.ready([], [number])
        asked = [(str(n), people) for n, people in enumerate(shares)]
        parts = self.try_act(
            _against_division(ready, number, division, dict(asked)),
            lambda: divide(number, division, asked, by=OFFICER, at=self.now),
        )
        if parts is not None:
            key = number, division
            now = [p for p in self.world["part"] if (p["delegation_id"], p["division"]) == key]
            assert sorted((part["name"], part["headcount"]) for part in now) == sorted(asked)

    @rule(who=WHO, part=ANY, start=HALF_HOURS, length=LENGTH, place=PLACE, goes_to=PLACE, headcount=HEADCOUNT)
    def plan(self, who: str, part: int, **where: Any) -> None:
        wanted = self.wanted(who, ("ROOMS", None), where["headcount"], part)
        stop = _stop(wanted["who"], wanted["part_id"], None, where)
        ready = self.ready([], [wanted["who"]])
        request = _request(stop, where)
        done = self.try_act(
            engagement_reasons(ready, stop), lambda: plan_engagement(request, by=OFFICER, at=self.now)
        )
        if done is not None:
            self._check_planned(done.id, stop)

    @precondition(lambda self: self.has("engagement"))
    @rule(which=ANY, start=HALF_HOURS, length=LENGTH, place=PLACE, goes_to=PLACE, headcount=HEADCOUNT)
    def change(self, which: int, **where: Any) -> None:
        row = self.choose("engagement", which)
        stop = _stop(row["delegation_id"], row["part_id"], row["id"], where)
        ready = self.ready([], [row["delegation_id"]])
        expected = {"state_forbids"}
        if row["state"] == "planned":
            expected = NOTHING if self._is_same(row, stop) else engagement_reasons(ready, stop)
        request = _request(stop, where)
        done = self.try_act(expected, lambda: change_engagement(row["id"], request, by=OFFICER, at=self.now))
        if done is not None:
            self._check_planned(row["id"], stop)

    @precondition(lambda self: self.has("engagement"))
    @rule(which=ANY)
    def call_off(self, which: int) -> None:
        row = self.choose("engagement", which)
        self.ready([], [row["delegation_id"]])
        self.try_act(NOTHING, lambda: cancel_engagement(row["id"], by=OFFICER, at=self.now))
        assert self.world.numbered("engagement", row["id"])["state"] == "cancelled"

    @rule(origin=st.sampled_from(PLACES), destination=st.sampled_from(PLACES), minutes=MINUTES)
    def learn_way(self, origin: str, destination: str, minutes: int) -> None:
        """A way takes longer, or less; what is booked stays booked."""
        if origin == destination:
            return
        self.ready()
        row = TravelRow(1, origin, destination, "", str(minutes))
        self.try_act(NOTHING, lambda: set_travel_time(row, by=OFFICER, at=self.now))
        assert self.world.minutes(origin, destination, seoul(14, 3)) == minutes

    def _is_same(self, row: Row, stop: Row) -> bool:
        """Where time, place and people stay, the rules are not asked."""
        places = self.city.places
        place, destination = places.get(row["place_id"]), places.get(row["destination_id"])
        told = (place, destination or place, row["starts_at"], row["ends_at"], row["headcount"])
        return told == tuple(stop[c] for c in ("place", "leaves_from", "starts_at", "ends_at", "headcount"))

    def _check_planned(self, number: int, stop: Row) -> None:
        row = self.world.numbered("engagement", number)
        assert row["state"] == "planned"
        assert self._is_same(row, stop)
        assert (row["delegation_id"], row["part_id"]) == (stop["who"], stop["part"])


def _stop(who: int, part: int | None, number: int | None, where: dict[str, Any]) -> Row:
    starts_at = seoul(14) + timedelta(minutes=30 * where["start"])
    is_transfer = where["goes_to"] not in (None, where["place"])
    return {
        "who": who,
        "part": part,
        "of": number,
        "place": where["place"],
        "leaves_from": where["goes_to"] if is_transfer else where["place"],
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=where["length"]),
        "headcount": where["headcount"],
    }


def _request(stop: Row, where: dict[str, Any]) -> EngagementRequest:
    is_transfer = where["goes_to"] not in (None, where["place"])
    return EngagementRequest(
        delegation_id=stop["who"],
        part_id=stop["part"],
        kind=EngagementKind.TRANSFER if is_transfer else EngagementKind.MEAL,
        place=stop["place"],
        destination=where["goes_to"] if is_transfer else None,
        starts_at=stop["starts_at"],
        ends_at=stop["ends_at"],
        headcount=stop["headcount"],
        **YES,
    )


def _against_division(world: World, who: int, division: str, asked: dict[str, int]) -> set[str]:
    """Whether it adds up, and every part still holds its stops."""
    if sum(asked.values()) > world.city.guests[who]["headcount"]:
        return {"do_not_add_up"}
    there = [p for p in world["part"] if (p["delegation_id"], p["division"]) == (who, division)]
    named = {
        row["part_id"] for table in ("visit", "engagement", "assignment", "waiting") for row in world[table]
    }
    if any(part["name"] not in asked and part["id"] in named for part in there):
        return {"part_has_stops"}
    stops = [v for v in world["visit"] if v["state"] in ACTIVE]
    stops += [e for e in world["engagement"] if e["state"] == "planned"]
    for part in there:
        largest = max((s["headcount"] for s in stops if s["part_id"] == part["id"]), default=0)
        if part["name"] in asked and asked[part["name"]] < largest:
            return {"part_below_its_stops"}
    return NOTHING

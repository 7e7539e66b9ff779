"""Random visits among the rest: booked with people, moved with them, called off, waited for."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from scheduler.actions.lifecycle import Told, act_upon
from scheduler.actions.visits import move_visit, request_visit
from scheduler.core.facts import OwnerAgreement
from scheduler.core.lifecycle import Act
from tests.cast import OFFICER, SEOUL
from tests.machine.escorts import against, visit_errand
from tests.machine.reasons import Wanted, reasons
from tests.machine.staffed_city import GUESTS, SLOTS
from tests.machine.steps import NOTHING, Steps
from tests.machine.truth import AWAITED, LIFE, ON_THE_DAY
from tests.machine.world import OCCUPYING, Row, World

WHO, SLOT, ANY = st.sampled_from(sorted(GUESTS)), st.sampled_from(SLOTS), st.integers(0, 99)
HEADCOUNT = st.sampled_from((4, 6, 8, 3, 5, 2, 7, 10, 12, 1))
ALONG = st.lists(st.integers(0, 6), max_size=2)
ACTS = ("cancel", "postpone", "decline", "confirm", "request", "arrive", "no_show")
# What waiting helps against.
WORTH_WAITING = {"no_places_left", "too_many_people_at_once", "too_many_groups_at_once"}


class Visiting(Steps):
    """What officers do with visits."""

    @initialize(many=st.lists(st.tuples(WHO, SLOT, st.sampled_from((6, 8, 4, 5))), min_size=3, max_size=5))
    def fill(self, many: list[tuple[str, Any, int]]) -> None:
        """Nobody's office is empty."""
        for who, slot, headcount in many:
            self._book(self.wanted(who, slot, headcount))

    @rule(who=WHO, slot=SLOT, headcount=HEADCOUNT, part=ANY, along=ALONG, minutes=st.sampled_from((0, 0, 30)))
    def book(self, who: str, slot: Any, headcount: int, part: int, along: list[int], minutes: int) -> None:
        """Held for some minutes, or asked for at once; named people come along."""
        numbers = sorted(self.city.resources)
        named = tuple(numbers[each] for each in along)
        self._book(self.wanted(who, slot, headcount, part, assign=named), minutes)

    def _book(self, wanted: Wanted, minutes: int = 0) -> None:
        ready = self.ready([self.site_of(wanted)], [wanted["who"]])
        hold_until = self.now + timedelta(minutes=minutes) if minutes else None
        there = is_identical(ready, wanted)
        expected = NOTHING if there else reasons(ready, wanted)
        if not expected and not there and hold_until and hold_until > wanted["starts_at"]:
            expected = {"hold_outside"}
        request = self.request(wanted, hold_until=hold_until)
        booked = self.try_act(expected, lambda: request_visit(request, by=OFFICER, at=self.now))
        if booked is None or there:
            assert booked is None or not booked.is_new
            return
        self.check_is_as_wanted(booked.visit.id, wanted)
        coming = {duty["resource_id"] for duty in self.world.duties_at(booked.visit.id)}
        assert coming == set(wanted.get("assign", ()))

    @precondition(lambda self: self.has("visit"))
    @rule(which=ANY, slot=SLOT, headcount=HEADCOUNT, part=ANY)
    def move(self, which: int, slot: Any, headcount: int, part: int) -> None:
        visit = self.choose_visit(which)
        who = self.city.guests[visit["delegation_id"]]["name"]
        wanted = self.wanted(who, slot, headcount, part, visit=visit["id"])
        wanted["part_id"] = wanted["part_id"] or visit["part_id"]
        ready = self.ready([self.site_of(wanted), visit["site_id"]], [wanted["who"]])
        expected = barred(ready, visit["id"], "move")
        if not expected and not _changes_nothing(ready, wanted):
            expected = reasons(ready, wanted)
        request = self.request(wanted)
        moved = self.try_act(expected, lambda: move_visit(visit["id"], request, by=OFFICER, at=self.now))
        if moved is not None:
            self.check_is_as_wanted(visit["id"], wanted)
            self.check_people_followed(ready, wanted)

    def check_is_as_wanted(self, visit_id: int, wanted: Wanted) -> None:
        visit = self.world.numbered("visit", visit_id)
        session = self.world.numbered("tour_session", visit["tour_session_id"])
        assert visit["state"] in AWAITED
        for of, row in (("tour_id", session), ("starts_at", session), ("part_id", visit)):
            assert row[of] == wanted[of]
        assert (visit["delegation_id"], visit["headcount"]) == (wanted["who"], wanted["headcount"])

    def check_people_followed(self, ready: World, wanted: Wanted) -> None:
        """Who could come along was asked again for the new hour; who could not was let go."""
        visit = self.world.numbered("visit", wanted["visit"])
        for duty in ready.duties_at(visit["id"]):
            now = self.world.numbered("assignment", duty["id"])
            errand = visit_errand(ready, wanted["who"], visit, visit_id=visit["id"])
            if _changes_nothing(ready, wanted):
                assert now["state"] == duty["state"]
            elif against(ready, duty["resource_id"], errand):
                assert now["state"] == "released"
            else:
                has_moved = any(now[c] != duty[c] for c in ("starts_at", "ends_at", "headcount"))
                assert now["state"] == ("asked" if has_moved else duty["state"])

    @precondition(lambda self: self.has("visit"))
    @rule(which=ANY, act=st.sampled_from(ACTS))
    def act(self, which: int, act: str) -> None:
        visit = self.choose_visit(which)
        ready = self.ready([visit["site_id"]], [visit["delegation_id"]])
        expected = barred(ready, visit["id"], act)
        if act == "request" and not expected:
            expected = reasons(ready, wanted_again(ready, visit))
        agreement = OwnerAgreement(by="Owner", on=self.now, channel="phone")
        told = Told(agreement=agreement, acknowledge=("all",), acknowledge_reason="Known")
        done = self.try_act(expected, lambda: act_upon(visit["id"], Act(act), told, by=OFFICER, at=self.now))
        if done is not None and act in ("cancel", "postpone", "decline", "no_show"):
            duties = [d for d in self.world["assignment"] if d["visit_id"] == visit["id"]]
            assert not any(duty["state"] in OCCUPYING for duty in duties)


def barred(world: World, visit_id: int, act: str) -> set[str]:
    """Why its state, or its day, keeps a visit from an act."""
    visit = world.numbered("visit", visit_id)
    if visit["state"] == "expired":
        return {"state_forbids"} if act == "cancel" else {"hold_expired"}
    if act == "confirm" and visit["state"] == "confirmed" and visit["is_clashing"]:
        return set()
    if visit["state"] not in LIFE[act]:
        return {"state_forbids"}
    is_early = world.now.astimezone(SEOUL).date() < visit["starts_at"].astimezone(SEOUL).date()
    return {"not_before_the_day"} if act in ON_THE_DAY and is_early else set()


def wanted_again(world: World, visit: Row) -> Wanted:
    """A visit as it would be asked for once more."""
    session = world.numbered("tour_session", visit["tour_session_id"])
    same = {"who": visit["delegation_id"], "part_id": visit["part_id"], "headcount": visit["headcount"]}
    return same | {"tour_id": session["tour_id"], "starts_at": visit["starts_at"], "visit": visit["id"]}


def is_identical(world: World, wanted: Wanted) -> bool:
    return any(
        visit["state"] in AWAITED
        and (visit["delegation_id"], visit["part_id"]) == (wanted["who"], wanted["part_id"])
        and (visit["headcount"], visit["starts_at"]) == (wanted["headcount"], wanted["starts_at"])
        and world.numbered("tour_session", visit["tour_session_id"])["tour_id"] == wanted["tour_id"]
        for visit in world["visit"]
    )


def _changes_nothing(world: World, wanted: Wanted) -> bool:
    visit = world.numbered("visit", wanted["visit"])
    is_settled = visit["state"] in AWAITED and not visit["is_clashing"]
    return is_settled and {**wanted_again(world, visit), "assign": ()} == {"assign": (), **wanted}

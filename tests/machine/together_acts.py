"""Random acts of several stops: batches of bookings and moves, parties split, days shifted. All or none."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from scheduler.actions.batches import book_together
from scheduler.actions.bookings import VisitRefused
from scheduler.actions.shift_proposals import Shift, propose_shift
from scheduler.actions.shifts import EngagementMove, ShiftAsked, shift
from scheduler.actions.splits import propose_split, split
from tests.cast import OFFICER, SEOUL, seoul
from tests.machine.programme_acts import ProgrammeActs
from tests.machine.reasons import Wanted
from tests.machine.steps import NOTHING, ON_THE_WAY, YES
from tests.machine.together import reasons_together
from tests.machine.visiting import SLOT, WHO, is_identical
from tests.machine.world import World

FEW = st.sampled_from((3, 2, 4, 5, 6))
PARTY = st.sampled_from(([], [], [], [0], [4], [2, 5]))
WISHES = st.lists(
    st.tuples(WHO, SLOT, FEW, st.sampled_from((0, 0, 1, 2, 3)), PARTY, st.booleans()),
    min_size=2,
    max_size=3,
    unique_by=lambda wish: wish[1],
)
LATER = st.sampled_from((60, 15, 30, 90, -30))


class WholeVisits(ProgrammeActs):
    """The whole visit: all that officers, sites, people and the clock do."""

    @rule(who=st.none() | WHO, wishes=WISHES)
    def book_together(self, who: str | None, wishes: list[Any]) -> None:
        """Of one delegation, or of several; some are visits that move."""
        wanted = [self._wish(who or wish[0], *wish[1:]) for wish in wishes]
        moving = [each["visit"] for each in wanted if each.get("visit") is not None]
        if len(set(moving)) < len(moving):
            return
        sites = {self.site_of(each) for each in wanted}
        sites |= {self.world.numbered("visit", number)["site_id"] for number in moving}
        ready = self.ready(sites, {each["who"] for each in wanted})
        is_there = not moving and _are_all_there(ready, wanted)
        expected = NOTHING if is_there else reasons_together(ready, wanted)
        requests = [self.request(each) for each in wanted]
        visits = self.try_act(expected, lambda: book_together(requests, by=OFFICER, at=self.now))
        for visit, each in zip(visits or (), wanted, strict=bool(visits)):
            self.check_is_as_wanted(visit.id, each)
            if each.get("visit") is not None:
                assert visit.id == each["visit"]

    def _wish(self, who: str, slot: Any, headcount: int, part: int, along: list[int], moves: bool) -> Wanted:
        numbers = sorted(self.city.resources)
        wanted = self.wanted(who, slot, headcount, part, assign=tuple(numbers[each] for each in along))
        theirs = [v for v in self.world["visit"] if v["delegation_id"] == wanted["who"]]
        if not moves or not theirs:
            return wanted
        visit = theirs[part % len(theirs)]
        return wanted | {"assign": (), "visit": visit["id"]}

    @rule(who=WHO, slot=SLOT, pieces=st.sampled_from((None, 2, 3)))
    def split(self, who: str, slot: Any, pieces: int | None) -> None:
        """What is proposed for a whole delegation is then done, part by part."""
        wanted = self.wanted(who, slot, 1)
        wanted["headcount"] = self.city.guests[wanted["who"]]["headcount"]
        self.let_clock_run()
        try:
            proposed = propose_split(self.request(wanted), self.now, pieces=pieces)
        except VisitRefused:
            return
        if not proposed.is_whole:
            return
        places = [
            wanted | {"headcount": piece.headcount, "starts_at": piece.running.starts_at}
            for piece in proposed.pieces
            if piece.running is not None
        ]
        self.ready([self.site_of(wanted)], [wanted["who"]])
        asked = [
            (piece.name, self.request(place)) for piece, place in zip(proposed.pieces, places, strict=True)
        ]
        visits = self.try_act(NOTHING, lambda: split(proposed.division, asked, by=OFFICER, at=self.now))
        parts = {part["id"]: part for part in self.world["part"]}
        for visit, piece, place in zip(visits, proposed.pieces, places, strict=True):
            part = parts[visit.part_id]
            assert (part["division"], part["name"]) == (proposed.division, piece.name)
            self.check_is_as_wanted(visit.id, place | {"part_id": visit.part_id})

    @precondition(lambda self: self.has("visit") or self.has("engagement"))
    @rule(who=WHO, hour=st.integers(9, 14), minutes=LATER, lets_go=st.booleans())
    def shift(self, who: str, hour: int, minutes: int, lets_go: bool) -> None:
        """What is proposed for the rest of a day is done, all of it, or refused, all of it."""
        number = self.city.number(self.city.guests, who)
        self.let_clock_run()
        proposed = propose_shift(number, seoul(14, hour), minutes, SEOUL, at=self.now)
        asked = self._asked(proposed, lets_go)
        if not (asked.visits or asked.engagements or asked.postpone):
            return
        sites = {v["site_id"] for v in self.world["visit"] if v["delegation_id"] == number}
        self.ready(sites, [number])
        _, told = self.outcome(lambda: shift(number, asked, by=OFFICER, at=self.now))
        against = {c.visit.id for c in proposed.visits if c.verdict and c.verdict.is_refused}
        engaged = [c for c in proposed.engagements if c.verdict.is_refused]
        if not set(asked.postpone) & against and (against or engaged):
            assert told
        elif not against and not engaged:
            # One stop goes after the other: where a detour is quicker, or a stop is nowhere, one may be too
            # far from the next meanwhile.
            assert told <= ON_THE_WAY
        if not told:
            self._check_shifted(proposed, asked)

    def _check_shifted(self, proposed: Shift, asked: ShiftAsked) -> None:
        """Every stop is where it was said to go."""
        for visit in proposed.visits:
            now = self.world.numbered("visit", visit.visit.id)
            if now["id"] in asked.postpone:
                assert now["state"] == "postponed"
            else:
                assert now["starts_at"] == visit.starts_at
        for engagement in proposed.engagements:
            row = self.world.numbered("engagement", engagement.engagement.id)
            assert row["state"] == "planned"
            assert (row["starts_at"], row["ends_at"]) == (engagement.starts_at, engagement.ends_at)

    def _asked(self, proposed: Shift, lets_go: bool) -> ShiftAsked:
        """Everything moves that can; what cannot is put off, or asked for all the same."""
        moves, off = [], []
        for each in proposed.visits:
            if each.starts_at is None or (lets_go and each.verdict and each.verdict.is_refused):
                off.append(each.visit.id)
                continue
            wanted = {"who": each.visit.delegation_id, "tour_id": each.visit.tour_session.tour_id}
            wanted |= {"headcount": each.visit.headcount, "part_id": each.visit.part_id}
            moves.append(self.request(wanted | {"starts_at": each.starts_at, "visit": each.visit.id}))
        engagements = tuple(
            EngagementMove(engagement_id=each.engagement.id, starts_at=each.starts_at)
            for each in proposed.engagements
        )
        told = {"acknowledge": YES["acknowledge"], "reason": "Late"}
        return ShiftAsked(visits=tuple(moves), engagements=engagements, postpone=tuple(off), **told)


def _are_all_there(world: World, wishes: list[Wanted]) -> bool:
    keys = {(w["who"], w["part_id"], w["headcount"], w["tour_id"], w["starts_at"]) for w in wishes}
    return len(keys) == len(wishes) and all(is_identical(world, wanted) for wanted in wishes)

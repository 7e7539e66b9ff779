"""Random people at the office: every act is weighed by the office and by the model, and both must agree."""

import itertools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from scheduler.actions.holds import expire_overdue_holds
from scheduler.actions.lifecycle import Told, act_upon
from scheduler.actions.other_bookings import book_other, remove_other
from scheduler.actions.sites import change_site, close_site, reopen_site
from scheduler.actions.tours import change_session_places, change_tour
from scheduler.actions.visits import VisitRefused, move_visit, request_visit
from scheduler.core.facts import OwnerAgreement, VisitRequest
from scheduler.core.lifecycle import Act
from scheduler.core.spans import Span
from scheduler.core.verdicts import Verdict
from scheduler.records.database import db
from scheduler.records.tours import TourSession
from scheduler.records.visits import Visit
from tests.cast import OFFICER, seoul
from tests.machine.city import GUESTS, SITES, SLOTS, TOURS, build, hours
from tests.machine.truth import Slot, Wanted

WHO, SITE, TOUR = (st.sampled_from(sorted(names)) for names in (GUESTS, SITES, TOURS))
SLOT, ANY = st.sampled_from(SLOTS), st.integers(0, 99)
HEADCOUNT = st.sampled_from((5, 4, 3, 2, 6, 7, 8, 10, 11, 12, 1))
LIMIT = st.sampled_from((None, 30, 20, 16, 12, 8, 5, 3, 2, 1))
PLACES = st.sampled_from((15, 12, 10, 8, 6, 4, 1))
AGREEING = ("confirm", "request", "arrive", "close")
CALLING_OFF = ("cancel", "postpone", "decline", "no_show")
NO_REFUSAL: set[str] = set()


def is_calm(office: Any) -> bool:
    """Sites change now and then; in between people book."""
    return bool(office.calm >= 2)


class Office(RuleBasedStateMachine):
    """One example: a fresh small city and what happens in it."""

    def __init__(self) -> None:
        super().__init__()
        self.city = build()
        self.truth = self.city.truth
        self.calm = 0

    def teardown(self) -> None:
        """Leave no hold behind that the next example's clock would find."""
        while expire_overdue_holds(at=self.truth.now + timedelta(days=1)):
            pass

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
        refusals = self.truth.barred(visit, "move") or self.truth.refusals(wanted)
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
            agreement=OwnerAgreement(by="Owner", on=self.truth.now, channel="phone"), acknowledge=("all",)
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

    @precondition(lambda self: self.truth.holds())
    @rule()
    def expire(self) -> None:
        expire_overdue_holds(at=self.truth.now)
        self.truth.expire_all()

    # What changes at a site ---------------------------------------------------------------------------------

    @precondition(is_calm)
    @rule(site=SITE, hour=st.integers(9, 16), length=st.integers(1, 3))
    def close(self, site: str, hour: int, length: int) -> None:
        span = Span(seoul(14, hour), seoul(14, hour + length))
        before = self.truth.reasons(site)
        changed = close_site(self.city.site_ids[site], span, "Water", by=OFFICER, at=self.truth.now)
        self.truth.sites[site]["closures"][changed.subject.id] = (span.starts_at, span.ends_at)
        self._agree_on_concerned(changed, before, site)

    @precondition(lambda self: any(site["closures"] for site in self.truth.sites.values()))
    @rule(which=ANY)
    def reopen(self, which: int) -> None:
        closures = [(name, n) for name, site in self.truth.sites.items() for n in site["closures"]]
        site, number = closures[which % len(closures)]
        before = self.truth.reasons(site)
        changed = reopen_site(self.city.site_ids[site], number, by=OFFICER, at=self.truth.now)
        del self.truth.sites[site]["closures"][number]
        self._agree_on_concerned(changed, before, site)

    @precondition(is_calm)
    @rule(kind=st.sampled_from(("site", "tour")), which=ANY, people=LIMIT, groups=LIMIT)
    def change_limits(self, kind: str, which: int, people: int | None, groups: int | None) -> None:
        name = sorted(TOURS if kind == "tour" else SITES)[which % len(TOURS if kind == "tour" else SITES)]
        limits = {"people_at_once": people, "groups_at_once": groups}
        if kind == "site":
            before = self.truth.reasons(name)
            changed = change_site(self.city.site_ids[name], limits, by=OFFICER, at=self.truth.now)
            self.truth.sites[name].update(people=people, groups=groups)
            return self._agree_on_concerned(changed, before, name)
        before = self.truth.reasons(TOURS[name]["site"])
        changed = change_tour(self.city.tour_ids[name], limits, by=OFFICER, at=self.truth.now)
        self.truth.tours[name].update(people=people, groups=groups)
        return self._agree_on_concerned(changed, before, TOURS[name]["site"])

    @precondition(is_calm)
    @rule(site=SITE)
    def change_hours(self, site: str) -> None:
        """The day gets shorter, or longer again."""
        closes = 12 if self.truth.sites[site]["hours"] == (10, 17) else 17
        before = self.truth.reasons(site)
        changed = change_site(
            self.city.site_ids[site], {"hours": hours(closes)}, by=OFFICER, at=self.truth.now
        )
        self.truth.sites[site]["hours"] = (10, closes)
        self._agree_on_concerned(changed, before, site)

    @precondition(is_calm)
    @rule(which=ANY, places=PLACES, of_all=st.booleans())
    def change_places(self, which: int, places: int, of_all: bool) -> None:
        """Of one session, or of its whole tour."""
        slot = sorted(self.city.session_ids)[which % len(self.city.session_ids)]
        site = TOURS[slot[0]]["site"]
        before = self.truth.reasons(site)
        if of_all:
            tour_id = self.city.tour_ids[slot[0]]
            changed = change_tour(tour_id, {"places": places}, by=OFFICER, at=self.truth.now)
            self.truth.tours[slot[0]]["places"] = places
        else:
            number = self.city.session_ids[slot]
            changed = change_session_places(number, places, by=OFFICER, at=self.truth.now)
        for other, session in self.truth.sessions.items():
            if other == slot or (of_all and other[0] == slot[0]):
                session["places"] = places
        self._agree_on_concerned(changed, before, site)

    # What must hold after every step ------------------------------------------------------------------------

    @invariant()
    def archive_and_model_agree(self) -> None:
        db.session.rollback()
        v, t = Visit, TourSession
        here = set(self.city.site_ids.values())
        rows = select(v.id, v.state, v.headcount, v.tour_session_id, v.is_clashing, v.clash)
        kept = {row.id: row for row in db.session.execute(rows.where(v.site_id.in_(here)))}
        assert kept.keys() == {visit["id"] for visit in self.truth.visits()}
        late = [self._agree_on_visit(visit, kept[visit["id"]]) for visit in self.truth.visits()]
        counted = select(t.id, t.places, t.places_taken, t.groups_taken).where(t.site_id.in_(here))
        taken = {row.id: tuple(row)[1:] for row in db.session.execute(counted)}
        assert taken.keys() == set(self.city.session_ids.values())
        for slot, number in self.city.session_ids.items():
            still_held = [visit["headcount"] for visit in late if visit and visit["slot"] == slot]
            people, groups = self.truth.taken(slot)
            expected = people + sum(still_held), groups + len(still_held)
            assert taken[number] == (self.truth.sessions[slot]["places"], *expected)

    @invariant()
    def nobody_is_in_two_places(self) -> None:
        present = [visit for visit in self.truth.visits() if self.truth.is_present(visit)]
        spans = sorted(
            (visit["who"], session["starts_at"], session["ends_at"])
            for visit in present
            for session in [self.truth.sessions[visit["slot"]]]
        )
        for (who, _, ends_at), (next_who, starts_at, _) in itertools.pairwise(spans):
            assert who != next_who or ends_at <= starts_at

    def _agree_on_visit(self, visit: dict[str, Any], kept: Any) -> dict[str, Any] | None:
        """A hold that ran out is still held in the archive until somebody looks; then it is given back."""
        if self.truth.has_run_out(visit):
            assert kept.state in ("held", "expired")
            if kept.state == "held":
                return visit
            self.truth.expire(visit)
        where = self.city.session_ids[visit["slot"]]
        assert (kept.state, kept.headcount, kept.tour_session_id, kept.is_clashing) == (
            visit["state"],
            visit["headcount"],
            where,
            bool(visit["clash"]),
        )
        codes = {reason["code"] for reason in kept.clash or ()}
        assert codes == {code for code, *_facts in visit["clash"] or ()}
        return None

    def _ask(self, wanted: Wanted | None, refusals: set[str], act: Callable[[], Any]) -> Any:
        """Do an act that the model expects to be refused for these reasons; for none of them, accepted."""
        self.calm += 1
        done, verdict = None, Verdict()
        try:
            done = act()
        except VisitRefused as refused:
            verdict = refused.verdict
        assert {refusal.code.value for refusal in verdict.refusals} == refusals
        if wanted is not None:
            self._agree_on_alternatives(wanted, verdict)
        return done

    def _agree_on_alternatives(self, wanted: Wanted, verdict: Verdict) -> None:
        """What is offered instead would be accepted, and has as many places as is said."""
        names = {code: name for name, code in self.city.tour_codes.items()}
        for offered in verdict.alternatives:
            slot = names[offered.tour_code], offered.starts_at
            assert self.truth.refusals({**wanted, "slot": slot}) == NO_REFUSAL
            people, _ = self.truth.taken(slot, wanted.get("visit"))
            assert offered.places_left == self.truth.session(slot)["places"] - people

    def _agree_on_concerned(self, changed: Any, before: dict[int, set[tuple[Any, ...]]], site: str) -> None:
        """The same visits are given back as concerned."""
        self.calm = 0
        assert {visit.id for visit in changed.concerned} == self.truth.flag_since(before, site)

    def _request(self, wanted: Wanted, *, by_id: bool, **more: Any) -> VisitRequest:
        name, starts_at = wanted["slot"]
        number = self.city.session_ids.get(wanted["slot"]) if by_id else None
        named = {"tour_session_id": number} if number else {"tour_code": self.city.tour_codes[name]}
        return VisitRequest(
            delegation_id=self.city.guest_ids.get(wanted["who"]),
            headcount=wanted["headcount"],
            starts_at=None if number else starts_at,
            acknowledge=("all",),
            **named,
            **more,
        )

    def _visit(self, which: int) -> dict[str, Any]:
        visits = self.truth.visits()
        return visits[which % len(visits)]

"""Where archive and model are held against one another: after each act, and after each step."""

import itertools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine, invariant
from sqlalchemy import select

from scheduler.actions.bookings import VisitRefused
from scheduler.actions.holds import expire_overdue_holds
from scheduler.core.facts import VisitRequest
from scheduler.core.verdicts import Verdict
from scheduler.records.database import db
from scheduler.records.tours import TourSession
from scheduler.records.visits import Visit
from tests.machine.city import build
from tests.machine.truth import Wanted

NO_REFUSAL: set[str] = set()


class Agreement(RuleBasedStateMachine):
    """One example: a fresh small city, and what must hold in it whatever happens."""

    def __init__(self) -> None:
        super().__init__()
        self.city = build()
        self.truth = self.city.truth
        self.calm = 0

    def teardown(self) -> None:
        """Leave no hold behind that the next example's clock would find."""
        while expire_overdue_holds(at=self.truth.now + timedelta(days=1)):
            pass

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
            acknowledge_reason="Known",
            **named,
            **more,
        )

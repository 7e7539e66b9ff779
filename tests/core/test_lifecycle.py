"""Every act in every state: one table, read aloud."""

from datetime import timedelta
from itertools import product

import pytest

from scheduler.core.lifecycle import (
    AWAITED,
    CALLED_OFF,
    OCCUPYING,
    Act,
    VisitFacts,
    VisitState,
    acts_open,
    first_state,
    refusals_of,
    state_after,
)
from scheduler.core.verdicts import RefusalCode
from tests.cast import seoul

NOON = seoul(1, 12)

# act: {state before: state after}, where the tour needs its owner's agreement. All else is refused.
ALLOWED = {
    "request": {"held": "requested"},
    "confirm": {"requested": "confirmed"},
    "decline": {"held": "declined", "requested": "declined", "confirmed": "declined"},
    "move": {
        "held": "held",
        "requested": "requested",
        "confirmed": "requested",
        "postponed": "requested",
        "declined": "requested",
    },
    "cancel": {
        "held": "cancelled",
        "requested": "cancelled",
        "confirmed": "cancelled",
        "postponed": "cancelled",
    },
    "postpone": {"held": "postponed", "requested": "postponed", "confirmed": "postponed"},
    "arrive": {"confirmed": "carried_out", "carried_out": "carried_out"},
    "undo_arrival": {"carried_out": "confirmed"},
    "no_show": {"confirmed": "no_show", "requested": "no_show"},
    "close": {"carried_out": "closed"},
    "expire": {"held": "expired"},
}


@pytest.mark.parametrize(("act", "state"), list(product(Act, VisitState)), ids=lambda word: word.value)
def test_an_act_leads_where_the_table_says_and_nowhere_else(act, state):
    visit = VisitFacts(state=state, hold_until=seoul(2))
    refusals = refusals_of(act, visit, NOON)
    if state in ALLOWED[act]:
        assert (refusals, state_after(act, visit)) == ((), VisitState(ALLOWED[act][state]))
    elif state is VisitState.EXPIRED and act not in (Act.EXPIRE, Act.CANCEL):
        assert [refusal.code for refusal in refusals] == [RefusalCode.HOLD_EXPIRED]
    else:
        (refusal,) = refusals
        assert (refusal.code, refusal.facts) == (
            RefusalCode.STATE_FORBIDS,
            {"act": act.value, "state": state.value, "allowed_from": sorted(ALLOWED[act])},
        )


@pytest.mark.parametrize(
    ("act", "state"),
    [
        (Act.ARRIVE, "confirmed"),
        (Act.ARRIVE, "carried_out"),
        (Act.NO_SHOW, "requested"),
        (Act.NO_SHOW, "confirmed"),
    ],
)
def test_who_comes_is_counted_and_missed_from_the_first_instant_of_the_day(act, state):
    visit = VisitFacts(state=VisitState(state), day_begins_at=NOON)
    (refusal,) = refusals_of(act, visit, NOON - timedelta(seconds=1))
    assert (refusal.code, refusal.facts) == (RefusalCode.NOT_BEFORE_THE_DAY, {"from": NOON})
    assert refusals_of(act, visit, NOON) == refusals_of(act, visit, seoul(31)) == ()


def test_before_the_day_only_arrivals_and_no_shows_wait_for_it():
    confirmed = VisitFacts(state=VisitState.CONFIRMED, day_begins_at=seoul(2))
    assert acts_open(confirmed, NOON) == {Act.DECLINE, Act.MOVE, Act.CANCEL, Act.POSTPONE}
    arrived_too_early = VisitFacts(state=VisitState.CARRIED_OUT, day_begins_at=seoul(2))
    assert acts_open(arrived_too_early, NOON) == {Act.UNDO_ARRIVAL, Act.CLOSE}


def test_what_the_state_forbids_is_told_before_the_day():
    called_off = VisitFacts(state=VisitState.CANCELLED, day_begins_at=seoul(2))
    assert [r.code for r in refusals_of(Act.ARRIVE, called_off, NOON)] == [RefusalCode.STATE_FORBIDS]


@pytest.mark.parametrize(
    ("hold_until", "refused"),
    [(seoul(1, 12, 1), []), (NOON, ["hold_expired"]), (seoul(1, 11), ["hold_expired"])],
)
@pytest.mark.parametrize("act", [Act.REQUEST, Act.MOVE, Act.DECLINE, Act.POSTPONE])
def test_a_hold_that_ran_out_allows_no_more_at_the_very_instant(act, hold_until, refused):
    visit = VisitFacts(state=VisitState.HELD, hold_until=hold_until)
    assert [refusal.code for refusal in refusals_of(act, visit, NOON)] == refused


@pytest.mark.parametrize("act", [Act.EXPIRE, Act.CANCEL])
def test_a_hold_that_ran_out_can_still_be_expired_or_cancelled(act):
    assert refusals_of(act, VisitFacts(state=VisitState.HELD, hold_until=seoul(1, 11)), NOON) == ()


@pytest.mark.parametrize("before", ["held", "confirmed", "postponed", "declined", "requested"])
def test_where_no_agreement_is_needed_requested_is_read_as_confirmed(before):
    act = Act.REQUEST if before == "held" else Act.MOVE
    visit = VisitFacts(state=VisitState(before), hold_until=seoul(2), needs_agreement=False)
    assert state_after(act, visit) is VisitState.CONFIRMED


def test_a_held_visit_that_moves_stays_held_even_without_agreement():
    visit = VisitFacts(state=VisitState.HELD, hold_until=seoul(2), needs_agreement=False)
    assert state_after(Act.MOVE, visit) is VisitState.HELD


@pytest.mark.parametrize(
    ("is_hold", "needs_agreement", "state"),
    [(True, True, "held"), (True, False, "held"), (False, True, "requested"), (False, False, "confirmed")],
)
def test_a_booking_starts_held_requested_or_confirmed(is_hold, needs_agreement, state):
    assert first_state(is_hold=is_hold, needs_agreement=needs_agreement) == state


def test_only_a_clashing_confirmed_visit_may_be_confirmed_again():
    clashing = VisitFacts(state=VisitState.CONFIRMED, is_clashing=True)
    assert refusals_of(Act.CONFIRM, clashing, NOON) == ()
    assert state_after(Act.CONFIRM, clashing) is VisitState.CONFIRMED
    assert refusals_of(Act.CONFIRM, VisitFacts(state=VisitState.CONFIRMED), NOON) != ()


def test_held_requested_and_confirmed_occupy_and_so_do_those_who_came():
    assert {state.value for state in OCCUPYING} == {"held", "requested", "confirmed", "carried_out", "closed"}
    assert {state.value for state in AWAITED} == {"held", "requested", "confirmed"}
    assert {state.value for state in CALLED_OFF} == {"declined", "cancelled", "postponed", "expired"}
    assert [state for state in VisitState if state.occupies] == [s for s in VisitState if s in OCCUPYING]


@pytest.mark.parametrize(
    ("state", "acts"),
    [
        ("held", {"request", "decline", "move", "cancel", "postpone"}),
        ("requested", {"confirm", "decline", "move", "cancel", "postpone", "no_show"}),
        ("confirmed", {"decline", "move", "cancel", "postpone", "arrive", "no_show"}),
        ("carried_out", {"arrive", "undo_arrival", "close"}),
        ("declined", {"move"}),
        ("postponed", {"move", "cancel"}),
        ("closed", set()),
        ("cancelled", set()),
        ("no_show", set()),
        ("expired", set()),
    ],
)
def test_the_acts_open_to_a_person_are_those_of_the_table_and_never_expiry(state, acts):
    visit = VisitFacts(state=VisitState(state), hold_until=seoul(2))
    assert {act.value for act in acts_open(visit, NOON)} == acts

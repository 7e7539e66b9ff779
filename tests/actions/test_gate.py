"""What is said at a gate: each tap counts once, the last word counts, and nobody's word is lost unread."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from scheduler.access import Actor, NotPermitted, Role
from scheduler.actions.answers import KeyUsedOtherwise
from scheduler.actions.bookings import VisitRefused
from scheduler.actions.gate import MovedMeanwhile, SaidOtherwise, Seen, Tap, say_at_gate
from scheduler.actions.invalid import Invalid
from scheduler.actions.lifecycle import Told, act_upon
from scheduler.core.gate import Photographs, Said
from scheduler.core.lifecycle import Act, VisitState
from scheduler.core.verdicts import RefusalCode
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.gate_taps import GateTap
from scheduler.records.journal import Journal
from scheduler.records.visits import Visit
from tests import make
from tests.cast import AT, HEAD, OFFICER, manager_of, seoul

NOW = seoul(14, 10, 5)


@pytest.fixture
def visit(app):
    """Twelve are expected at ten."""
    return make.visit(make.delegation(), make.tour_session(make.tour(make.site()), seoul(14, 10)), 12)


@pytest.fixture
def one(visit):
    """A manager with an account of their own."""
    return manager("one", visit)


@pytest.fixture
def other(visit):
    return manager("other", visit)


def manager(name, visit):
    made = make.account(f"{name}@tests.example", Role.MANAGER, site_ids=(visit.site_id,))
    sites, roles = frozenset({visit.site_id}), frozenset({Role.MANAGER})
    return Actor(account_id=made.id, email=made.email, name=name, roles=roles, site_ids=sites)


def say(visit, said, value=None, *, by, key=None, at=NOW, **told):
    tap = Tap(key=key or f"{said}-{value}-{by.name}", said=said, value=value, **told)
    return say_at_gate(visit.id, tap, by=by, at=at)


def as_it_is(visit):
    return db.session.get_one(Visit, visit.id, populate_existing=True)


def acts(visit):
    rows = select(Journal.act).where(Journal.subject == "visit", Journal.subject_id == visit.id)
    return list(db.session.scalars(rows.order_by(Journal.id)))


def how_many_taps():
    return db.session.scalar(select(func.count()).select_from(GateTap))


def test_one_tap_says_that_all_who_were_announced_are_here(visit, one):
    tapped = say(visit, Said.ARRIVED, by=one, said_at=seoul(14, 9, 58))
    assert (tapped.visit.state, tapped.visit.arrived_count, tapped.is_new) == ("carried_out", 12, True)
    assert tapped.visit.arrived_at == seoul(14, 9, 58)


def test_the_same_tap_again_changes_nothing_even_after_others(visit, one):
    say(visit, Said.ARRIVED, 12, by=one, key="a")
    say(visit, Said.COUNT, 9, by=one, key="b")
    again = say(visit, Said.ARRIVED, 12, by=one, key="a")
    assert (again.is_new, again.visit.arrived_count) == (False, 9)
    assert acts(visit) == ["book", "arrive", "amend_count"]
    assert how_many_taps() == 2


def test_the_same_tap_from_four_requests_at_once_counts_once(app, visit, one):
    together, number = Barrier(4), visit.id
    tap = Tap(key="a", said=Said.ARRIVED, value=11)
    db.session.remove()

    def send(_number):
        with app.app_context():
            together.wait()
            return say_at_gate(number, tap, by=one, at=NOW).is_new

    with ThreadPoolExecutor(4) as hands:
        assert sorted(hands.map(send, range(4))) == [False, False, False, True]
    assert acts(visit) == ["book", "arrive"]
    assert how_many_taps() == 1


def test_a_count_after_the_first_is_an_amendment_that_tells_both(visit, one):
    say(visit, Said.ARRIVED, by=one)
    say(visit, Said.COUNT, 9, by=one, seen=Seen(12))
    line = db.session.scalars(select(Journal).order_by(Journal.id.desc())).first()
    assert (line.act, line.before["arrived_count"], line.after["arrived_count"]) == ("amend_count", 12, 9)


def test_a_colleagues_other_count_is_shown_before_it_is_overwritten(visit, one, other):
    say(visit, Said.ARRIVED, 11, by=one)
    with pytest.raises(SaidOtherwise) as told:
        say(visit, Said.ARRIVED, 12, by=other, key="late", seen=Seen(None))
    assert (told.value.value, told.value.who.name) == (11, "one@tests.example")
    assert as_it_is(visit).arrived_count == 11
    assert say(visit, Said.COUNT, 12, by=other, seen=Seen(11)).visit.arrived_count == 12


def test_the_same_count_by_two_is_no_difference(visit, one, other):
    say(visit, Said.ARRIVED, 12, by=one)
    assert say(visit, Said.ARRIVED, 12, by=other, seen=Seen(None)).visit.arrived_count == 12
    assert acts(visit) == ["book", "arrive"]


def test_ones_own_words_follow_each_other_however_late_they_come(visit, one):
    for count, seen in ((12, None), (11, 12), (10, 12), (9, 10)):
        say(visit, Said.COUNT, count, by=one, key=f"{count}", seen=Seen(seen))
    assert as_it_is(visit).arrived_count == 9


def test_the_wrong_card_is_taken_back_and_can_be_tapped_again(visit, one):
    say(visit, Said.ARRIVED, by=one, key="a")
    undone = say(visit, Said.UNDO, by=one, key="b").visit
    assert (undone.state, undone.arrived_count, undone.arrived_at) == (VisitState.CONFIRMED, None, None)
    assert say(visit, Said.ARRIVED, by=one, key="c").visit.state is VisitState.CARRIED_OUT
    assert say(visit, Said.UNDO, by=one, key="b").is_new is False


def test_what_stood_against_the_visit_stands_again_when_the_arrival_is_taken_back(visit, one):
    as_it_is(visit).tour_session.tour.site.active_to = seoul(13, 0).date()
    visit.is_clashing = True
    db.session.commit()
    assert say(visit, Said.ARRIVED, by=one).visit.is_clashing is False
    assert say(visit, Said.UNDO, by=one).visit.is_clashing is True


def test_photographs_and_notes_are_kept_and_journalled(visit, one, other):
    say(visit, Said.PHOTOGRAPHS, Photographs.NOT_ALLOWED, by=one)
    noted = say(visit, Said.NOTE, " One came by taxi \n", by=one).visit
    assert (noted.photographs, noted.gate_note) == (Photographs.NOT_ALLOWED, "One came by taxi")
    with pytest.raises(SaidOtherwise):
        say(visit, Said.PHOTOGRAPHS, Photographs.ALLOWED, by=other, seen=Seen("unknown"))
    say(visit, Said.PHOTOGRAPHS, Photographs.ALLOWED, by=other, seen=Seen("not_allowed"))
    assert acts(visit) == ["book", "mark_photographs", "note_at_gate", "mark_photographs"]


@pytest.mark.parametrize("said", [Said.ARRIVED, Said.NOTE, Said.PHOTOGRAPHS, Said.UNDO])
def test_of_a_visit_that_was_called_off_nothing_is_taken(visit, one, said):
    act_upon(visit.id, Act.CANCEL, Told(), by=OFFICER, at=NOW)
    with pytest.raises(VisitRefused):
        say(visit, said, Photographs.ALLOWED if said is Said.PHOTOGRAPHS else None, by=one)
    assert how_many_taps() == 0


def test_a_tap_on_a_card_whose_hour_has_changed_is_not_taken(visit, one):
    with pytest.raises(MovedMeanwhile) as told:
        say(visit, Said.ARRIVED, by=one, starts_at=seoul(14, 9))
    assert told.value.starts_at == visit.starts_at


def test_a_key_is_for_one_tap_alone(visit, one, other):
    say(visit, Said.ARRIVED, by=one, key="a")
    for said, by in ((Said.UNDO, one), (Said.ARRIVED, other)):
        with pytest.raises(KeyUsedOtherwise):
            say(visit, said, by=by, key="a")


@pytest.mark.parametrize(
    ("said", "first", "then"),
    [
        (Said.COUNT, 12, 11),
        (Said.ARRIVED, 12, None),
        (Said.ARRIVED, None, 12),
        (Said.NOTE, "One by taxi", "Two by taxi"),
        (Said.PHOTOGRAPHS, Photographs.ALLOWED, Photographs.NOT_ALLOWED),
    ],
)
def test_a_key_is_for_one_word_alone(visit, one, said, first, then):
    say(visit, said, first, by=one, key="a")
    before = acts(visit)
    db.session.expire_all()
    with pytest.raises(KeyUsedOtherwise):
        say(visit, said, then, by=one, key="a")
    assert say(visit, said, first, by=one, key="a").is_new is False
    assert (acts(visit), how_many_taps()) == (before, 1)


@pytest.mark.parametrize("said", [Said.ARRIVED, Said.COUNT])
def test_before_the_day_nobody_can_have_come_and_the_same_tap_counts_on_the_day(visit, one, said):
    with pytest.raises(VisitRefused) as told:
        say(visit, said, 12, by=one, key="a", at=seoul(13, 23, 59))
    (refusal,) = told.value.verdict.refusals
    assert (refusal.code, refusal.facts) == (RefusalCode.NOT_BEFORE_THE_DAY, {"from": seoul(14)})
    assert (acts(visit), how_many_taps()) == (["book"], 0)
    assert say(visit, said, 12, by=one, key="a", at=seoul(14)).is_new


def test_notes_photographs_and_corrections_wait_for_no_day(visit, one):
    say(visit, Said.NOTE, "The lift is out of order", by=one, at=AT)
    say(visit, Said.PHOTOGRAPHS, Photographs.NOT_ALLOWED, by=one, at=AT)
    say(visit, Said.ARRIVED, by=one)
    assert say(visit, Said.COUNT, 11, by=one, at=seoul(20, 9)).visit.arrived_count == 11
    assert say(visit, Said.UNDO, by=one, at=seoul(20, 9)).visit.state is VisitState.CONFIRMED


@pytest.mark.parametrize("count", [0, -1, 5001])
def test_an_absurd_count_is_refused(visit, one, count):
    with pytest.raises(Invalid):
        say(visit, Said.COUNT, count, by=one)


def test_a_note_has_its_limit(visit, one):
    with pytest.raises(Invalid):
        say(visit, Said.NOTE, "a" * 501, by=one)


@pytest.mark.parametrize("wait", [timedelta(hours=-1), timedelta(days=2)])
def test_a_phone_whose_clock_is_wrong_is_not_believed(visit, one, wait):
    assert say(visit, Said.ARRIVED, by=one, said_at=NOW - wait).visit.arrived_at == NOW


def test_who_may_not_receive_says_nothing(visit):
    with pytest.raises(NotPermitted):
        say(visit, Said.ARRIVED, by=HEAD)
    with pytest.raises(NotFound):
        say(visit, Said.ARRIVED, by=manager_of(visit.site_id + 1))

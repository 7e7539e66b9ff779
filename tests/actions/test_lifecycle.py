"""What happens to a visit after it was booked, act by act: state, journal, letter, and who may."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduler.access import NotPermitted
from scheduler.actions.holds import expire_overdue_holds
from scheduler.actions.invalid import Invalid
from scheduler.actions.lifecycle import Told, act_upon
from scheduler.actions.versions import StaleVersion
from scheduler.core.facts import OwnerAgreement
from scheduler.core.lifecycle import CALLED_OFF, Act, VisitState
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.sites import Site
from scheduler.records.tours import TourSession
from tests import make
from tests.actions.seen import AGREED, confirm, everything, how_many, journal, news, refused, state_of
from tests.cast import ADMINISTRATOR, AT, HEAD, OFFICER, manager_of, seoul
from tests.engines import on_sqlite

pytestmark = [on_sqlite, pytest.mark.usefixtures("app")]


@pytest.fixture
def where():
    return make.tour_session(make.tour(make.site(), needs_agreement=True), seoul(14, 10))


@pytest.fixture
def requested(where):
    return make.visit(make.delegation(), where)


@pytest.fixture
def held(where):
    return make.visit(make.delegation("Riyadh"), where, hold_until=seoul(5))


def done(visit, act, *, by=OFFICER, at=AT, seen=None, **told):
    return act_upon(visit.id, act, Told(**told), seen=seen, by=by, at=at)


def places_taken(visit):
    return db.session.get_one(TourSession, visit.tour_session_id, populate_existing=True).places_taken


# Asking for a held visit ------------------------------------------------------------------------------------


def test_a_held_visit_is_asked_for_and_only_then_the_guests_hear_of_it(held):
    visit = done(held, Act.REQUEST, at=seoul(2))
    assert (visit.state, visit.hold_until, visit.asked_at, visit.version) == (
        VisitState.REQUESTED,
        None,
        seoul(2),
        2,
    )
    assert news(visit) == (True, 0)
    (line,) = journal("request")
    assert (line.before["state"], line.after["state"]) == ("held", "requested")


def test_the_rules_are_asked_again_since_notice_runs_from_the_asking():
    where = make.tour_session(make.tour(make.site(notice_days=10)), seoul(14, 10))
    held = make.visit(make.delegation(), where, hold_until=seoul(10))
    assert refused(lambda: done(held, Act.REQUEST, at=seoul(5))) == {"notice_too_short"}
    assert done(held, Act.REQUEST, at=seoul(4, 23, 59)).state is VisitState.CONFIRMED


def test_a_hold_that_ran_out_is_not_asked_for_and_stays_expired(held):
    assert refused(lambda: done(held, Act.REQUEST, at=seoul(5))) == {"hold_expired"}


# The owner's word -------------------------------------------------------------------------------------------


def test_the_sites_manager_agrees_by_confirming(requested):
    visit = done(requested, Act.CONFIRM, by=manager_of(requested.site_id), at=seoul(2))
    assert visit.state is VisitState.CONFIRMED
    assert visit.agreement == {"by": "Manager", "at": seoul(2).isoformat(), "channel": "system"}
    assert news(visit) == (True, 1)
    assert (journal("confirm")[0].actor, visit.sequence) == ("manager@tests.example", 1)


def test_an_officer_records_who_agreed_when_and_by_which_channel(requested):
    visit = done(requested, Act.CONFIRM, agreement=AGREED)
    assert visit.agreement == {
        "by": "Head of the control room",
        "at": AT.isoformat(),
        "channel": "telephone",
    }


def test_without_the_owners_word_an_officer_cannot_confirm(requested):
    with pytest.raises(Invalid, match="agreement_needed"):
        done(requested, Act.CONFIRM)
    assert state_of(requested) is VisitState.REQUESTED


def test_an_agreement_does_not_lie_in_the_future(requested):
    tomorrow = OwnerAgreement(by="Owner", on=AT + timedelta(days=1), channel="letter")
    with pytest.raises(Invalid, match="agreement_in_future"):
        done(requested, Act.CONFIRM, agreement=tomorrow)


def test_silence_never_becomes_a_yes(requested):
    expire_overdue_holds(at=AT + timedelta(days=3650))
    make.visit(make.delegation("Riyadh"), requested.tour_session)
    assert state_of(requested) is VisitState.REQUESTED


def test_a_decline_offers_other_times_in_order_and_frees_the_places(requested):
    offered = (seoul(16, 10), seoul(15, 10))
    by = manager_of(requested.site_id)
    visit = done(requested, Act.DECLINE, by=by, reason="A drill", offered_times=offered)
    assert visit.state is VisitState.DECLINED
    assert visit.offered_times == [seoul(15, 10).isoformat(), seoul(16, 10).isoformat()]
    assert (visit.ended_by, visit.ended_reason) == ("Manager", "A drill")
    assert places_taken(visit) == 0
    assert news(visit) == (True, 1)
    assert journal("decline")[0].reason == "A drill"


def test_times_offered_lie_ahead_and_are_not_too_many(requested):
    with pytest.raises(Invalid, match="in_the_past"):
        done(requested, Act.DECLINE, offered_times=(AT,))
    with pytest.raises(Invalid, match="too_many"):
        done(requested, Act.DECLINE, offered_times=tuple(seoul(15, 10) for _ in range(21)))


# Calling off ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("act", "state"), [(Act.CANCEL, "cancelled"), (Act.POSTPONE, "postponed")])
def test_who_called_a_visit_off_and_why_is_kept_and_the_places_are_free(requested, act, state):
    visit = done(requested, act, reason="The flight was cancelled", on_behalf_of="the guests")
    assert (visit.state, visit.ended_by, visit.ended_reason) == (
        VisitState(state),
        "the guests",
        "The flight was cancelled",
    )
    assert places_taken(visit) == 0
    assert news(visit) == (True, 1)
    assert journal(act.value)[0].reason == "The flight was cancelled; on behalf of the guests"


@pytest.mark.parametrize("act", [Act.CANCEL, Act.POSTPONE, Act.DECLINE])
def test_a_hold_called_off_is_nobodys_business(held, act):
    assert done(held, act).state in CALLED_OFF
    assert places_taken(held) == 0


# The day itself ---------------------------------------------------------------------------------------------


def test_an_arrival_is_counted_and_can_be_corrected_but_keeps_its_hour(requested):
    confirm(requested)
    by = manager_of(requested.site_id)
    first = done(requested, Act.ARRIVE, by=by, at=seoul(14, 10), count=9)
    assert (first.state, first.arrived_count, first.arrived_at) == (VisitState.CARRIED_OUT, 9, seoul(14, 10))
    again = done(requested, Act.ARRIVE, by=by, at=seoul(14, 10, 5), count=10)
    assert (again.arrived_count, again.arrived_at) == (10, seoul(14, 10))
    assert news(requested) == (True, 1)


def test_an_arrival_without_a_count_is_everybody(requested):
    confirm(requested)
    assert done(requested, Act.ARRIVE, at=seoul(14, 10)).arrived_count == 10


@pytest.mark.parametrize("count", [0, -1, 5001])
def test_an_absurd_count_is_refused(requested, count):
    confirm(requested)
    with pytest.raises(Invalid, match="out_of_range"):
        done(requested, Act.ARRIVE, at=seoul(14, 10), count=count)


def test_who_does_not_come_frees_the_places_and_keeps_the_entry(requested):
    confirm(requested)
    visit = done(
        requested, Act.NO_SHOW, by=manager_of(requested.site_id), at=seoul(14, 11), reason="Nobody came"
    )
    assert (visit.state, places_taken(visit), visit.ended_reason) == (VisitState.NO_SHOW, 0, "Nobody came")
    assert news(visit) == (True, 1)


@pytest.mark.parametrize("act", [Act.ARRIVE, Act.NO_SHOW])
@pytest.mark.parametrize("zone", ["Asia/Seoul", "America/New_York"])
def test_nobody_has_come_or_stayed_away_before_the_visits_own_day_at_its_site(requested, act, zone):
    confirm(requested)
    db.session.get_one(Site, requested.site_id).zone = zone
    db.session.commit()
    own_day = requested.starts_at.astimezone(ZoneInfo(zone)).date()
    midnight, before = datetime.combine(own_day, time(), ZoneInfo(zone)), everything()
    too_early = midnight - timedelta(seconds=1)
    assert refused(lambda: done(requested, act, at=too_early)) == {"not_before_the_day"}
    assert everything() == before
    assert done(requested, act, at=midnight).state in (VisitState.CARRIED_OUT, VisitState.NO_SHOW)


def test_what_was_carried_out_is_closed_by_the_office_and_still_counts(requested):
    confirm(requested)
    done(requested, Act.ARRIVE, at=seoul(14, 10))
    assert done(requested, Act.CLOSE, at=seoul(15, 10)).state is VisitState.CLOSED
    assert places_taken(requested) == 10


# Who may, what may not, what stays --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("act", "by"),
    [
        (Act.CONFIRM, HEAD),
        (Act.CONFIRM, ADMINISTRATOR),
        (Act.DECLINE, HEAD),
        (Act.CANCEL, ADMINISTRATOR),
        (Act.ARRIVE, HEAD),
        (Act.NO_SHOW, ADMINISTRATOR),
    ],
)
def test_who_may_not_is_told_so_and_nothing_is_written(requested, act, by):
    before = everything()
    with pytest.raises(NotPermitted):
        done(requested, act, by=by, agreement=AGREED)
    assert everything() == before


@pytest.mark.parametrize("act", [Act.CANCEL, Act.POSTPONE, Act.CLOSE])
def test_a_manager_calls_nothing_off(requested, act):
    with pytest.raises(NotPermitted):
        done(requested, act, by=manager_of(requested.site_id))


@pytest.mark.parametrize("act", [act for act in Act if act not in (Act.MOVE, Act.EXPIRE)])
def test_to_another_sites_manager_a_visit_is_not_there(requested, act):
    with pytest.raises(NotFound):
        done(requested, act, by=manager_of(requested.site_id + 1))


@pytest.mark.parametrize("act", [Act.REQUEST, Act.ARRIVE, Act.CLOSE])
def test_what_the_state_does_not_allow_is_refused_and_nothing_is_written(requested, act):
    before = everything()
    assert refused(lambda: done(requested, act)) == {"state_forbids"}
    assert everything() == before


def test_who_read_an_older_version_is_told_so(requested):
    confirm(requested)
    with pytest.raises(StaleVersion) as caught:
        done(requested, Act.CANCEL, seen=1)
    assert caught.value.current == 2
    assert done(requested, Act.CANCEL, seen=2).version == 3


def test_what_is_not_there_is_not_found(where):
    with pytest.raises(NotFound):
        act_upon(999, Act.CANCEL, by=OFFICER, at=AT)


def test_an_act_within_a_second_of_another_still_gets_a_later_stamp(requested):
    confirm(requested)
    visit = done(requested, Act.CANCEL)
    assert (visit.sequence, visit.stamped_at) == (2, AT + timedelta(seconds=2))
    assert how_many(type(visit)) == 1

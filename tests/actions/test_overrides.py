"""What the head of division may pass, on which ground, and what nobody ever may."""

from dataclasses import replace

import pytest

from scheduler.access import NotPermitted
from scheduler.actions.invalid import Invalid
from scheduler.actions.visits import request_visit
from scheduler.core.facts import VisitRequest
from scheduler.records.visits import Visit
from tests import make
from tests.actions.seen import AGREED, how_many, journal, refused
from tests.cast import AT, HEAD, OFFICER, seoul
from tests.engines import on_sqlite

pytestmark = [on_sqlite, pytest.mark.usefixtures("app")]


def booked(request, *, by=OFFICER):
    return request_visit(request, by=by, at=AT)


def asking(who, where, headcount=10, **told):
    return VisitRequest(delegation_id=who.id, tour_session_id=where.id, headcount=headcount, **told)


@pytest.fixture
def where():
    return make.tour_session(make.tour(make.site(), needs_agreement=True), seoul(14, 10))


def too_late(where, **told):
    return asking(make.delegation(), where, overrides=frozenset({"notice_too_short"}), **told)


@pytest.fixture
def slow():
    """A session at a site that wants thirty days of notice."""
    return make.tour_session(make.tour(make.site(notice_days=30)), seoul(14, 10))


def test_an_override_is_the_head_of_divisions(slow):
    with pytest.raises(NotPermitted):
        booked(too_late(slow, override_reason="The mayor asks"), by=OFFICER)


@pytest.mark.parametrize("reason", ["", "   "])
def test_an_override_needs_a_reason(slow, reason):
    request = too_late(slow, override_reason=reason)
    with pytest.raises(Invalid, match="override_reason"):
        booked(request, by=HEAD)
    assert how_many(Visit) == 0


def test_an_override_is_kept_with_its_reason(slow):
    visit = booked(too_late(slow, override_reason="The mayor asks"), by=HEAD).visit
    assert (visit.overridden, visit.override_reason) == (["notice_too_short"], "The mayor asks")
    (line,) = journal("book")
    assert (line.actor, line.reason, line.after["overridden"]) == (
        HEAD.email,
        "The mayor asks",
        ["notice_too_short"],
    )


def test_a_closed_site_is_passed_only_with_the_owners_recorded_agreement():
    where = make.tour_session(make.tour(make.site(closed_weekdays={"0"})), seoul(14, 10))
    request = asking(
        make.delegation(), where, overrides=frozenset({"closed"}), override_reason="The mayor asks"
    )
    with pytest.raises(Invalid, match="owner_agreement"):
        booked(request, by=HEAD)
    visit = booked(replace(request, owner_agreement=AGREED), by=HEAD).visit
    assert visit.overridden == ["closed"]
    assert "Head of the control room" in journal("book")[0].reason


@pytest.mark.parametrize(
    "code",
    ["no_places_left", "too_many_people_at_once", "too_many_groups_at_once", "already_elsewhere", "nonsense"],
)
def test_what_the_table_does_not_name_can_never_be_overridden(where, code):
    request = asking(make.delegation(), where, overrides=frozenset({code}), override_reason="The mayor asks")
    with pytest.raises(Invalid, match="cannot_be_overridden"):
        booked(request, by=HEAD)


def test_an_override_of_one_thing_does_not_pass_another(slow):
    make.other_booking(slow, 25)
    assert refused(lambda: booked(too_late(slow, override_reason="The mayor asks"), by=HEAD)) == {
        "no_places_left"
    }

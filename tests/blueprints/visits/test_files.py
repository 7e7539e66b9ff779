"""A visit's calendar files, for people with a cookie."""

import pytest

from scheduler.actions.lifecycle import Told, act_upon
from scheduler.core.lifecycle import Act
from tests import make
from tests.cast import AT, OFFICER


@pytest.fixture
def visit(who, monday_at_ten):
    return make.visit(who, monday_at_ten, 12)


def test_a_visit_is_saved_as_a_file_without_a_method(as_officer, visit):
    as_officer.get(f"/visits/{visit.id}.ics")
    assert as_officer.answer.content_type == "text/calendar; charset=utf-8"
    assert as_officer.answer.headers["Content-Disposition"].startswith("attachment; ")
    assert f"UID:{visit.uid}" in as_officer.answer.text
    assert "METHOD" not in as_officer.answer.text


def test_the_invitation_is_a_request_and_a_cancel_once_it_is_called_off(as_officer, visit):
    as_officer.get(f"/visits/{visit.id}/invitation.ics")
    assert as_officer.answer.content_type == "text/calendar; charset=utf-8; method=REQUEST"
    act_upon(visit.id, Act.CANCEL, Told(on_behalf_of="They", reason="Ill"), by=OFFICER, at=AT)
    as_officer.get(f"/visits/{visit.id}/invitation.ics")
    assert "METHOD:CANCEL" in as_officer.answer.text


def test_without_a_contact_there_is_nobody_to_invite(as_officer, monday_at_ten):
    visit = make.visit(make.delegation("Without contact", contact_email=""), monday_at_ten, 12)
    as_officer.get(f"/visits/{visit.id}/invitation.ics", status=303)
    assert "Nobody to invite" in as_officer.follow()


def test_a_manager_saves_the_visits_of_their_own_site_only(as_manager, museum, visit):
    as_manager(museum).get(f"/visits/{visit.id}.ics")
    as_manager(make.site("OTHER")).get(f"/visits/{visit.id}.ics", status=404)


def test_a_stranger_saves_nothing(as_stranger, visit):
    as_stranger.get(f"/visits/{visit.id}.ics", status=303)

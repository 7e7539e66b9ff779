"""Making and revoking feeds by key."""

import pytest

from scheduler.actions.tokens import digest_of
from scheduler.records.database import db
from scheduler.records.delegations import Delegate
from scheduler.records.feeds import FeedLink
from tests import staff
from tests.blueprints.api.programs import fields_at_fault


def test_a_feed_is_made_with_an_absolute_address_told_once(as_officer, city):
    made = as_officer.post("/feeds", {"kind": "delegation", "delegation_id": city.delegation.id})
    assert set(made) == {"id", "kind", "url", "day_url", "page_url"}
    assert (made["kind"], made["day_url"]) == ("delegation", None)
    secret = made["url"].removeprefix("http://localhost/calendar/").removesuffix(".ics")
    assert len(secret) >= 43
    kept = db.session.get_one(FeedLink, made["id"])
    assert (kept.digest, kept.delegation_id, kept.site_id) == (digest_of(secret), city.delegation.id, None)


def test_managers_make_those_of_their_own_sites(as_manager, as_manager_elsewhere, as_head, city):
    made = as_manager.post("/feeds", {"kind": "site", "site": "TOPIS"})
    as_manager.post("/feeds", {"kind": "delegation", "delegation_id": city.delegation.id}, status=404)
    as_manager_elsewhere.post("/feeds", {"kind": "site", "site": "TOPIS"}, status=404)
    as_manager_elsewhere.delete(f"/feeds/{made['id']}", status=404)
    as_head.post("/feeds", {"kind": "site", "site": "TOPIS"}, status=403)
    as_manager.delete(f"/feeds/{made['id']}")
    # Ending what is ended changes nothing.
    as_manager.delete(f"/feeds/{made['id']}")


@pytest.mark.parametrize(
    ("told", "fields"),
    [
        ({}, ["kind"]),
        ({"kind": "party"}, ["kind"]),
        ({"kind": "site"}, ["site"]),
        ({"kind": "site", "site": "TOPIS", "delegation_id": 1}, ["delegation_id"]),
        ({"kind": "delegation", "site": "TOPIS"}, ["delegation_id", "site"]),
        ({"kind": "delegation", "delegation_id": "1"}, ["delegation_id"]),
        ({"kind": "site", "site": "../x"}, ["site"]),
        ({"kind": ["site"], "site": None}, ["kind", "site"]),
        ({"kind": "delegate", "delegation_id": 1}, ["delegate_id", "delegation_id"]),
        ({"kind": "guide"}, ["resource_id"]),
        ({"kind": "division", "site": "TOPIS"}, ["site"]),
        ({"kind": "officer", "delegation_id": 1}, ["delegation_id"]),
        ({"kind": "busy", "site": "TOPIS", "resource_id": 1}, ["resource_id", "site"]),
        ({"kind": "busy", "account": "a\nb"}, ["account"]),
    ],
)
def test_what_cannot_be_meant_is_refused(as_officer, city, told, fields):
    assert fields_at_fault(as_officer.post("/feeds", told, status=422)) == fields


def test_what_is_not_there_has_no_feed(as_officer, city):
    as_officer.post("/feeds", {"kind": "site", "site": "NOPE"}, status=404)
    as_officer.post("/feeds", {"kind": "delegation", "delegation_id": 999}, status=404)
    as_officer.delete("/feeds/999", status=404)
    assert db.session.query(FeedLink).count() == 0


def fetched(app, made, status=200):
    answer = app.test_client().get(made["url"].removeprefix("http://localhost"))
    assert answer.status_code == status
    return answer.text


def test_every_kind_is_made_and_opens_a_calendar(app, as_officer, city):
    guide, member = staff.guide(city.site), Delegate(delegation_id=city.delegation.id, print_as="Ms An")
    interpreter, bus = staff.interpreter(), staff.vehicle()
    db.session.add(member)
    db.session.commit()
    wanted = [
        ({"kind": "site", "site": "TOPIS"}, "site", "Visits to TOPIS"),
        ({"kind": "delegation", "delegation_id": city.delegation.id}, "delegation", city.delegation.name),
        ({"kind": "delegate", "delegate_id": member.id}, "delegate", "Ms An in Seoul"),
        ({"kind": "guide", "resource_id": guide.id}, "resource", "Duties: Guide 1"),
        ({"kind": "interpreter", "resource_id": interpreter.id}, "resource", "Duties: Interpreter"),
        ({"kind": "resource", "resource_id": bus.id}, "resource", "Duties: Bus 1"),
        ({"kind": "officer"}, "officer", "Delegations of officer@city.example"),
        ({"kind": "division"}, "division", "Delegations in Seoul"),
        ({"kind": "busy"}, "busy", "BEGIN:VFREEBUSY"),
        ({"kind": "busy", "site": "TOPIS"}, "busy", "X-WR-CALNAME:TOPIS"),
        ({"kind": "busy", "delegate_id": member.id}, "busy", "BEGIN:VFREEBUSY"),
        ({"kind": "busy", "account": "Officer@city.example"}, "busy", "CALNAME:officer@city.example"),
    ]
    for asked, kind, words in wanted:
        made = as_officer.post("/feeds", asked)
        assert (made["kind"], words in fetched(app, made)) == (kind, True), asked
        pages = {name for name in ("day_url", "page_url") if made[name]}
        opens = {"delegation": {"page_url"}, "delegate": {"page_url"}, "resource": {"day_url"}}
        assert pages == opens.get(kind, set())
    listed = as_officer.get("/feeds")["items"]
    assert [each["kind"] for each in listed] == [kind for _asked, kind, _words in reversed(wanted)]
    assert not [
        secret for each in listed for secret in each.values() if secret and "/calendar/" in str(secret)
    ]


def test_a_guide_is_no_interpreter_and_a_bus_neither(as_officer, city):
    guide, bus = staff.guide(city.site), staff.vehicle()
    for kind, resource in (("interpreter", guide), ("guide", bus)):
        problem = as_officer.post("/feeds", {"kind": kind, "resource_id": resource.id}, status=422)
        assert [each["message"] for each in problem["errors"]] == [
            f"This is no {kind}. Ask for the kind `resource`."
        ]
    as_officer.post("/feeds", {"kind": "guide", "resource_id": 999}, status=404)


def test_a_feed_is_renewed_once_with_a_new_address(app, as_officer, as_manager, city):
    old = as_manager.post("/feeds", {"kind": "busy", "site": "TOPIS"})
    new = as_manager.post(f"/feeds/{old['id']}/renew")
    assert (new["kind"], new["url"] == old["url"]) == ("busy", False)
    fetched(app, old, status=410)
    fetched(app, new)
    as_manager.post(f"/feeds/{old['id']}/renew", status=404)
    assert [(each["id"], each["site"]) for each in as_manager.get("/feeds")["items"]] == [
        (new["id"], "TOPIS")
    ]


def test_heads_make_those_of_officers_and_of_the_division(as_head, as_officer, as_manager, city):
    as_head.post("/feeds", {"kind": "division"})
    as_head.post("/feeds", {"kind": "officer"})
    theirs = as_head.post("/feeds", {"kind": "officer", "account": "officer@city.example"})
    assert as_officer.get("/feeds")["items"][0]["account"] == "officer@city.example"
    as_officer.delete(f"/feeds/{theirs['id']}")
    as_officer.post("/feeds", {"kind": "officer", "account": "head@city.example"}, status=404)
    as_manager.post("/feeds", {"kind": "division"}, status=403)
    as_manager.post("/feeds", {"kind": "busy"}, status=403)
    as_head.post("/feeds", {"kind": "officer", "account": "nobody@city.example"}, status=404)
    as_head.post("/feeds", {"kind": "resource", "resource_id": 1}, status=403)

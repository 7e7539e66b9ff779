"""Making and revoking feeds by key."""

import pytest

from scheduler.actions.tokens import digest_of
from scheduler.records.database import db
from scheduler.records.feeds import FeedLink
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
    ],
)
def test_what_cannot_be_meant_is_refused(as_officer, city, told, fields):
    assert fields_at_fault(as_officer.post("/feeds", told, status=422)) == fields


def test_what_is_not_there_has_no_feed(as_officer, city):
    as_officer.post("/feeds", {"kind": "site", "site": "NOPE"}, status=404)
    as_officer.post("/feeds", {"kind": "delegation", "delegation_id": 999}, status=404)
    as_officer.delete("/feeds/999", status=404)
    assert db.session.query(FeedLink).count() == 0

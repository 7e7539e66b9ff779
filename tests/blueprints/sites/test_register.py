"""A site enters the register: by an administrator, once under each code."""

from sqlalchemy import select

from scheduler.records.database import db
from scheduler.records.sites import Site
from tests import make

NEW = {
    "code": "WRC-X",
    "name": "New recycling centre",
    "name_native": "새 물재생센터",
    "owner_unit": "Water division",
    "address": "1 Example-ro",
    "languages": ["ko", "en"],
}


def test_an_administrator_adds_a_site(as_administrator):
    as_administrator.get("/sites/new")
    as_administrator.post("/sites/new", NEW)
    assert as_administrator.answer.headers["Location"] == "/sites/WRC-X"
    made = db.session.scalars(select(Site)).one()
    assert (made.name, made.name_native, made.languages) == (
        "New recycling centre",
        "새 물재생센터",
        frozenset({"ko", "en"}),
    )


def test_a_code_is_given_once(as_administrator):
    make.site("WRC-X")
    as_administrator.get("/sites/new")
    as_administrator.post("/sites/new", NEW, status=422)
    assert "There is a site with the code WRC-X already." in as_administrator.answer.text
    assert "New recycling centre" in as_administrator.answer.text


def test_a_code_with_a_blank_is_refused(as_administrator):
    as_administrator.get("/sites/new")
    as_administrator.post("/sites/new", NEW | {"code": "wrc x"}, status=422)
    assert db.session.scalars(select(Site)).all() == []


def test_an_officer_adds_no_site(as_officer):
    as_officer.get("/sites/new", status=403)
    assert as_officer.answer.status_code == 403

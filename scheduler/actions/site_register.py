"""Entering a new site into the register; everything else about it is a change."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from scheduler.access import Actor, Permission
from scheduler.actions.invalid import Invalid
from scheduler.records.database import db
from scheduler.records.journal import enter, snapshot
from scheduler.records.places import Place
from scheduler.records.sites import Site
from scheduler.records.writing import writing


def register_site(facts: Mapping[str, Any], *, by: Actor, at: datetime) -> Site:
    """Enter a site; `facts` are columns of Site, `code` and `name` among them. It is open at no hour yet.

    Raises Invalid (code taken), NotPermitted.
    """
    by.must(Permission.REGISTER_SITES)
    return _register(facts, by=by, at=at)


@writing()
def _register(facts: Mapping[str, Any], *, by: Actor, at: datetime) -> Site:
    # Every site is a place, so this finds sites and all other places.
    if db.session.scalar(select(Place.id).where(Place.code == facts["code"])) is not None:
        raise Invalid("code", "site_code_taken", value=facts["code"])
    site = Site(**facts)
    db.session.add(site)
    db.session.flush()
    enter(site, "register_site", by=by, at=at, after=snapshot(site, *facts))
    return site

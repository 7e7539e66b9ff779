"""Sites looked for: by code, name in both languages, owner, address, and by what their tours show."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, or_, select

from scheduler.access import Actor
from scheduler.core.searching import Sought
from scheduler.records.database import db
from scheduler.records.sites import Site
from scheduler.records.text_search import closeness, says, texts
from scheduler.records.tours import Tour

_SITE = texts(Site.code, Site.name, Site.name_native, Site.owner_unit, Site.address)
_TOUR = texts(Tour.code, Tour.name, Tour.name_native)


def sites_found(by: Actor, sought: Sought) -> Select[Site]:
    """The sites somebody sees of which, with their tours, every word is said: the best match first."""
    rows = select(Site)
    if not by.sees_every_site:
        rows = rows.where(Site.id.in_(by.site_ids))
    for word in sought.words:
        shown = select(Tour.id).where(Tour.site_id == Site.id, says(_TOUR, word.text)).exists()
        rows = rows.where(or_(says(_SITE, word.text), shown))
    return rows.order_by(closeness(sought.text, Site.code, Site.name, Site.name_native), Site.name, Site.id)


def tours_named(sites: Collection[Site], sought: Sought) -> Sequence[Tour]:
    """The tours of these sites that are called by one of the words."""
    if not sites or not sought.words:
        return ()
    rows = select(Tour).where(Tour.site_id.in_([site.id for site in sites]))
    return db.session.scalars(
        rows.where(or_(*(says(_TOUR, word.text) for word in sought.words))).order_by(Tour.name, Tour.id)
    ).all()

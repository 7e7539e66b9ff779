"""Questions asked of sites: one that somebody may see, all of them, who is expected, what is closed."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from scheduler.access import Actor
from scheduler.core.spans import day_span
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.site_facts import zone_named
from scheduler.records.sites import OneOffHoliday, Site, SiteClosure
from scheduler.records.tours import Tour


def site_seen_by(by: Actor, code: str) -> Site:
    """A site by its code. Raises NotFound for one that is not theirs to see."""
    site = db.session.scalar(select(Site).where(Site.code == code))
    if site is None or not by.sees_site(site.id):
        raise NotFound("site", code)
    return site


def sites_seen_by(by: Actor) -> Sequence[Site]:
    """Every site somebody sees, by name."""
    sites = select(Site).order_by(Site.name, Site.id)
    if not by.sees_every_site:
        sites = sites.where(Site.id.in_(by.site_ids))
    return db.session.scalars(sites).all()


def every_site() -> Sequence[Site]:
    """All sites, by name."""
    return db.session.scalars(select(Site).order_by(Site.name, Site.id)).all()


def whole_site(by: Actor, code: str) -> Site:
    """A site with its hours, facts and managers. Raises NotFound."""
    parts = selectinload(Site.hours), selectinload(Site.facts), selectinload(Site.managers)
    site = db.session.scalar(select(Site).where(Site.code == code).options(*parts))
    if site is None or not by.sees_site(site.id):
        raise NotFound("site", code)
    return site


def sites_with_facts(by: Actor) -> Sequence[Site]:
    """Every site somebody sees, with its facts and hours, by name. Three queries."""
    sites = select(Site).options(selectinload(Site.facts), selectinload(Site.hours))
    if not by.sees_every_site:
        sites = sites.where(Site.id.in_(by.site_ids))
    return db.session.scalars(sites.order_by(Site.name, Site.id)).all()


def closures_from(site_id: int, at: datetime) -> Sequence[SiteClosure]:
    """The dated closures of a site that are not over by then, in order."""
    closures = select(SiteClosure).where(SiteClosure.site_id == site_id, SiteClosure.ends_at > at)
    return db.session.scalars(closures.order_by(SiteClosure.starts_at, SiteClosure.id)).all()


def closures_on(site: Site, on: date) -> Sequence[SiteClosure]:
    """The dated closures of a site that touch one of its days, in order."""
    day, c = day_span(on, zone_named(site.zone)), SiteClosure
    near = c.site_id == site.id, c.starts_at < day.ends_at, c.ends_at > day.starts_at
    return db.session.scalars(select(c).where(*near).order_by(c.starts_at, c.id)).all()


def topics_shown() -> list[str]:
    """Every topic that some tour shows."""
    return sorted(set().union(*db.session.scalars(select(Tour.topics))))


def one_off_holidays() -> Sequence[OneOffHoliday]:
    """Every single day that was named or taken back, in order."""
    return db.session.scalars(select(OneOffHoliday).order_by(OneOffHoliday.on)).all()


def countries_of_sites() -> list[str]:
    """Whose public holidays our sites heed."""
    return sorted(set(db.session.scalars(select(Site.country))))

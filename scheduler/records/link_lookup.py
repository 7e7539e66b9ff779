"""Questions asked of links: the one a secret opens, those of a site or a person, what each is about."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload

from scheduler.core.duties import DutyState
from scheduler.core.lifecycle import VisitState
from scheduler.core.spans import day_span
from scheduler.records.absence import NotFound
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.links import Link, LinkState
from scheduler.records.resources import Resource
from scheduler.records.site_facts import zone_named
from scheduler.records.sites import Site
from scheduler.records.tours import Tour, TourSession
from scheduler.records.visits import Visit

MOST_ANSWERS_SHOWN = 40
PER_PAGE = 50


def link_kept_as(digest: str, *, is_locked: bool = False) -> Link | None:
    """The link whose secret has this SHA-256. Locked, nobody else answers or revokes it meanwhile."""
    rows = select(Link).where(Link.digest == digest).execution_options(populate_existing=True)
    return db.session.scalar(rows.with_for_update(key_share=True) if is_locked else rows)


def link_numbered(link_id: int, *, is_locked: bool = False) -> Link:
    """A link by its id. Raises NotFound."""
    rows = select(Link).where(Link.id == link_id).execution_options(populate_existing=True)
    link = db.session.scalar(rows.with_for_update(key_share=True) if is_locked else rows)
    if link is None:
        raise NotFound("link", link_id)
    return link


def links_matching(*, site_id: int | None = None, resource_id: int | None = None) -> Select[Link]:
    """Links with whom they are for and who made them, the newest first."""
    rows = select(Link).options(joinedload(Link.site), joinedload(Link.resource), joinedload(Link.made_by))
    if site_id is not None:
        rows = rows.where(Link.site_id == site_id)
    if resource_id is not None:
        rows = rows.where(Link.resource_id == resource_id)
    return rows.order_by(Link.made_at.desc(), Link.id.desc())


def page_of_links(number: int, at: datetime, *, state: LinkState | None = None) -> tuple[list[Link], bool]:
    """One page of all links, or of those that stand so, the newest first; and whether there are more."""
    rows = links_matching() if state is None else links_matching().where(*_standing(state, at))
    found = list(db.session.scalars(rows.limit(PER_PAGE + 1).offset((number - 1) * PER_PAGE)))
    return found[:PER_PAGE], len(found) > PER_PAGE


def open_links(at: datetime, *, site_id: int | None = None, resource_id: int | None = None) -> list[Link]:
    """The links of a site or a person that can still be answered, the newest first. One query."""
    rows = links_matching(site_id=site_id, resource_id=resource_id)
    return list(db.session.scalars(rows.where(*_standing(LinkState.OPEN, at))))


def answered_since(since: datetime) -> list[Link]:
    """Links that were answered after an instant, the latest first, no more than fit on a page."""
    rows = links_matching().where(Link.answered_at > since)
    rows = rows.order_by(None).order_by(Link.answered_at.desc(), Link.id.desc())
    return list(db.session.scalars(rows.limit(MOST_ANSWERS_SHOWN)))


def visits_at(site_id: int, visit_ids: Collection[int]) -> list[Visit]:
    """Some visits of a site, by hour. Raises NotFound for one that is not at that site."""
    found = _visits(Visit.site_id == site_id, Visit.id.in_(visit_ids))
    for missing in set(visit_ids) - {visit.id for visit in found}:
        raise NotFound("visit", missing)
    return found


def visits_awaiting_on(site: Site, day: date, at: datetime) -> list[Visit]:
    """The visits of one local day of a site that wait for its owner's answer, by hour."""
    span = day_span(day, zone_named(site.zone))
    begins = Visit.starts_at >= span.starts_at, Visit.starts_at < span.ends_at
    return [visit for visit in _visits(Visit.site_id == site.id, *begins) if awaits_owner(visit, at)]


def visits_numbered_by(link: Link) -> list[Visit]:
    """The visits a link is about, wherever and however they are by now, by hour."""
    return _visits(Visit.id.in_(link.versions_asked))


def duties_asked_of(resource_id: int, at: datetime) -> list[Assignment]:
    """The duties somebody was asked to take and has not answered, by hour."""
    found = _duties(Assignment.resource_id == resource_id, Assignment.state == DutyState.ASKED)
    return [duty for duty in found if awaits_person(duty, at)]


def duties_numbered_by(link: Link) -> list[Assignment]:
    """The duties a link is about, however they are by now, by hour."""
    return _duties(Assignment.id.in_(link.versions_asked))


def resource_numbered(resource_id: int) -> Resource:
    """A guide, interpreter, vehicle or liaison officer. Raises NotFound."""
    found = db.session.get(Resource, resource_id)
    if found is None:
        raise NotFound("resource", resource_id)
    return found


def awaits_owner(visit: Visit, at: datetime) -> bool:
    """Whether a visit waits for its site: asked for, or agreed and by now against a closure or limit."""
    is_asked = visit.state is VisitState.REQUESTED
    is_asked_again = visit.state is VisitState.CONFIRMED and visit.is_clashing
    return visit.starts_at > at and (is_asked or is_asked_again)


def awaits_person(duty: Assignment, at: datetime) -> bool:
    """Whether a duty waits for whoever is to do it."""
    return duty.starts_at > at and duty.state is DutyState.ASKED


def _standing(state: LinkState, at: datetime) -> tuple[ColumnElement[bool], ...]:
    """What `Link.state_at` says, as the database asks it."""
    is_answered, is_revoked = Link.answered_at.is_not(None), Link.revoked_at.is_not(None)
    return {
        LinkState.ANSWERED: (is_answered,),
        LinkState.REVOKED: (~is_answered, is_revoked),
        LinkState.EXPIRED: (~is_answered, ~is_revoked, Link.expires_at <= at),
        LinkState.OPEN: (~is_answered, ~is_revoked, Link.expires_at > at),
    }[state]


def _visits(*conditions: object) -> list[Visit]:
    whole = (
        joinedload(Visit.delegation),
        joinedload(Visit.part),
        joinedload(Visit.tour_session).joinedload(TourSession.tour).joinedload(Tour.site),
    )
    rows = select(Visit).options(*whole).where(*conditions).order_by(Visit.starts_at, Visit.id)  # type: ignore[arg-type]
    return list(db.session.scalars(rows.execution_options(populate_existing=True)))


def _duties(*conditions: object) -> list[Assignment]:
    session = joinedload(Assignment.visit).joinedload(Visit.tour_session)
    whole = joinedload(Assignment.delegation), session.joinedload(TourSession.tour).joinedload(Tour.site)
    rows = select(Assignment).options(*whole).where(*conditions)  # type: ignore[arg-type]
    rows = rows.order_by(Assignment.starts_at, Assignment.id)
    return list(db.session.scalars(rows.execution_options(populate_existing=True)))

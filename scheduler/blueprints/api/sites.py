"""Sites: listed, read, and what each of their sessions would say to somebody."""

from datetime import datetime, timedelta
from typing import Any

from flask import Response

from scheduler.access import Permission
from scheduler.actions.answers import Answered
from scheduler.actions.delegations import delegation_by_id
from scheduler.actions.invalid import Invalid
from scheduler.actions.sites import change_site
from scheduler.blueprints.api.answering import answered, required_version, something_said, told, writes
from scheduler.blueprints.api.paging import Page, page_of_values
from scheduler.blueprints.api.room import bp
from scheduler.blueprints.api.schemas.sites import (
    OffersOut,
    SessionQuery,
    SiteChanges,
    SiteLineOut,
    SiteOut,
    SitesOut,
    TourOut,
)
from scheduler.clock import now
from scheduler.core.facts import VisitRequest
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.absence import NotFound
from scheduler.records.availability import ANY_NUMBER, Offer, offers
from scheduler.records.site_lookup import site_seen_by, sites_seen_by, whole_site
from scheduler.records.tour_lookup import tours_of
from scheduler.words import wording
from scheduler.words.verdict_words import caution_in_words, refusal_in_words

DEFAULT_DAYS, MOST_DAYS = 14, 62


@bp.get("/sites")
@bp.input(Page, location="query")
@bp.output(SitesOut)
@allow(Permission.READ_SITES)
def list_sites(query_data: dict[str, Any]) -> Response:
    """List sites by name. Site managers see their own."""
    return told(page_of_values(sites_seen_by(actor()), query_data, SiteLineOut().dump))


@bp.get("/sites/<code>")
@bp.output(SiteOut)
@allow(Permission.READ_SITES)
def read_site(code: str) -> Response:
    """Read a site: its facts with their sources and doubts, its hours, closure rules and tours."""
    return told(_tell(code))


@bp.patch("/sites/<code>")
@bp.input(SiteChanges, example={"contact_name": "Kim Minsu", "contact_email": "desk@museum.example"})
@bp.output(SiteOut)
@allow(Permission.WRITE_SITES)
@writes(version="must")
def change_contact(code: str, json_data: dict[str, Any]) -> Response:
    """Change whom letters about visits go to. What is left out stays as it is.

    Where somebody has an account for the site, they are written to instead. All other facts of a site need a
    source and are changed on its pages.
    """
    something_said(json_data)
    seen = required_version()

    def act() -> Answered:
        site = site_seen_by(actor(), known_code(code))
        change_site(site.id, json_data, seen=seen, by=actor(), at=now())
        return Answered(200, _tell(code))

    return answered(act)


@bp.get("/sites/<code>/sessions")
@bp.input(SessionQuery, location="query")
@bp.output(OffersOut)
@allow(Permission.READ_SITES)
def list_sessions(code: str, query_data: dict[str, Any]) -> Response:
    """List a site's sessions, each with its places and whether it would work.

    Rounds are told as they are dated, windows as they could be booked. Cautions do not count against
    `would_work`.
    """
    at, site = now(), site_seen_by(actor(), known_code(code))
    first, last = _stretch(query_data, at)
    if "delegation" in query_data and not actor().sees_delegations:
        raise NotFound("delegation", query_data["delegation"])
    request = VisitRequest(
        headcount=query_data["headcount"] or _headcount_of(query_data.get("delegation")),
        delegation_id=query_data.get("delegation"),
        language=query_data.get("language"),
    )
    found = offers([site.id], request, first, last, at=at)
    return told(page_of_values(found, query_data, _offer))


def _tell(code: str) -> dict[str, Any]:
    site = whole_site(actor(), known_code(code))
    tours = TourOut(many=True).dump(tours_of(site.id))
    values: dict[str, Any] = SiteOut(exclude=["tours"]).dump(site) | {"tours": tours}
    return values


def known_code(code: str) -> str:
    """The code of an address, when it could be one. Raises NotFound."""
    if not (len(code) <= 20 and code.isascii() and code.isprintable()):
        raise NotFound("site", code[:20])
    return code


def _headcount_of(delegation_id: int | None) -> int:
    """Without a number, the whole delegation asks; without one, however few each tour takes."""
    return ANY_NUMBER if delegation_id is None else delegation_by_id(delegation_id).headcount


def _stretch(asked: dict[str, Any], at: datetime) -> tuple[datetime, datetime]:
    first = asked.get("from_", at)
    last = asked.get("to", first + timedelta(days=DEFAULT_DAYS))
    if last <= first:
        raise Invalid("to", "not_after", earliest=first)
    if last - first > timedelta(days=MOST_DAYS):
        raise Invalid("to", "too_long", most=MOST_DAYS)
    return first, last


def _offer(offer: Offer) -> dict[str, Any]:
    running, zone = offer.running, offer.site.zone
    return {
        "id": running.id,
        "tour_code": offer.tour.code,
        "starts_at": running.starts_at.astimezone(zone).isoformat(),
        "ends_at": running.ends_at.astimezone(zone).isoformat(),
        "places": running.places,
        "places_left": running.places_left,
        "would_work": offer.would_work,
        "refusals": [wording.reason_values(r, refusal_in_words(r)) for r in offer.refusals],
        "cautions": [wording.reason_values(c, caution_in_words(c)) for c in offer.cautions],
    }

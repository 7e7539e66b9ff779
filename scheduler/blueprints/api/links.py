"""Links by which people without an account answer: made, listed, revoked. Secrets are not kept, so no
Idempotency-Key is heeded when one is made."""

from typing import Any

from flask import Response, url_for

from scheduler.access import Permission
from scheduler.actions.answers import Answered
from scheduler.actions.links import make_day_link, make_duty_link, make_site_link, revoke_link
from scheduler.blueprints.api.answering import answered, told, writes
from scheduler.blueprints.api.paging import page_of_rows
from scheduler.blueprints.api.room import bp
from scheduler.blueprints.api.schemas.links import (
    DutyLinkIn,
    LinkOut,
    LinkQuery,
    LinksOut,
    NewLinkOut,
    SiteLinkIn,
)
from scheduler.blueprints.api.sites import known_code
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.link_lookup import links_matching, resource_numbered
from scheduler.records.links import Link
from scheduler.records.site_lookup import site_seen_by

TELL = LinkOut()


@bp.post("/sites/<code>/links")
@bp.input(SiteLinkIn, example={"date": "2026-12-14"})
@bp.output(NewLinkOut, status_code=201)
@allow(Permission.MAKE_LINKS)
def create_site_link(code: str, json_data: dict[str, Any]) -> Response:
    """Make a link by which a site's owner agrees, declines or offers other times, once, without an account.

    It asks about `visit_ids`, or about all visits of a local `date` that wait for the owner. It opens for 14
    days unless `expires_at` says otherwise, at the latest until the first visit begins. Its address is told
    this once; an Idempotency-Key is not heeded, since the secret is not kept.
    """
    site, how = site_seen_by(actor(), known_code(code)), _how(json_data)
    if "date" in json_data:
        return _made(*make_day_link(site.id, json_data["date"], **how))
    return _made(*make_site_link(site.id, json_data["visit_ids"], **how))


@bp.get("/sites/<code>/links")
@bp.input(LinkQuery, location="query")
@bp.output(LinksOut)
@allow(Permission.MAKE_LINKS)
def list_site_links(code: str, query_data: dict[str, Any]) -> Response:
    """List the links to a site's owner, the newest first, with what was answered."""
    site = site_seen_by(actor(), known_code(code))
    return told(page_of_rows(links_matching(site_id=site.id), query_data, _told))


@bp.post("/resources/<id:resource_id>/links")
@bp.input(DutyLinkIn, example={"assignment_ids": [1]})
@bp.output(NewLinkOut, status_code=201)
@allow(Permission.MAKE_LINKS)
def create_duty_link(resource_id: int, json_data: dict[str, Any]) -> Response:
    """Make a link by which somebody accepts or refuses duties, once, without an account.

    It asks about `assignment_ids`, or about all that they were asked to take. Otherwise as for a site.
    """
    return _made(*make_duty_link(resource_id, json_data["assignment_ids"], **_how(json_data)))


@bp.get("/resources/<id:resource_id>/links")
@bp.input(LinkQuery, location="query")
@bp.output(LinksOut)
@allow(Permission.MAKE_LINKS)
def list_duty_links(resource_id: int, query_data: dict[str, Any]) -> Response:
    """List the links to somebody's duties, the newest first, with what was answered."""
    found = resource_numbered(resource_id)
    return told(page_of_rows(links_matching(resource_id=found.id), query_data, _told))


@bp.delete("/links/<id:link_id>")
@bp.output({}, status_code=204)
@allow(Permission.MAKE_LINKS)
@writes()
def end_link(link_id: int) -> Response:
    """Revoke a link: from now on its address answers 410. Refused once it was answered."""

    def act() -> Answered:
        revoke_link(link_id, by=actor(), at=now())
        return Answered(204, {})

    return answered(act)


def _how(asked: dict[str, Any]) -> dict[str, Any]:
    return {"expires_at": asked["expires_at"], "by": actor(), "at": now()}


def _made(link: Link, secret: str) -> Response:
    address = url_for("answers.answer", secret=secret, _external=True)
    return told(NewLinkOut().dump(_values(link) | {"url": address}), 201)


def _told(link: Link) -> dict[str, Any]:
    values: dict[str, Any] = TELL.dump(_values(link))
    return values


def _values(link: Link) -> dict[str, Any]:
    return {
        "id": link.id,
        "purpose": link.purpose,
        "site": link.site.code if link.site else None,
        "resource_id": link.resource_id,
        "asked": [{"id": number, "version": version} for number, version in link.asked],
        "state": link.state_at(now()),
        "made_at": link.made_at,
        "expires_at": link.expires_at,
        "answered_at": link.answered_at,
        "answered_by": link.answered_by,
        "answers": link.answers,
    }

"""The room `links`: officers make links for people without an account, take them back, see the answers."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.links import (
    LinkUsed,
    NothingToAsk,
    make_day_link,
    make_duty_link,
    make_site_link,
    revoke_link,
)
from scheduler.blueprints.form import local_path
from scheduler.blueprints.link_lines import answer_lines, link_line
from scheduler.blueprints.typed import day_in
from scheduler.blueprints.ways import roster_url
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.absence import NotFound
from scheduler.records.link_lookup import link_numbered, page_of_links
from scheduler.records.links import Link, LinkState
from scheduler.records.site_lookup import site_seen_by
from scheduler.records.visit_lookup import visit_seen_by
from scheduler.words.link_words import LINK_STATES

bp = Blueprint("links", __name__, url_prefix="/links")

LAST_PAGE = 10_000


@bp.get("")
@allow(Permission.MAKE_LINKS)
def index() -> ResponseReturnValue:
    """Every link: open, answered, run out, taken back."""
    at, shown = now(), request.args.get("state", "")
    state = LinkState(shown) if shown in LINK_STATES else None
    number = min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
    found, has_more = page_of_links(number, at, state=state)
    ways = [("", _("All"))] + [(code, str(words)) for code, words in LINK_STATES.items()]
    return render_template(
        "links/index.html",
        lines=[link_line(link, at) for link in found],
        tabs=[
            (words, url_for("links.index", state=code or None), code == (state or "")) for code, words in ways
        ],
        next_url=url_for("links.index", state=state, page=number + 1) if has_more else None,
        previous_url=url_for("links.index", state=state, page=number - 1) if number > 1 else None,
    )


@bp.get("/<int:link_id>")
@allow(Permission.MAKE_LINKS)
def link(link_id: int) -> ResponseReturnValue:
    """One link, and what was answered by it."""
    found = link_numbered(link_id)
    return render_template(
        "links/link.html", line=link_line(found, now()), answers=answer_lines(found, is_inside=True)
    )


@bp.post("/visits/<int:visit_id>")
@allow(Permission.MAKE_LINKS)
def make_for_visit(visit_id: int) -> ResponseReturnValue:
    """A link for the owner of one visit's site."""
    visit = visit_seen_by(actor(), visit_id)
    back = url_for("visits.visit", visit_id=visit_id)
    try:
        return _made(*make_site_link(visit.site_id, [visit_id], by=actor(), at=now()), back=back)
    except NothingToAsk:
        return _nothing_to_ask(back)


@bp.post("/sites/<code>/<on>")
@allow(Permission.MAKE_LINKS)
def make_for_day(code: str, on: str) -> ResponseReturnValue:
    """A link for the owner of a site, for all of a day that waits."""
    site = site_seen_by(actor(), code)
    try:
        day = day_in(on)
    except ValueError:
        raise NotFound("day", on) from None
    back = roster_url(site.code, day)
    try:
        return _made(*make_day_link(site.id, day, by=actor(), at=now()), back=back)
    except NothingToAsk:
        return _nothing_to_ask(back)


@bp.post("/resources/<int:resource_id>")
@allow(Permission.MAKE_LINKS)
def make_for_resource(resource_id: int) -> ResponseReturnValue:
    """A link by which somebody accepts or refuses all that they were asked to do. The form says by `next`
    where to go from here."""
    back = local_path(request.form.get("next")) or url_for("links.index")
    try:
        return _made(*make_duty_link(resource_id, by=actor(), at=now()), back=back)
    except NothingToAsk:
        return _nothing_to_ask(back)


@bp.post("/<int:link_id>/revoke")
@allow(Permission.MAKE_LINKS)
def revoke(link_id: int) -> ResponseReturnValue:
    """Take a link back, then on to where the form says."""
    try:
        revoke_link(link_id, by=actor(), at=now())
        flash(_("The link is taken back; it opens nothing any more."), "success")
    except LinkUsed:
        flash(_("The link was answered before it could be taken back."), "warning")
    return redirect(local_path(request.form.get("next")) or url_for("links.link", link_id=link_id), code=303)


def _made(made: Link, secret: str, *, back: str) -> ResponseReturnValue:
    """The answer shows the address: it is not kept anywhere to be shown again after a redirect."""
    address = url_for("answers.answer", secret=secret, _external=True)
    line = link_line(link_numbered(made.id), now())
    return render_template("links/made.html", address=address, line=line, back_url=back), 201


def _nothing_to_ask(back: str) -> ResponseReturnValue:
    flash(_("Nothing there waits for an answer, so no link was made."), "warning")
    return redirect(back, code=303)

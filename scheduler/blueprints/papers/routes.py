"""The room `papers`: programme, badges, name plates and vehicle sign of a delegation; a site's day sheet."""

import re
from datetime import datetime

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.prints import lines_changed_since
from scheduler.blueprints.form import given
from scheduler.blueprints.papers.forms import DRAFT
from scheduler.blueprints.papers.names import bearers, heading_of, signs_of
from scheduler.blueprints.papers.page import day_of_sign, papers_page, programme_form, sign_form
from scheduler.blueprints.papers.programme import programme_paper
from scheduler.blueprints.papers.room import NothingToPrint, bp, paper_answer
from scheduler.blueprints.papers.source import Source, source_of_draft, source_of_version
from scheduler.blueprints.typed import city_zone, day_in
from scheduler.clock import now
from scheduler.core.spans import day_span
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.papers.plates import Bearer, badges_pdf, name_plates_pdf, vehicle_sign_pdf
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.delegation_search import delegates_of, whole_delegation
from scheduler.records.delegations import Delegation
from scheduler.records.paper_lookup import vehicles_of
from scheduler.records.programme_versions import version_numbered
from scheduler.records.rosters import roster_of
from scheduler.records.site_lookup import closures_on, site_seen_by
from scheduler.words.day_sheets import day_sheet_of
from scheduler.words.own_names import own_name
from scheduler.words.paper_words import paper_day

WRONG = 422


@bp.get("/delegations/<int:delegation_id>/papers")
@allow(Permission.READ_DELEGATIONS)
def index(delegation_id: int) -> ResponseReturnValue:
    """What can be printed, and how."""
    return papers_page(delegation_id)


@bp.get("/delegations/<int:delegation_id>/papers/programme.pdf")
@allow(Permission.READ_DELEGATIONS)
def programme(delegation_id: int) -> ResponseReturnValue:
    """A published version, or the draft of the next one, which says so on its cover."""
    delegation = whole_delegation(delegation_id)
    form = programme_form(delegation, request.args)
    if not form.validate():
        return papers_page(delegation_id, form), WRONG
    source = _source(delegation, given(form.version.data), now())
    if not source.content["stops"]:
        raise _nothing_planned(delegation)
    language, beside = given(form.lang.data), form.beside.data
    with force_locale(language):
        name = _("Programme of %(name)s", name=delegation.name)
    return paper_answer(programme_paper(source, language, beside), name)


@bp.get("/delegations/<int:delegation_id>/papers/badges.pdf")
@allow(Permission.READ_DELEGATIONS)
def badges(delegation_id: int) -> ResponseReturnValue:
    """Everybody's badge, in order of precedence."""
    delegation = whole_delegation(delegation_id)
    people, heading = _people(delegation), heading_of(_("Badges of %(name)s", name=delegation.name))
    return paper_answer(badges_pdf(heading, people, made_at=now()), heading.title)


@bp.get("/delegations/<int:delegation_id>/papers/name-plates.pdf")
@allow(Permission.READ_DELEGATIONS)
def name_plates(delegation_id: int) -> ResponseReturnValue:
    """Everybody's name plate for a table, in order of precedence."""
    delegation = whole_delegation(delegation_id)
    people, heading = _people(delegation), heading_of(_("Name plates of %(name)s", name=delegation.name))
    return paper_answer(name_plates_pdf(heading, people, made_at=now()), heading.title)


@bp.get("/delegations/<int:delegation_id>/papers/vehicle-sign.pdf")
@allow(Permission.READ_DELEGATIONS)
def vehicle_sign(delegation_id: int) -> ResponseReturnValue:
    """A sign for each vehicle of a day."""
    delegation = whole_delegation(delegation_id)
    form = sign_form(delegation, request.args)
    if not form.validate():
        return papers_page(delegation_id, form), WRONG
    on = form.date.data or day_of_sign(delegation)
    vehicles = vehicles_of(delegation.id, day_span(on, city_zone()))
    number = form.vehicles.data or len(vehicles) or 1
    with force_locale(given(form.lang.data)):
        heading = heading_of(_("Vehicle sign of %(name)s", name=delegation.name))
        signs = signs_of(delegation, on, vehicles, number)
    return paper_answer(vehicle_sign_pdf(heading, signs, made_at=now()), heading.title)


@bp.get("/roster/<code>/<on>/sheet.pdf")
@allow(Permission.READ_ROSTER)
def day_sheet(code: str, on: str) -> ResponseReturnValue:
    """A site's day on one sheet, marked against the print before: the last one, or that before `?print=`."""
    site = site_seen_by(actor(), code)
    try:
        day = day_in(on)
    except ValueError:
        raise NotFound("day", on) from None
    roster, at = roster_of(site, day), now()
    asked = request.args.get("print", "")
    since = lines_changed_since(roster, before=int(asked) if re.fullmatch("[0-9]{1,9}", asked) else None)
    pdf = day_sheet_of(roster, at=at, closures=closures_on(site, day), since=since)
    return paper_answer(pdf, _("Roster of %(site)s, %(day)s", site=own_name(site), day=paper_day(day)))


def _source(delegation: Delegation, version: str, at: datetime) -> Source:
    if version == DRAFT:
        return source_of_draft(delegation, at)
    return source_of_version(delegation, version_numbered(delegation.id, int(version)), at)


def _people(delegation: Delegation) -> list[Bearer]:
    """Everybody on the list. Raises NothingToPrint."""
    delegates = db.session.scalars(delegates_of(delegation.id)).all()
    if not delegates:
        raise NothingToPrint(
            title=_("Nobody is on the list yet"),
            what_to_do=_("Name the delegates first: badges and name plates are made from their list."),
            url=url_for("delegations.delegation", delegation_id=delegation.id, _anchor="delegates"),
            label=_("Delegates"),
            above=_above(delegation),
        )
    return bearers(delegation, delegates)


def _nothing_planned(delegation: Delegation) -> NothingToPrint:
    return NothingToPrint(
        title=_("Nothing is planned yet"),
        what_to_do=_("Book a visit or plan an engagement first: the programme is made from them."),
        url=url_for("programmes.programme", delegation_id=delegation.id),
        label=_("Programme"),
        above=_above(delegation),
    )


def _above(delegation: Delegation) -> tuple[tuple[str, str], ...]:
    return (
        (delegation.name, url_for("delegations.delegation", delegation_id=delegation.id)),
        (_("Papers"), url_for("papers.index", delegation_id=delegation.id)),
    )

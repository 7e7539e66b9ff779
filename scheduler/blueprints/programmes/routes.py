"""The room `programmes`: a programme as it stands, its versions, its papers."""

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.programmes import change_approval, enter_approval, publish
from scheduler.blueprints.form import RoomForm
from scheduler.blueprints.programmes.forms import ApprovalForm, PublishForm
from scheduler.blueprints.programmes.room import bp
from scheduler.blueprints.programmes.sheet import differences_in_words, sheet_of
from scheduler.blueprints.reply_lines import tallies
from scheduler.blueprints.stay_pictures import stay_pictures
from scheduler.blueprints.typed import city_zone
from scheduler.clock import now
from scheduler.core.amendments import amendments
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.delegation_search import whole_delegation
from scheduler.records.programme_content import content_of
from scheduler.records.programme_lookup import itinerary
from scheduler.records.programme_versions import (
    approval_by_id,
    approvals_of,
    version_numbered,
    versions_matching,
)
from scheduler.records.programmes import Approval, ProgrammeVersion


@bp.get("/delegations/<int:delegation_id>/programme")
@allow(Permission.READ_DELEGATIONS)
def programme(delegation_id: int) -> ResponseReturnValue:
    """The stay as it stands now, and how it differs from what guests hold."""
    return _page(delegation_id, PublishForm(delegation_id, formdata=None))


@bp.post("/delegations/<int:delegation_id>/programme")
@allow(Permission.PUBLISH_PROGRAMMES)
def publish_programme(delegation_id: int) -> ResponseReturnValue:
    form = PublishForm(whole_delegation(delegation_id).id)
    if form.validate_on_submit():
        with form.refusable():
            told = form.approval_id.data, form.reason.data
            made = publish(delegation_id, *told, zone=city_zone(), by=actor(), at=now())
            flash(_("Version %(number)s is published.", number=made.number), "success")
            return redirect(url_for("programmes.programme", delegation_id=delegation_id), code=303)
    return _page(delegation_id, form), form.status


@bp.get("/delegations/<int:delegation_id>/programme/<int:number>")
@allow(Permission.READ_DELEGATIONS)
def version(delegation_id: int, number: int) -> ResponseReturnValue:
    """One published version, whole."""
    found = version_numbered(delegation_id, number)
    before = [version_numbered(delegation_id, number - 1).content] if found.is_amended else []
    return render_template(
        "programmes/version.html",
        delegation=whole_delegation(delegation_id),
        published=found,
        sheet=sheet_of(found.content, found.differences),
        differences=differences_in_words(found.differences, [*before, found.content]),
        paper=_paper_then(found),
    )


@bp.route("/delegations/<int:delegation_id>/approvals/new", methods=["GET", "POST"])
@allow(Permission.PUBLISH_PROGRAMMES)
def new_approval(delegation_id: int) -> ResponseReturnValue:
    form, delegation = ApprovalForm(), whole_delegation(delegation_id)
    if form.validate_on_submit():
        with form.refusable():
            enter_approval(delegation.id, form.columns(), by=actor(), at=now())
            return _back(delegation.id, _("The approval is entered."))
    return _shown(form, delegation=delegation, paper=None)


@bp.route("/delegations/<int:delegation_id>/approvals/<int:approval_id>", methods=["GET", "POST"])
@allow(Permission.PUBLISH_PROGRAMMES)
def approval(delegation_id: int, approval_id: int) -> ResponseReturnValue:
    paper, delegation = approval_by_id(approval_id), whole_delegation(delegation_id)
    if paper.delegation_id != delegation.id:
        raise NotFound("approval", approval_id)
    form = ApprovalForm(data=_as_it_is(paper))
    if form.validate_on_submit():
        with form.refusable():
            change_approval(paper.id, form.columns(), seen=form.version.data, by=actor(), at=now())
            return _back(delegation.id, _("The changes are kept."))
    return _shown(form, delegation=delegation, paper=paper)


def _paper_then(found: ProgrammeVersion) -> dict[str, Any] | None:
    """The approval as it was when the version was published."""
    paper: dict[str, Any] | None = found.content["approval"]
    return paper and paper | {"approved_on": date.fromisoformat(paper["approved_on"])}


def _as_it_is(paper: Approval) -> dict[str, Any]:
    columns = ("version", "document_number", "approved_by", "approved_on", "note")
    told = {name: getattr(paper, name) for name in columns}
    return told | {"disclosure": paper.disclosure.value, "co_signed": "\n".join(paper.co_signed)}


def _page(delegation_id: int, form: PublishForm) -> str:
    zone = city_zone()
    stay = itinerary(delegation_id, zone)
    content = content_of(stay)
    versions = db.session.scalars(versions_matching(delegation_id)).all()
    held = versions[0] if versions else None
    differences = amendments(held.content, content) if held else []
    contents = [held.content, content] if held else [content]
    told: dict[str, Any] = {
        "delegation": stay.delegation,
        "sheet": sheet_of(content, differences),
        "pictures": stay_pictures(stay, has_slack=True),
        "replies": tallies(
            [each.visit for each in stay.stops if each.visit is not None],
            [each.engagement for each in stay.stops if each.engagement is not None],
        ),
        "versions": versions,
        "held": held,
        "differences": differences_in_words(differences, contents),
        "approvals": approvals_of(delegation_id),
        "form": form,
        "may_publish": actor().may(Permission.PUBLISH_PROGRAMMES),
        "may_plan": actor().may(Permission.BOOK_VISITS),
    }
    return render_template("programmes/programme.html", **told)


def _shown(form: RoomForm, **told: Any) -> ResponseReturnValue:
    return render_template("programmes/approval.html", form=form, **told), form.status


def _back(delegation_id: int, words: str) -> ResponseReturnValue:
    flash(words, "success")
    there = url_for("programmes.programme", delegation_id=delegation_id, _anchor="approvals")
    return redirect(there, code=303)

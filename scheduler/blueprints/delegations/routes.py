"""The room `delegations`: the list, registering one, one with its days, changing it, its letter."""

from io import BytesIO
from typing import Any

from flask import Response, current_app, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.calendar_files import programme_file
from scheduler.actions.delegations import change_delegation, register_delegation
from scheduler.actions.documents import keep_letter
from scheduler.blueprints.calendar.files import calendar_answer
from scheduler.blueprints.delegations import feeds, kept_apart, lists, members  # noqa: F401  their doors belong to this room
from scheduler.blueprints.delegations.forms import ChangeForm, DelegationForm, LetterForm, SearchForm
from scheduler.blueprints.delegations.page import delegation_page
from scheduler.blueprints.delegations.room import bp
from scheduler.blueprints.delegations.stay import within
from scheduler.blueprints.downloads import name_to_keep
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.delegation_lists import Search, delegations_found, letter_of
from scheduler.records.delegation_search import whole_delegation
from scheduler.records.delegations import Delegation, DelegationKind, DelegationState
from scheduler.records.feed_lookup import programme_of
from scheduler.words import calendar_texts
from scheduler.words.search_words import sought

PER_PAGE = 25


@bp.get("")
@allow(Permission.READ_DELEGATIONS)
def index() -> ResponseReturnValue:
    form = SearchForm.asked()
    is_right = form.validate()
    found = delegations_found(search_of(form) if is_right else Search(), page=_page(form), per_page=PER_PAGE)
    links = {
        "next": _turned(found.page + 1) if found.has_more else None,
        "prev": _turned(found.page - 1) if found.page > 1 else None,
    }
    page = render_template("delegations/index.html", form=form, found=found, links=links, asked=_asked())
    return page, 200 if is_right else 422


@bp.route("/register", methods=["GET", "POST"])
@allow(Permission.WRITE_DELEGATIONS)
def register() -> ResponseReturnValue:
    """A new delegation; what the address says of it is filled in."""
    is_told = request.method == "GET" and "name" in request.args
    form = DelegationForm(formdata=request.args) if is_told else DelegationForm()
    if form.validate_on_submit():
        with form.refusable():
            made = register_delegation(form.columns(), by=actor(), at=now())
            _keep_letter(made, form)
            flash(_("%(name)s is registered.", name=made.name), "success")
            return redirect(url_for("delegations.delegation", delegation_id=made.id), code=303)
    form.ask_for_letter_again()
    return render_template("delegations/register.html", form=form), form.status


@bp.get("/<int:delegation_id>")
@allow(Permission.READ_DELEGATIONS)
def delegation(delegation_id: int) -> ResponseReturnValue:
    return delegation_page(delegation_id)


@bp.route("/<int:delegation_id>/edit", methods=["GET", "POST"])
@allow(Permission.WRITE_DELEGATIONS)
def edit(delegation_id: int) -> ResponseReturnValue:
    found = whole_delegation(delegation_id)
    form = ChangeForm(obj=found)
    if form.validate_on_submit():
        with form.refusable():
            seen = form.version.data
            change_delegation(found.id, form.columns(), seen=seen, by=actor(), at=now())
            _keep_letter(found, form)
            flash(_("The changes are kept."), "success")
            return redirect(url_for("delegations.delegation", delegation_id=found.id), code=303)
    form.ask_for_letter_again()
    return render_template(
        "delegations/edit.html", form=form, delegation=whole_delegation(found.id)
    ), form.status


@bp.post("/<int:delegation_id>/letter")
@allow(Permission.WRITE_DELEGATIONS)
def upload_letter(delegation_id: int) -> ResponseReturnValue:
    form, found = LetterForm(), whole_delegation(delegation_id)
    if form.validate_on_submit():
        _keep_letter(found, form)
        flash(_("The letter is kept."), "success")
        return redirect(url_for("delegations.delegation", delegation_id=found.id), code=303)
    return delegation_page(delegation_id, letter_form=form), form.status


@bp.get("/<int:delegation_id>/letter")
@allow(Permission.READ_DELEGATIONS)
def letter(delegation_id: int) -> ResponseReturnValue:
    """The letter as a file to keep: never shown inside our own pages."""
    found = letter_of(whole_delegation(delegation_id))
    answer = name_to_keep(send_file(BytesIO(found.content), mimetype=found.media_type), found.name)
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@bp.get("/<int:delegation_id>/programme.ics")
@allow(Permission.READ_DELEGATIONS)
def programme(delegation_id: int) -> Response:
    """Every visit of the stay as one calendar, to save and open."""
    found = whole_delegation(delegation_id)
    name, zone = calendar_texts.programme_name(found.name), current_app.config["CITY_ZONE"]
    data = programme_file(programme_of(found.id), calendar_texts.for_guests, name=name, zone=zone)
    return calendar_answer(data, name)


def search_of(form: SearchForm) -> Search:
    """What the filters of the list look for."""
    return Search(
        sought=sought(form.q.data, now()),
        state=DelegationState(form.state.data) if form.state.data else None,
        kind=DelegationKind(form.kind.data) if form.kind.data else None,
        within=within(form.when.data, now()),
    )


def _page(form: SearchForm) -> int:
    return 1 if form.page.errors else form.page.data or 1


def _turned(page: int) -> str:
    return url_for("delegations.index", **(_asked() | {"page": page}))


def _asked() -> dict[str, Any]:
    """The filters as the address has them."""
    return {name: request.args[name] for name in ("q", "state", "kind", "when") if name in request.args}


def _keep_letter(found: Delegation, form: DelegationForm | LetterForm) -> None:
    paper = form.letter.paper
    if paper is not None:
        keep_letter(
            found.id, paper.name, media_type=paper.media_type, content=paper.content, by=actor(), at=now()
        )

"""The room `resources`: guides, interpreters, vehicles, liaison officers: listed, entered, changed."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from scheduler.access import Permission
from scheduler.actions.resources import add_resource, change_resource, facts_of, remove_resource
from scheduler.blueprints.resources import links, times  # noqa: F401  their doors belong to this room
from scheduler.blueprints.resources.forms import ResourceChangeForm, ResourceForm, ResourceSearchForm
from scheduler.blueprints.resources.page import resource_page
from scheduler.blueprints.resources.room import bp
from scheduler.blueprints.resources.sheet import resource_rows
from scheduler.blueprints.typed import city_zone
from scheduler.clock import now
from scheduler.core.duties import ResourceKind
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.absence import NotFound
from scheduler.records.resource_lookup import (
    ResourceSearch,
    how_many,
    next_duties,
    resources_found,
    whole_resource,
)

KINDS = {
    ResourceKind.GUIDE: (_l("Guides"), _l("Add a guide")),
    ResourceKind.INTERPRETER: (_l("Interpreters"), _l("Add an interpreter")),
    ResourceKind.VEHICLE: (_l("Vehicles"), _l("Add a vehicle")),
    ResourceKind.LIAISON_OFFICER: (_l("Liaison officers"), _l("Add a liaison officer")),
}


@bp.get("")
@allow(Permission.READ_DELEGATIONS)
def index() -> ResponseReturnValue:
    """Everybody of a kind, or of all kinds, as the filters say."""
    form, at = ResourceSearchForm.asked(), now()
    is_right = form.validate()
    search = _search(form) if is_right else ResourceSearch()
    found = resources_found(search)
    page = render_template(
        "resources/index.html",
        form=form,
        tabs=_tabs(search),
        rows=resource_rows(found, next_duties([each.id for each in found], at), at),
        adding=[(url_for("resources.new", kind=kind.value), words[1]) for kind, words in _shown(search)],
        may_write=actor().may(Permission.WRITE_RESOURCES),
    )
    return page, 200 if is_right else 422


@bp.route("/new/<kind>", methods=["GET", "POST"])
@allow(Permission.WRITE_RESOURCES)
def new(kind: str) -> ResponseReturnValue:
    """Enter somebody of a kind."""
    of_kind = _kind(kind)
    form = ResourceForm(of_kind)
    if form.validate_on_submit():
        with form.refusable():
            made = add_resource(of_kind, form.facts(), by=actor(), at=now())
            flash(_("%(name)s is entered. Set the working hours next.", name=made.name), "success")
            return redirect(url_for("resources.resource", resource_id=made.id), code=303)
    return render_template("resources/new.html", form=form, title=KINDS[of_kind][1], kind=kind), form.status


@bp.get("/<int:resource_id>")
@allow(Permission.READ_DELEGATIONS)
def resource(resource_id: int) -> ResponseReturnValue:
    """Everything about one."""
    return resource_page(resource_id)


@bp.route("/<int:resource_id>/edit", methods=["GET", "POST"])
@allow(Permission.WRITE_RESOURCES)
def edit(resource_id: int) -> ResponseReturnValue:
    """Change what is known of one."""
    found = whole_resource(resource_id)
    form = ResourceChangeForm(found.kind, data=facts_of(found) | {"version": found.version})
    if form.validate_on_submit():
        with form.refusable():
            seen = form.version.data
            change_resource(resource_id, form.facts(), seen=seen, by=actor(), at=now())
            flash(_("The changes are kept."), "success")
            return redirect(url_for("resources.resource", resource_id=resource_id), code=303)
    page = render_template("resources/edit.html", form=form, resource=whole_resource(resource_id))
    return page, form.status


@bp.post("/<int:resource_id>/remove")
@allow(Permission.WRITE_RESOURCES)
def remove(resource_id: int) -> ResponseReturnValue:
    """Take somebody off the register who never had a duty."""
    name, seen = whole_resource(resource_id).name, request.form.get("version", 0, type=int)
    remove_resource(resource_id, seen=seen, by=actor(), at=now())
    flash(_("%(name)s is removed.", name=name), "success")
    return redirect(url_for("resources.index"), code=303)


def _kind(code: str) -> ResourceKind:
    try:
        return ResourceKind(code)
    except ValueError:
        raise NotFound("kind", code) from None


def _search(form: ResourceSearchForm) -> ResourceSearch:
    return ResourceSearch(
        words=form.q.data,
        kind=ResourceKind(form.kind.data) if form.kind.data else None,
        language=form.language.data,
        site=form.site.data,
        on=None if form.former.data else now().astimezone(city_zone()).date(),
    )


def _shown(search: ResourceSearch) -> list[tuple[ResourceKind, Any]]:
    return [(kind, words) for kind, words in KINDS.items() if search.kind in (None, kind)]


def _tabs(search: ResourceSearch) -> list[tuple[Any, str, bool, int]]:
    """Each kind with how many there are; the other filters stay as they are."""
    kept: dict[str, Any] = {
        name: value for name, value in request.args.items() if name not in ("kind", "lang")
    }
    numbers = how_many(search)
    rest = [
        (words[0], url_for("resources.index", **kept, kind=kind.value), search.kind is kind, numbers[kind])
        for kind, words in KINDS.items()
    ]
    return [(_("All"), url_for("resources.index", **kept), search.kind is None, sum(numbers.values())), *rest]

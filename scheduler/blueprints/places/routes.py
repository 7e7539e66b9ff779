"""The room `places`: hotels, restaurants, offices, airports; where a delegation may be that is no site."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from scheduler.access import Permission
from scheduler.actions.places import PlaceInUse, add_place, change_place, remove_place
from scheduler.blueprints.places.forms import ChangedPlaceForm, NewPlaceForm, RemoveForm
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.places import Place
from scheduler.records.travel_lookup import place_named, places_called
from scheduler.words.travel_words import in_use_in_words

bp = Blueprint("places", __name__, url_prefix="/places")


@bp.get("")
@allow(Permission.READ_SITES)
def index() -> ResponseReturnValue:
    """Every place that is no site."""
    return render_template(
        "places/index.html",
        places=db.session.scalars(places_called(is_site=False)).all(),
        sites=db.session.scalars(places_called(is_site=True)).all(),
        may_write=actor().may(Permission.WRITE_TRAVEL),
    )


@bp.route("/new", methods=["GET", "POST"])
@allow(Permission.WRITE_TRAVEL)
def new() -> ResponseReturnValue:
    """Enter a place."""
    form = NewPlaceForm()
    if form.validate_on_submit():
        with form.refusable():
            made = add_place(form.code.data or "", form.columns(), by=actor(), at=now())
            flash(_("%(name)s is entered.", name=made.name), "success")
            return redirect(url_for("places.index"), code=303)
    return render_template("places/place.html", form=form, place=None), form.status


@bp.route("/<code>", methods=["GET", "POST"])
@allow(Permission.WRITE_TRAVEL)
def place(code: str) -> ResponseReturnValue:
    """Change a place."""
    found = _own(code)
    form = ChangedPlaceForm(obj=found)
    if form.validate_on_submit():
        with form.refusable():
            change_place(code, form.columns(), seen=form.version.data, by=actor(), at=now())
            flash(_("The changes are kept. Nothing that is booked has moved."), "success")
            return redirect(url_for("places.index"), code=303)
    return _page(found, form), form.status


@bp.post("/<code>/remove")
@allow(Permission.WRITE_TRAVEL)
def remove(code: str) -> ResponseReturnValue:
    """Remove a place that nothing refers to."""
    found, form = _own(code), RemoveForm()
    if not form.validate_on_submit():
        return _page(found, ChangedPlaceForm(formdata=None, obj=found)), 422
    try:
        rows = remove_place(code, by=actor(), at=now())
    except PlaceInUse as used:
        shown = ChangedPlaceForm(formdata=None, obj=found)
        shown.refuse(in_use_in_words(used))
        return _page(found, shown), 409
    flash(_("%(name)s is removed.", name=found.name), "success")
    if rows:
        told = ngettext("%(num)s travel time went with it.", "%(num)s travel times went with it.", rows)
        flash(told, "info")
    return redirect(url_for("places.index"), code=303)


def _own(code: str) -> Place:
    """A place that is changed here: a site is changed in its own room."""
    found = place_named(code)
    if found.site_id is not None:
        raise NotFound("place", code)
    return found


def _page(found: Place, form: ChangedPlaceForm) -> str:
    return render_template("places/place.html", form=form, place=found)

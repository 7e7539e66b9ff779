"""The list of delegates as guests keep it: shown, and filled in one by one."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug import Response

from scheduler.access import Permission
from scheduler.actions.guest_lists import ListClosed, add_guest, change_guest, remove_guest
from scheduler.blueprints.form import given
from scheduler.blueprints.portal.forms import PersonForm, UploadForm
from scheduler.blueprints.portal.room import Guests, NothingToDoHere, bp, contact_behind
from scheduler.doors import allow
from scheduler.records.database import db
from scheduler.records.delegation_search import delegates_of, member_of
from scheduler.records.delegations import Delegate
from scheduler.words.letter_ways import office


@bp.get("/guests/<secret>/people")
@allow(Permission.OPEN)
def people(secret: str) -> ResponseReturnValue:
    """Who is on the list, and the ways to fill it in."""
    return people_page(contact_behind(secret), UploadForm(formdata=None))


@bp.route("/guests/<secret>/people/new", methods=["GET", "POST"])
@allow(Permission.OPEN)
def new_person(secret: str) -> ResponseReturnValue:
    guests = listing(secret)
    form = PersonForm(data={"version": 0})
    if form.validate_on_submit():
        with form.refusable():
            add_guest(guests.feed.id, form.columns(), at=guests.at)
            return to_the_list(secret, _("The delegate is on the list."))
    return _person_page(guests, form, None), form.status


@bp.route("/guests/<secret>/people/<int:number>", methods=["GET", "POST"])
@allow(Permission.OPEN)
def person(secret: str, number: int) -> ResponseReturnValue:
    guests = listing(secret)
    found = member_of(Delegate, guests.delegation.id, number)
    form = PersonForm(obj=found)
    if form.validate_on_submit():
        with form.refusable():
            change_guest(guests.feed.id, number, form.columns(), seen=given(form.version.data), at=guests.at)
            return to_the_list(secret, _("The changes are kept."))
    return _person_page(guests, form, found), form.status


@bp.post("/guests/<secret>/people/<int:number>/remove")
@allow(Permission.OPEN)
def remove_person(secret: str, number: int) -> ResponseReturnValue:
    guests = listing(secret)
    remove_guest(guests.feed.id, number, at=guests.at)
    return to_the_list(secret, _("The delegate is taken off the list."))


def listing(secret: str) -> Guests:
    """The contact, as long as the list is open. Raises NothingToDoHere."""
    guests = contact_behind(secret)
    if not guests.may_list:
        raise NothingToDoHere
    return guests


def people_page(guests: Guests, upload: UploadForm) -> str:
    """The list with the form to upload one."""
    delegates = db.session.scalars(delegates_of(guests.delegation.id)).all()
    return render_template(
        "portal/people.html",
        guests=guests,
        secret=guests.secret,
        delegates=delegates,
        upload=upload,
        **office(),
    )


def to_the_list(secret: str, words: str) -> Response:
    """Back to the list, saying what was done."""
    flash(words, "success")
    return redirect(url_for("portal.people", secret=secret), code=303)


@bp.errorhandler(ListClosed)
def list_closed(_error: ListClosed) -> ResponseReturnValue:
    """It was closed between the page and the click."""
    raise NothingToDoHere


def _person_page(guests: Guests, form: PersonForm, found: Delegate | None) -> str:
    told: dict[str, Any] = {"guests": guests, "secret": guests.secret, "form": form, "delegate": found}
    return render_template("portal/person.html", **told, **office())

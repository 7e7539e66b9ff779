"""The room `letters`: all of them and how they stand, one as its reader sees it, help for those in need."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.invalid import Invalid
from scheduler.actions.posting import send_again
from scheduler.actions.readdressing import readdress
from scheduler.blueprints.letter_lines import letter_lines
from scheduler.blueprints.letters.files import as_mail_file, as_page
from scheduler.blueprints.letters.forms import AddressForm, LetterSearchForm
from scheduler.blueprints.letters.page import letter_page
from scheduler.blueprints.letters.state import troubles, ways_to_stand
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.post_room import smtp_url
from scheduler.records.letter_lookup import letter_numbered
from scheduler.records.letter_search import LetterSearch, names_of_delegations, page_of_letters, post_room
from scheduler.words.wording import invalid_in_words

bp = Blueprint("letters", __name__, url_prefix="/letters")

PER_PAGE = 50


@bp.get("")
@allow(Permission.READ_DELEGATIONS)
def index() -> ResponseReturnValue:
    """Every letter, the newest first; above them what keeps letters from going out."""
    form, at = LetterSearchForm.asked(), now()
    is_right = form.validate()
    number = (form.page.data or 1) if is_right else 1
    found, has_more = page_of_letters(form.search() if is_right else LetterSearch(), number, PER_PAGE)
    room, about = post_room(at), {each.delegation_id for each in found if each.delegation_id}
    page = render_template(
        "letters/index.html",
        form=form,
        lines=letter_lines(found, names_of_delegations(about), form.sites),
        tabs=ways_to_stand(form.state.data, room, _kept("state")),
        troubles=troubles(room, at),
        room=room,
        is_posted=bool(smtp_url()),
        next_url=_turned(number + 1) if has_more else None,
        previous_url=_turned(number - 1) if number > 1 else None,
    )
    return page, 200 if is_right else 422


@bp.get("/<int:letter_id>")
@allow(Permission.READ_DELEGATIONS)
def letter(letter_id: int) -> ResponseReturnValue:
    """One letter as its reader sees it, and what became of it."""
    return letter_page(letter_numbered(letter_id))


@bp.get("/<int:letter_id>/html")
@allow(Permission.READ_DELEGATIONS)
def html(letter_id: int) -> Response:
    """The HTML of a letter alone, for the frame on its page: it can run nothing and load nothing."""
    return as_page(letter_numbered(letter_id))


@bp.get("/<int:letter_id>.eml")
@allow(Permission.READ_DELEGATIONS)
def mail_file(letter_id: int) -> Response:
    """The mail as a file to keep, without its secret addresses."""
    return as_mail_file(letter_numbered(letter_id))


@bp.post("/<int:letter_id>/send")
@allow(Permission.POST_LETTERS)
def send(letter_id: int) -> ResponseReturnValue:
    """Try once more, to the same address."""
    try:
        send_again(letter_id, by=actor(), at=now())
        flash(_("The letter is tried again within moments."), "success")
    except Invalid as wrong:
        flash(invalid_in_words(wrong), "warning")
    return redirect(url_for("letters.letter", letter_id=letter_id), code=303)


@bp.post("/<int:letter_id>/address")
@allow(Permission.POST_LETTERS)
def address(letter_id: int) -> ResponseReturnValue:
    """Mend the address where it was typed, and write to the new one."""
    form = AddressForm()
    if form.validate_on_submit():
        with form.refusable():
            readdress(letter_id, form.to.data, by=actor(), at=now())
            flash(_("The address is mended; a letter to it is written within moments."), "success")
            return redirect(url_for("letters.letter", letter_id=letter_id), code=303)
    return letter_page(letter_numbered(letter_id), form=form), form.status


def _kept(*without: str) -> dict[str, Any]:
    """The filters of this address, but for some and the page."""
    untold = {"page", "lang", *without}
    return {name: value for name, value in request.args.items() if name not in untold}


def _turned(page: int) -> str:
    return url_for("letters.index", **_kept(), page=page)

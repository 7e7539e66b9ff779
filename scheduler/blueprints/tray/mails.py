"""The doors of mails: all of them, one closely, its bytes, and what an officer does with one that waits."""

from collections.abc import Callable

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.mail_refusing import refuse_mail
from scheduler.actions.mail_settling import MailSettled, NotCounted, count_mail, lay_aside, name_from_mail
from scheduler.blueprints.form import RoomForm, given
from scheduler.blueprints.tray.forms import CountForm, MailSearchForm, NameForm
from scheduler.blueprints.tray.mail_page import mail_page, offer
from scheduler.blueprints.tray.room import bp
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.post_room import office
from scheduler.records.database import db
from scheduler.records.mail_lookup import entry_of_mail, mail_numbered, mails_matching
from scheduler.records.mails import Mail, MailState
from scheduler.records.recipients import recipients_of
from scheduler.words.mail_words import DOUBTS, MAIL_STATES
from scheduler.words.names import name_of

PER_PAGE = 50
SEALED = "sandbox; default-src 'none'"


@bp.get("/mails")
@allow(Permission.SETTLE_MAIL)
def mails() -> ResponseReturnValue:
    """Every mail that came in, the newest first."""
    form = MailSearchForm.asked()
    is_right = form.validate()
    number = (form.page.data or 1) if is_right else 1
    state = MailState(form.state.data) if is_right and form.state.data else None
    rows = mails_matching(state).limit(PER_PAGE + 1).offset((number - 1) * PER_PAGE)
    found = db.session.scalars(rows).all()
    page = render_template(
        "tray/mails.html",
        mails=found[:PER_PAGE],
        tabs=_tabs(state),
        next_url=_turned(state, number + 1) if len(found) > PER_PAGE else None,
        previous_url=_turned(state, number - 1) if number > 1 else None,
    )
    return page, 200 if is_right else 422


@bp.get("/mails/<int:mail_id>")
@allow(Permission.SETTLE_MAIL)
def mail(mail_id: int) -> ResponseReturnValue:
    """What was read, why it waits, what can be done."""
    return mail_page(mail_id)


@bp.get("/mails/<int:mail_id>/raw")
@allow(Permission.SETTLE_MAIL)
def raw(mail_id: int) -> Response:
    """The bytes as plain text: nothing of it is run, loaded or drawn."""
    text = mail_numbered(mail_id, with_raw=True).raw.decode("utf-8", "replace")
    return _sealed(Response(text, content_type="text/plain; charset=utf-8"))


@bp.get("/mails/<int:mail_id>.eml")
@allow(Permission.SETTLE_MAIL)
def mail_file(mail_id: int) -> Response:
    """The bytes as a file, exactly as they came."""
    answer = Response(mail_numbered(mail_id, with_raw=True).raw, content_type="message/rfc822")
    answer.headers["Content-Disposition"] = f'attachment; filename="mail-{mail_id}.eml"'
    return _sealed(answer)


@bp.post("/mails/<int:mail_id>/count")
@allow(Permission.SETTLE_MAIL)
def count(mail_id: int) -> ResponseReturnValue:
    """It is them."""
    form = _with_choices(CountForm(within="count"), NameForm(formdata=None), mail_id)[0]

    def act() -> None:
        count_mail(mail_id, given(form.as_address.data), remember=form.remember.data, by=actor(), at=now())

    done = _done(form, act, _("It counts."))
    return done or (mail_page(mail_id, count=form), form.status)


@bp.post("/mails/<int:mail_id>/name")
@allow(Permission.WRITE_DELEGATIONS)
def name(mail_id: int) -> ResponseReturnValue:
    """Somebody new."""
    form = _with_choices(CountForm(formdata=None), NameForm(within="name"), mail_id)[1]

    def act() -> None:
        name_from_mail(mail_id, given(form.address.data), given(form.name.data), by=actor(), at=now())

    done = _done(form, act, _("They are named as a delegate, and invited within moments."))
    return done or (mail_page(mail_id, name=form), form.status)


@bp.post("/mails/<int:mail_id>/refuse")
@allow(Permission.SETTLE_MAIL)
def refuse(mail_id: int) -> ResponseReturnValue:
    """Nobody whom we invited: tell their calendar so."""
    form = RoomForm()
    done = _done(
        form,
        lambda: _ignored(refuse_mail(mail_id, office(), by=actor(), at=now())),
        _("A letter tells them within moments that they are not expected."),
    )
    if done is not None:
        return done
    flash(" ".join(form.form_errors) or _("This form is no longer valid."), "warning")
    return redirect(url_for("tray.mail", mail_id=mail_id), code=303)


@bp.post("/mails/<int:mail_id>/aside")
@allow(Permission.SETTLE_MAIL)
def aside(mail_id: int) -> ResponseReturnValue:
    """Nothing has to be done."""
    lay_aside(mail_id, by=actor(), at=now())
    flash(_("The mail is laid aside. It stays in the list of all mails."), "success")
    return redirect(url_for("tray.index"), code=303)


def _with_choices(counting: CountForm, naming: NameForm, mail_id: int) -> tuple[CountForm, NameForm]:
    found = mail_numbered(mail_id)
    entry = entry_of_mail(found)
    offer(found, recipients_of(entry) if entry is not None else {}, counting, naming)
    return counting, naming


def _done(form: RoomForm, act: Callable[[], None], words: str) -> ResponseReturnValue | None:
    """Do it and go back to the tray; None when the form has to be shown again."""
    if form.validate_on_submit():
        with form.refusable():
            try:
                act()
                flash(words, "success")
            except MailSettled:
                flash(_("Somebody has seen to this mail already."), "warning")
            except NotCounted as stays:
                form.refuse(_("This cannot be done. %(why)s", why=name_of(DOUBTS, stays.doubt)))
                return None
            return redirect(url_for("tray.index"), code=303)
    return None


def _ignored(_found: Mail) -> None:
    return None


def _sealed(answer: Response) -> Response:
    answer.headers["Content-Security-Policy"] = SEALED
    return answer


def _tabs(state: MailState | None) -> list[tuple[str, str, bool]]:
    told = [("", _("All")), *((code, str(words)) for code, words in MAIL_STATES.items())]
    chosen = state.value if state is not None else ""
    return [(words, url_for("tray.mails", state=code or None), code == chosen) for code, words in told]


def _turned(state: MailState | None, page: int) -> str:
    return url_for("tray.mails", state=state.value if state is not None else None, page=page)

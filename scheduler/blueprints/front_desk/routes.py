"""The front desk: signing in and out, Today, one's own password and keys."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_datetime
from flask_babel import gettext as _
from flask_login import logout_user

from scheduler.access import Permission, Role
from scheduler.actions.accounts import change_own_password, choose_language
from scheduler.actions.sign_in import TooManyFailures, WrongSignIn, sign_in
from scheduler.actions.tokens import create_token, revoke_token
from scheduler.blueprints.form import local_path
from scheduler.blueprints.front_desk.desk import desk_of
from scheduler.blueprints.front_desk.entering import let_in, start_anew
from scheduler.blueprints.front_desk.forms import KeyForm, LanguageForm, PasswordForm, SignInForm
from scheduler.clock import now
from scheduler.demo.load import DEMO_PASSWORD
from scheduler.doors import allow
from scheduler.identity import actor, known
from scheduler.records.accounts import Account
from scheduler.records.keys import demo_accounts, keys_of

bp = Blueprint("front_desk", __name__)


@bp.get("/")
@allow(Permission.SIGNED_IN)
def today() -> ResponseReturnValue:
    by = actor()
    return render_template(
        "front_desk/today.html",
        desk=desk_of(by, now(), silence_days=current_app.config["SILENCE_DAYS"]),
        may_register=by.may(Permission.WRITE_DELEGATIONS),
        may_book=by.may(Permission.BOOK_VISITS),
        accounts_url=url_for("accounts.index") if by.may(Permission.WRITE_ACCOUNTS) else None,
    )


@bp.route("/sign-in", methods=["GET", "POST"], endpoint="sign_in")
@allow(Permission.OPEN)
def sign_in_here() -> ResponseReturnValue:
    if known() is not None and request.method == "GET":
        return redirect(url_for("front_desk.today"), code=303)
    form, status = SignInForm(next=request.args.get("next", "")), 200
    if form.validate_on_submit():
        try:
            start_anew(_account_for(form).id)
            return redirect(local_path(form.next.data) or url_for("front_desk.today"), code=303)
        except WrongSignIn:
            status = 422
            form.complain(_("No account takes this e-mail and password together."))
        except TooManyFailures as failures:
            status = 429
            form.complain(
                _(
                    "Too many sign-ins failed of late. Wait until %(time)s, then try again.",
                    time=format_datetime(failures.again_at, "HH:mm"),
                )
            )
    first, more = _demo_people()
    password = DEMO_PASSWORD if first else None
    page = render_template(
        "front_desk/sign_in.html", form=form, accounts=first, more_accounts=more, password=password
    )
    return page, status if status != 200 else form.status


@bp.post("/sign-out")
@allow(Permission.SIGNED_IN)
def sign_out() -> ResponseReturnValue:
    logout_user()
    session.clear()
    return redirect(url_for("front_desk.sign_in"), code=303)


@bp.get("/me")
@allow(Permission.SIGNED_IN)
def me() -> ResponseReturnValue:
    return _my_page()


@bp.post("/me/password")
@allow(Permission.SIGNED_IN)
def change_password() -> ResponseReturnValue:
    form = PasswordForm(within="password")
    if form.validate_on_submit():
        with form.refusable():
            try:
                change_own_password(form.old.data, form.new.data, by=actor(), at=now())
                let_in(actor().account_id)
                flash(_("Your password is changed."), "success")
                return redirect(url_for("front_desk.me"), code=303)
            except WrongSignIn:
                form.complain(_("This is not your password."), "old")
    return _my_page(password_form=form), form.status


@bp.post("/me/language")
@allow(Permission.SIGNED_IN)
def change_language() -> ResponseReturnValue:
    form = _language_form()
    if form.validate_on_submit():
        choose_language(form.language.data, by=actor(), at=now())
        return redirect(url_for("front_desk.me", lang=form.language.data), code=303)
    return _my_page(language_form=form), form.status


@bp.post("/me/keys")
@allow(Permission.SIGNED_IN)
def create_key() -> ResponseReturnValue:
    """The answer shows the key: it is not kept anywhere to be shown again after a redirect."""
    form = KeyForm(within="key")
    if form.validate_on_submit():
        key = create_token(actor().email, form.label.data, by=actor(), at=now())
        return _my_page(new_key=key), 201
    return _my_page(key_form=form), form.status


@bp.post("/me/keys/<int:token_id>/revoke")
@allow(Permission.SIGNED_IN)
def revoke_key(token_id: int) -> ResponseReturnValue:
    revoke_token(token_id, by=actor(), at=now())
    flash(_("The key is revoked: no program can use it any more."), "success")
    return redirect(url_for("front_desk.me"), code=303)


def _demo_people() -> tuple[list[Account], list[Account]]:
    """The demo's accounts: one of each role, in the order of the table of roles; and the others."""
    accounts = demo_accounts()
    first = [next((a for a in accounts if role.value in a.roles), None) for role in Role]
    shown = [account for account in first if account is not None]
    return shown, [account for account in accounts if account not in shown]


def _account_for(form: SignInForm) -> Account:
    return sign_in(
        form.email.data,
        form.password.data,
        address=request.remote_addr or "",
        failures=current_app.config["SIGN_IN_FAILURES"],
        within=timedelta(minutes=current_app.config["SIGN_IN_WINDOW_MINUTES"]),
        at=now(),
    )


def _language_form(**more: Any) -> LanguageForm:
    somebody = known()
    form = LanguageForm(within="language", language=somebody.language if somebody else None, **more)
    form.language.choices = list(current_app.config["LANGUAGES"].items())
    return form


def _my_page(**forms: object) -> str:
    mine = {
        "password_form": PasswordForm(within="password", formdata=None),
        "key_form": KeyForm(within="key", formdata=None),
        "language_form": _language_form(formdata=None),
    }
    return render_template("front_desk/me.html", keys=keys_of(actor()), **(mine | forms))

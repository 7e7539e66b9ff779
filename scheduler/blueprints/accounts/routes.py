"""The room `accounts`: who signs in, what they may do, which keys they have. For administrators."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.accounts import change_account, create_account
from scheduler.actions.tokens import create_token, revoke_token
from scheduler.blueprints.accounts.forms import KnownAccountForm, NewAccountForm, ResetForm
from scheduler.blueprints.form import RoomForm
from scheduler.blueprints.front_desk.forms import KeyForm
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.account_list import (
    account_numbered,
    account_of_key,
    every_account,
    key_counts,
    keys_of_account,
)
from scheduler.records.accounts import Account
from scheduler.words.names import role_words

bp = Blueprint("accounts", __name__, url_prefix="/accounts")


@bp.get("")
@allow(Permission.WRITE_ACCOUNTS)
def index() -> ResponseReturnValue:
    """Everybody who signs in, or did."""
    rows = [(account, role_words(account.roles)) for account in every_account()]
    return render_template("accounts/index.html", rows=rows, keys=key_counts())


@bp.route("/new", methods=["GET", "POST"])
@allow(Permission.WRITE_ACCOUNTS)
def new() -> ResponseReturnValue:
    """Open an account."""
    form = NewAccountForm()
    if form.validate_on_submit():
        with form.refusable():
            made = create_account(
                form.email.data, password=form.password.data, **form.facts(), by=actor(), at=now()
            )
            flash(_("The account of %(email)s is open.", email=made.email), "success")
            return redirect(_url(made.id), code=303)
    return render_template("accounts/new.html", form=form), form.status


@bp.route("/<int:account_id>", methods=["GET", "POST"])
@allow(Permission.WRITE_ACCOUNTS)
def account(account_id: int) -> ResponseReturnValue:
    """Change who somebody is and what they may do."""
    found = account_numbered(account_id)
    form = _account_form(found)
    if form.validate_on_submit():
        with form.refusable():
            change_account(account_id, **form.facts(), is_active=form.is_active.data, by=actor(), at=now())
            flash(_("The account was changed."), "success")
            return redirect(url_for("accounts.index"), code=303)
    return _page(account_id, form=form), form.status


@bp.post("/<int:account_id>/password")
@allow(Permission.WRITE_ACCOUNTS)
def reset_password(account_id: int) -> ResponseReturnValue:
    """Give somebody a new password; whoever is signed in with the old one is signed out."""
    account_numbered(account_id)
    form = ResetForm(within="reset")
    if form.validate_on_submit():
        with form.refusable():
            change_account(account_id, password=form.password.data, by=actor(), at=now())
            flash(_("The password was changed. Tell them on a safe way."), "success")
            return redirect(_url(account_id), code=303)
    return _page(account_id, reset=form), form.status


@bp.post("/<int:account_id>/keys")
@allow(Permission.WRITE_ACCOUNTS)
def create_key(account_id: int) -> ResponseReturnValue:
    """Make a key to the API and show it this once: it is kept nowhere to be shown again."""
    found, form = account_numbered(account_id), KeyForm(within="key")
    if form.validate_on_submit():
        with form.refusable():
            key = create_token(found.email, form.label.data, by=actor(), at=now())
            return _page(account_id, new_key=key), 201
    return _page(account_id, key=form), form.status


@bp.post("/keys/<int:token_id>/revoke")
@allow(Permission.WRITE_ACCOUNTS)
def revoke_key(token_id: int) -> ResponseReturnValue:
    """End a key."""
    account_id = account_of_key(token_id)
    revoke_token(token_id, by=actor(), at=now())
    flash(_("The key is revoked: no program can use it any more."), "success")
    return redirect(_url(account_id), code=303)


def _account_form(found: Account, **more: Any) -> KnownAccountForm:
    return KnownAccountForm(obj=found, site_ids=[site.id for site in found.sites], **more)


def _page(account_id: int, *, new_key: str = "", **forms: RoomForm) -> str:
    found = account_numbered(account_id)
    ours = {
        "form": _account_form(found, formdata=None),
        "reset": ResetForm(within="reset", formdata=None),
        "key": KeyForm(within="key", formdata=None),
    }
    return render_template(
        "accounts/account.html",
        account=found,
        keys=keys_of_account(account_id),
        new_key=new_key,
        **(ours | forms),
    )


def _url(account_id: int) -> str:
    return url_for("accounts.account", account_id=account_id)

"""Letting somebody in: a cookie for an account that was found to be theirs."""

from flask import session
from flask_login import login_user

from scheduler.actions.sign_in import WrongSignIn
from scheduler.identity import Person, load_person
from scheduler.records.account_lookup import known_by_id


def start_anew(account_id: int | None) -> None:
    """Let an account in with a fresh cookie: nothing of whoever was here before stays. Raises WrongSignIn."""
    session.clear()
    let_in(account_id)


def let_in(account_id: int | None) -> None:
    """Let an account in. The demo's are believed on this machine alone. Raises WrongSignIn."""
    found = known_by_id(account_id) if account_id is not None else None
    person = load_person(Person(found).get_id()) if found is not None else None
    if person is None:
        raise WrongSignIn
    session.permanent = True
    login_user(person)

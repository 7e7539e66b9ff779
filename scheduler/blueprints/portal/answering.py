"""Guests say of a stop whether they come, or ask for something else."""

from datetime import datetime
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug import Response

from scheduler.access import Permission
from scheduler.actions.calendar_files import Stop
from scheduler.actions.proposals import Proposed, propose
from scheduler.actions.replies import Answered, record_reply
from scheduler.blueprints.form import given
from scheduler.blueprints.portal.forms import ANSWERS_FOR_ALL, AnswerForm, WishForm
from scheduler.blueprints.portal.room import Guests, NothingToDoHere, bp, guests_behind
from scheduler.blueprints.portal.sheet import card_of
from scheduler.blueprints.portal.stops import can_be_answered, stop_called
from scheduler.blueprints.typed import city_zone
from scheduler.core.participation import Participation
from scheduler.core.spans import Span
from scheduler.doors import allow
from scheduler.records.replies import ReplyChannel
from scheduler.words.letter_ways import office


@bp.get("/guests/<secret>/stops/<key>")
@allow(Permission.OPEN)
def stop(secret: str, key: str) -> ResponseReturnValue:
    """One stop, with what can be said of it."""
    guests = guests_behind(secret)
    found = stop_called(guests, key)
    return _shown(guests, found, answer_form=_answer_form(guests, found, is_sent=False))


@bp.post("/guests/<secret>/stops/<key>/answer")
@allow(Permission.OPEN)
def answer(secret: str, key: str) -> ResponseReturnValue:
    """Whether they come. The last word counts."""
    guests, found = _open_to_words(secret, key)
    form = _answer_form(guests, found, is_sent=True)
    if form.validate_on_submit() and form.must_be_about(found):
        with form.refusable():
            kept = record_reply(found, _answered(guests, form), by=guests.actor, at=guests.at)
            if kept is not None:
                return _back(secret, key)
            form.must_be_about(stop_called(guests, key))
    return _shown(guests, stop_called(guests, key), answer_form=form), form.status


@bp.post("/guests/<secret>/stops/<key>/wish")
@allow(Permission.OPEN)
def wish(secret: str, key: str) -> ResponseReturnValue:
    """Another time, or something in words: an officer decides."""
    guests, found = _open_to_words(secret, key)
    form = WishForm(within="wish")
    if form.validate_on_submit() and form.must_be_about(found):
        with form.refusable():
            if propose(found, _proposed(guests, found, form), by=guests.actor, at=guests.at) is not None:
                return _back(secret, key)
            form.complain(_("That is when it is now. Give another time."), "starts_at")
    return _shown(guests, stop_called(guests, key), wish_form=form), form.status


def _open_to_words(secret: str, key: str) -> tuple[Guests, Stop]:
    guests = guests_behind(secret)
    found = stop_called(guests, key)
    if not can_be_answered(guests, found):
        raise NothingToDoHere
    return guests, found


def _answer_form(guests: Guests, stop: Stop, *, is_sent: bool) -> AnswerForm:
    said = card_of(guests, stop).said
    told: dict[str, Any] = {"version": stop.sequence, "answer": said.answer, "comment": said.comment}
    typed = {} if is_sent else {"formdata": None}
    form = AnswerForm(data=told, within="answer", **typed)
    if guests.delegate is None:
        form.answer.choices = list(ANSWERS_FOR_ALL.items())
    return form


def _answered(guests: Guests, form: AnswerForm) -> Answered:
    return Answered(
        participation=Participation(given(form.answer.data)),
        sequence=given(form.version.data),
        channel=ReplyChannel.PAGE,
        address=guests.address,
        name=guests.name,
        delegate_id=guests.delegate.id if guests.delegate else None,
        comment=form.comment.data,
    )


def _proposed(guests: Guests, stop: Stop, form: WishForm) -> Proposed:
    begins: datetime | None = form.starts_at.data
    return Proposed(
        sequence=given(form.version.data),
        channel=ReplyChannel.PAGE,
        span=Span(begins, begins + (stop.ends_at - stop.starts_at)) if begins else None,
        comment=form.comment.data,
        address=guests.address,
        name=guests.name,
        delegate_id=guests.delegate.id if guests.delegate else None,
    )


def _back(secret: str, key: str) -> Response:
    return redirect(url_for("portal.programme", secret=secret, _anchor=key), code=303)


def _shown(
    guests: Guests, stop: Stop, *, answer_form: AnswerForm | None = None, wish_form: WishForm | None = None
) -> str:
    return render_template(
        "portal/stop.html",
        guests=guests,
        secret=guests.secret,
        card=card_of(guests, stop),
        answer_form=answer_form or _answer_form(guests, stop, is_sent=False),
        wish_form=wish_form or WishForm(formdata=None, data={"version": stop.sequence}, within="wish"),
        soonest=f"{guests.at.astimezone(city_zone()):%Y-%m-%dT%H:%M}",
        **office(),
    )

"""What is done at a site's own desk by plain forms: yes, no, they are here, they never came, marks, undo."""

from collections.abc import Callable
from datetime import datetime

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.answers import KeyUsedOtherwise
from scheduler.actions.gate import Tap, say_at_gate
from scheduler.actions.lifecycle import act_upon
from scheduler.actions.versions import StaleVersion
from scheduler.blueprints.rosters.acts import FORMS
from scheduler.blueprints.rosters.forms import ActForm, ArriveForm, MarksForm, TapForm
from scheduler.blueprints.rosters.page import roster_page
from scheduler.blueprints.rosters.room import bp
from scheduler.blueprints.ways import roster_url
from scheduler.clock import now
from scheduler.core.gate import Photographs, Said
from scheduler.core.lifecycle import Act
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.site_lookup import site_seen_by
from scheduler.records.visit_lookup import visit_seen_by
from scheduler.words.instants import local_day


@bp.post("/visits/<int:visit_id>/confirm")
@allow(Permission.AGREE_TO_VISITS)
def confirm(visit_id: int) -> ResponseReturnValue:
    """The site says yes."""
    return _done_or_shown(visit_id, Act.CONFIRM, _("%(name)s: confirmed."), _act(visit_id, Act.CONFIRM))


@bp.post("/visits/<int:visit_id>/decline")
@allow(Permission.AGREE_TO_VISITS)
def decline(visit_id: int) -> ResponseReturnValue:
    """The site says no, and offers other times."""
    return _done_or_shown(visit_id, Act.DECLINE, _("%(name)s: declined."), _act(visit_id, Act.DECLINE))


@bp.post("/visits/<int:visit_id>/arrive")
@allow(Permission.RECEIVE_VISITS)
def arrive(visit_id: int) -> ResponseReturnValue:
    """They are here."""

    def say(form: ActForm, at: datetime) -> None:
        assert isinstance(form, ArriveForm)
        _say(visit_id, form, Said.COUNT, form.count.data, at)

    return _done_or_shown(visit_id, Act.ARRIVE, _("%(name)s: arrival recorded."), say)


@bp.post("/visits/<int:visit_id>/not-arrived")
@allow(Permission.RECEIVE_VISITS)
def undo_arrival(visit_id: int) -> ResponseReturnValue:
    """They are not here: the wrong card was tapped."""

    def say(form: ActForm, at: datetime) -> None:
        _say(visit_id, form, Said.UNDO, None, at)

    return _done_or_shown(visit_id, Act.UNDO_ARRIVAL, _("%(name)s: the arrival is taken back."), say)


@bp.post("/visits/<int:visit_id>/marks")
@allow(Permission.RECEIVE_VISITS)
def mark(visit_id: int) -> ResponseReturnValue:
    """May photographs be taken, and what else is to be known here."""

    def say(form: ActForm, at: datetime) -> None:
        assert isinstance(form, MarksForm)
        _say(visit_id, form, Said.PHOTOGRAPHS, Photographs(form.photographs.data), at)
        form.version.data = None  # The first of the two has just raised it.
        _say(visit_id, form, Said.NOTE, form.note.data, at)

    return _done_or_shown(visit_id, Said.NOTE, _("%(name)s: noted."), say)


@bp.post("/visits/<int:visit_id>/no-show")
@allow(Permission.RECEIVE_VISITS)
def no_show(visit_id: int) -> ResponseReturnValue:
    """They never came."""
    done = _("%(name)s: recorded as a no-show.")
    return _done_or_shown(visit_id, Act.NO_SHOW, done, _act(visit_id, Act.NO_SHOW))


def _act(visit_id: int, act: Act) -> Callable[[ActForm, datetime], None]:
    def do(form: ActForm, at: datetime) -> None:
        act_upon(visit_id, act, form.told(), seen=form.version.data, by=actor(), at=at)

    return do


def _say(visit_id: int, form: ActForm, said: Said, value: object, at: datetime) -> None:
    assert isinstance(form, TapForm)
    tap = Tap(key=f"{form.key}-{said.value}", said=said, value=value, version=form.version.data)
    try:
        say_at_gate(visit_id, tap, by=actor(), at=at)
    except KeyUsedOtherwise:  # They went back to a form that was sent, and say something else with it.
        form.begin_anew()
        raise StaleVersion(visit_seen_by(actor(), visit_id).version) from None


def _done_or_shown(
    visit_id: int, act: Act | Said, done: str, do: Callable[[ActForm, datetime], None]
) -> ResponseReturnValue:
    """Do the act and lead back to the roster; or show it with the form, the reasons and what was typed."""
    visit = visit_seen_by(actor(), visit_id)
    site, name = visit.tour_session.tour.site, visit.delegation.name
    code, on = site.code, local_day(visit.starts_at, site.zone)
    form = FORMS[act](within=f"visit-{visit_id}-{act.value}")
    if form.validate_on_submit():
        with form.refusable():
            do(form, now())
            flash(done % {"name": name}, "success")
            return redirect(f"{roster_url(code, on)}#visit-{visit_id}", code=303)
    return roster_page(site_seen_by(actor(), code), on, {(visit_id, act): form}), form.status

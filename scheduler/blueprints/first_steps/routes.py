"""The room `first_steps`: the steps, the way to each, putting the guide away, changing places in the demo."""

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.accounts import be_guided
from scheduler.blueprints.first_steps.forms import OnwardForm
from scheduler.blueprints.first_steps.guide import CAME_FROM
from scheduler.blueprints.first_steps.marks import KEPT_AS, mark, marks, notice
from scheduler.blueprints.first_steps.ways import way_to
from scheduler.blueprints.form import local_path
from scheduler.blueprints.front_desk.entering import start_anew
from scheduler.blueprints.ways import roster_url
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor, known
from scheduler.records.absence import NotFound
from scheduler.records.account_lookup import known_by_id
from scheduler.records.first_steps import demo_manager_of, done_by, stop_to_show
from scheduler.records.site_lookup import sites_seen_by
from scheduler.words.instants import local_day

bp = Blueprint("first_steps", __name__, url_prefix="/first-steps")
bp.after_app_request(notice)


@bp.get("")
@allow(Permission.SIGNED_IN)
def index() -> ResponseReturnValue:
    """All the steps, done and to be done."""
    return render_template("first_steps/index.html")


@bp.get("/<code>")
@allow(Permission.SIGNED_IN)
def go(code: str) -> ResponseReturnValue:
    """To where a step is done."""
    way = way_to(code, now())
    if way is None:
        raise NotFound("step", code[:40])
    return redirect(way, code=303)


@bp.post("/away")
@allow(Permission.SIGNED_IN)
def put_away() -> ResponseReturnValue:
    """I know my way."""
    be_guided(False, by=actor(), at=now())
    flash(_("The first steps are put away. Under “My account” you find them again."), "info")
    return _onward()


@bp.post("/again")
@allow(Permission.SIGNED_IN)
def call_back() -> ResponseReturnValue:
    be_guided(True, by=actor(), at=now())
    return redirect(url_for("first_steps.index"), code=303)


@bp.post("/as-manager")
@allow(Permission.SIGNED_IN)
def be_manager() -> ResponseReturnValue:
    """In the demo alone: change places with the manager of a site on the newcomer's programme."""
    somebody = known()
    done = done_by(actor()) if somebody is not None and somebody.is_demo else None
    stop = stop_to_show(done.delegation_id) if done is not None and done.delegation_id is not None else None
    manager_id = demo_manager_of(stop.site_id) if stop is not None else None
    if stop is None or manager_id is None:
        flash(_("Book a stop first: there is no roster to show yet."), "warning")
        return redirect(url_for("first_steps.index"), code=303)
    site = next(site for site in sites_seen_by(actor()) if site.id == stop.site_id)
    _change_places(manager_id, came_from=actor().account_id)
    return redirect(roster_url(site.code, local_day(stop.starts_at, site.zone)), code=303)


@bp.post("/back")
@allow(Permission.SIGNED_IN)
def be_oneself() -> ResponseReturnValue:
    """Back to who one was. Only the demo's accounts change places, so only they come back."""
    before, somebody = session.get(CAME_FROM), known()
    found = known_by_id(before) if isinstance(before, int) else None
    if somebody is None or not somebody.is_demo or found is None or not found.is_demo:
        raise NotFound("step", "back")
    _change_places(found.actor.account_id, came_from=None)
    return redirect(url_for("first_steps.index"), code=303)


def _change_places(account_id: int | None, *, came_from: int | None) -> None:
    """What was looked at so far goes along; being the manager is a step of its own."""
    mark("roster_as_manager")
    seen = marks()
    start_anew(account_id)
    session[KEPT_AS] = seen
    if came_from is not None:
        session[CAME_FROM] = came_from


def _onward() -> ResponseReturnValue:
    form = OnwardForm()
    return redirect(local_path(form.next.data) or url_for("front_desk.today"), code=303)

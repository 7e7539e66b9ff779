"""The room `travel`: how long the ways between places take at each hour, and where each number comes from."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.travel_files import TravelTableFaulty, travel_csv
from scheduler.actions.travel_times import clear_travel_time, set_travel_time
from scheduler.blueprints.travel import tables  # noqa: F401  its doors belong to this room
from scheduler.blueprints.travel.forms import WayForm, WaysForm
from scheduler.blueprints.travel.room import bp
from scheduler.blueprints.travel.sheet import distance_km, stretches
from scheduler.clock import now
from scheduler.core.travel import DETOUR, EVERY_HOUR, FIXED_MINUTES, KM_PER_HOUR, ROUNDED_TO
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.travel_lookup import place_named, travel_between, travel_rows, travel_table
from scheduler.words.travel_words import hours_in_words

__all__ = ["bp"]

MODEL = {"detour": DETOUR, "speed": f"{KM_PER_HOUR:g}", "fixed": FIXED_MINUTES, "rounded": ROUNDED_TO}


@bp.get("")
@allow(Permission.READ_SITES)
def ways() -> ResponseReturnValue:
    """Two places to choose, and the ways between them both ways, hour by hour."""
    form = WaysForm.asked()
    if not request.args.keys() & {"origin", "destination"}:
        return render_template("travel/ways.html", form=form, chosen=None, **_also())
    if not form.validate():
        return render_template("travel/ways.html", form=form, chosen=None, **_also()), 422
    if not form.origin.data or not form.destination.data:
        return render_template("travel/ways.html", form=form, chosen=None, **_also())
    told = WayForm(formdata=None, within="way", origin=form.origin.data, destination=form.destination.data)
    return _page(form, told)


@bp.post("/set")
@allow(Permission.WRITE_TRAVEL)
def set_way() -> ResponseReturnValue:
    """Set the minutes of one way."""
    told = WayForm(within="way")
    if told.validate_on_submit():
        try:
            set_travel_time(told.row(), by=actor(), at=now())
        except TravelTableFaulty as faulty:
            told.blame_lines(faulty.faults)
        else:
            flash(_("The way is set. Nothing that is booked has moved."), "success")
            return _back(told.origin.data, told.destination.data)
    chosen = {"origin": told.origin.data, "destination": told.destination.data}
    return _page(WaysForm(formdata=None, **chosen), told), told.status


@bp.post("/clear")
@allow(Permission.WRITE_TRAVEL)
def clear_way() -> ResponseReturnValue:
    """Take one row out of the table."""
    origin, destination = request.form.get("origin", ""), request.form.get("destination", "")
    hour = request.form.get("hour", type=int)
    if hour is None or not EVERY_HOUR <= hour <= 23:
        raise NotFound("travel time", f"{origin}-{destination}")
    clear_travel_time(origin, destination, hour=hour, by=actor(), at=now())
    flash(_("The row is out of the table. Nothing that is booked has moved."), "success")
    return _back(origin, destination)


@bp.get("/table.csv")
@allow(Permission.READ_SITES)
def table() -> Response:
    """The whole table, as the file it could be read from again."""
    answer = Response(travel_csv(travel_table()), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="travel-times.csv"'
    return answer


def _page(form: WaysForm, told: WayForm) -> str:
    origin, destination = place_named(told.origin.data or ""), place_named(told.destination.data or "")
    travel = travel_between({origin, destination})
    there, back = (origin.code, destination.code), (destination.code, origin.code)
    listed = [
        (hours_in_words(row.hour), row.hour, row.minutes) for row in db.session.execute(travel_rows(*there))
    ]
    chosen = {
        "origin": origin,
        "destination": destination,
        "there": stretches(travel, *there),
        "back": stretches(travel, *back),
        "listed": listed,
        "distance_km": distance_km(travel, *there),
    }
    return render_template("travel/ways.html", form=form, way_form=told, chosen=chosen, **_also())


def _also() -> dict[str, object]:
    return {"may_write": actor().may(Permission.WRITE_TRAVEL), "model": MODEL}


def _back(origin: str | None, destination: str | None) -> ResponseReturnValue:
    return redirect(url_for("travel.ways", origin=origin, destination=destination), code=303)

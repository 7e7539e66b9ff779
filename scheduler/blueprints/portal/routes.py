"""The room `portal`: the guests' own page, by the secret of their calendar; no account, made for a phone."""

from typing import Any

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.calendar_files import programme_file
from scheduler.blueprints.calendar.files import calendar_answer
from scheduler.blueprints.exports.files import file_answer, reader_language
from scheduler.blueprints.feed_addresses import feed_addresses
from scheduler.blueprints.portal import answering, importing, paper, people  # noqa: F401  their doors belong to this room
from scheduler.blueprints.portal.changes import changes_for
from scheduler.blueprints.portal.room import (
    Guests,
    NothingToDoHere,
    PageGone,
    bp,
    contact_behind,
    guests_behind,
)
from scheduler.blueprints.portal.sheet import sheet_for
from scheduler.blueprints.portal.stops import is_off, stop_called, stops_of
from scheduler.blueprints.stay_pictures import stay_pictures
from scheduler.blueprints.typed import city_zone
from scheduler.doors import allow
from scheduler.papers.empty_list import empty_list
from scheduler.papers.harmless import file_name
from scheduler.records.programme_lookup import itinerary
from scheduler.words import calendar_texts
from scheduler.words.letter_ways import office

GONE, CONFLICT = 410, 409


@bp.get("/guests/<secret>")
@allow(Permission.OPEN)
def programme(secret: str) -> ResponseReturnValue:
    """What will happen, as far as the calendar of the same secret says so now."""
    guests = guests_behind(secret)
    stay = itinerary(guests.delegation.id, city_zone())
    sheet = sheet_for(guests, stay)
    shown = {card.key for day in sheet.days for card in day.cards if not card.is_off}
    return _page(
        "portal/programme.html",
        guests,
        sheet=sheet,
        pictures=stay_pictures(stay, has_slack=False, keys=shown),
        addresses=feed_addresses(guests.feed.kind, secret, name=guests.feed.name),
        **changes_for(guests, stay),
    )


@bp.get("/programme/<secret>")
@allow(Permission.OPEN)
def moved(secret: str) -> ResponseReturnValue:
    """Where the page was before: addresses handed out stay good."""
    return redirect(url_for("portal.programme", secret=secret, lang=request.args.get("lang")), code=301)


@bp.get("/guests/<secret>/privacy")
@allow(Permission.OPEN)
def privacy(secret: str) -> ResponseReturnValue:
    """Who keeps what of them, why, for how long, and whom to ask."""
    return _page("portal/privacy.html", guests_behind(secret))


@bp.get("/guests/<secret>/programme.ics")
@allow(Permission.OPEN)
def whole_file(secret: str) -> Response:
    """Everything that will happen as one calendar file."""
    guests = guests_behind(secret)
    stops = [stop for stop in stops_of(guests).values() if not is_off(stop)]
    name = calendar_texts.programme_name(guests.feed.name)
    data = programme_file(stops, calendar_texts.for_guests, name=name, zone=str(city_zone()))
    return calendar_answer(data, name)


@bp.get("/guests/<secret>/stops/<key>.ics")
@allow(Permission.OPEN)
def stop_file(secret: str, key: str) -> Response:
    """One stop as a calendar file; one that was called off says so."""
    guests = guests_behind(secret)
    stop = stop_called(guests, key)
    name = calendar_texts.for_guests(stop).summary
    data = programme_file([stop], calendar_texts.for_guests, name=name, zone=str(city_zone()))
    return calendar_answer(data, name)


@bp.get("/guests/<secret>/people/list.<any(xlsx, csv):kind>")
@allow(Permission.OPEN)
def template(secret: str, kind: str) -> Response:
    """An empty list of delegates to fill in, in the language of the page."""
    contact_behind(secret)
    title, locale = _("Delegates"), get_locale()
    is_rtl = locale is not None and locale.text_direction == "rtl"
    data = empty_list(reader_language(), title=title, is_text=kind == "csv", is_right_to_left=is_rtl)
    return file_answer(data, file_name(title, kind), kind)


@bp.errorhandler(PageGone)
def gone(error: PageGone) -> ResponseReturnValue:
    title = _("This page is closed")
    words = _("The office took this address back. Ask for a new one.")
    if not error.is_revoked:
        words = _("Your stay is over, and this page has closed. Thank you for coming.")
    return render_template("portal/gone.html", title=title, words=words, secret="", **office()), GONE


@bp.errorhandler(NothingToDoHere)
def nothing_to_do(_error: NothingToDoHere) -> ResponseReturnValue:
    title = _("This can no longer be changed here")
    words = _("Nothing was changed. Call or write to the office.")
    secret = (request.view_args or {}).get("secret", "")
    return render_template("portal/gone.html", title=title, words=words, secret=secret, **office()), CONFLICT


def _page(template: str, guests: Guests, **told: Any) -> str:
    return render_template(template, guests=guests, secret=guests.secret, **told, **office())

"""The side panel of one thing on the board: its facts, its state, and the ways to act."""

from datetime import datetime

from flask import current_app, render_template

from scheduler.access import Permission
from scheduler.blueprints.visits.panels import may_move, panels_of
from scheduler.blueprints.ways import booking_url
from scheduler.clash_words import clash_in_words
from scheduler.clock import now
from scheduler.identity import actor
from scheduler.instants import local_day, moment_in_words, span_in_words
from scheduler.records.board_panels import wish_seen_by
from scheduler.records.tour_lookup import session_sheet
from scheduler.records.visit_lookup import visit_seen_by


def visit_panel(visit_id: int) -> str:
    """A visit in short, with what its reader may do to it now."""
    by, at = actor(), now()
    visit = visit_seen_by(by, visit_id)
    site = visit.tour_session.tour.site
    return render_template(
        "board/visit_panel.html",
        visit=visit,
        site=site,
        when=span_in_words(visit.starts_at, visit.ends_at, site.zone),
        clash=clash_in_words(visit.clash),
        acts=[panel.title for panel in panels_of(visit, by, at)],
        may_move=may_move(visit, by, at),
        sees_delegation=by.may(Permission.READ_DELEGATIONS),
    ).strip()


def session_panel(tour_session_id: int) -> str:
    """A session in short, with everybody in it."""
    sheet = session_sheet(actor(), tour_session_id)
    session = sheet.tour_session
    site = session.tour.site
    return render_template(
        "board/session_panel.html",
        session=session,
        site=site,
        visits=sheet.visits,
        others=sheet.other_bookings,
        when=span_in_words(session.starts_at, session.ends_at, site.zone),
        book_url=booking_url(site.code, local_day(session.starts_at, site.zone)),
    ).strip()


def wish_panel(wish_id: int) -> str:
    """A wish in short, with the way to book it."""
    by = actor()
    wish = wish_seen_by(by, wish_id)
    zone = current_app.config["CITY_ZONE"]
    who = wish.delegation
    return render_template(
        "board/wish_panel.html",
        wish=wish,
        stay=span_in_words(who.arrives_at, who.departs_at, zone),
        times=[moment_in_words(datetime.fromisoformat(told), zone) for told in wish.preferred_times],
        may_book=by.may(Permission.BOOK_VISITS),
    ).strip()

"""The side panel of one thing on the board: its facts, its state, and the ways to act."""

from datetime import date, datetime
from typing import Any

from flask import current_app, render_template, url_for
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.blueprints.visits.panels import may_move, panels_of
from scheduler.blueprints.ways import booking_url
from scheduler.clock import now
from scheduler.identity import actor
from scheduler.records.absence import NotFound
from scheduler.records.board_panels import wish_seen_by
from scheduler.records.duty_lookup import assignment_numbered, assignments_of_visit
from scheduler.records.engagement_lookup import engagement_by_id
from scheduler.records.tour_lookup import session_sheet
from scheduler.records.visit_lookup import visit_seen_by
from scheduler.words.clash_words import clash_in_words
from scheduler.words.instants import local_day, moment_in_words, span_in_words


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
        escorts=[each for each in assignments_of_visit(visit.id) if each.state.occupies],
        ways=_ways(visit.delegation_id, local_day(visit.starts_at, site.zone)),
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
        ways=_ways(who.id, local_day(who.arrives_at, zone)),
    ).strip()


def engagement_panel(engagement_id: int) -> str:
    """An engagement in short."""
    found, zone = engagement_by_id(engagement_id), current_app.config["CITY_ZONE"]
    return render_template(
        "board/engagement_panel.html",
        engagement=found,
        when=span_in_words(found.starts_at, found.ends_at, zone),
        ways=_ways(found.delegation_id, local_day(found.starts_at, zone)),
    ).strip()


def duty_panel(assignment_id: int) -> str:
    """A duty in short: who, for whom, how they answered."""
    found = assignment_numbered(assignment_id)
    by = actor()
    if found.visit is None:
        by.must(Permission.READ_DELEGATIONS)
    elif not by.sees_site(found.visit.site_id):
        raise NotFound("assignment", assignment_id)
    when = span_in_words(found.starts_at, found.ends_at, found.resource.zone)
    sees = by.may(Permission.READ_DELEGATIONS)
    return render_template("board/duty_panel.html", duty=found, when=when, sees_delegation=sees).strip()


def _ways(delegation_id: int, on: date) -> list[tuple[str, str]]:
    """Where a delegation's days are planned further: words and address."""
    if not actor().may(Permission.BOOK_VISITS):
        return []
    board: dict[str, Any] = {"view": "day", "on": on.isoformat()}
    return [
        (_("Guides"), url_for("board.board", **board, rows="guides")),
        (_("Interpreters"), url_for("board.board", **board, rows="interpreters")),
        (_("Vehicles"), url_for("board.board", **board, rows="vehicles")),
        (_("Plan an engagement"), url_for("engagements.new", delegation_id=delegation_id, on=on.isoformat())),
        (
            _("With them all day"),
            url_for("assignments.of_delegation", delegation_id=delegation_id, on=on.isoformat()),
        ),
        (_("Several stops at once"), url_for("batches.batch", delegation_id=delegation_id)),
        (_("The day moves"), url_for("shifts.proposal", delegation_id=delegation_id)),
        (_("Parts"), url_for("parts.index", delegation_id=delegation_id)),
        (_("Programme"), url_for("programmes.programme", delegation_id=delegation_id)),
    ]

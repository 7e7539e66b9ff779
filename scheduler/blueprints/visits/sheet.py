"""One visit's page, put together for every door that shows it."""

from datetime import datetime

from flask import current_app, render_template
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.blueprints import letter_panels
from scheduler.blueprints.histories import entries
from scheduler.blueprints.link_panels import panel_of_visit
from scheduler.blueprints.people_lines import duty_lines
from scheduler.blueprints.reply_lines import reply_lines
from scheduler.blueprints.tray.waiting import proposals_open
from scheduler.blueprints.visit_lines import offer_line
from scheduler.blueprints.visits.act_forms import ActForm
from scheduler.blueprints.visits.answers import answer_in_words
from scheduler.blueprints.visits.panels import may_move, panels_of
from scheduler.clock import now
from scheduler.core.lifecycle import AWAITED, Act
from scheduler.identity import actor
from scheduler.records.duty_lookup import assignments_of_visit
from scheduler.records.journal_lines import lines_about
from scheduler.records.visits import Visit
from scheduler.words.clash_words import clash_in_words
from scheduler.words.instants import day_in_words, hours, local_day, moment_in_words
from scheduler.words.names import TABLES, name_of


def visit_page(visit: Visit, *, returned: tuple[Act, ActForm] | None = None) -> str:
    """The page; `returned` is the form of an act that came back with its faults."""
    by, at = actor(), now()
    site = visit.tour_session.tour.site
    form = returned[1] if returned else None
    return render_template(
        "visits/visit.html",
        visit=visit,
        site=site,
        day=day_in_words(local_day(visit.starts_at, site.zone)),
        hours=hours(visit.starts_at, visit.ends_at, site.zone),
        clash=clash_in_words(visit.clash),
        offers=offer_line(visit, at).buttons if may_move(visit, by, at) else [],
        panels=panels_of(visit, by, at, returned=returned),
        form=form,
        answer=answer_in_words(form.verdict if form else None),
        history=entries(lines_about({"visit": [visit.id]}), of="visit"),
        agreement=agreement_in_words(visit),
        may_move=may_move(visit, by, at),
        links=panel_of_visit(visit, at),
        letters=letter_panels.panel_of_visit(visit.id),
        duties=duty_lines(assignments_of_visit(visit.id), site.zone),
        may_assign=by.may(Permission.BOOK_VISITS) and visit.state in AWAITED,
        sees_delegation=by.may(Permission.READ_DELEGATIONS),
        replies=reply_lines(visit) if by.may(Permission.READ_DELEGATIONS) else [],
        proposals=proposals_open(visit, by),
    )


def agreement_in_words(visit: Visit) -> str:
    """Who agreed for the site, when, by which channel; nothing while nobody has."""
    if not visit.agreement:
        return ""
    told = visit.agreement
    return _(
        "%(who)s, %(when)s, %(channel)s",
        who=told["by"],
        when=moment_in_words(datetime.fromisoformat(told["at"]), current_app.config["CITY_ZONE"]),
        channel=name_of(TABLES["agreement_channels"], told["channel"]),
    )

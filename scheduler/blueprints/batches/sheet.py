"""The page of several stops at once: what the rows begin with, and the sessions each can choose from."""

from collections.abc import Sequence
from typing import Any

from flask import render_template
from wtforms.fields.choices import SelectChoice

from scheduler.blueprints.batches.forms import MOST_STOPS, BatchForm
from scheduler.blueprints.stop_rows import row_answer, running_choice
from scheduler.blueprints.visits.wishes import default_day
from scheduler.clock import now
from scheduler.core.facts import VisitRequest
from scheduler.core.lifecycle import OCCUPYING
from scheduler.core.spans import day_span
from scheduler.core.verdicts import Verdict
from scheduler.identity import actor
from scheduler.records.availability import offers
from scheduler.records.database import db
from scheduler.records.delegation_lists import visits_of
from scheduler.records.delegation_search import wishes_of
from scheduler.records.delegations import Delegation
from scheduler.records.part_lookup import parts_of
from scheduler.records.site_facts import zone_named
from scheduler.records.site_lookup import sites_seen_by
from scheduler.records.tour_lookup import tours_of, tours_with_codes
from scheduler.words.own_names import own_name
from scheduler.words.verdict_words import refusal_in_words

FEWEST_ROWS = 3


def batch_form(delegation: Delegation, **more: Any) -> BatchForm:
    """The form with every tour and part to choose from."""
    tours = [
        SelectChoice(tour.code, f"{own_name(site)}: {own_name(tour)}")
        for site in sites_seen_by(actor())
        for tour in tours_of(site.id)
    ]
    parts = [SelectChoice(part.id, f"{part.division}: {part.name}") for part in parts_of(delegation.id)]
    return BatchForm(tours, parts, **more)


def rows_of_wishes(delegation: Delegation) -> list[dict[str, Any]]:
    """A row for each wish that names a tour which is not booked yet, then empty ones."""
    wishes = db.session.scalars(wishes_of(delegation.id)).all()
    booked = {v.tour_session.tour_id for v in visits_of(delegation.id) if v.state in OCCUPYING}
    rows: list[dict[str, Any]] = [
        {
            "tour": wish.tour.code,
            "on": default_day(delegation, wish, now()),
            "headcount": wish.headcount or delegation.headcount,
        }
        for wish in wishes
        if wish.tour is not None and wish.tour.id not in booked
    ][:MOST_STOPS]
    empty = {"on": default_day(delegation, None, now()), "headcount": delegation.headcount}
    return rows + [empty] * min(max(FEWEST_ROWS - len(rows), 1), MOST_STOPS - len(rows))


def headcounts_of(delegation: Delegation) -> dict[int | None, int]:
    """How many each part counts, and None, the delegation."""
    counts: dict[int | None, int] = {part.id: part.headcount for part in parts_of(delegation.id)}
    return counts | {None: delegation.headcount}


def batch_page(form: BatchForm, delegation: Delegation, verdicts: Sequence[Verdict] = ()) -> str:
    """The page; `verdicts` are those of the rows with something in them, in their order."""
    for row, verdict in zip(form.rows(), verdicts, strict=False):
        row.answer = row_answer(verdict)
    for row in form.rows():
        row.session.offer([*row.answer.alternatives, *_sessions(row, delegation)])
    return render_template("batches/batch.html", form=form, delegation=delegation)


def _sessions(row: Any, delegation: Delegation) -> list[SelectChoice]:
    """The sessions of the row's tour on its day, each with the first thing that stands against it."""
    tour = tours_with_codes([row.tour.data]).get(row.tour.data) if row.tour.data else None
    if tour is None or row.on.data is None or row.on.errors:
        return []
    asking = VisitRequest(
        headcount=(row.headcount.data if not row.headcount.errors else None) or delegation.headcount,
        delegation_id=delegation.id,
        part_id=row.part_id.data if not row.part_id.errors else None,
    )
    day = day_span(row.on.data, zone_named(tour.site.zone))
    found = offers([tour.site_id], asking, day.starts_at, day.ends_at, at=now())
    return [
        running_choice(
            tour.code,
            offer.running,
            tour.site.zone,
            why_not=refusal_in_words(offer.refusals[0]) if offer.refusals else "",
        )
        for offer in found
        if offer.tour.code == tour.code
    ]

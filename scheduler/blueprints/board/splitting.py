"""A party too large for one session: the office's proposal of parts and sessions, booked in one act."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zlib import crc32

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from marshmallow import ValidationError
from wtforms.widgets import HiddenInput

from scheduler.access import Actor
from scheduler.actions.batches import BatchRefused
from scheduler.actions.bookings import VisitRefused
from scheduler.actions.invalid import Invalid
from scheduler.actions.splits import MOST_PIECES, Split, propose_split, split
from scheduler.blueprints.api.schemas.time_fields import instant_in
from scheduler.blueprints.board.answers import carried
from scheduler.blueprints.board.schemas import named
from scheduler.blueprints.board.targets import landing
from scheduler.blueprints.fields import LineField, WholeNumberField
from scheduler.blueprints.form import AskedForm, RoomForm
from scheduler.blueprints.typed import city_zone
from scheduler.clock import now
from scheduler.core.facts import VisitRequest
from scheduler.identity import actor
from scheduler.instants import local_day, span_in_words
from scheduler.records.absence import NotFound
from scheduler.records.carried import Carried
from scheduler.records.tour_lookup import tours_with_codes
from scheduler.verdict_words import caution_in_words, refusal_in_words

# What is split and where it was dropped.
ADDRESS = ("item", "row", "session", "tour_code", "start")


class SplitAsked(AskedForm):
    """How many parts; what is split, and where it was dropped, are part of the address."""

    pieces = WholeNumberField(_l("How many parts"), least=2, most=MOST_PIECES)


class SplitForm(RoomForm):
    """The proposal as it was read, and why its questions are no hindrance."""

    proposal = LineField(_l("Proposal"), widget=HiddenInput(), is_required=True)
    acknowledge_reason = LineField(_l("Why it is right all the same"), most=500)


def split_page(form: SplitForm | None = None) -> ResponseReturnValue:
    """The proposal with its parts, sessions and questions."""
    by, asked = actor(), SplitAsked.asked()
    is_right = asked.validate()
    item, wanted = _asked(by)
    chosen = asked.pieces.data if is_right else None
    proposal, faults = _proposal(wanted, chosen, now())
    if proposal is not None and is_right:
        asked.pieces.raw_data, asked.pieces.data = None, len(proposal.pieces)
    form = form or SplitForm(formdata=None)
    form.proposal.data = _digest(proposal)
    tour = tours_with_codes([proposal.tour_code])[proposal.tour_code] if proposal else None
    page = render_template(
        "board/split.html",
        item=item,
        asked=asked,
        chosen=chosen,
        kept={name: request.args[name] for name in ADDRESS if request.args.get(name)},
        form=form,
        tour=tour,
        proposal=proposal,
        faults=faults,
        lines=list(_lines(proposal, tour.site.zone)) if proposal and tour else [],
        has_questions=_has_questions(proposal),
        board_url=url_for("board.board", on=_day(instant_in(request.args["start"])).isoformat()),
    )
    return page, (form.status if is_right else 422)


def split_as_proposed() -> ResponseReturnValue:
    """Book all parts as they were shown, or none; what has changed since is shown anew."""
    by, at, form, asked = actor(), now(), SplitForm(), SplitAsked.asked()
    _item, wanted = _asked(by)
    proposal, _faults = _proposal(wanted, asked.pieces.data if asked.validate() else None, at)
    is_as_read = form.validate() and proposal is not None and form.proposal.data == _digest(proposal)
    if not is_as_read:
        form.refuse(_("Sessions have changed meanwhile: look at the new proposal, then book it."))
    elif _has_questions(proposal) and not form.acknowledge_reason.data:
        form.complain(_("Give a reason: it is kept in the journal."), "acknowledge_reason")
    elif proposal is not None and proposal.is_whole:
        with form.refusable(), _told_of_each(form):
            made = split(proposal.division, list(_requests(proposal, wanted, form)), by=by, at=at)
            number = len(made)
            words = ngettext("%(num)s visit is booked.", "%(num)s visits are booked, a part each.", number)
            flash(words, "success")
            return redirect(url_for("board.board", on=_day(made[0].starts_at).isoformat()), code=303)
    return split_page(form)


@contextmanager
def _told_of_each(form: SplitForm) -> Iterator[None]:
    """Within it several bookings may be refused at once: every reason is kept on the form."""
    try:
        yield
    except BatchRefused as refused:
        reasons = [refusal_in_words(r) for verdict in refused.verdicts for r in verdict.refusals]
        for reason in reasons or [_("Give a reason: it is kept in the journal.")]:
            form.refuse(reason)


def split_href(item: Carried, told: dict[str, Any]) -> str | None:
    """The page where a dropped wish is split. What is booked already is moved whole."""
    if item.standing is not None:
        return None
    session = told["session"]
    where = {
        "item": "{}:{}".format(*told["item"]),
        "row": "{}:{}".format(*told["row"]),
        "session": "{}:{}".format(*session) if session else None,
        "tour_code": told["tour_code"],
        "start": told["start"].isoformat(),
    }
    return url_for("board.split", **{name: value for name, value in where.items() if value})


def _asked(by: Actor) -> tuple[Carried, VisitRequest]:
    """What the address names: a wish, and where it was dropped. Raises NotFound for anything else."""
    told = request.args
    thing, row = named(told.get("item"), ("wish",)), named(told.get("row"), ("site", "delegation"))
    try:
        start = instant_in(told.get("start"))
    except ValidationError:
        start = None
    if thing is None or row is None or start is None:
        raise NotFound("split", request.full_path)
    item = carried(by, *thing)
    where = {"row": row, "start": start, "tour_code": told.get("tour_code") or None}
    return item, landing(item, where | {"session": named(told.get("session"), ("session",))})


def _proposal(wanted: VisitRequest, pieces: int | None, at: datetime) -> tuple[Split | None, list[str]]:
    """The proposal, or why there is none."""
    try:
        return propose_split(wanted, at, pieces=pieces), []
    except VisitRefused as refused:
        return None, [refusal_in_words(refusal) for refusal in refused.verdict.refusals]
    except Invalid:
        return None, [_("Nobody can be split into so many parts.")]


def _requests(proposal: Split, wanted: VisitRequest, form: SplitForm) -> Iterator[tuple[str, VisitRequest]]:
    for piece in proposal.pieces:
        running = piece.running
        assert running is not None
        yield (
            piece.name,
            replace(
                wanted,
                headcount=piece.headcount,
                tour_session_id=running.id,
                tour_code=proposal.tour_code if running.id is None else None,
                starts_at=running.starts_at if running.id is None else None,
                acknowledge=tuple(caution.code.value for caution in piece.cautions),
                acknowledge_reason=form.acknowledge_reason.data,
            ),
        )


def _lines(proposal: Split, zone: str) -> Iterator[dict[str, Any]]:
    for piece in proposal.pieces:
        running = piece.running
        when = span_in_words(running.starts_at, running.ends_at, zone) if running else ""
        yield {
            "name": piece.name,
            "headcount": piece.headcount,
            "when": when,
            "cautions": [caution_in_words(caution) for caution in piece.cautions],
        }


def _has_questions(proposal: Split | None) -> bool:
    return proposal is not None and any(piece.cautions for piece in proposal.pieces)


def _digest(proposal: Split | None) -> str:
    """Changes whenever anything of the proposal does, so that nobody books what they have not seen."""
    return f"{crc32(repr(proposal).encode()):08x}"


def _day(instant: datetime) -> date:
    """The city's day of an instant, for the way back to the board."""
    return local_day(instant, city_zone().key)

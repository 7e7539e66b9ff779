"""Booking a proposal: which one, as requested or held, what was confirmed; and what came of it in words."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from scheduler.actions.plan_acceptance import Acceptance
from scheduler.actions.plan_refusals import PlanOvertaken
from scheduler.blueprints.fields import LineField, MomentField, WholeNumberField
from scheduler.blueprints.form import given
from scheduler.blueprints.plans.named import Names
from scheduler.blueprints.stop_rows import RowsForm, TicksField
from scheduler.blueprints.typed import city_zone
from scheduler.records.visits import Visit
from scheduler.words.instants import moment_in_words
from scheduler.words.plan_change_words import change_in_words
from scheduler.words.verdict_words import refusal_in_words

HELD, REQUESTED = "held", "requested"


class AcceptForm(RowsForm):
    """What is sent with the button of a proposal."""

    proposal = WholeNumberField(_l("Programme"), least=0, most=9, is_required=True)
    hold_until = MomentField(_l("Hold the places until"))
    acknowledge = TicksField(_l("Points to confirm"))
    acknowledge_reason = LineField(_l("Why it is right all the same"), most=500)
    way = LineField(_l("How"), most=20)

    @property
    def is_held(self) -> bool:
        return self.way.data == HELD

    def rows(self) -> list[Any]:
        return []

    def check(self) -> None:
        if self.is_held and self.hold_until.data is None and not self.hold_until.errors:
            self.complain(_("Say until when the places are to be held."), "hold_until")
        if self.acknowledge.data and not self.acknowledge_reason.data:
            self.complain(_("Give a reason: it is kept in the journal."), "acknowledge_reason")

    def told(self) -> Acceptance:
        """What was sent, as the office is told it."""
        return Acceptance(
            proposal=given(self.proposal.data),
            hold_until=given(self.hold_until.data) if self.is_held else None,
            acknowledge=self.acknowledge.ticked(),
            acknowledge_reason=self.acknowledge_reason.data,
        )


def booked_in_words(visits: Sequence[Visit], *, is_held: bool) -> str:
    """How many visits there are now, and as what."""
    if is_held:
        return ngettext(
            "%(num)s visit of the programme is held.",
            "%(num)s visits of the programme are held.",
            len(visits),
        )
    return ngettext(
        "%(num)s visit of the programme is booked.",
        "%(num)s visits of the programme are booked.",
        len(visits),
    )


def fallen_in_words(overtaken: PlanOvertaken, delegation_id: int) -> list[str]:
    """What changed since the stops were proposed, or which fell out and why."""
    told = list(dict.fromkeys(change_in_words(change) for change in overtaken.changes))
    if overtaken.refused is None:
        return told
    names = Names(delegation_id)
    for asking, verdict in zip(overtaken.askings, overtaken.refused.verdicts, strict=False):
        if verdict.is_refused:
            tour = names.both(asking.request.tour_code or "")
            when = moment_in_words(asking.visit.starts_at, city_zone().key)
            reasons = " ".join(dict.fromkeys(refusal_in_words(refusal) for refusal in verdict.refusals))
            told.append(
                _("%(tour)s, %(when)s, fits no more: %(reasons)s", tour=tour, when=when, reasons=reasons)
            )
    return told

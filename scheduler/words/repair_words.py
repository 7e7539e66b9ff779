"""Repairs in words: what a plan comes to, and what stands against accepting it."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from scheduler.actions.repair_acceptance import RepairRefused
from scheduler.planner.repair_answers import Fate, RepairAnswer
from scheduler.words.wording import verdict_values

FATES = {
    Fate.STAYS: _l("Stays"),
    Fate.MOVES: _l("Moves"),
    Fate.STANDS_IN: _l("Another tour instead"),
    Fate.WITHOUT_PLACE: _l("Without a place"),
}


def fate_in_words(fate: Fate) -> str:
    """What becomes of a visit, in a word or two."""
    return str(FATES[fate])


def repair_in_words(answer: RepairAnswer) -> str:
    """The whole repair in a few sentences: how many are touched, keep a place, move."""
    if not answer.visits:
        return _("No visit is touched: there is nothing to mend.")
    touched = ngettext(
        "%(num)s visit is touched; %(kept)s keep a place.",
        "%(num)s visits are touched; %(kept)s keep a place.",
        answer.touched,
        kept=answer.kept,
    )
    if answer.is_proven:
        moved = ngettext(
            "%(num)s visit moves: it is proven that no fewer can.",
            "%(num)s visits move: it is proven that no fewer can.",
            answer.moved,
        )
    else:
        moved = ngettext(
            "%(num)s visit moves; at least %(bound)s must.",
            "%(num)s visits move; at least %(bound)s must.",
            answer.moved,
            bound=answer.bound,
        )
    return f"{touched} {moved}"


def refused_in_words(refused: RepairRefused) -> str:
    """Why nothing was written, and what is done about it."""
    if refused.is_undone:
        return _("Nothing was changed: the closure was taken back. There is nothing to mend any more.")
    if not refused.is_overtaken:
        return ngettext(
            "Nothing was changed: %(num)s of the visits stands in the way.",
            "Nothing was changed: %(num)s of the visits stand in the way.",
            len(refused.verdicts),
        )
    told = ngettext(
        "Nothing was changed: %(num)s visit is no longer as it was when this was planned.",
        "Nothing was changed: %(num)s visits are no longer as they were when this was planned.",
        len({*refused.changed, *refused.fallen}),
    )
    if refused.plan is None:
        return told
    again = _("It is planned again with what has changed.")
    return f"{told} {again}"


def refused_values(refused: RepairRefused) -> dict[str, Any]:
    """The verdicts by visit, which visits have changed since, and the plan made anew."""
    visits = [{"visit_id": key, **verdict_values(verdict)} for key, verdict in refused.verdicts.items()]
    return {
        "visits": visits,
        "changed": refused.changed,
        "plan_id": refused.plan.id if refused.plan is not None else None,
    }

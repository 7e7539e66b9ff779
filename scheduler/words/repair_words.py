"""Repairs in words: what a plan comes to, and what stands against accepting it."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from scheduler.actions.repair_acceptance import RepairRefused
from scheduler.planner.repairs.answers import Fate, RepairAnswer
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
    """The whole repair in a few sentences: how many are touched, what becomes of them, what is proven."""
    return " ".join(sentences_of(answer))


def sentences_of(answer: RepairAnswer) -> list[str]:
    """The same, each sentence by itself: who is touched first, then only what there is any of."""
    if not answer.visits:
        return [_("No visit is touched: there is nothing to mend.")]
    touched = ngettext("%(num)s visit is touched.", "%(num)s visits are touched.", answer.touched)
    return [touched, *_fates_told(answer), *_proof_told(answer)]


def _fates_told(answer: RepairAnswer) -> Iterator[str]:
    """How many of the touched meet each fate, and how many others move for them."""
    met = Counter(each.fate for each in answer.visits if each.is_touched)
    others = sum(each.is_moved for each in answer.visits if not each.is_touched)
    if count := met[Fate.STAYS]:
        yield ngettext(
            "%(num)s visit stays at its place and hour.",
            "%(num)s visits stay at their place and hour.",
            count,
        )
    if count := met[Fate.MOVES]:
        yield ngettext("%(num)s visit moves to another hour.", "%(num)s visits move to other hours.", count)
    if count := met[Fate.STANDS_IN]:
        yield ngettext(
            "%(num)s visit finds no place of its own, but another tour could stand in for it.",
            "%(num)s visits find no place of their own, but other tours could stand in for them.",
            count,
        )
    if count := met[Fate.WITHOUT_PLACE]:
        yield ngettext("%(num)s visit finds no place.", "%(num)s visits find no place.", count)
    if others:
        yield ngettext(
            "%(num)s other visit moves to make room.", "%(num)s other visits move to make room.", others
        )


def _proof_told(answer: RepairAnswer) -> Iterator[str]:
    """What no plan could do better; or that there was no time to know."""
    is_all_kept = answer.kept == answer.touched
    if not answer.moved and is_all_kept:
        yield _("Nobody has to move.")
    elif not answer.is_proven:
        yield _("There was no time to prove that no plan is better.")
        if answer.bound:
            yield ngettext(
                "At least %(num)s visit must move.", "At least %(num)s visits must move.", answer.bound
            )
    elif not answer.kept:
        yield _("It is proven that none of them can keep its tour.")
    elif is_all_kept:
        yield _("It is proven that no fewer can move.")
    elif not answer.moved:
        yield _("It is proven that no more can keep their tour.")
    else:
        yield _("It is proven that no more can keep their tour, and that for this no fewer can move.")


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

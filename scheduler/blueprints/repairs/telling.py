"""What came of accepting a repair, told at the top of the next page or above the form."""

from collections.abc import Sequence

from flask import flash
from flask_babel import gettext as _
from flask_babel import ngettext

from scheduler.actions.repair_acceptance import RepairRefused
from scheduler.actions.repair_choices import RepairChoice
from scheduler.blueprints.typed import city_zone
from scheduler.records.plans import PlanJob
from scheduler.records.visit_lookup import visits_numbered
from scheduler.records.visits import Visit
from scheduler.words.instants import moment_in_words
from scheduler.words.repair_page_words import accepted_in_words
from scheduler.words.verdict_words import caution_in_words, refusal_in_words


def done_of(plan: PlanJob) -> dict[str, str]:
    """What was done of a repair already, by visit."""
    return dict((plan.booked or {}).get("visits", {}))


def is_news(visit: Visit, before: dict[str, str], plan: PlanJob) -> bool:
    """Whether a visit was changed now, and not when somebody else accepted the same."""
    return done_of(plan).get(str(visit.id)) != before.get(str(visit.id))


def tell_accepted(visits: Sequence[Visit], choice: RepairChoice) -> None:
    """How many visits were changed and put off, and how many delegations get letters."""
    if not visits:
        flash(_("This was done already; nothing was changed."), "info")
        return
    put_off = sum(visit.id in choice.postpone for visit in visits)
    told = {visit.delegation_id for visit in visits}
    for sentence in accepted_in_words(len(visits) - put_off, len(told), put_off):
        flash(sentence, "success")


def registered(plan: PlanJob) -> int | None:
    """With how many the delegation is registered that a repair is about; None where it is about none."""
    return plan.delegation.headcount if plan.delegation is not None else None


def tell_lowered(before: int | None, after: int | None) -> None:
    """That a delegation's headcount followed its visits."""
    if after is not None and after != before:
        told = ngettext(
            "The delegation is now registered with %(num)s person.",
            "The delegation is now registered with %(num)s people.",
            after,
        )
        flash(told, "success")


def refused_lines(refused: RepairRefused) -> list[str]:
    """What stands against which visit."""
    rows = {visit.id: visit for visit in visits_numbered(refused.verdicts.keys())}
    told = []
    for visit_id, verdict in refused.verdicts.items():
        visit = rows[visit_id]
        reasons = [refusal_in_words(refusal) for refusal in verdict.refusals]
        reasons += [caution_in_words(caution) for caution in verdict.cautions if not reasons]
        who, when = visit.delegation.name, moment_in_words(visit.starts_at, city_zone().key)
        told.append(_("%(who)s, %(when)s: %(reasons)s", who=who, when=when, reasons=" ".join(reasons)))
    return told

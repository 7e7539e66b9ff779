"""What stands against accepting a plan, in words and values."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from scheduler.actions.plan_acceptance import PlanOvertaken
from scheduler.actions.repair_acceptance import RepairRefused
from scheduler.words.repair_words import refused_in_words, refused_values
from scheduler.words.together_words import batch_values


def problem_in_words(error: PlanOvertaken | RepairRefused) -> tuple[str, str, dict[str, Any]]:
    """A plan or a repair that cannot be accepted as it is: the problem's code, what it is, its values."""
    if isinstance(error, PlanOvertaken):
        return "plan_overtaken", overtaken_in_words(error), overtaken_values(error)
    code = "plan_overtaken" if error.is_overtaken else "refused"
    return code, refused_in_words(error), refused_values(error)


def overtaken_in_words(overtaken: PlanOvertaken) -> str:
    """How many stops fell out, that nothing was booked, and what is done about it."""
    told = ngettext(
        "Nothing was booked: %(num)s stop does not fit any more.",
        "Nothing was booked: %(num)s stops do not fit any more.",
        len(overtaken.fallen),
    )
    if overtaken.plan is None:
        return told
    again = _("A new plan keeps the other stops where they are and looks for another place for it.")
    return f"{told} {again}"


def overtaken_values(overtaken: PlanOvertaken) -> dict[str, Any]:
    """Which stops fell out and which stand, the verdict on each visit, and the plan of the difference."""
    visits = batch_values(overtaken.refused)
    for told, asking in zip(visits, overtaken.askings, strict=True):
        told["stop"] = asking.stop
    return {
        "fallen": overtaken.fallen,
        "kept": overtaken.kept,
        "visits": visits,
        "plan_id": overtaken.plan.id if overtaken.plan is not None else None,
    }

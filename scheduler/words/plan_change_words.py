"""What stands against accepting a plan, in words and values."""

from collections.abc import Mapping
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from scheduler.actions.plan_changes import Change
from scheduler.actions.plan_refusals import PlanBooked, PlanOvertaken, PlanStands
from scheduler.actions.repair_acceptance import RepairRefused
from scheduler.core.lifecycle import VisitState
from scheduler.records.tour_lookup import tours_with_codes
from scheduler.records.visits import Visit
from scheduler.words.code_names import state_in_words
from scheduler.words.instants import moment_in_words
from scheduler.words.lists import listed_apart
from scheduler.words.own_names import own_name
from scheduler.words.repair_words import refused_in_words, refused_values
from scheduler.words.together_words import batch_values
from scheduler.words.verdict_words import fill
from scheduler.words.wording import fact_values

# What is not as it was when the plan was made.
CHANGES: Mapping[str, Any] = {
    "headcount": _l("The programme was made for %(was)s people; now %(now)s come."),
    "stay": _l("The stay has changed since: it lasts from %(arrives_at)s to %(departs_at)s."),
    "frame": _l("The frame of their days has changed since: hours, base, meals or visits a day."),
    "wish_gone": _l("%(tour)s is wished for no more."),
    "wish_changed": _l("The wish for %(tour)s has changed since."),
    "wish_booked": _l("%(tour)s: what was wished for is booked already."),
}
# What was booked of the plan before, and what to do where that is not what is asked for now.
STANDINGS: Mapping[str, Any] = {
    "held": _l("These visits are held already: %(visits)s. Nothing was changed. Request them one by one."),
    "requested": _l("These visits are booked already and no more held: %(visits)s. Nothing was changed."),
    "called_off": _l("These visits of the plan stand no more: %(visits)s. Ask again for a new plan."),
}


def problem_in_words(error: PlanOvertaken | RepairRefused) -> tuple[str, str, dict[str, Any]]:
    """A plan or a repair that cannot be accepted as it is: the problem's code, what it is, its values."""
    if isinstance(error, PlanOvertaken):
        return "plan_overtaken", overtaken_in_words(error), overtaken_values(error)
    code = "plan_overtaken" if error.is_overtaken else "refused"
    return code, refused_in_words(error), refused_values(error)


def booked_before_in_words(error: PlanBooked | PlanStands) -> tuple[str, str, dict[str, Any]]:
    """A plan of which something was booked before: the problem's code, what stands, its values."""
    if isinstance(error, PlanBooked):
        told = _("Another proposal of this plan was accepted already. Call its visits off, or plan again.")
        return "plan_booked", told, {"proposal": error.proposal}
    values = [{"visit_id": visit.id, "state": visit.state.value} for visit in error.visits]
    return "plan_stands", stands_in_words(error), {"stands": error.stands, "visits": values}


def stands_in_words(error: PlanStands) -> str:
    """What was booked of the plan before, how it stands, and what to do."""
    told = listed_apart([_visit(visit, tells_state=error.stands == "called_off") for visit in error.visits])
    return fill(STANDINGS[error.stands], {"visits": told})


def change_in_words(change: Change) -> str:
    """What is not as it was when the plan was made."""
    facts = dict(change.facts)
    if change.tour_code:
        facts["tour"] = _tour(change.tour_code)
    return fill(CHANGES[change.code.value], facts)


def _tour(code: str) -> str:
    tour = tours_with_codes({code}).get(code)
    return _("%(site)s: %(tour)s", site=own_name(tour.site), tour=own_name(tour)) if tour else code


def _visit(visit: Visit, *, tells_state: bool) -> str:
    when = moment_in_words(visit.starts_at, current_app.config["CITY_ZONE"])
    told = _("%(site)s, %(when)s", site=own_name(visit.tour_session.tour.site), when=when)
    # A hold that ran out has expired, whether or not anybody has written it down yet.
    state = VisitState.EXPIRED if visit.state is VisitState.HELD else visit.state
    return f"{told} ({state_in_words(state)})" if tells_state else told


def overtaken_in_words(overtaken: PlanOvertaken) -> str:
    """How many stops fell out, what changed, that nothing was booked, and what is done about it."""
    if overtaken.changes:
        changes = " ".join(dict.fromkeys(change_in_words(change) for change in overtaken.changes))
        told = _("Nothing was booked. %(changes)s", changes=changes)
        if overtaken.plan is None:
            return told
        again = _("A new plan is made for what is true now; it keeps the stops that still stand.")
        return f"{told} {again}"
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
    visits = batch_values(overtaken.refused) if overtaken.refused is not None else []
    for told, asking in zip(visits, overtaken.askings, strict=False):
        told["stop"] = asking.stop
    return {
        "fallen": overtaken.fallen,
        "kept": overtaken.kept,
        "changed": [_change_values(change) for change in overtaken.changes],
        "visits": visits,
        "plan_id": overtaken.plan.id if overtaken.plan is not None else None,
    }


def _change_values(change: Change) -> dict[str, Any]:
    return {
        "code": change.code,
        "wish_id": change.wish_id,
        "stops": list(change.stops),
        "facts": fact_values(change.facts),
        "text": change_in_words(change),
    }

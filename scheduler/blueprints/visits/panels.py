"""What may be done to a visit now, by this person: one panel an act, the likeliest first."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from scheduler.access import Actor, Permission
from scheduler.actions.lifecycle import PERMISSIONS, facts_of
from scheduler.blueprints.visits.act_forms import FORMS, ActForm, AgreementForm
from scheduler.core.lifecycle import Act, acts_open
from scheduler.records.visits import Visit

# In the order of a visit's life: its name, what it means, how its button looks.
ACTS: dict[Act, tuple[Any, Any, str]] = {
    Act.REQUEST: (_l("Ask the site"), _l("The hold becomes a request to the site."), "primary"),
    Act.CONFIRM: (_l("Confirm"), _l("The site agrees to receive them."), "primary"),
    Act.ARRIVE: (
        _l("Record the arrival"),
        _l("How many have come; to be corrected by recording again."),
        "primary",
    ),
    Act.CLOSE: (_l("Close"), _l("Everything about this visit is done."), "primary"),
    Act.DECLINE: (
        _l("Decline"),
        _l("The site cannot receive them then; it may offer other times."),
        "danger",
    ),
    Act.POSTPONE: (_l("Postpone"), _l("Not now, but later: the place is free again."), "secondary"),
    Act.CANCEL: (_l("Cancel"), _l("The visit will not take place: the place is free again."), "danger"),
    Act.NO_SHOW: (_l("Nobody came"), _l("They were expected and did not come."), "secondary"),
}


ON_THE_DAY = timedelta(hours=12)


@dataclass(frozen=True)
class Panel:
    """One act with its form."""

    code: str
    title: Any
    meaning: Any
    kind: str
    action: str
    form: ActForm
    is_open: bool

    @property
    def fields(self) -> list[Any]:
        """What is asked, without what travels along unseen."""
        return [f for f in self.form if f.name not in UNSEEN]


UNSEEN = frozenset({"csrf_token", "version", "acknowledge", "acknowledge_reason"})


def panels_of(
    visit: Visit, by: Actor, at: datetime, *, returned: tuple[Act, ActForm] | None = None
) -> list[Panel]:
    """The acts that the visit's state and the person's roles allow; `returned` is a form that came back."""
    allowed = acts_open(facts_of(visit), at)
    panels: list[Panel] = []
    for act, (title, meaning, kind) in ACTS.items():
        has_returned = returned is not None and returned[0] is act
        is_offered = act in allowed and _may(act, visit, by)
        if not has_returned and not is_offered:
            continue
        form = returned[1] if returned and has_returned else form_for(act, visit, by)
        action = url_for(f"visits.{act.value}", visit_id=visit.id)
        is_open = has_returned or (returned is None and not panels and _is_due(act, visit, at))
        panels.append(Panel(act.value, title, meaning, kind, action, form, is_open))
    return panels


def form_for(act: Act, visit: Visit, by: Actor, **more: Any) -> ActForm:
    """The form of an act. Who answers for the site agrees by a click; an officer says who agreed."""
    form_type = FORMS[act]
    if act is Act.CONFIRM and visit.site_id not in by.site_ids:
        form_type = AgreementForm
    return form_type(
        within=act.value.replace("_", "-"), **({"formdata": None} | more), **_beginnings(act, visit)
    )


def may_move(visit: Visit, by: Actor, at: datetime) -> bool:
    return Act.MOVE in acts_open(facts_of(visit), at) and by.may(Permission.BOOK_VISITS)


def _is_due(act: Act, visit: Visit, at: datetime) -> bool:
    """Arrivals are recorded on the day; the others wait for nothing."""
    return act in (Act.REQUEST, Act.CONFIRM, Act.CLOSE) or (
        act is Act.ARRIVE and visit.starts_at - ON_THE_DAY <= at
    )


def _may(act: Act, visit: Visit, by: Actor) -> bool:
    if act is Act.CONFIRM and visit.site_id not in by.site_ids:
        return by.may(Permission.RECORD_AGREEMENT)
    return by.may(PERMISSIONS[act])


def _beginnings(act: Act, visit: Visit) -> dict[str, Any]:
    if act is Act.ARRIVE:
        return {"version": visit.version, "count": visit.arrived_count or visit.headcount}
    return {"version": visit.version}

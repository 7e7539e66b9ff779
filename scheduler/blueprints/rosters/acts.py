"""What can be done to a line of a roster by whoever reads it, each act with its form."""

from collections.abc import Mapping
from datetime import datetime

from scheduler.access import Permission
from scheduler.actions.lifecycle import PERMISSIONS, facts_of
from scheduler.blueprints.rosters.forms import (
    ActForm,
    ArriveForm,
    ConfirmForm,
    DeclineForm,
    MarksForm,
    NoShowForm,
    UndoForm,
)
from scheduler.blueprints.ways import visit_url
from scheduler.core.gate import Said
from scheduler.core.lifecycle import CALLED_OFF, Act, acts_open
from scheduler.identity import actor
from scheduler.records.visits import Visit

FORMS: Mapping[Act | Said, type[ActForm]] = {
    Act.CONFIRM: ConfirmForm,
    Act.DECLINE: DeclineForm,
    Act.ARRIVE: ArriveForm,
    Act.UNDO_ARRIVAL: UndoForm,
    Act.NO_SHOW: NoShowForm,
    Said.NOTE: MarksForm,
}
Returned = Mapping[tuple[int, Act | Said], ActForm]


def forms_of(visit: Visit, at: datetime, returned: Returned) -> dict[str, ActForm]:
    """The forms of the acts that are open and theirs to do."""
    forms = {}
    for act in FORMS:
        if (visit.id, act) in returned:
            forms[act.value] = returned[visit.id, act]
        elif _may_do(act, visit, at):
            forms[act.value] = FORMS[act](
                formdata=None,
                within=f"visit-{visit.id}-{act.value}",
                version=visit.version,
                count=visit.arrived_count or visit.headcount,
                photographs=visit.photographs.value,
                note=visit.gate_note,
            )
    return forms


def _may_do(act: Act | Said, visit: Visit, at: datetime) -> bool:
    by = actor()
    if isinstance(act, Said):
        may_mark = by.may(Permission.RECEIVE_VISITS, site_id=visit.site_id)
        return may_mark and visit.state not in CALLED_OFF
    if not by.may(PERMISSIONS[act], site_id=visit.site_id) or act not in acts_open(facts_of(visit), at):
        return False
    return act is not Act.CONFIRM or visit.site_id in by.site_ids


def record_url(visit: Visit, at: datetime) -> str | None:
    """Who may record the owner's word without being the owner does so on the visit's own page."""
    by = actor()
    may_record = by.may(Permission.RECORD_AGREEMENT) and visit.site_id not in by.site_ids
    return visit_url(visit.id) if may_record and Act.CONFIRM in acts_open(facts_of(visit), at) else None

"""What is said at a gate, in words: the acts and columns of the journal, photographs, how many came."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from scheduler.core.gate import Photographs

ACTS = {
    "amend_count": _l("amended the count"),
    "undo_arrival": _l("took the arrival back"),
    "note_at_gate": _l("noted at the gate"),
    "mark_photographs": _l("marked whether photographs may be taken"),
    "print_sheet": _l("printed the day sheet"),
    "mail_sheet": _l("posted the day sheet"),
}
SUBJECTS = {"sheet_print": _l("Day sheet")}
COLUMNS = {
    "arrived_count": _l("How many came"),
    "gate_note": _l("Note at the gate"),
    "photographs": _l("Photographs"),
}
PHOTOGRAPHS = {
    Photographs.UNKNOWN.value: _l("Photographs: not said yet"),
    Photographs.ALLOWED.value: _l("Photographs allowed"),
    Photographs.NOT_ALLOWED.value: _l("No photographs"),
}
VALUES = {"photographs": PHOTOGRAPHS}


def count_in_words(came: int, announced: int) -> str:
    """9 of 12 came, 3 missing."""
    if came < announced:
        told = {"came": came, "announced": announced, "missing": announced - came}
        return _("%(came)s of %(announced)s came, %(missing)s missing", **told)
    if came > announced:
        told = {"came": came, "announced": announced, "more": came - announced}
        return _("%(came)s came, %(more)s more than the %(announced)s announced", **told)
    return _("All %(announced)s came", announced=announced)

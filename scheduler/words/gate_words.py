"""What is said at a gate, in words: the acts and columns of the journal, photographs, how many came."""

from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from scheduler.actions.gate import MovedMeanwhile, SaidOtherwise
from scheduler.core.gate import Photographs
from scheduler.words.instants import hour, moment_in_words

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


def conflict_in_words(error: SaidOtherwise | MovedMeanwhile) -> str:
    """What stands against a tap that the rules allow: who said something else, or the hour that changed."""
    zone = current_app.config["CITY_ZONE"]
    if isinstance(error, MovedMeanwhile):
        when = moment_in_words(error.starts_at, zone)
        return _("The visit was moved to %(when)s meanwhile. Reload the page.", when=when)
    told = {"who": error.who.name, "time": hour(error.who.at, zone)}
    if error.name == "arrived_count" and error.value is None:
        return _("%(who)s took the arrival back at %(time)s.", **told)
    if error.name == "arrived_count":
        return _("%(who)s counted %(count)s at %(time)s.", count=error.value, **told)
    if error.name == "photographs":
        return _("%(who)s said at %(time)s: %(mark)s.", mark=_mark(error.value), **told)
    return _("%(who)s wrote at %(time)s: “%(note)s”", note=error.value, **told)


def _mark(value: Any) -> str:
    return str(PHOTOGRAPHS[str(value)])

"""What is wrong with a disturbance or with what was chosen of a repair, in words."""

from flask_babel import lazy_gettext as _l

from scheduler.planner.repairs.answers import Fate

# What to do about a visit of a repair that is not settled yet.
UNRESOLVED = {
    Fate.STAYS: _l("It was not chosen: name it in only."),
    Fate.MOVES: _l("It was not chosen: name it in only."),
    Fate.STANDS_IN: _l("Another tour could stand in for it: name it in only to book that, or put it off."),
    Fate.WITHOUT_PLACE: _l("It finds no place: choose another session for it in edited, or put it off."),
}
FAULTS = {
    "site_needed": _l("Name the site that closes."),
    "closure_needed": _l("Name the closure by its closure_id, or rehearse one that is not entered yet."),
    "resource_needed": _l("Name the guide, interpreter or vehicle that is away."),
    "leave_needed": _l("No leave is entered then: enter it first, or rehearse it."),
    "headcount_needed": _l("Say how many come."),
    "delegation_needed": _l("Name the delegation that this is about."),
    "arrival_or_departure_needed": _l("Say when they arrive, or when they depart."),
    "no_stay_left": _l("They would depart before they arrive."),
    "proposal_needed": _l("Name the proposal by its index."),
    "not_of_a_programme": _l("This is for repairs; of a programme name the proposal and its stops."),
    "not_of_a_repair": _l("This is for programmes; of a repair choose with only, edited and postpone."),
    "not_rehearsed": _l("This is no rehearsal: what it is about is entered already."),
    "closure_reason_needed": _l("Say why the site closes: guests and officers will read it."),
    "stretch_needed": _l("Say from when and until when."),
    "not_of_this_repair": _l("Visit %(value)s is not part of this repair."),
    "nowhere_to_go": _l(
        "Visit %(value)s finds no place in this repair: choose another session for it, or put it off."
    ),
    "only_rehearsed": _l(
        "This was only rehearsed. Enter what has happened, such as the closure, and plan its repair."
    ),
}

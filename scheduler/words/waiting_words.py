"""Waiting lists in words: what happens to an entry, what is written down of it."""

from flask_babel import lazy_gettext as _l

from scheduler.words.programme_words import ENGAGEMENT_STATES

ACTS = {
    "join_waiting": _l("joined the waiting list"),
    "promoted": _l("was given a hold from the waiting list"),
    "withdrawn": _l("left the waiting list"),
    "lapsed": _l("waited until it began"),
}
SUBJECTS = {"waiting": _l("Waiting list")}
COLUMNS = {"hold_hours": _l("Hours held")}
WAITING_STATES = {
    "waiting": _l("Waiting"),
    "promoted": _l("Given a hold"),
    "withdrawn": _l("Left the list"),
    "lapsed": _l("It has begun"),
}
# Besides those of visits, delegations and duties: what a state in a history may be.
STATES = ENGAGEMENT_STATES | WAITING_STATES

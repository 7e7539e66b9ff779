"""What letters are called: their kinds, how they stand, what their calendar part says."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

LETTER_KINDS = {
    "invitation": _l("Invitation"),
    "change": lazy_pgettext("letter", "Change"),
    "cancellation": _l("Cancellation"),
    "withdrawal": _l("Invitation withdrawn"),
    "again": _l("Sent again on request"),
    "declined_counter": _l("Other time declined"),
    "reminder": _l("Reminder"),
    "roster": _l("Roster of the day"),
    "link": _l("Link to answer by"),
}
LETTER_STATES = {
    "waiting": lazy_pgettext("letter", "Waiting"),
    "posting": _l("Being posted"),
    "posted": _l("Posted"),
    "returned": _l("Came back"),
    "given_up": _l("Given up"),
    "dropped": _l("Overtaken"),
}
STANDINGS = {
    "needs_help": _l("Needs help"),
    "waiting": lazy_pgettext("letter", "Waiting"),
    "posted": _l("Posted"),
    "dropped": _l("Overtaken"),
}
SIDES = {
    "guest": _l("Guests"),
    "site": _l("The site"),
    "office": _l("The office"),
    "duty": lazy_pgettext("letter", "Staff"),
}
# What a message does in its reader's calendar (RFC 5546); CANCEL without a status only takes one person out.
METHODS = {
    "REQUEST": _l("Enters the appointment, or puts it right where it is entered"),
    "CANCEL": _l("Takes the appointment out"),
    "DECLINECOUNTER": _l("Declines the time that was proposed"),
}
ENTRY_STATES = {
    "TENTATIVE": _l("Not settled yet"),
    "CONFIRMED": lazy_pgettext("calendar", "Settled"),
    "CANCELLED": _l("Called off"),
}
ACTS = {
    "send_again": _l("sent the letter again"),
    "readdress": _l("mended the address"),
}
SUBJECTS = {"letter": lazy_pgettext("post", "Letter")}
TABLES = {
    "letter_kinds": LETTER_KINDS,
    "letter_states": LETTER_STATES,
    "letter_sides": SIDES,
    "calendar_methods": METHODS,
    "calendar_states": ENTRY_STATES,
}

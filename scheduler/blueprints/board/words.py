"""The sentences that the board's script says, by the name it knows them by."""

from flask_babel import lazy_gettext as _l

WORDS = {
    "loading": _l("The board is being fetched …"),
    "went_wrong": _l("Something went wrong. Reload the page, then try again."),
    "signed_out": _l("You are signed out. Sign in again, then go on."),
    "tray": _l("Not yet placed"),
    "undo": _l("Undo"),
    "undone": _l("Undone."),
    "close": _l("Close"),
    "cancel": _l("Cancel"),
    "refused": _l("This cannot be booked"),
    "alternatives": _l("What would work"),
    "take_this": _l("Book this one"),
    "sure": _l("Are you sure?"),
    "reason": _l("Why it is right all the same"),
    "book_all_the_same": _l("Book all the same"),
    "look_closer": _l("Look closer"),
    "may_split": _l("The party is too large for this session; it can be split over several."),
    "changed": _l("Somebody changed the board; it is up to date again."),
    "help": _l("Help"),
    "clash": _l("Clash"),
    "people": _l("%(number)s people"),
}

"""What links to answer by are called: how they stand, and what was said through them."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

LINK_STATES = {
    "open": lazy_pgettext("link", "Open"),
    "answered": _l("Answered"),
    "expired": _l("Run out"),
    "revoked": _l("Taken back"),
}
# What was said through a link, of a visit or of a duty.
LINK_ANSWERS = {
    "agree": _l("Agreed"),
    "decline": _l("Declined"),
    "other_times": _l("Other times offered"),
    "accept": _l("Accepted"),
    "refuse": _l("Refused"),
}
# What the journal says of links to answer by, and of those to calendars.
ACTS = {
    "make_feed": _l("made a calendar link"),
    "renew_feed": _l("renewed a calendar link"),
    "revoke_feed": _l("ended a calendar link"),
    "make_link": _l("made a link to answer by"),
    "revoke_link": _l("took a link back"),
    "answer_link": _l("answered by link"),
}

"""What languages and states are called, wherever they are named."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

LANGUAGE_NAMES = {
    "ko": _l("Korean"),
    "en": _l("English"),
    "zh": _l("Chinese"),
    "ja": _l("Japanese"),
    "ar": _l("Arabic"),
    "fr": _l("French"),
    "es": _l("Spanish"),
    "pt": _l("Portuguese"),
    "vi": _l("Vietnamese"),
    "th": _l("Thai"),
    "id": _l("Indonesian"),
    "ms": _l("Malay"),
    "te": _l("Telugu"),
    "ru": _l("Russian"),
    "mn": _l("Mongolian"),
}
VISIT_STATES = {
    "held": _l("Held"),
    "requested": _l("Requested"),
    "confirmed": _l("Confirmed"),
    "carried_out": _l("Carried out"),
    "closed": _l("Closed"),
    "declined": _l("Declined"),
    "cancelled": _l("Cancelled"),
    "postponed": _l("Postponed"),
    "no_show": _l("No-show"),
    "expired": _l("Expired"),
}
RESOURCE_KINDS = {
    "guide": _l("Guide"),
    "interpreter": _l("Interpreter"),
    "vehicle": _l("Vehicle"),
    "liaison_officer": _l("Liaison officer"),
}
DUTY_STATES = {
    "asked": lazy_pgettext("duty", "Asked"),
    "accepted": lazy_pgettext("duty", "Accepted"),
    "refused": lazy_pgettext("duty", "Refused"),
    "released": lazy_pgettext("duty", "Released"),
}
DELEGATION_STATES = {
    "registered": _l("Registered"),
    "closed": _l("Closed"),
    "cancelled": _l("Cancelled"),
}


def language_name(code: str) -> str:
    """A language by name; a code without one is shown as it is."""
    return str(LANGUAGE_NAMES.get(code, code))


def state_in_words(state: Any) -> str:
    """The state of a visit or of a delegation, as a word within a sentence."""
    plain = str(getattr(state, "value", state))
    return str((VISIT_STATES | DELEGATION_STATES).get(plain, plain)).lower()

"""What codes are called on pages: roles, kinds, needs, topics, channels, acts, and whose country it is."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l

from scheduler.words import (
    gate_words,
    letter_names,
    link_words,
    list_words,
    mail_words,
    portal_words,
    programme_words,
    travel_words,
    waiting_words,
)
from scheduler.words.code_names import (
    DELEGATION_STATES,
    DUTY_STATES,
    LANGUAGE_NAMES,
    RESOURCE_KINDS,
    VISIT_STATES,
)
from scheduler.words.link_words import LINK_ANSWERS, LINK_STATES
from scheduler.words.lists import listed
from scheduler.words.reason_words import PASSED

ROLES = {
    "officer": _l("Protocol officer"),
    "manager": _l("Site manager"),
    "head": _l("Head of division"),
    "administrator": _l("Administrator"),
    "relay": _l("Mail relay (a program)"),
}
KINDS = {
    "inspection": _l("Inspection"),
    "training": _l("Training"),
    "official_visit": _l("Official visit"),
    "working_visit": _l("Working visit"),
    "courtesy_call": _l("Courtesy call"),
    "staff_exchange": _l("Staff exchange"),
    "citizens_exchange": _l("Citizens' exchange"),
}
NEEDS = {
    "halal": _l("Halal food"),
    "vegetarian": _l("Vegetarian food"),
    "prayer_room": _l("Prayer room"),
    "step_free": _l("Step-free way"),
    "vehicle": _l("A vehicle of the city"),
}
TOPICS = {
    "transport": _l("Transport"),
    "smart_city": _l("Smart city"),
    "urban_regeneration": _l("Urban regeneration"),
    "water": _l("Water"),
    "environment": _l("Environment"),
    "energy": _l("Energy"),
    "safety": _l("Safety"),
    "culture": _l("Culture"),
    "administration": _l("City administration"),
}
LETTER_CHANNELS = {
    "embassy": _l("Embassy"),
    "foreign_city": _l("The foreign city's office"),
    "ministry": _l("National ministry"),
    "international_body": _l("International body"),
    "other_division": _l("Another division"),
    "email": _l("E-mail"),
    "telephone": _l("Telephone"),
}
# How an owner's word reached the office. "system" is the owner's own click.
AGREEMENT_CHANNELS = {
    "telephone": _l("Telephone"),
    "email": _l("E-mail"),
    "letter": _l("Letter"),
    "in_person": _l("In person"),
}
NAME_ORDERS = {
    "given_first": _l("Given name first"),
    "family_first": _l("Family name first"),
}
ACTS = {
    "register": _l("registered"),
    "change": _l("changed"),
    "add": _l("added"),
    "remove": _l("removed"),
    "attach_letter": _l("kept the request letter"),
    "book": _l("booked"),
    "request": _l("asked the site"),
    "confirm": _l("confirmed"),
    "decline": _l("declined"),
    "move": _l("moved"),
    "cancel": _l("cancelled"),
    "postpone": _l("postponed"),
    "arrive": _l("recorded the arrival"),
    "no_show": _l("recorded a no-show"),
    "close": _l("closed"),
    "expire": _l("the hold ran out"),
    "set_hours": _l("set the working hours"),
    "add_leave": _l("entered leave"),
    "remove_leave": _l("took leave back"),
}
ACTS |= list_words.ACTS | programme_words.ACTS | travel_words.ACTS | waiting_words.ACTS
ACTS |= gate_words.ACTS | letter_names.ACTS | link_words.ACTS | mail_words.ACTS | portal_words.ACTS
SUBJECTS = {
    "delegation": _l("Delegation"),
    "delegate": _l("Delegate"),
    "wish": _l("Wish"),
    "visit": _l("Visit"),
    "feed_link": _l("Calendar link"),
    "link": _l("Link to answer by"),
    "resource": _l("Guide, interpreter, vehicle or liaison officer"),
}
SUBJECTS |= programme_words.SUBJECTS | travel_words.SUBJECTS | waiting_words.SUBJECTS
SUBJECTS |= gate_words.SUBJECTS | letter_names.SUBJECTS | mail_words.SUBJECTS
# Columns as the journal names them.
COLUMNS = {
    "name": _l("Name"),
    "name_native": _l("Name in their own language"),
    "country": _l("Country"),
    "purpose": _l("Purpose"),
    "kind": _l("Kind"),
    "head_post": _l("Head of delegation"),
    "headcount": _l("Headcount"),
    "languages": _l("Languages"),
    "language": _l("Language"),
    "has_interpreter": _l("Own interpreter"),
    "needs": _l("Needs"),
    "topics": _l("Topics"),
    "topic": _l("Topic"),
    "arrives_at": _l("Arrival"),
    "departs_at": _l("Departure"),
    "contact_name": _l("Contact"),
    "contact_email": _l("E-mail"),
    "contact_phone": _l("Telephone"),
    "letter_channel": _l("Letter came by"),
    "letter_on": _l("Date of the letter"),
    "letter_reference": _l("Reference of the letter"),
    "state": _l("State"),
    "starts_at": _l("Begin"),
    "hold_until": _l("Held until"),
    "priority": _l("Priority"),
    "preferred_times": _l("Wished times"),
    "note": _l("Note"),
    "post": _l("Post"),
    "organisation": _l("Organisation"),
    "precedence": _l("Order of precedence"),
    "precedence_reason": _l("Why this order"),
    "name_order": _l("Order of the name"),
    "tour_id": _l("Tour"),
    "partner_id": _l("Partner city"),
    "seats": _l("Seats"),
    "most_a_day": _l("At most a day"),
    "setup_minutes": _l("Minutes before"),
    "wrap_up_minutes": _l("Minutes after"),
    "sites": _l("Sites"),
    "base": _l("Base"),
    "hours": _l("Working hours"),
    "ends_at": _l("End"),
    "active_from": _l("On duty from"),
    "active_to": _l("On duty until"),
}
COLUMNS |= portal_words.COLUMNS | programme_words.COLUMNS | travel_words.COLUMNS
COLUMNS |= gate_words.COLUMNS | waiting_words.COLUMNS | mail_words.COLUMNS
# Columns whose values are codes.
VALUES: Mapping[str, Mapping[str, Any]] = {
    "kind": KINDS | programme_words.ENGAGEMENT_KINDS,
    "languages": LANGUAGE_NAMES,
    "language": LANGUAGE_NAMES,
    "needs": NEEDS,
    "topics": TOPICS,
    "topic": TOPICS,
    "letter_channel": LETTER_CHANNELS,
    "name_order": NAME_ORDERS,
    "state": VISIT_STATES | DELEGATION_STATES | DUTY_STATES | waiting_words.STATES | mail_words.STATES,
    "disclosure": programme_words.DISCLOSURE_CLASSES,
    **(mail_words.VALUES | gate_words.VALUES),
}
TABLES: Mapping[str, Mapping[str, Any]] = (
    {
        "link_states": LINK_STATES,
        "link_answers": LINK_ANSWERS,
        "roles": ROLES,
        "kinds": KINDS,
        "delegation_states": DELEGATION_STATES,
        "needs": NEEDS,
        "topics": TOPICS,
        "letter_channels": LETTER_CHANNELS,
        "agreement_channels": AGREEMENT_CHANNELS | {"system": _l("In this system"), "link": _l("By link")},
        "name_orders": NAME_ORDERS,
        "acts": ACTS,
        "subjects": SUBJECTS,
        "visit_states": VISIT_STATES,
        "passed": PASSED,
        "languages": LANGUAGE_NAMES,
        "resource_kinds": RESOURCE_KINDS,
        "duty_states": DUTY_STATES,
        "list_columns": portal_words.LIST_COLUMNS,
        "visit_columns": list_words.VISIT_COLUMNS,
        "travel_sources": travel_words.SOURCES,
    }
    | programme_words.TABLES
    | (letter_names.TABLES | gate_words.VALUES)
    | mail_words.TABLES
)


def name_of(names: Mapping[str, Any], code: Any) -> str:
    """What a code is called; a code without a name is shown as it is."""
    plain = str(getattr(code, "value", code))
    return str(names.get(plain, plain))


def names_of(names: Mapping[str, Any], codes: Iterable[Any]) -> list[str]:
    """What several codes are called, in the order of the table."""
    order = list(names)
    plain = sorted((str(code) for code in codes), key=lambda c: (order.index(c) if c in names else 99, c))
    return [name_of(names, code) for code in plain]


def languages_of(codes: Iterable[str]) -> list[str]:
    """Languages by name."""
    return names_of(LANGUAGE_NAMES, codes)


def choices_of(names: Mapping[str, Any], nothing: Any = None) -> list[tuple[str, Any]]:
    """A table as the choices of a field; `nothing` is the words of the empty choice, if there is one."""
    return ([] if nothing is None else [("", nothing)]) + list(names.items())


def country_name(code: str | None) -> str:
    """A country by its ISO 3166-1 code, in the reader's language."""
    locale = get_locale()
    return str(locale.territories.get(code, code)) if code and locale else code or ""


def countries() -> list[tuple[str, str]]:
    """Every country: its code and its name, in the order of the names."""
    listed = getattr(get_locale(), "territories", {}).items()
    no_country = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
    found = [(code, name) for code, name in listed if len(code) == 2 and code.isalpha()]
    return sorted(((c, n) for c, n in found if c not in no_country), key=lambda pair: pair[1])


def role_words(roles: Iterable[Any]) -> str:
    """Roles in words."""
    return listed(names_of(ROLES, [str(getattr(role, "value", role)) for role in roles]))

"""Guides, interpreters, vehicles and liaison officers in words: what they speak, what is wrong with them."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from scheduler.words.code_names import language_name

# What an action finds wrong with a resource, in words.
FAULTS = {
    "does_not_hold_the_visit": _l("The duty must hold the whole visit, from %(starts_at)s to %(ends_at)s."),
    "no_language": _l(
        "%(value)s is not it: give languages such as ar; of interpreters, pairs such as ar-ko."
    ),
    "languages_needed": _l("Name at least one language."),
    "pairs_needed": _l("Name at least one pair of languages, such as ar-ko."),
    "sites_needed": _l("A guide belongs to at least one site."),
    "seats_needed": _l("A vehicle has seats: say how many."),
    "not_of_this_kind": _l("This kind has none: leave it empty."),
    "hours_overlap": _l(
        "On %(weekday)s, %(starts)s–%(ends)s overlaps %(other_starts)s–%(other_ends)s. Make one row of both."
    ),
    "leave_overlaps": _l("Already away from %(starts_at)s to %(ends_at)s. Take that back first."),
}


def language_in_words(code: str) -> str:
    """A language by name, or a pair of them: Arabic ↔ Korean."""
    return " ↔ ".join(language_name(each) for each in code.split("-"))


def spoken(codes: Iterable[str]) -> list[str]:
    """What somebody speaks, or between which languages they interpret, in the order of the names."""
    return sorted(language_in_words(code) for code in codes)


def was_assigned_in_words(duties: int) -> str:
    """Why somebody who was assigned cannot be removed, and what to do instead."""
    return ngettext(
        "Cannot be removed: there is %(num)s duty on record. Give an end date instead.",
        "Cannot be removed: there are %(num)s duties on record. Give an end date instead.",
        duties,
    )

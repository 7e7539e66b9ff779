"""What the pages of visits and delegations, and Today, say of letters. Nobody but officers and heads sees it.

A page shows a visit's with `letters_card(panel)` of `letters/parts.html`.
"""

from dataclasses import dataclass

from flask import url_for

from scheduler.access import Actor, Permission
from scheduler.blueprints.letter_lines import LetterLine, letter_lines, newest_to_each
from scheduler.identity import actor
from scheduler.records.letter_lookup import letters_of_visit
from scheduler.records.letter_search import STATES_OF, Standing, counts_of_delegation, letters_in_need


@dataclass(frozen=True, kw_only=True)
class LetterPanel:
    """Who was told of a visit: the newest letter to each. `all_url` leads to all of them."""

    lines: list[LetterLine]
    number: int
    all_url: str


@dataclass(frozen=True, kw_only=True)
class LetterCount:
    """How many letters were written about a delegation, how many wait, how many need help."""

    number: int
    waiting: int
    needs_help: int
    all_url: str


def may_read_letters(by: Actor) -> bool:
    """Letters tell names, hours and addresses of everybody concerned: they are for the office."""
    return by.may(Permission.READ_DELEGATIONS)


def panel_of_visit(visit_id: int) -> LetterPanel | None:
    """For the page of a visit. One query."""
    if not may_read_letters(actor()):
        return None
    letters = letters_of_visit(visit_id)
    return LetterPanel(
        lines=letter_lines(newest_to_each(letters)),
        number=len(letters),
        all_url=url_for("letters.index", visit=visit_id),
    )


def count_of_delegation(delegation_id: int) -> LetterCount | None:
    """For the page of a delegation. One query."""
    if not may_read_letters(actor()):
        return None
    counted = counts_of_delegation(delegation_id)

    def of(standing: Standing) -> int:
        return sum(counted.get(state, 0) for state in STATES_OF[standing])

    return LetterCount(
        number=sum(counted.values()),
        waiting=of(Standing.WAITING),
        needs_help=of(Standing.NEEDS_HELP),
        all_url=url_for("letters.index", delegation=delegation_id),
    )


def letters_needing(by: Actor) -> int:
    """How many letters need help from this person, for Today. One query, or none."""
    return letters_in_need() if may_read_letters(by) else 0

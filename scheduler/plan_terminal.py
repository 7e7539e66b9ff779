"""`flask --app wsgi plan DELEGATION`: the planner at the terminal, in this very process."""

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from scheduler.actions.bookings import VisitRefused
from scheduler.actions.invalid import Invalid
from scheduler.actions.plan_thinking import (
    NothingFound,
    NothingLeft,
    fulfilled_of,
    read_answer,
    think_of_programme,
)
from scheduler.actions.plans import LEAST_SECONDS, MOST_ALTERNATIVES, MOST_SECONDS, Terms, wishes_to_plan
from scheduler.blueprints.api.plan_values import answer_values
from scheduler.blueprints.api.schemas.plans import PlanAnswerOut
from scheduler.blueprints.plans.named import Names
from scheduler.blueprints.typed import city_zone
from scheduler.clock import now
from scheduler.planner.answers import PlanAnswer, PlannedLeg, PlannedStop, Proposal
from scheduler.planner.asked import ALTERNATIVES, SECONDS
from scheduler.records.absence import NotFound
from scheduler.records.delegation_search import delegations_called, whole_delegation
from scheduler.records.delegations import Delegation
from scheduler.words.instants import day_in_words, hours, local_day
from scheduler.words.lists import listed
from scheduler.words.picture_words import spare_in_words, way_in_words
from scheduler.words.plan_page_words import figures_in_words, found_in_words, trouble_in_words
from scheduler.words.plan_words import demand_in_words, unmet_in_words
from scheduler.words.verdict_words import caution_in_words
from scheduler.words.wording import invalid_in_words, verdict_in_one


@click.command("plan")
@click.argument("delegation")
@click.option(
    "--alternatives", type=click.IntRange(1, MOST_ALTERNATIVES), default=ALTERNATIVES, show_default=True
)
@click.option(
    "--seconds", type=click.FloatRange(LEAST_SECONDS, MOST_SECONDS), default=SECONDS, show_default=True
)
@click.option("--json", "as_json", is_flag=True, help="As the API tells it.")
@with_appcontext
def plan(delegation: str, alternatives: int, seconds: float, as_json: bool) -> None:
    """Propose the best days for DELEGATION (its number, or its name). Nothing is booked."""
    # Words want to know who reads; here it is whoever sits at the terminal.
    with current_app.test_request_context():
        whose = _delegation(delegation)
        outcome = _outcome(whose, Terms(alternatives=alternatives, seconds=seconds))
        answer, fulfilled = read_answer(outcome), fulfilled_of(outcome)
        assert answer is not None
        if as_json:
            told = PlanAnswerOut().dump(answer_values(whose.id, answer, fulfilled))
            click.echo(json.dumps(told, ensure_ascii=False, indent=2, default=str))
            return
        for line in _lines(whose, answer):
            click.echo(line)


def _delegation(told: str) -> Delegation:
    """The delegation meant, by number or name; one line says what is wrong."""
    if told.isascii() and told.isdecimal() and 0 < int(told) < 2**31:
        try:
            return whole_delegation(int(told))
        except NotFound:
            pass
    found = delegations_called(told)
    if len(found) == 1:
        return found[0]
    if found:
        numbers = ", ".join(str(each.id) for each in found)
        raise click.ClickException(
            f"several delegations are called {told}; name one by its number: {numbers}"
        )
    raise click.ClickException(f"no delegation {told}; name one by its number, or by its whole name")


def _outcome(whose: Delegation, terms: Terms) -> dict[str, Any]:
    try:
        wishes_to_plan(whose.id)
        return think_of_programme(whose.id, terms, city_zone(), at=now())
    except VisitRefused as refused:
        raise click.ClickException(verdict_in_one(refused.verdict)) from None
    except Invalid as wrong:
        raise click.ClickException(invalid_in_words(wrong)) from None
    except NothingLeft:
        raise click.ClickException(trouble_in_words("nothing_left")) from None
    except NothingFound:
        raise click.ClickException(trouble_in_words("took_too_long")) from None


def _lines(whose: Delegation, answer: PlanAnswer) -> Iterator[str]:
    names = Names(whose.id)
    found = found_in_words(len(answer.proposals), is_done=True)
    yield f"{whose.name}: {found} ({answer.seconds:.1f} s)"
    if answer.conflict:
        yield "Cannot be met together:"
        yield from (f"  - {demand_in_words(demand, names)}" for demand in answer.conflict)
    for index, proposal in enumerate(answer.proposals, 1):
        yield ""
        yield f"Programme {index}" + (" (proven best)" if proposal.is_proven else "")
        yield "  " + "; ".join(
            f"{name}: {value}" for name, value, _tone in figures_in_words(proposal.figures)
        )
        yield from _days(proposal, names)
        if proposal.unmet:
            yield "  Left out:"
        for unmet in proposal.unmet:
            yield f"    {names.wish(unmet.wish_id)}. {unmet_in_words(unmet, names)}"


def _days(proposal: Proposal, names: Names) -> Iterator[str]:
    zone = city_zone().key
    told: list[tuple[Any, str]] = [(s.starts_at, _stop(s, names, zone)) for s in proposal.stops]
    told += [(leg.leaves_at, _leg(leg)) for leg in proposal.legs]
    told += [
        (b.span.starts_at, f"    {hours(b.span.starts_at, b.span.ends_at, zone)}  {b.kind.value}")
        for b in proposal.breaks
    ]
    told.sort(key=lambda each: each[0])
    for day, lines in groupby(told, key=lambda each: local_day(each[0], zone)):
        yield f"  {day_in_words(day)}"
        yield from (line for _when, line in lines)


def _stop(stop: PlannedStop, names: Names, zone: str) -> str:
    lines = []
    for visit in stop.visits:
        people = [names.person(each) for each in visit.assign]
        what = listed([f"{names.both(stop.tour_code)} ({stop.tour_code})", str(visit.headcount), *people])
        lines.append(f"    {hours(visit.starts_at, visit.ends_at, zone)}  {what}")
        lines += [f"                 ! {caution_in_words(caution)}" for caution in visit.cautions]
    return "\n".join(lines)


def _leg(leg: PlannedLeg) -> str:
    way = [f"{leg.origin or '?'} → {leg.destination or '?'}", way_in_words(leg.minutes, None)]
    return "       " + listed(filter(None, [*way, spare_in_words(leg.spare, leg.slack_minutes)]))

"""The guide: which steps somebody is led through, which of them are done, and which is next."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import session

from scheduler.access import Actor, Role
from scheduler.blueprints.first_steps.marks import marks
from scheduler.blueprints.first_steps.stops import HEADCOUNT, example_time
from scheduler.clock import now
from scheduler.identity import known
from scheduler.records.account_lookup import Known
from scheduler.records.database import db
from scheduler.records.delegations import Delegation
from scheduler.records.first_steps import Done, done_by, full_sessions, furnished
from scheduler.words.first_steps_words import FIRST_STEPS, StepWords

CAME_FROM = "came_from"


@dataclass(frozen=True)
class Step:
    """One thing to do. `is_post` says that its button changes who is signed in."""

    code: str
    is_done: bool
    is_post: bool = False

    @property
    def words(self) -> StepWords:
        return FIRST_STEPS[self.code]


@dataclass(frozen=True)
class Guide:
    """The steps in their order."""

    steps: list[Step]

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def next(self) -> Step | None:
        return next((step for step in self.steps if not step.is_done), None)


def guide() -> Guide | None:
    """Whoever is signed in and wants to be led; nobody who has changed places for a moment."""
    somebody = known()
    if somebody is None or not somebody.is_guided or session.get(CAME_FROM):
        return None
    steps = list(_steps(somebody))
    # What the city had before anybody came is no step of theirs.
    return Guide(steps) if steps and not all(s.code in _FURNISHED and s.is_done for s in steps) else None


def _steps(somebody: Known) -> Iterator[Step]:
    """Those of every role somebody has; an officer's are a head of division's, too."""
    roles = somebody.actor.roles
    if Role.ADMINISTRATOR in roles:
        yield from _administrators(somebody.actor)
    if Role.OFFICER in roles:
        yield from _officers(somebody)
    elif Role.HEAD in roles:
        yield from _looked_at("board", "programme", "search")
    if Role.MANAGER in roles:
        yield from _looked_at("own_roster", "week", "own_calendar")


def _officers(somebody: Known) -> Iterator[Step]:
    done = done_by(somebody.actor)
    yield Step("register", done.delegation_id is not None)
    yield Step("first_stop", done.visits >= 1)
    yield Step("second_stop", done.visits >= 2)
    yield Step("collision" if _meets_a_no(done) else "third_stop", done.visits >= 3)
    yield from _looked_at("calendar")
    if somebody.is_demo:
        yield Step("roster_as_manager", "roster_as_manager" in marks(), is_post=True)
    else:
        yield from _looked_at("roster")


def _administrators(by: Actor) -> Iterator[Step]:
    city = furnished(by)
    yield Step("site", city.has_sites)
    yield Step("tour", city.has_tours)
    yield Step("colleagues", city.has_colleagues)


_FURNISHED = ("site", "tour", "colleagues")


def _looked_at(*codes: str) -> Iterator[Step]:
    for code in codes:
        yield Step(code, code in marks())


def _meets_a_no(done: Done) -> bool:
    """Whether a session within the stay is full, or, before there is a stay, within that of the example."""
    if done.delegation_id is None:
        return bool(full_sessions(*example_time(now()), HEADCOUNT))
    who = db.session.get_one(Delegation, done.delegation_id)
    return bool(full_sessions(who.arrives_at, who.departs_at, who.headcount))

"""Ruin and recreate: takes a few places out of tours, puts in what fits best, keeps what is worth it."""

import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from math import exp

import numpy as np
from numpy.typing import NDArray

from scheduler.planner.orienteering.insertions import NEVER, Table, insertions_of
from scheduler.planner.orienteering.problem import Problem
from scheduler.planner.orienteering.ruins import Ruins

Tour = tuple[int, ...]
Worth = NDArray[np.float64]
# How much worse than the current plan a new one may be, in scores of a middling place: at first, and at last.
HEAT = (2.0, 0.05)
# A day full of travel counts as much as this many scores of a middling place; less breaks ties only.
TRAVEL_WEIGHT = 0.1
# A place's draw is its score to a power between these, per unit of time it adds, give or take the noise.
POWERS, NOISE = (1.0, 2.0), 0.3
# What was just taken out draws this much less, every other time.
RELUCTANCE = 0.3
# Tours of plans worth less than this share of the best are not remembered.
WORTH_REMEMBERING = 0.95


@dataclass
class Plan:
    """Tours with what they score and how they are valued; a tour's table is made when first asked for."""

    tours: list[Tour]
    tables: list[Table | None]
    score: int = 0
    value: float = 0.0


@dataclass(frozen=True)
class Task:
    """What to search, with which stream of chance, and between which moments.

    The moments are those of `time.monotonic`, which all processes of a machine share.
    """

    problem: Problem
    days: int
    seed: int
    begun: float
    until: float


@dataclass(frozen=True)
class Found:
    """The best tours of a search, one for each day, and those of all good plans."""

    tours: tuple[Tour, ...]
    seen: dict[frozenset[int], Tour]
    rounds: int


def search(task: Task) -> Found:
    """One search with one stream of chance, to the end of its time."""
    found = Search(task)
    found.run()
    return Found(tuple(found.best.tours), found.seen, found.rounds)


def who_searches(_number: int) -> int:
    """The process that answers, once it has read all that a search needs."""
    time.sleep(0.02)
    return os.getpid()


@dataclass
class Search:
    """Where a search stands: the plan it is at, the best one, and the tours of good plans, each once."""

    task: Task
    clock: Callable[[], float] = time.monotonic
    seen: dict[frozenset[int], Tour] = field(default_factory=dict)
    rounds: int = 0

    def __post_init__(self) -> None:
        self.problem = self.task.problem
        self.chance = random.Random(self.task.seed)  # noqa: S311 - a search needs no cryptography.
        self.noise = np.random.default_rng(self.task.seed)
        self.insertions = insertions_of(self.problem)
        self.ruins = Ruins(self.problem, self.chance)
        self.scores: Worth = np.array(self.problem.score, dtype=np.float64)
        self.scores[0] = 0.0
        gains = sorted(score for score in self.problem.score[1:] if score)
        self.middling = gains[len(gains) // 2] if gains else 1
        days = self.task.days
        length = max(1, (self.problem.closes[0] - self.problem.opens[0]) * days)
        self.travel_price = TRAVEL_WEIGHT * self.middling / length
        self.current = self.best = self._recreated([()] * days, [None] * days, self._draws([], set()))

    def run(self) -> None:
        """Searches until its time is over; the nearer the end, the less a plan may be worse than the last."""
        hot, cold = (self.middling * heat for heat in HEAT)
        begun, until = self.task.begun, self.task.until
        while (now := self.clock()) < until:
            heat = hot * (cold / hot) ** ((now - begun) / (until - begun))
            new = self._neighbour()
            self.rounds += 1
            gain = new.value - self.current.value
            if gain >= 0 or self.chance.random() < exp(gain / heat):
                self._take(new)

    def _take(self, new: Plan) -> None:
        self.current = new
        if new.score >= self.best.score * WORTH_REMEMBERING:
            for tour in new.tours:
                self.seen.setdefault(frozenset(tour), tour)
        if (new.score, new.value) > (self.best.score, self.best.value):
            self.best = new

    def _neighbour(self) -> Plan:
        current = self.current
        out = self.ruins.taken_out(current.tours)
        tours, tables = [], []
        for day, tour in enumerate(current.tours):
            left = tuple(place for place in tour if place not in out)
            if len(left) == len(tour):
                # Whatever is done to other days, this day's table stays true; it is made once.
                current.tables[day] = self._table(current, day)
                tables.append(current.tables[day])
            else:
                tables.append(None)
            tours.append(left)
        return self._recreated(tours, tables, self._draws(tours, out))

    def _table(self, plan: Plan, day: int) -> Table:
        table = plan.tables[day]
        return self.insertions.into(plan.tours[day]) if table is None else table

    def _draws(self, tours: list[Tour], out: set[int]) -> Worth:
        low, high = POWERS
        draws: Worth = self.scores ** (low + (high - low) * self.chance.random())
        spread = NOISE * self.chance.random()
        draws *= 1 + spread * (2 * self.noise.random(len(draws)) - 1)
        for tour in tours:
            draws[list(tour)] = 0.0
        if self.chance.random() < 0.5:
            draws[[place for place in out if self.chance.random() < 0.5]] *= RELUCTANCE
        return draws

    def _recreated(self, tours: list[Tour], known: list[Table | None], draws: Worth) -> Plan:
        """Puts in, again and again, the place that draws most for the time it adds, until none fits."""
        full = [
            self.insertions.into(tour) if table is None else table
            for tour, table in zip(tours, known, strict=True)
        ]
        least = np.array([table.min(0) for table in full])
        # What fits nowhere now will fit nowhere later: only the others are asked about again.
        places = ((least.min(0) < NEVER) & (draws > 0)).nonzero()[0]
        kept: list[Table | None] = list(full)
        if not len(places):
            return self._valued(tours, kept)
        draws, narrow = draws.take(places), self.insertions.among(places)
        tables = [table.take(places, 1) for table in full]
        pulls = draws / (least.take(places, 1) + 1.0)
        while True:
            day, column = divmod(int(pulls.argmax()), len(places))
            leg = int(tables[day][:, column].argmin())
            if draws[column] == 0.0 or tables[day][leg, column] >= NEVER:
                return self._valued(tours, kept)
            tours[day] = (*tours[day][:leg], int(places[column]), *tours[day][leg:])
            draws[column] = 0.0
            pulls[:, column] = 0.0
            tables[day] = narrow.into(tours[day])
            pulls[day] = draws / (tables[day].min(0) + 1.0)
            kept[day] = None

    def _valued(self, tours: list[Tour], tables: list[Table | None]) -> Plan:
        score, travel = 0, 0
        for tour in tours:
            here = 0
            for place in tour:
                score += self.problem.score[place]
                travel += self.problem.travel[here][place]
                here = place
            travel += self.problem.travel[here][0]
        return Plan(tours, tables, score, score - self.travel_price * travel)

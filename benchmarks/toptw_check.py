"""Whether tours are what they claim to be, by the file's own numbers; shares nothing with the engine."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import isqrt

from benchmarks.toptw_files import Instance, Vertex


class TourFaulty(Exception):
    """What is wrong with an answer, in a sentence."""


def check_tours(instance: Instance, *, days: int, score: int, tours: Sequence[Sequence[int]]) -> None:
    """Every tour is back at the depot by its closing, serves each vertex once and in time, and adds up.

    Exact arithmetic throughout; distances are rounded down as FORMAT.txt of the instances says. Opening and
    closing bound the start of service, and whoever comes early waits (Vansteenwegen et al. 2009).
    """
    visited = [number for tour in tours for number in tour]
    known = {vertex.number: vertex for vertex in instance.vertices}
    depot = instance.vertices[0]
    if len(tours) > days:
        raise TourFaulty(f"{instance.name}: {len(tours)} tours for {days} days.")
    if len(set(visited)) != len(visited):
        raise TourFaulty(f"{instance.name}: a vertex is visited twice.")
    if strange := set(visited) - (set(known) - {depot.number}):
        raise TourFaulty(f"{instance.name}: {sorted(strange)} cannot be visited.")
    for tour in tours:
        _check_times(instance, [depot, *(known[number] for number in tour), depot])
    if (found := sum(known[number].score for number in visited)) != score:
        raise TourFaulty(f"{instance.name}: the tours score {found}, not {score}.")


def _check_times(instance: Instance, way: list[Vertex]) -> None:
    at = way[0].opens
    for here, there in pairwise(way):
        square = ((here.x - there.x) ** 2 + (here.y - there.y) ** 2) * 100**instance.decimals
        minutes = Fraction(isqrt(square.numerator // square.denominator), 10**instance.decimals)
        at += (here.duration if here is not way[0] else 0) + minutes
        is_last = there is way[0]
        if at > there.closes:
            where = "back at the depot" if is_last else f"at vertex {there.number}"
            raise TourFaulty(f"{instance.name}: {where} at {float(at)}, after {float(there.closes)}.")
        at = max(at, there.opens)

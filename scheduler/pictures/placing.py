"""Where things stand in a picture: boxes that must not meet, and the nearest spot where one fits."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

RING, TURNS = 3.0, 24
BULGE, DEEPEST_BULGE = 0.1, 14.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of the picture."""

    x: float
    y: float

    def towards(self, other: "Spot", far: float) -> "Spot":
        """The point so far from this one on the way to another."""
        whole = self.distance(other) or 1.0
        return Spot(self.x + (other.x - self.x) * far / whole, self.y + (other.y - self.y) * far / whole)

    def distance(self, other: "Spot") -> float:
        return math.hypot(other.x - self.x, other.y - self.y)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its corners."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        beside = self.right <= other.left or other.right <= self.left
        return not beside and self.top < other.bottom and other.top < self.bottom

    def holds(self, other: "Box") -> bool:
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom

    def holds_spot(self, spot: Spot) -> bool:
        return self.left <= spot.x <= self.right and self.top <= spot.y <= self.bottom

    def shrunk(self, across: float, down: float) -> "Box":
        return Box(self.left + across, self.top + down, self.right - across, self.bottom - down)

    def nearest(self, spot: Spot) -> Spot:
        """The spot itself, or where the box is nearest to it."""
        return Spot(min(max(spot.x, self.left), self.right), min(max(spot.y, self.top), self.bottom))


def box_around(spot: Spot, width: float, height: float) -> Box:
    return Box(spot.x - width / 2, spot.y - height / 2, spot.x + width / 2, spot.y + height / 2)


def knee_between(one: Spot, other: Spot) -> Spot:
    """Where a way from one spot to another bends: a little to its own right, so that the way back does not
    cover the way there."""
    long = one.distance(other) or 1.0
    bend = min(long * BULGE, DEEPEST_BULGE) / long
    across, down = other.x - one.x, other.y - one.y
    return Spot((one.x + other.x) / 2 - down * bend, (one.y + other.y) / 2 + across * bend)


def along(one: Spot, other: Spot, share: float) -> Spot:
    """The point of that bent way at a share of it."""
    knee, rest = knee_between(one, other), 1 - share
    weights = (rest * rest, 2 * rest * share, share * share)
    spots = tuple(zip(weights, (one, knee, other), strict=True))
    return Spot(sum(w * spot.x for w, spot in spots), sum(w * spot.y for w, spot in spots))


def pushed_apart(wishes: Iterable[tuple[Spot, float, float]], frame: Box, *, gap: float) -> list[Spot]:
    """Where things of some width and height go, in their order: each to the place wished for or, where one
    stands already, to the nearest that is free within the frame. Where none is free it stays."""
    found: list[Spot] = []
    taken: list[Box] = []
    for wish, width, height in wishes:
        room = frame.shrunk(width / 2, height / 2)
        spot = next(
            (
                each
                for each in _around(wish, room)
                if not any(box_around(each, width + 2 * gap, height + 2 * gap).meets(box) for box in taken)
            ),
            room.nearest(wish),
        )
        found.append(spot)
        taken.append(box_around(spot, width, height))
    return found


def _around(wish: Spot, room: Box) -> Iterator[Spot]:
    """A spot, then rings about it, growing until they have left the room on all sides."""
    yield room.nearest(wish)
    farthest = math.hypot(room.right - room.left, room.bottom - room.top)
    for ring in range(1, math.ceil(farthest / RING) + 1):
        for turn in range(TURNS):
            angle = 2 * math.pi * turn / TURNS
            spot = Spot(wish.x + ring * RING * math.cos(angle), wish.y + ring * RING * math.sin(angle))
            if room.holds_spot(spot):
                yield spot

"""From degrees to the picture: equirectangular, true to scale at the stops, north up, never mirrored."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from scheduler.core.travel import EARTH_KM, Point
from scheduler.pictures.placing import Box, Spot

KM_PER_DEGREE = EARTH_KM * math.pi / 180
# However close together the stops are, the picture shows this much of the city: doors of one house still lie
# apart in it. A stop alone has the city around it.
LEAST_KM, LEAST_ALONE_KM = 0.1, 5.0
# Who is this much farther out than the others are apart would press them all into one spot.
FAR_FACTOR, FAR_KM, FEWEST_NEAR = 3.5, 8.0, 2


@dataclass(frozen=True, slots=True)
class Projection:
    """Where degrees lie in a frame: its centre, and how many units a kilometre takes."""

    centre: Point
    frame: Box
    units_per_km: float

    def spot(self, point: Point) -> Spot:
        """Where a point lies, be it in the frame or not."""
        east, north = kilometres(self.centre, point)
        middle = Spot((self.frame.left + self.frame.right) / 2, (self.frame.top + self.frame.bottom) / 2)
        return Spot(middle.x + east * self.units_per_km, middle.y - north * self.units_per_km)

    def pinned(self, point: Point, margin: float) -> Spot:
        """Where a point lies; one outside is drawn at the edge, in its direction."""
        spot, room = self.spot(point), self.frame.shrunk(margin, margin)
        middle = self.spot(self.centre)
        if room.holds_spot(spot):
            return spot
        across, down = spot.x - middle.x, spot.y - middle.y
        share = min(
            (room.right - middle.x) / abs(across) if across else math.inf,
            (room.bottom - middle.y) / abs(down) if down else math.inf,
        )
        return Spot(middle.x + across * share, middle.y + down * share)


def kilometres(origin: Point, point: Point) -> tuple[float, float]:
    """How far east and how far north of an origin a point is, across the date line too."""
    east = (point.longitude - origin.longitude + 180) % 360 - 180
    shrink = math.cos(math.radians(origin.latitude))
    return east * KM_PER_DEGREE * shrink, (point.latitude - origin.latitude) * KM_PER_DEGREE


def is_far(points: Sequence[Point]) -> list[bool]:
    """Which points lie so far out, like an airport, that they are drawn at the edge and not to scale."""
    if len(set(points)) <= FEWEST_NEAR:
        return [False] * len(points)
    origin = points[0]
    flat = [kilometres(origin, point) for point in points]
    east, north = median(each[0] for each in flat), median(each[1] for each in flat)
    distances = [math.hypot(each[0] - east, each[1] - north) for each in flat]
    limit = max(FAR_FACTOR * median(distances), FAR_KM)
    far = [distance > limit for distance in distances]
    near = {point for point, is_out in zip(points, far, strict=True) if not is_out}
    return far if len(near) >= FEWEST_NEAR else [False] * len(points)


def fitted(points: Sequence[Point], frame: Box, *, margin: float) -> Projection:
    """The projection in which all these points lie within a frame, with a margin all around."""
    origin = points[0]
    flat = [kilometres(origin, point) for point in points]
    easts, norths = [each[0] for each in flat], [each[1] for each in flat]
    shrink = max(math.cos(math.radians(origin.latitude)), 1e-6)
    centre = Point(
        origin.latitude + (min(norths) + max(norths)) / 2 / KM_PER_DEGREE,
        origin.longitude + (min(easts) + max(easts)) / 2 / KM_PER_DEGREE / shrink,
    )
    room = frame.shrunk(margin, margin)
    least = LEAST_KM if len(set(points)) > 1 else LEAST_ALONE_KM
    wide, high = max(easts) - min(easts), max(norths) - min(norths)
    scale = min((room.right - room.left) / max(wide, least), (room.bottom - room.top) / max(high, least))
    return Projection(centre, frame, scale)

"""What a map is made of besides its stops: the ground with its rivers, arrows, the scale, where north is."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from scheduler.pictures.drawing import Pen
from scheduler.pictures.labelling import room_for
from scheduler.pictures.placing import Box, Spot, knee_between
from scheduler.pictures.projecting import Projection
from scheduler.pictures.rivers import River

HEAD = 7.0
THINNEST_RIVER, WIDEST_RIVER = 3.0, 16.0
RIVER_WORDS = 11.7
LONGEST_SCALE = 90.0


def ground(
    pen: Pen, frame: Box, projection: Projection, rivers: Sequence[River], taken: Sequence[Box]
) -> str:
    """The sheet the route is drawn on; a river's name stands where nothing else does (`taken`)."""
    wide, high = frame.right - frame.left, frame.bottom - frame.top
    sheet = pen.draw("rect", look="map-ground", x=frame.left, y=frame.top, width=wide, height=high, rx=6)
    drawn = "".join(_river(pen, river, projection, frame) for river in rivers)
    # A picture within a picture shows nothing outside its own frame, without an id to clip by.
    water = pen.draw(
        "svg",
        drawn,
        x=frame.left,
        y=frame.top,
        width=wide,
        height=high,
        viewBox=f"{frame.left:g} {frame.top:g} {wide:g} {high:g}",
        overflow="hidden",
    )
    names = "".join(_river_name(pen, river, projection, frame=frame, taken=taken) for river in rivers)
    return sheet + (water if drawn else "") + names


def arrow(pen: Pen, start: Box, end: Box, *, is_far: bool) -> str:
    """A leg from one mark to another."""
    one, other = _middle(start), _middle(end)
    knee = knee_between(one, other)
    leave, arrive = _edge(start, knee), _edge(end, knee)
    base = arrive.towards(knee, min(HEAD, leave.distance(arrive) * 0.7))
    side_x, side_y = (arrive.y - base.y) * 0.55, (base.x - arrive.x) * 0.55
    path = f"M{_at(leave)} Q{_at(knee)} {_at(base)}"
    look = "map-leg map-leg-far" if is_far else "map-leg"
    corners = (arrive, Spot(base.x + side_x, base.y + side_y), Spot(base.x - side_x, base.y - side_y))
    line = pen.draw("path", look=look, d=path, fill="none")
    return line + pen.draw("polygon", look="map-head", points=" ".join(map(_at, corners)))


def scale_bar(pen: Pen, projection: Projection, foot: Spot, kilometres: Callable[[float], str]) -> str:
    """A bar of a round length, with the length beside it."""
    round_ones = [digit * 10.0**power for power in range(-3, 5) for digit in (1, 2, 5)]
    fitting = [km for km in round_ones if km * projection.units_per_km <= LONGEST_SCALE]
    length = max(fitting, default=round_ones[0])
    end = foot.x + length * projection.units_per_km
    path = f"M{foot.x:g} {foot.y - 5:g}v5H{end:.1f}v-5"
    bar = pen.draw("path", look="map-scale", d=path, fill="none")
    return bar + pen.write(kilometres(length), x=end + 5, y=foot.y + 1, look="map-note", anchor="start")


def north_arrow(pen: Pen, foot: Spot, words: str) -> str:
    """A needle that points up, and the word for north before it."""
    x, y = foot.x, foot.y
    needle = pen.draw("path", look="map-north", d=f"M{x:g} {y - 15:g}l5 15l-5 -4l-5 4z")
    return needle + pen.write(words, x=x - 8, y=y - 3, look="map-note", anchor="end")


def _river(pen: Pen, river: River, projection: Projection, frame: Box) -> str:
    spots = [projection.spot(point) for point in river.course]
    reach = WIDEST_RIVER
    around = Box(frame.left - reach, frame.top - reach, frame.right + reach, frame.bottom + reach)
    if not any(around.holds_spot(_nearest(one, other, frame)) for one, other in pairwise(spots)):
        return ""
    wide = min(max(river.width_km * projection.units_per_km, THINNEST_RIVER), WIDEST_RIVER)
    path = "M" + " L".join(map(_at, spots))
    return pen.draw("path", look="map-river", d=path, fill="none", stroke_width=wide)


def _river_name(pen: Pen, river: River, projection: Projection, *, frame: Box, taken: Sequence[Box]) -> str:
    """The river's name on its water, where there is room for it."""
    spots = [projection.spot(point) for point in river.course]
    between = [
        one.towards(other, one.distance(other) * n / 4) for one, other in pairwise(spots) for n in range(4)
    ]
    for spot in between:
        foot = Spot(spot.x, spot.y + 4)
        room = room_for(river.name, foot, size=RIVER_WORDS)
        if frame.shrunk(4, 4).holds(room) and not any(room.meets(box) for box in taken):
            return pen.write(river.name, x=foot.x, y=foot.y, look="map-water-name")
    return ""


def _nearest(one: Spot, other: Spot, frame: Box) -> Spot:
    """The point of a stretch that is nearest to the middle of a frame."""
    middle = _middle(frame)
    long = one.distance(other)
    if not long:
        return one
    along = ((middle.x - one.x) * (other.x - one.x) + (middle.y - one.y) * (other.y - one.y)) / long
    return one.towards(other, min(max(along, 0.0), long))


def _middle(box: Box) -> Spot:
    return Spot((box.left + box.right) / 2, (box.top + box.bottom) / 2)


def _edge(box: Box, towards: Spot) -> Spot:
    """Where a line from the middle of a box leaves it, a little outside."""
    middle = _middle(box)
    across, down = towards.x - middle.x, towards.y - middle.y
    half_x, half_y = (box.right - box.left) / 2 + 2, (box.bottom - box.top) / 2 + 2
    share = min(
        half_x / abs(across) if across else float("inf"), half_y / abs(down) if down else float("inf"), 1.0
    )
    return Spot(middle.x + across * share, middle.y + down * share)


def _at(spot: Spot) -> str:
    return f"{spot.x:.1f} {spot.y:.1f}"

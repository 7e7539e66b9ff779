"""A day's route on a schematic map: numbered stops where they lie, arrows in order, a river, a scale."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from scheduler.core.travel import Point
from scheduler.pictures.drawing import Inks, Pen, picture
from scheduler.pictures.labelling import Label, label_boxes, labels_beside
from scheduler.pictures.measuring import width_of
from scheduler.pictures.placing import Box, Spot, box_around, pushed_apart
from scheduler.pictures.projecting import Projection, fitted, is_far
from scheduler.pictures.rivers import River
from scheduler.pictures.route_signs import arrow, ground, north_arrow, scale_bar

MARK, NUMBER_SIZE, GAP = 20.0, 12.0, 10.0
FOOT, MARGIN = 24.0, 24.0
# Who is moved no farther than this needs no line back to where they are.
MOVED = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MapStop:
    """One stop: the number it bears, its place's code and name in the reader's language, where it is."""

    number: str
    code: str
    name: str
    point: Point | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MapWords:
    """All words of a map, and how a number of kilometres is written."""

    title: str
    description: str
    north: str
    kilometres: Callable[[float], str]
    far: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapLook:
    """How it is drawn: its size in units (letters are about 12 high), the rivers it may show, the inks of a
    picture that has no style sheet."""

    width: float = 320.0
    height: float = 250.0
    rivers: Sequence[River] = ()
    inks: Inks | None = None
    has_names: bool = True


@dataclass(frozen=True, slots=True)
class Mark:
    """What is drawn once: a place with the numbers of all stops there."""

    numbers: tuple[str, ...]
    name: str
    point: Point
    is_far: bool = False
    true: Spot = field(default=Spot(0, 0))
    spot: Spot = field(default=Spot(0, 0))

    @property
    def words(self) -> str:
        return "·".join(self.numbers)

    @property
    def width(self) -> float:
        return max(MARK, width_of(self.words, NUMBER_SIZE) + 10)

    @property
    def box(self) -> Box:
        return box_around(self.spot, self.width, MARK)


def route_map(
    stops: Sequence[MapStop],
    words: MapWords,
    *,
    name: str,
    look: MapLook | None = None,
    legs: Sequence[tuple[int, int]] | None = None,
) -> str:
    """The map as one SVG element; empty where no stop has coordinates (list those beside it: `undrawn`).

    `name` is unique on its page. `legs` are pairs of indices of stops, from and to; left out, each stop leads
    to the next. Stops at one place share a mark; places that lie close are pushed apart, with a line back to
    where they are; places far out are drawn at the edge with a dashed frame.
    """
    look = look or MapLook()
    marks = _marks(stops, look)
    if not marks:
        return ""
    pen = Pen(look.inks)
    parts = [*_route(pen, marks, _lines(stops, marks, legs), look), *_foot(pen, marks, look, words)]
    return picture(
        pen,
        *parts,
        name=name,
        title=words.title,
        description=words.description,
        look="route-map",
        viewBox=f"0 0 {look.width:g} {look.height:g}",
        font_size=NUMBER_SIZE,
    )


def undrawn(stops: Sequence[MapStop]) -> list[MapStop]:
    """The stops a map cannot show, for the list beside it."""
    return [stop for stop in stops if stop.point is None]


def _route(
    pen: Pen, marks: Sequence[Mark], lines: Sequence[tuple[Mark, Mark]], look: MapLook
) -> Iterator[str]:
    """The ground, and on it lines below marks below names."""
    frame = _frame(look)
    labels = _labels(marks, lines, frame) if look.has_names else []
    taken = [*(mark.box for mark in marks), *label_boxes(labels)]
    yield ground(pen, frame, _projection(marks, frame), look.rivers, taken)
    yield from (_leader(pen, mark) for mark in marks)
    yield from (arrow(pen, one.box, other.box, is_far=one.is_far or other.is_far) for one, other in lines)
    yield from (_mark(pen, mark) for mark in marks)
    yield from (_label(pen, label) for label in labels)


def _foot(pen: Pen, marks: Sequence[Mark], look: MapLook, words: MapWords) -> Iterator[str]:
    """What stands below the ground: the scale, what a dashed mark means, where north is."""
    projection = _projection(marks, _frame(look))
    yield scale_bar(pen, projection, Spot(8, look.height - 9), words.kilometres)
    yield north_arrow(pen, Spot(look.width - 14, look.height - 5), words.north)
    if words.far and any(mark.is_far for mark in marks):
        yield pen.write(words.far, x=look.width - 44, y=look.height - 8, look="map-note", anchor="end")


def _frame(look: MapLook) -> Box:
    return Box(1, 1, look.width - 1, look.height - FOOT)


def _marks(stops: Sequence[MapStop], look: MapLook) -> list[Mark]:
    """One mark a place, at its spot: pushed apart, in the order of the first stop there."""
    by_place: dict[tuple[str, Point], Mark] = {}
    for stop in stops:
        if stop.point is None:
            continue
        mark = by_place.setdefault((stop.code, stop.point), Mark((), stop.name, stop.point))
        if stop.number not in mark.numbers:
            mark = replace(mark, numbers=(*mark.numbers, stop.number))
        by_place[stop.code, stop.point] = mark
    marks = list(by_place.values())
    far = is_far([mark.point for mark in marks])
    return _placed([replace(mark, is_far=is_out) for mark, is_out in zip(marks, far, strict=True)], look)


def _placed(marks: list[Mark], look: MapLook) -> list[Mark]:
    if not marks:
        return []
    frame = _frame(look)
    projection = _projection(marks, frame)
    true = [projection.pinned(mark.point, MARK / 2 + 4) for mark in marks]
    wishes = [(spot, mark.width, MARK) for spot, mark in zip(true, marks, strict=True)]
    spots = pushed_apart(wishes, frame.shrunk(3, 3), gap=GAP)
    return [replace(mark, true=at, spot=to) for mark, at, to in zip(marks, true, spots, strict=True)]


def _projection(marks: Sequence[Mark], frame: Box) -> Projection:
    far_ones = MARGIN + MARK if any(mark.is_far for mark in marks) else MARGIN
    return fitted([mark.point for mark in marks if not mark.is_far], frame, margin=far_ones)


def _lines(
    stops: Sequence[MapStop], marks: Sequence[Mark], legs: Sequence[tuple[int, int]] | None
) -> list[tuple[Mark, Mark]]:
    """From which mark to which the arrows go, each once, and none to where it came from."""
    of_place = {mark.point: mark for mark in marks}
    named = {(mark.name, mark.point): mark for mark in marks}
    at = [named.get((s.name, s.point), of_place.get(s.point)) if s.point else None for s in stops]
    if legs is None:
        there = [index for index, mark in enumerate(at) if mark is not None]
        legs = list(pairwise(there))
    pairs = [(at[start], at[end]) for start, end in legs]
    found = [
        (one, other) for one, other in pairs if one is not None and other is not None and one is not other
    ]
    return list(dict.fromkeys(found))


def _labels(marks: Sequence[Mark], lines: Sequence[tuple[Mark, Mark]], frame: Box) -> list[Label]:
    ways = [(start.spot, end.spot) for start, end in lines]
    return labels_beside([(mark.name, mark.box) for mark in marks], ways, frame.shrunk(2, 2))


def _leader(pen: Pen, mark: Mark) -> str:
    """The line from a mark that was pushed aside to where its place is."""
    if mark.is_far or mark.spot.distance(mark.true) <= MOVED:
        return ""
    at, to = mark.true, mark.spot
    line = pen.draw("line", look="map-leader", x1=at.x, y1=at.y, x2=to.x, y2=to.y)
    return line + pen.draw("circle", look="map-point", cx=at.x, cy=at.y, r=2.5)


def _mark(pen: Pen, mark: Mark) -> str:
    box = mark.box
    look = "map-mark map-mark-far" if mark.is_far else "map-mark"
    frame = pen.draw(
        "rect",
        look=look,
        x=box.left,
        y=box.top,
        width=mark.width,
        height=MARK,
        rx=4 if mark.is_far else MARK / 2,
    )
    ink = "map-number map-number-far" if mark.is_far else "map-number"
    return frame + pen.write(mark.words, x=mark.spot.x, y=mark.spot.y + 4.2, look=ink)


def _label(pen: Pen, label: Label) -> str:
    return "".join(pen.write(words, x=at.x, y=at.y, look="map-name") for words, at in label.lines)

"""Names beside the marks of a map: each where it covers no mark, no other name and, if it can, no line."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from scheduler.pictures.measuring import width_of, wrapped
from scheduler.pictures.placing import Box, Spot, along

SIZE, LINE_HEIGHT, WIDEST, NARROWER = 12.0, 13.5, 124.0, 84.0
BESIDE = 3.0
# A line counts by so many of its points, and a name keeps so far from it if it can.
STEPS, CLEAR = 60, -4.0


@dataclass(frozen=True, slots=True)
class Label:
    """A name in lines, each with the middle of its foot, and the room they take."""

    lines: tuple[tuple[str, Spot], ...]
    box: Box

    def crossed_by(self, points: Sequence[Spot]) -> int:
        """How many points of lines it would cover, or nearly."""
        return sum(map(self.box.shrunk(CLEAR, CLEAR).holds_spot, points))

    def lost_of(self, name: str) -> float:
        """What it costs that the end of a name is cut off: four letters weigh as much as one point."""
        return max(len(name) - sum(len(words) + 1 for words, _foot in self.lines), 0) / 4


def labels_beside(
    marks: Sequence[tuple[str, Box]], ways: Iterable[tuple[Spot, Spot]], frame: Box
) -> list[Label]:
    """A label for each mark that has room for one; the list beside the map names them all anyway."""
    points = [along(start, end, n / STEPS) for start, end in ways for n in range(STEPS)]
    taken = [box for _name, box in marks]
    found: list[Label] = []
    for name, box in marks:
        free = [
            label
            for label in _around(name, box)
            if frame.holds(label.box) and not any(label.box.meets(each) for each in taken)
        ]
        if free:
            label = min(free, key=lambda each: each.lost_of(name) + each.crossed_by(points))
            found.append(label)
            taken.append(label.box)
    return found


def label_boxes(labels: Iterable[Label]) -> list[Box]:
    """The room that labels take."""
    return [label.box for label in labels]


def room_for(words: str, spot: Spot, *, size: float = SIZE) -> Box:
    """The room of one line whose foot's middle is at a spot."""
    half = width_of(words, size) / 2
    return Box(spot.x - half, spot.y - size, spot.x + half, spot.y + 3)


def _around(name: str, mark: Box) -> Iterator[Label]:
    """A name in two lines at most, on every side of its mark; the sides people read best come first."""
    for widest in (WIDEST, NARROWER):
        lines = wrapped(name, size=SIZE, widest=widest)
        if not lines:
            return
        wide = max(width_of(line, SIZE) for line in lines)
        high = LINE_HEIGHT * len(lines)
        middle_x, middle_y = (mark.left + mark.right) / 2, (mark.top + mark.bottom) / 2
        beside, under, above = middle_y - high / 2, mark.bottom + BESIDE - 1, mark.top - BESIDE - high
        for left, top in (
            (mark.right + BESIDE, beside),
            (mark.left - BESIDE - wide, beside),
            (middle_x - wide / 2, under),
            (middle_x - wide / 2, above),
            (middle_x, under),
            (middle_x - wide, under),
            (middle_x, above),
            (middle_x - wide, above),
        ):
            yield _label(lines, Box(left, top, left + wide, top + high))


def _label(lines: Sequence[str], box: Box) -> Label:
    middle = (box.left + box.right) / 2
    feet = [Spot(middle, box.top + LINE_HEIGHT * n + SIZE - 1) for n in range(len(lines))]
    return Label(tuple(zip(lines, feet, strict=True)), box)

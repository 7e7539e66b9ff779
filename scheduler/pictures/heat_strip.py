"""A site's load through the week: a column a day, a row an hour, how many places are taken of how many."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scheduler.pictures.across import NARROWEST, Across, hatched, hatching
from scheduler.pictures.drawing import Pen, Value, picture
from scheduler.pictures.measuring import width_of

SIZE, HEAD, ROW, GAP = 11.5, 32.0, 26.0, 2.0
GUTTER, BAR = 13.0, 4.0


class Level(StrEnum):
    """How full an hour is; the bar at the foot of its cell says the same without colour."""

    EMPTY = "empty"
    LIGHT = "light"
    HALF = "half"
    NEAR = "near"
    FULL = "full"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatCell:
    """One hour of one day within opening hours, or with a tour in it; `places` of None: no tour runs."""

    places: int | None = None
    taken: int = 0
    is_closed: bool = False

    @property
    def level(self) -> Level:
        if not self.places:
            return Level.OVER if self.taken else Level.EMPTY
        share = self.taken / self.places
        if share >= 1:
            return Level.OVER if share > 1 else Level.FULL
        return (
            Level.NEAR
            if share >= 0.8
            else Level.HALF
            if share >= 0.4
            else Level.LIGHT
            if share
            else Level.EMPTY
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatDay:
    """One day: its head in two short lines, and its hours; an hour left out lies outside opening hours."""

    weekday: str
    day: str
    cells: Mapping[int, HeatCell]
    is_today: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatWords:
    """What the picture is called, what it says, and how each of 24 hours is written."""

    title: str
    description: str
    hours: Sequence[str]


def heat_strip(days: Sequence[HeatDay], words: HeatWords, *, name: str, is_mirrored: bool = False) -> str:
    """The week as one SVG element as wide as its place; empty where no day has an hour. `name` is unique on
    its page. `is_mirrored`: the first day stands at the right."""
    hours = sorted({hour for day in days for hour in day.cells})
    if not hours:
        return ""
    pen, across = Pen(), Across(is_mirrored)
    shown = range(hours[0], hours[-1] + 1)
    wide = (100 - GUTTER) / len(days)
    parts = [hatching(pen, name)]
    for row, hour in enumerate(shown):
        foot = HEAD + row * ROW + ROW / 2 + 4
        parts.append(
            pen.write(words.hours[hour], x=across.at(0), y=foot, look="heat-hour", anchor=across.start)
        )
    for column, day in enumerate(days):
        left = GUTTER + column * wide
        parts += _head(pen, day, across.at(left + wide / 2), across.box(left, wide))
        for hour, cell in sorted(day.cells.items()):
            parts += _cell(
                pen,
                cell,
                HEAD + (hour - shown[0]) * ROW,
                across.box(left, wide),
                across=across,
                paint=hatched(name),
            )
    about = {"title": words.title, "description": words.description}
    high = HEAD + len(shown) * ROW + GAP
    return picture(
        pen, *parts, name=name, look="heat-strip", width="100%", height=high, font_size=SIZE, **about
    )


def _head(pen: Pen, day: HeatDay, middle: str, where: Mapping[str, str]) -> Iterator[str]:
    look = "heat-day heat-today" if day.is_today else "heat-day"
    if day.is_today:
        yield pen.draw("rect", look="heat-now", y=0, height=3, **where)
    yield pen.write(day.weekday, x=middle, y=14, look=look)
    yield pen.write(day.day, x=middle, y=27, look=look)


def _cell(
    pen: Pen, cell: HeatCell, top: float, where: Mapping[str, str], *, across: Across, paint: str
) -> Iterator[str]:
    """A cell drawn in its own little picture, so that its parts are shares of itself."""
    high = ROW - GAP
    look = "heat-cell heat-closed" if cell.is_closed else f"heat-cell heat-{cell.level}"
    box = pen.draw(
        "rect", look=look, x="2%", y=0.5, width="96%", height=high - 1, rx=3, fill=_paint(cell, paint)
    )
    inside = [box]
    if cell.places is not None:
        inside += _figures(pen, cell, high, across)
    yield pen.draw("svg", *inside, y=top, height=high, **where)


def _figures(pen: Pen, cell: HeatCell, high: float, across: Across) -> Iterator[str]:
    """Both figures where they fit, else those taken; and the bar."""
    both = f"{cell.taken}/{cell.places}"
    room = (100 - GUTTER) / 7 / 100 * NARROWEST - 4
    words = both if width_of(both, SIZE) <= room * 1.1 else str(cell.taken)
    look = f"heat-number heat-number-{'closed' if cell.is_closed else cell.level}"
    yield pen.write(words, x="50%", y=high / 2 + 2.5, look=look)
    share = min(cell.taken / cell.places, 1.0) if cell.places else 1.0
    bar: dict[str, Value] = {"y": high - BAR - 2, "height": BAR}
    yield pen.draw("rect", look="heat-bar", **(bar | across.box(6, 88)))
    if share:
        taken = "heat-taken heat-taken-over" if cell.level is Level.OVER else "heat-taken"
        yield pen.draw("rect", look=taken, **(bar | across.box(6, share * 88)))


def _paint(cell: HeatCell, paint: str) -> str | None:
    return paint if cell.is_closed else None

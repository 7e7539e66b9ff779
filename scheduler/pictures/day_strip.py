"""A delegation's days as strips: stops as blocks, ways between them hatched, what is to spare left open."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from scheduler.pictures.across import Across, hatched, hatching, share_of
from scheduler.pictures.drawing import Pen, picture

HOUR, WHOLE_DAY = 60, 24 * 60
SIZE = 12.0
AXIS, TITLE, LANE, LANE_GAP, NOTE, AFTER = 18.0, 18.0, 26.0, 3.0, 15.0, 10.0
# A block is seen and hit however short the stop is, and a number needs so much room.
LEAST, ROOM_FOR_NUMBER = 1.2, 4.5
MOST_TICKS, MOST_NOTE_ROWS, LEAST_HOURS = 6, 3, 3
EDGE = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StripStop:
    """A stop from one minute of its day to another; `look` is its kind: visit or engagement."""

    number: str
    starts: int
    ends: int
    look: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StripLeg:
    """The way from a stop's end to the next one's start: minutes on the way (None where nobody knows), and a
    note of one or two words. `tone` is neutral, success, warning or error."""

    starts: int
    ends: int
    minutes: int | None
    tone: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StripDay:
    """One day: its name, its stops, the ways between."""

    name: str
    stops: Sequence[StripStop]
    legs: Sequence[StripLeg] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StripWords:
    """What the picture is called, what it says, and how an hour of the axis (0 to 24) is written."""

    title: str
    description: str
    hours: Sequence[str]


@dataclass(frozen=True, slots=True)
class Axis:
    """Which stretch of the day is shown, in minutes."""

    first: int
    last: int

    def share(self, minute: int) -> float:
        inside = min(max(minute, self.first), self.last)
        return EDGE + (inside - self.first) / (self.last - self.first) * (100 - 2 * EDGE)


def day_strip(days: Sequence[StripDay], words: StripWords, *, name: str, is_mirrored: bool = False) -> str:
    """All days below each other on one axis of hours, as one SVG element as wide as its place; empty without
    a stop. `name` is unique on its page. `is_mirrored`: time runs from right to left."""
    days = [day for day in days if day.stops]
    if not days:
        return ""
    pen, across, axis = Pen(), Across(is_mirrored), _axis(days)
    parts, top = [hatching(pen, name)], AXIS
    for day in days:
        drawn, high = _day(pen, day, axis=axis, across=across, paint=hatched(name))
        parts.append(pen.draw("g", *drawn, look="strip-day", transform=f"translate(0 {top:g})"))
        top += high
    parts.insert(1, "".join(_ticks(pen, axis, across, words.hours, top)))
    about = {"title": words.title, "description": words.description}
    return picture(
        pen, *parts, name=name, look="day-strip", width="100%", height=top, font_size=SIZE, **about
    )


def _axis(days: Iterable[StripDay]) -> Axis:
    """From the full hour before the first stop to the full hour after the last."""
    stops = [stop for day in days for stop in day.stops]
    first = min(stop.starts for stop in stops) // HOUR * HOUR
    last = -(-max(stop.ends for stop in stops) // HOUR) * HOUR
    first = min(max(first, 0), WHOLE_DAY - LEAST_HOURS * HOUR)
    return Axis(first, min(max(last, first + LEAST_HOURS * HOUR), WHOLE_DAY))


def _ticks(pen: Pen, axis: Axis, across: Across, hours: Sequence[str], bottom: float) -> Iterator[str]:
    step = next(each for each in (1, 2, 3, 4, 6) if (axis.last - axis.first) / HOUR / each <= MOST_TICKS)
    for hour in range(axis.first // HOUR, axis.last // HOUR + 1, step):
        share = axis.share(hour * HOUR)
        x = across.at(share)
        yield pen.draw("line", look="strip-tick", x1=x, x2=x, y1=AXIS - 3, y2=bottom)
        anchor = across.start if share < 6 else across.end if share > 94 else "middle"
        yield pen.write(hours[hour % len(hours)], x=x, y=SIZE, look="strip-hour", anchor=anchor)


def _day(pen: Pen, day: StripDay, *, axis: Axis, across: Across, paint: str) -> tuple[list[str], float]:
    """One day from its own top, and how high it is."""
    lanes = _lanes(day.stops)
    parts = [pen.write(day.name, x=across.at(EDGE), y=SIZE + 1, look="strip-name", anchor=across.start)]
    begins, ends = min(stop.starts for stop in day.stops), max(stop.ends for stop in day.stops)
    bottom = TITLE + (max(lanes) + 1) * (LANE + LANE_GAP)
    whole = _stretch(axis, across, begins, ends)
    parts.append(
        pen.draw("rect", look="strip-whole", y=TITLE, height=bottom - TITLE - LANE_GAP, rx=3, **whole)
    )
    tops = {stop.ends: TITLE + lane * (LANE + LANE_GAP) for stop, lane in zip(day.stops, lanes, strict=True)}
    for leg in day.legs:
        parts += _leg(pen, leg, tops.get(leg.starts, TITLE), across.box, axis=axis, paint=paint)
    for stop, lane in zip(day.stops, lanes, strict=True):
        parts += _stop(pen, stop, TITLE + lane * (LANE + LANE_GAP), axis=axis, across=across)
    notes, rows = _notes(pen, day.legs, bottom, axis=axis, across=across)
    return [*parts, *notes], bottom + rows * NOTE + AFTER


def _stretch(axis: Axis, across: Across, begins: int, ends: int) -> dict[str, str]:
    share = axis.share(begins)
    return across.box(share, max(axis.share(ends) - share, LEAST))


def _stop(pen: Pen, stop: StripStop, top: float, *, axis: Axis, across: Across) -> Iterator[str]:
    where = _stretch(axis, across, stop.starts, stop.ends)
    yield pen.draw("rect", look=f"strip-stop strip-{stop.look}", y=top, height=LANE, rx=3, **where)
    begins, ends = axis.share(stop.starts), axis.share(stop.ends)
    if ends - begins >= max(ROOM_FOR_NUMBER, share_of(stop.number, SIZE)):
        middle = across.at((begins + ends) / 2)
        yield pen.write(
            stop.number, x=middle, y=top + LANE / 2 + 4, look=f"strip-number strip-number-{stop.look}"
        )


def _leg(
    pen: Pen,
    leg: StripLeg,
    top: float,
    box: Callable[[float, float], dict[str, str]],
    *,
    axis: Axis,
    paint: str,
) -> Iterator[str]:
    """The way hatched from the end of the stop before, then what is to spare, open."""
    begins, ends = axis.share(leg.starts), axis.share(leg.ends)
    if ends <= begins:
        return
    arrives = min(axis.share(leg.starts + (leg.minutes or 0)), ends)
    inside = {"y": top + 5, "height": LANE - 10}
    look = f"strip-way strip-way-{leg.tone}"
    if ends > arrives:
        yield pen.draw(
            "rect", look=f"strip-spare strip-spare-{leg.tone}", **inside, **box(arrives, ends - arrives)
        )
    if arrives > begins:
        yield pen.draw("rect", look=look, fill=paint, **inside, **box(begins, arrives - begins))


def _notes(
    pen: Pen, legs: Sequence[StripLeg], top: float, *, axis: Axis, across: Across
) -> tuple[list[str], int]:
    """The notes below the strip, each under its gap, in as many rows as keep them apart."""
    parts: list[str] = []
    free: list[float] = []
    for leg in sorted(legs, key=lambda each: each.starts):
        if not leg.note:
            continue
        wide = share_of(leg.note, SIZE)
        middle = (axis.share(leg.starts) + axis.share(leg.ends)) / 2
        begins = min(max(middle - wide / 2, EDGE), 100 - EDGE - wide)
        row = next((n for n in count() if n >= len(free) or free[n] <= begins), 0)
        if row >= MOST_NOTE_ROWS:
            continue
        free[row : row + 1] = [begins + wide + 3]
        x, anchor = _anchored(begins, wide, middle, across)
        look = f"strip-note strip-note-{leg.tone}"
        parts.append(pen.write(leg.note, x=x, y=top + row * NOTE + SIZE, look=look, anchor=anchor))
    return parts, len(free)


def _anchored(begins: float, wide: float, middle: float, across: Across) -> tuple[str, str]:
    """Where to hang a note: under its gap, or by the edge that it would otherwise leave."""
    if begins > middle - wide / 2:
        return across.at(EDGE), across.start
    if begins < middle - wide / 2:
        return across.at(100 - EDGE), across.end
    return across.at(middle), "middle"


def _lanes(stops: Sequence[StripStop]) -> list[int]:
    """In which lane each stop lies, so that parts that are out at once lie below each other."""
    ends: list[int] = []
    lanes = []
    for stop in stops:
        lane = next((n for n, end in enumerate(ends) if end <= stop.starts), len(ends))
        ends[lane : lane + 1] = [stop.ends]
        lanes.append(lane)
    return lanes

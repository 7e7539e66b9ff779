"""Plain bars lying one below the other: a name, a bar, its figure."""

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.pictures.across import Across, share_of
from scheduler.pictures.drawing import Pen, Value, picture
from scheduler.pictures.measuring import wrapped

SIZE, ROW, BAR = 12.0, 36.0, 12.0
NAME_ROOM = 275.0
MOST_FIGURE = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: what it is called, how long it is, and its figure as people read it."""

    name: str
    value: float
    figure: str


def bars(
    shown: Sequence[Bar], *, name: str, title: str, description: str = "", is_mirrored: bool = False
) -> str:
    """All bars on one scale from nought, as one SVG element as wide as its place; empty without a bar. Bars
    begin where reading begins. `name` is unique on its page."""
    if not shown:
        return ""
    pen, across = Pen(), Across(is_mirrored)
    longest = max((bar.value for bar in shown), default=0) or 1
    room = 100 - min(max(share_of(bar.figure, SIZE) for bar in shown) + 3, MOST_FIGURE)
    parts = []
    for row, bar in enumerate(shown):
        top = row * ROW
        words = next(iter(wrapped(bar.name, size=SIZE, widest=NAME_ROOM, most_lines=1)), "")
        parts.append(pen.write(words, x=across.at(0), y=top + SIZE + 1, look="bar-name", anchor=across.start))
        share = max(bar.value, 0) / longest * room
        box: dict[str, Value] = {"y": top + SIZE + 6, "height": BAR, "rx": 2}
        parts.append(pen.draw("rect", look="bar-room", **(box | across.box(0, room))))
        parts.append(pen.draw("rect", look="bar-value", **(box | across.box(0, share))))
        foot = top + SIZE + 16
        at = across.at(room + 1)
        parts.append(pen.write(bar.figure, x=at, y=foot, look="bar-figure", anchor=across.start))
    about = {"title": title, "description": description}
    return picture(
        pen, *parts, name=name, look="bars", width="100%", height=ROW * len(shown), font_size=SIZE, **about
    )

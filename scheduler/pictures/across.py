"""Pictures as wide as their place: percent across, letters in their own size; time runs as one reads."""

from dataclasses import dataclass

from scheduler.pictures.drawing import Pen
from scheduler.pictures.measuring import width_of

# No page gives a picture less room: what fits here fits everywhere.
NARROWEST = 288.0


@dataclass(frozen=True, slots=True)
class Across:
    """From shares of the width (0 to 100, from where reading begins) to attributes; `is_mirrored` where
    people read from right to left."""

    is_mirrored: bool = False

    def at(self, share: float) -> str:
        """Where a share of the width is."""
        return _percent(100 - share if self.is_mirrored else share)

    def box(self, share: float, width: float) -> dict[str, str]:
        """`x` and `width` of something that begins at a share and is so wide."""
        left = 100 - share - width if self.is_mirrored else share
        return {"x": _percent(left), "width": _percent(width)}

    @property
    def start(self) -> str:
        """The anchor of words that begin at their place."""
        return "end" if self.is_mirrored else "start"

    @property
    def end(self) -> str:
        """The anchor of words that end at their place."""
        return "start" if self.is_mirrored else "end"


def hatching(pen: Pen, name: str) -> str:
    """Slanting lines to fill with, found by `hatched(name)`."""
    ground = pen.draw("rect", look="hatch-ground", width=7, height=7)
    lines = pen.draw("path", look="hatch-line", d="M-1 8L8 -1M-1 1L1 -1M6 8L8 6", fill="none")
    pattern = pen.draw(
        "pattern", ground, lines, id=f"{name}-hatch", width=7, height=7, patternUnits="userSpaceOnUse"
    )
    return pen.draw("defs", pattern)


def hatched(name: str) -> str:
    """The paint that `hatching` of the same picture made."""
    return f"url(#{name}-hatch)"


def share_of(words: str, size: float) -> float:
    """The width of words as a share of the narrowest picture."""
    return width_of(words, size) / NARROWEST * 100


def _percent(share: float) -> str:
    return f"{share:.2f}".rstrip("0").rstrip(".") + "%"

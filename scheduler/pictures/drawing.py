"""SVG elements as text: whatever was typed is escaped, numbers are short, colours come from outside."""

import re
from collections.abc import Mapping
from html import escape

# What XML 1.0 cannot carry at all, escaped or not.
UNSPEAKABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# A page colours by class, in its style sheet; paper has none, so each class brings its attributes.
Inks = Mapping[str, Mapping[str, str]]
Value = str | float | None


class Pen:
    """Draws elements; with `inks`, every element also carries the attributes of its class."""

    def __init__(self, inks: Inks | None = None) -> None:
        self._inks = inks or {}

    def draw(self, tag: str, *inner: str, look: str = "", **attributes: Value) -> str:
        """One element; `inner` is SVG already, `look` its class or classes; `_` in a name stands for `-`."""
        told: dict[str, Value] = {"class": look or None}
        for each in look.split():
            told |= self._inks.get(each, {})
        told |= {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        words = "".join(f' {name}="{_value(value)}"' for name, value in told.items() if value is not None)
        return f"<{tag}{words}>{''.join(inner)}</{tag}>" if inner else f"<{tag}{words}/>"

    def write(self, words: str, *, x: Value, y: Value, look: str, anchor: str = "middle") -> str:
        """A line of text, standing on `y`."""
        return self.draw("text", escaped(facing(words)), look=look, x=x, y=y, text_anchor=anchor)


def escaped(words: str) -> str:
    """Typed words as XML text."""
    return escape(UNSPEAKABLE.sub("", words))


def facing(words: str) -> str:
    """Words that are written from right to left, held together in a picture that runs from left to right."""
    return f"\u2067{words}\u2069" if RIGHT_TO_LEFT.search(words) else words


def picture(
    pen: Pen, *inner: str, name: str, title: str, description: str, look: str, **attributes: Value
) -> str:
    """The whole picture. `name` is unique on its page: the title and the description are found by it.

    Letters run from left to right in it, whatever the page does: what mirrors is mirrored by whoever draws.
    """
    spoken = [pen.draw("title", escaped(title) or " ", id=f"{name}-title")]
    labels = f"{name}-title"
    if description:
        spoken.append(pen.draw("desc", escaped(description), id=f"{name}-words"))
        labels += f" {name}-words"
    whole: dict[str, Value] = {
        "xmlns": "http://www.w3.org/2000/svg",
        "role": "img",
        "aria-labelledby": labels,
        "direction": "ltr",
        "focusable": "false",
    }
    return pen.draw("svg", *spoken, *inner, look=look, **(whole | attributes))


def _value(value: str | float) -> str:
    if isinstance(value, str):
        return escaped(value)
    return f"{value:.1f}".removesuffix(".0")

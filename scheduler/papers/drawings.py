"""Drawings for paper: their lines stay SVG, their words are set by Typst, which shapes every script."""

from typing import Any
from xml.etree import ElementTree

SVG = "http://www.w3.org/2000/svg"
ElementTree.register_namespace("", SVG)


def taken_apart(svg: str) -> dict[str, Any]:
    """A drawing as its lines, its size in its own units, and its words: each with the baseline's place, the
    point it hangs on (start, middle, end), its size and ink. An empty drawing gives nothing. The words of
    drawings lie in no group that moves them: `pictures/` draws them so."""
    if not svg:
        return {}
    drawing = ElementTree.fromstring(svg)  # noqa: S314 - our own drawing, never a stranger's
    _x, _y, width, height = (float(each) for each in drawing.attrib["viewBox"].split())
    words = [_words(text) for text in drawing.findall(f"{{{SVG}}}text")]
    for text in drawing.findall(f"{{{SVG}}}text"):
        drawing.remove(text)
    lines = ElementTree.tostring(drawing, encoding="unicode")
    return {"svg": lines, "width": width, "height": height, "words": words}


def _words(text: ElementTree.Element) -> dict[str, Any]:
    told = text.attrib
    return {
        "told": "".join(text.itertext()),
        "x": float(told["x"]),
        "y": float(told["y"]),
        "anchor": told.get("text-anchor", "start"),
        "size": float(told["font-size"]),
        "ink": told.get("fill", "#000"),
        "is_bold": told.get("font-weight", "") == "700",
    }

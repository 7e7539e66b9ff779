"""The colours of a picture on paper: no style sheet reaches it, and the printer may be black and white."""

from scheduler.pictures.drawing import Inks

_NOTE = {"fill": "#222", "font-size": "10"}
PAPER: Inks = {
    "map-ground": {"fill": "#fff", "stroke": "#888", "stroke-width": "0.8"},
    "map-river": {"stroke": "#c9dceb", "stroke-linejoin": "round", "stroke-linecap": "butt"},
    "map-water-name": {"fill": "#41617d", "font-size": "10", "font-style": "italic"},
    "map-leader": {"stroke": "#555", "stroke-width": "0.8"},
    "map-point": {"fill": "#000"},
    "map-leg": {"stroke": "#222", "stroke-width": "1.6"},
    "map-leg-far": {"stroke-dasharray": "4 3"},
    "map-head": {"fill": "#222"},
    "map-mark": {"fill": "#000", "stroke": "#fff", "stroke-width": "1.2"},
    "map-mark-far": {"fill": "#fff", "stroke": "#000", "stroke-dasharray": "3 2"},
    "map-number": {"fill": "#fff", "font-weight": "700", "font-size": "12"},
    "map-number-far": {"fill": "#000"},
    "map-name": {
        "fill": "#000",
        "font-size": "12",
        "stroke": "#fff",
        "stroke-width": "2.5",
        "stroke-linejoin": "round",
        "paint-order": "stroke",
    },
    "map-scale": {"stroke": "#222", "stroke-width": "1.2"},
    "map-north": {"fill": "#222"},
    "map-note": _NOTE,
}


def inked_with(font: str) -> Inks:
    """The inks of paper, with the typeface that the document sets its own words in."""
    written = ("map-water-name", "map-number", "map-name", "map-note")
    return {look: {**ink, "font-family": font} if look in written else ink for look, ink in PAPER.items()}

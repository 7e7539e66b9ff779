"""The sketch of a day's route for a programme's paper."""

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from scheduler.blueprints.papers.source import Content, Source
from scheduler.papers.typesetting import FAMILIES
from scheduler.pictures.inks import inked_with
from scheduler.pictures.rivers import rivers
from scheduler.pictures.route_map import MapLook, MapStop, MapWords, route_map
from scheduler.records.site_facts import point_at
from scheduler.words.own_names import in_order
from scheduler.words.paper_words import language_of_paper
from scheduler.words.picture_words import kilometres, north

WIDTH, HEIGHT = 460.0, 250.0


def route_svg(source: Source, stops: Sequence[Content], day: str) -> tuple[str, str]:
    """The map of some stops in their order, numbered from 1, and its title; both empty where fewer than two
    places are known on earth."""
    marks = list(_marks(source, stops))
    if len({mark.code for mark in marks if mark.point}) < 2:
        return "", ""
    title = _("The route of %(day)s", day=day)
    words = MapWords(
        title=title,
        description=_("Numbered stops with arrows in their order. The same stands beside it in words."),
        north=north(),
        kilometres=kilometres,
        far=_("Dashed: farther out"),
    )
    inks = inked_with(FAMILIES.get(language_of_paper(), FAMILIES["en"]))
    look = MapLook(width=WIDTH, height=HEIGHT, rivers=rivers(language_of_paper()), inks=inks)
    return route_map(marks, words, name="route", look=look), title


def _marks(source: Source, stops: Sequence[Content]) -> Iterator[MapStop]:
    for number, stop in enumerate(stops, 1):
        for place in (stop["place"], stop["leaves_from"]):
            found = source.named.places.get(place["code"]) if place else None
            if place and found:
                name, _other = in_order(place["name"], place["name_native"])
                point = point_at(found.latitude, found.longitude)
                yield MapStop(number=str(number), code=found.code, name=name, point=point)

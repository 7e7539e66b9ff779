"""All sites of a city on one schematic map: a numbered mark each, those chosen marked out, none joined."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scheduler.core.travel import Point
from scheduler.pictures.drawing import Pen, escaped, picture
from scheduler.pictures.labelling import Label, label_boxes, labels_beside
from scheduler.pictures.placing import Box, Spot, box_around, pushed_apart
from scheduler.pictures.projecting import Projection, fitted, is_far
from scheduler.pictures.route_map import FOOT, MARGIN, MARK, MOVED, NUMBER_SIZE, MapLook, MapWords
from scheduler.pictures.route_signs import ground, north_arrow, scale_bar

GAP = 5.0
# A whole city is wider than a day's route.
WIDE = MapLook(width=420.0, height=360.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteMark:
    """One site: its number in the list beside, code and name, where it is; `look` is a class of its mark."""

    number: str
    code: str
    name: str
    point: Point
    look: str = ""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A mark at its spot, and where its site truly is."""

    site: SiteMark
    is_far: bool
    true: Spot
    spot: Spot

    @property
    def box(self) -> Box:
        return box_around(self.spot, MARK, MARK)


def site_map(sites: Sequence[SiteMark], words: MapWords, *, name: str, look: MapLook = WIDE) -> str:
    """The map as one SVG element; empty without a site. `name` is unique on its page. Each mark is a group
    with its site's code in `data-site`, for a script to hear clicks on; the list beside says and does the
    same. Marks that lie close are pushed apart; sites far out are drawn at the edge with a dashed frame."""
    if not sites:
        return ""
    pen = Pen(look.inks)
    return picture(
        pen,
        *_parts(pen, sites, words, look),
        name=name,
        title=words.title,
        description=words.description,
        look="route-map site-map",
        viewBox=f"0 0 {look.width:g} {look.height:g}",
        font_size=NUMBER_SIZE,
    )


def _parts(pen: Pen, sites: Sequence[SiteMark], words: MapWords, look: MapLook) -> Iterator[str]:
    frame = Box(1, 1, look.width - 1, look.height - FOOT)
    far = is_far([site.point for site in sites])
    margin = MARGIN + MARK if any(far) else MARGIN
    near = [site.point for site, is_out in zip(sites, far, strict=True) if not is_out]
    projection = fitted(near, frame, margin=margin)
    marks = _placed(sites, far, projection, frame)
    labels = labels_beside([(mark.site.name, mark.box) for mark in marks], (), frame.shrunk(2, 2))
    taken = [*(mark.box for mark in marks), *label_boxes(labels)]
    yield ground(pen, frame, projection, look.rivers, taken)
    yield from (_leader(pen, mark) for mark in marks)
    yield from (_label(pen, label) for label in labels)
    yield from (_mark(pen, mark) for mark in marks)
    yield scale_bar(pen, projection, Spot(8, look.height - 9), words.kilometres)
    yield north_arrow(pen, Spot(look.width - 14, look.height - 5), words.north)
    if words.far and any(far):
        yield pen.write(words.far, x=look.width - 44, y=look.height - 8, look="map-note", anchor="end")


def _placed(
    sites: Sequence[SiteMark], far: Sequence[bool], projection: Projection, frame: Box
) -> list[_Placed]:
    true = [projection.pinned(site.point, MARK / 2 + 4) for site in sites]
    spots = pushed_apart([(spot, MARK, MARK) for spot in true], frame.shrunk(3, 3), gap=GAP)
    return [_Placed(*told) for told in zip(sites, far, true, spots, strict=True)]


def _leader(pen: Pen, mark: _Placed) -> str:
    if mark.is_far or mark.spot.distance(mark.true) <= MOVED:
        return ""
    at, to = mark.true, mark.spot
    line = pen.draw("line", look="map-leader", x1=at.x, y1=at.y, x2=to.x, y2=to.y)
    return line + pen.draw("circle", look="map-point", cx=at.x, cy=at.y, r=2.5)


def _mark(pen: Pen, mark: _Placed) -> str:
    box, site = mark.box, mark.site
    frame = pen.draw(
        "rect",
        look="site-mark-frame",
        x=box.left,
        y=box.top,
        width=MARK,
        height=MARK,
        rx=4 if mark.is_far else MARK / 2,
    )
    # What the pointer and the thumb hit is larger than what is seen.
    reach = pen.draw("circle", look="site-mark-reach", cx=mark.spot.x, cy=mark.spot.y, r=MARK * 0.75)
    number = pen.write(site.number, x=mark.spot.x, y=mark.spot.y + 4.2, look="site-mark-number")
    tip = pen.draw("title", escaped(site.name) or " ")
    look = f"site-mark{' site-mark-far' if mark.is_far else ''} {site.look}".strip()
    return pen.draw("g", tip, reach, frame, number, look=look, data_site=site.code)


def _label(pen: Pen, label: Label) -> str:
    return "".join(pen.write(words, x=at.x, y=at.y, look="map-name") for words, at in label.lines)

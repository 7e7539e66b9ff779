"""The route map: where stops are drawn, what may never overlap, what hostile names do, how paper differs."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.core.travel import Point
from scheduler.pictures.inks import PAPER, inked_with
from scheduler.pictures.labelling import label_boxes, labels_beside
from scheduler.pictures.placing import Box, box_around, pushed_apart
from scheduler.pictures.projecting import fitted
from scheduler.pictures.rivers import rivers
from scheduler.pictures.route_map import MapLook, MapStop, MapWords, route_map, undrawn

SVG = "{http://www.w3.org/2000/svg}"
CITY_HALL, HOTEL = Point(37.5665, 126.9780), Point(37.5647, 126.9780)
MUSEUM, NANJI, INCHEON = Point(37.5737, 127.0336), Point(37.5945, 126.8480), Point(37.4602, 126.4407)
FRAME = Box(0, 0, 320, 226)
WORDS = MapWords(
    title="Route of the day",
    description="Three stops",
    north="N",
    kilometres=lambda far: f"{far:g} km",
    far="Dashed: farther out",
)


def stop(number, point, name="A place"):
    return MapStop(number=str(number), code=f"P{number}", name=name, point=point)


def drawn(stops, look=None, legs=None):
    svg = route_map(stops, WORDS, name="route", look=look, legs=legs)
    return ElementTree.fromstring(svg)  # noqa: S314 - Our own drawing, and it must parse.


def looking(picture, look):
    return [each for each in picture.iter() if look in each.get("class", "").split()]


def box_of(mark):
    x, y, width, height = (float(mark.get(name)) for name in ("x", "y", "width", "height"))
    return Box(x, y, x + width, y + height)


def numbers(picture):
    return [each.text for each in looking(picture, "map-number")]


places = st.builds(Point, st.floats(37.4, 37.7), st.floats(126.4, 127.2))
anywhere = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))
days = st.lists(places, min_size=1, max_size=12) | st.lists(anywhere, min_size=1, max_size=5)


@settings(max_examples=40, deadline=None)
@given(days)
def test_every_stop_is_in_the_picture_and_covers_no_other(points):
    picture = drawn([stop(n, point) for n, point in enumerate(points, 1)], MapLook(rivers=rivers("ko")))
    _left, _top, width, height = (float(each) for each in picture.get("viewBox").split())
    boxes = [box_of(mark) for mark in looking(picture, "map-mark")]
    assert len(boxes) == len(points)
    assert all(Box(0, 0, width, height).holds(box) for box in boxes)
    assert not any(one.meets(other) for n, one in enumerate(boxes) for other in boxes[:n])


names = st.sampled_from(
    ["TOPIS", "Jungnang Water Recycling Center", "서울하수도과학관", "محطة معالجة المياه"]
)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(names, places), min_size=1, max_size=9))
def test_no_name_covers_a_mark_or_another_name(told):
    frame, projection = FRAME, fitted([point for _name, point in told], FRAME, margin=24)
    spots = pushed_apart([(projection.spot(point), 20, 20) for _name, point in told], FRAME, gap=10)
    marks = [box_around(spot, 20, 20) for spot in spots]
    labels = label_boxes(labels_beside([(told[n][0], box) for n, box in enumerate(marks)], (), frame))
    boxes = marks + labels
    assert all(frame.holds(label) for label in labels)
    assert not any(one.meets(other) for n, one in enumerate(boxes) for other in boxes[:n])


def test_north_is_up_and_east_is_right_in_every_language():
    picture = drawn([stop(1, HOTEL), stop(2, CITY_HALL), stop(3, MUSEUM)])
    hotel, hall, museum = map(box_of, looking(picture, "map-mark"))
    assert hall.bottom < hotel.bottom
    assert museum.left > hall.left


def test_an_arrow_leads_from_each_stop_to_the_next():
    assert len(looking(drawn([stop(1, HOTEL), stop(2, MUSEUM), stop(3, NANJI)]), "map-leg")) == 2


def test_only_the_legs_that_are_told_are_drawn():
    apart = [stop(1, HOTEL), stop(2, MUSEUM), stop(3, NANJI)]
    assert len(looking(drawn(apart, legs=[(0, 1), (0, 2)]), "map-leg")) == 2
    assert looking(drawn(apart, legs=[]), "map-leg") == []


def test_a_place_visited_twice_is_one_mark_with_both_numbers():
    back = MapStop(number="3", code="P1", name="A place", point=HOTEL)
    picture = drawn([stop(1, HOTEL), stop(2, MUSEUM), back])
    assert numbers(picture) == ["1·3", "2"]
    assert len(looking(picture, "map-leg")) == 2


def test_places_at_one_spot_are_pushed_apart_with_a_line_back():
    picture = drawn([stop(1, CITY_HALL), stop(2, CITY_HALL), stop(3, CITY_HALL)])
    assert numbers(picture) == ["1", "2", "3"]
    assert len(looking(picture, "map-leader")) == 2


def test_an_airport_far_out_stands_at_the_edge_and_the_city_keeps_its_scale():
    picture = drawn([stop(1, INCHEON), stop(2, HOTEL), stop(3, CITY_HALL), stop(4, MUSEUM)])
    assert len(looking(picture, "map-mark-far")) == 1
    airport, hotel, _hall, museum = map(box_of, looking(picture, "map-mark"))
    assert airport.left < 20
    assert museum.left - hotel.left > 100
    assert "Dashed: farther out" in [each.text for each in looking(picture, "map-note")]


def test_places_a_few_steps_apart_fill_the_frame():
    hotel, gate = map(box_of, looking(drawn([stop(1, HOTEL), stop(2, Point(37.5655, 126.9790))]), "map-mark"))
    assert gate.left - hotel.left > 120
    assert hotel.top - gate.top > 120


def test_two_places_far_apart_are_both_drawn_to_scale():
    assert looking(drawn([stop(1, INCHEON), stop(2, HOTEL)]), "map-mark-far") == []


def test_a_stop_nobody_knows_the_spot_of_is_listed_and_not_drawn():
    lost = stop(2, None)
    assert numbers(drawn([stop(1, HOTEL), lost, stop(3, MUSEUM)])) == ["1", "3"]
    assert undrawn([stop(1, HOTEL), lost]) == [lost]
    assert route_map([lost], WORDS, name="route") == ""


def test_one_stop_stands_in_the_middle_with_the_city_around_it():
    picture = drawn([stop(1, CITY_HALL)], MapLook(rivers=rivers("en")))
    (mark,) = map(box_of, looking(picture, "map-mark"))
    assert 150 < (mark.left + mark.right) / 2 < 170
    assert looking(picture, "map-river")


def test_the_river_is_named_in_the_readers_language_and_only_where_it_flows():
    seoul = [stop(1, NANJI), stop(2, MUSEUM)]
    named = {
        looking(drawn(seoul, MapLook(rivers=rivers(code))), "map-water-name")[0].text for code in ("ko", "en")
    }
    assert named == {"한강", "Han River"}
    assert looking(drawn([stop(1, Point(35.18, 129.07))], MapLook(rivers=rivers("ko"))), "map-river") == []


@pytest.mark.parametrize(
    "name", ['"><script>alert(1)</script>', "a & b <i>", "\x00\x1b\ufffe]]>", "", "x" * 200]
)
def test_a_hostile_name_stays_a_name(name):
    picture = drawn([stop(1, HOTEL, name), stop(2, MUSEUM, name)])
    assert {each.tag.removeprefix(SVG) for each in picture.iter()} <= {
        *("svg", "title", "desc", "rect", "path", "polygon", "text", "line", "circle")
    }


def test_a_picture_says_what_it_shows_and_carries_no_style():
    picture = drawn([stop(1, HOTEL)])
    assert picture.get("role") == "img"
    found = {each.get("id"): each.text for each in picture.iter() if each.get("id")}
    assert [found[one] for one in picture.get("aria-labelledby").split()] == [
        "Route of the day",
        "Three stops",
    ]
    assert {each.get("style") for each in picture.iter()} == {None}
    assert {each.get("fill") for each in picture.iter()} <= {None, "none"}


def test_words_from_right_to_left_are_held_together():
    told = looking(drawn([stop(1, HOTEL, "مبنى البلدية (1)")]), "map-name")[0]
    assert told.text == "\u2067مبنى البلدية (1)\u2069"


def test_paper_brings_its_own_colours_for_every_class_that_is_drawn():
    stops = [
        stop(1, INCHEON),
        *(stop(n, at) for n, at in enumerate((HOTEL, CITY_HALL, CITY_HALL, MUSEUM, NANJI), 2)),
    ]
    picture = drawn(stops, MapLook(rivers=rivers("en"), inks=inked_with("Noto Sans")))
    drawn_looks = {look for each in picture.iter() for look in each.get("class", "").split()} - {"route-map"}
    assert drawn_looks <= set(PAPER)
    assert {each.get("font-family") for each in picture.iter(f"{SVG}text")} == {"Noto Sans"}


def test_letters_are_never_smaller_than_ten_units_on_paper_and_none_has_a_size_on_pages():
    assert min(float(ink["font-size"]) for ink in PAPER.values() if "font-size" in ink) >= 10
    assert re.search(r"<text[^>]*font-size", route_map([stop(1, HOTEL)], WORDS, name="route")) is None

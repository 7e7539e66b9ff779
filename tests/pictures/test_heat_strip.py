"""The heat strip: a cell an hour, told by figures and a bar, hatched where closed, blank outside hours."""

import pytest

from scheduler.pictures.heat_strip import HeatCell, HeatDay, HeatWords, Level, heat_strip
from tests.pictures.drawn import looking, parsed, stretch, texts

WORDS = HeatWords(title="The week", description="In a table below", hours=[f"{n:02d}:00" for n in range(25)])


def drawn(*days, is_mirrored=False):
    return parsed(heat_strip(days, WORDS, name="load", is_mirrored=is_mirrored))


def day(name, cells):
    return HeatDay(weekday=name, day="14", cells=cells)


@pytest.mark.parametrize(
    ("taken", "level"),
    [
        (0, Level.EMPTY),
        (11, Level.LIGHT),
        (12, Level.HALF),
        (24, Level.NEAR),
        (29, Level.NEAR),
        (30, Level.FULL),
        (31, Level.OVER),
    ],
)
def test_the_level_of_an_hour_of_thirty_places(taken, level):
    assert HeatCell(places=30, taken=taken).level is level


def test_both_figures_stand_in_the_cell_and_a_bar_as_long_as_their_share():
    picture = drawn(day("Mon", {10: HeatCell(places=30, taken=15)}))
    assert texts(picture, "heat-number") == ["15/30"]
    whole, taken = (stretch(looking(picture, look)[0]) for look in ("heat-bar", "heat-taken"))
    assert taken[1] - taken[0] == (whole[1] - whole[0]) / 2


def test_figures_too_long_for_a_phone_tell_those_taken_alone():
    assert texts(drawn(day("Mon", {10: HeatCell(places=4000, taken=1500)})), "heat-number") == ["1500"]


def test_a_closed_hour_is_hatched_and_still_tells_who_is_booked():
    picture = drawn(
        day("Mon", {10: HeatCell(places=30, taken=4, is_closed=True), 11: HeatCell(is_closed=True)})
    )
    assert [cell.get("fill") for cell in looking(picture, "heat-closed")] == ["url(#load-hatch)"] * 2
    assert texts(picture, "heat-number") == ["4/30"]


def test_an_hour_outside_opening_is_blank_and_one_without_a_tour_an_empty_box():
    picture = drawn(day("Mon", {9: HeatCell(), 11: HeatCell(places=5)}), day("Tue", {}))
    assert texts(picture, "heat-hour") == ["09:00", "10:00", "11:00"]
    assert len(looking(picture, "heat-cell")) == 2


def test_a_week_without_an_hour_is_no_picture():
    assert heat_strip([day("Mon", {})], WORDS, name="load") == ""


def test_in_arabic_the_first_day_stands_at_the_right():
    days = [day(name, {9: HeatCell(places=5)}) for name in ("Mon", "Tue")]
    for is_mirrored in (False, True):
        monday, tuesday = (
            float(head.get("x")[:-1])
            for head in looking(drawn(*days, is_mirrored=is_mirrored), "heat-day")[::2]
        )
        assert (monday > tuesday) is is_mirrored


def test_a_cell_over_its_places_is_marked_and_its_bar_is_no_longer_than_whole():
    picture = drawn(day("Mon", {10: HeatCell(places=30, taken=34)}))
    assert looking(picture, "heat-over")
    assert stretch(looking(picture, "heat-taken-over")[0]) == stretch(looking(picture, "heat-bar")[0])

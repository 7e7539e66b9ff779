"""Plain bars: as long as their values, their figures beside them, beginning where reading begins."""

from scheduler.pictures.bars import Bar, bars
from tests.pictures.drawn import looking, parsed, stretch, texts

SHOWN = [
    Bar(name="Water & waste", value=40, figure="40 visits"),
    Bar(name="<b>", value=10, figure="10 visits"),
]


def test_bars_are_as_long_as_their_values():
    long, short = map(stretch, looking(parsed(bars(SHOWN, name="b", title="By topic")), "bar-value"))
    assert abs((long[1] - long[0]) - 4 * (short[1] - short[0])) < 0.1


def test_names_and_figures_stand_with_them():
    picture = parsed(bars(SHOWN, name="b", title="By topic"))
    assert texts(picture, "bar-name") == ["Water & waste", "<b>"]
    assert texts(picture, "bar-figure") == ["40 visits", "10 visits"]


def test_in_arabic_they_begin_at_the_right():
    picture = parsed(bars(SHOWN, name="b", title="By topic", is_mirrored=True))
    assert {stretch(bar)[1] for bar in looking(picture, "bar-value")} == {100}


def test_nothing_to_show_is_no_picture_and_nought_is_a_bar_of_no_length():
    assert bars([], name="b", title="By topic") == ""
    nought = parsed(bars([Bar(name="A", value=0, figure="0")], name="b", title="By topic"))
    assert stretch(looking(nought, "bar-value")[0]) == (0, 0)

"""The strip of days: blocks on one axis, ways hatched, too little to spare marked, mirrored in Arabic."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.pictures.day_strip import StripDay, StripLeg, StripStop, StripWords, day_strip
from tests.pictures.drawn import looking, parsed, stretch, texts

WORDS = StripWords(title="The days", description="In words below", hours=[f"{n:02d}:00" for n in range(25)])


def stop(number, starts, ends, look="visit"):
    return StripStop(number=str(number), starts=starts * 60, ends=ends * 60, look=look)


def leg(starts, ends, minutes, note="", tone="success"):
    return StripLeg(starts=starts * 60, ends=ends * 60, minutes=minutes, tone=tone, note=note)


def drawn(days, *, is_mirrored=False):
    return parsed(day_strip(days, WORDS, name="strip", is_mirrored=is_mirrored))


def day(*stops, legs=(), name="Mon 14 Dec"):
    return StripDay(name=name, stops=stops, legs=legs)


def test_a_day_without_a_stop_is_no_picture():
    assert day_strip([day()], WORDS, name="strip") == ""


def test_later_stands_further_on_and_longer_is_wider():
    first, second = map(stretch, looking(drawn([day(stop(1, 9, 10), stop(2, 11, 14))]), "strip-stop"))
    assert first[1] < second[0]
    assert second[1] - second[0] > 2.9 * (first[1] - first[0])


def test_in_arabic_time_runs_from_right_to_left():
    first, second = map(
        stretch, looking(drawn([day(stop(1, 9, 10), stop(2, 11, 14))], is_mirrored=True), "strip-stop")
    )
    assert second[1] < first[0]


def test_a_way_is_hatched_and_what_is_to_spare_is_open_beyond_it():
    picture = drawn([day(stop(1, 9, 10), stop(2, 12, 13), legs=[leg(10, 12, 30, "90 min")])])
    (way,), (spare,) = looking(picture, "strip-way"), looking(picture, "strip-spare")
    assert way.get("fill") == "url(#strip-hatch)"
    assert looking(picture, "hatch-line")
    assert abs(stretch(way)[1] - stretch(spare)[0]) < 0.02
    assert texts(picture, "strip-note") == ["90 min"]


def test_too_little_to_spare_says_so_by_its_note_too():
    thin = leg(10, 11, 55, "▲ thin: 5 min", "warning")
    picture = drawn([day(stop(1, 9, 10), stop(2, 11, 13), legs=[thin])])
    assert texts(picture, "strip-note-warning") == ["▲ thin: 5 min"]


def test_a_way_longer_than_the_gap_fills_it_and_leaves_nothing():
    picture = drawn([day(stop(1, 9, 10), stop(2, 11, 12), legs=[leg(10, 11, 90, "✕ 30", "error")])])
    assert looking(picture, "strip-spare") == []
    assert (
        stretch(looking(picture, "strip-way")[0])[1] <= stretch(looking(picture, "strip-stop")[1])[0] + 0.02
    )


def test_parts_that_are_out_at_once_lie_in_lanes_below_each_other():
    one, other, later = looking(drawn([day(stop(1, 9, 11), stop(2, 10, 12), stop(3, 12, 13))]), "strip-stop")
    assert float(one.get("y")) < float(other.get("y"))
    assert later.get("y") == one.get("y")


def test_days_lie_below_each_other_on_one_axis():
    picture = drawn([day(stop(1, 9, 10)), day(stop(1, 15, 16), name="Tue 15 Dec")])
    assert texts(picture, "strip-name") == ["Mon 14 Dec", "Tue 15 Dec"]
    assert texts(picture, "strip-hour")[0] == "09:00"
    monday, tuesday = map(stretch, looking(picture, "strip-stop"))
    assert monday[1] < tuesday[0]


def test_a_stop_until_midnight_and_one_of_no_length_are_drawn():
    picture = drawn([day(stop(1, 22, 24), StripStop(number="2", starts=1439, ends=1439, look="engagement"))])
    assert len(looking(picture, "strip-stop")) == 2


def test_a_hostile_name_stays_a_name():
    picture = drawn([day(stop(1, 9, 10), name='"><script>&\x00')])
    assert texts(picture, "strip-name") == ['"><script>&']


minutes = st.lists(st.integers(0, 1440), min_size=2, max_size=16, unique=True).map(sorted)


@settings(max_examples=30, deadline=None)
@given(minutes, st.booleans())
def test_every_block_and_note_stays_in_the_picture(moments, is_mirrored):
    pairs = list(pairwise(moments))
    stops = [StripStop(number="1", starts=a, ends=b, look="visit") for a, b in pairs[::2]]
    ways = [StripLeg(starts=a, ends=b, minutes=9, tone="neutral", note="35 min") for a, b in pairs[1::2]]
    picture = drawn([StripDay(name="Mon", stops=stops, legs=ways)], is_mirrored=is_mirrored)
    for each in (*looking(picture, "strip-stop"), *looking(picture, "strip-way")):
        begins, ends = stretch(each)
        assert begins >= -0.5
        assert ends <= 100.5

"""Facts that cannot be true make no entry, and addresses that are none make no person."""

from datetime import UTC, datetime, timedelta, timezone
from functools import partial

import pytest

from scheduler.calendars import wording
from scheduler.calendars.download import download
from scheduler.calendars.entry import Person
from tests.calendars.samples import an_entry, line_of, names_of

START = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize("field", ["stamped_at", "created_at", "changed_at", "starts_at", "ends_at"])
def test_a_time_without_a_zone_is_refused(field):
    with pytest.raises(ValueError, match=f"{field} .* has no zone: give an aware datetime"):
        an_entry(**{field: datetime(2026, 12, 1, 2, 0)})  # noqa: DTZ001 - the naive time is the point.


@pytest.mark.parametrize("length", [timedelta(0), timedelta(minutes=-1), timedelta(milliseconds=400)])
def test_an_entry_must_last(length):
    with pytest.raises(ValueError, match="must be at least a second after starts_at"):
        an_entry(starts_at=START, ends_at=START + length)


def test_an_end_is_compared_as_an_instant():
    tokyo = timezone(timedelta(hours=9))

    with pytest.raises(ValueError, match="must be at least a second after"):
        an_entry(starts_at=START, ends_at=datetime(2026, 12, 1, 9, 59, tzinfo=tokyo))


@pytest.mark.parametrize("year", [1, 1899, 9999])
def test_a_year_no_calendar_program_can_show_is_refused(year):
    with pytest.raises(ValueError, match="is not between the years 1900 and 9998"):
        an_entry(created_at=datetime(year, 1, 1, tzinfo=UTC))


def test_a_sequence_below_nought_is_refused():
    with pytest.raises(ValueError, match="sequence -1 must not be below 0"):
        an_entry(sequence=-1)


@pytest.mark.parametrize(("field", "word"), [("status", "perhaps"), ("role", "host"), ("partstat", "YES")])
def test_a_word_that_is_no_state_is_refused(field, word):
    make = an_entry if field == "status" else partial(Person, email="desk@city.example")

    with pytest.raises(ValueError, match=f"'{word}' is not a valid"):
        make(**{field: word})


@pytest.mark.parametrize("place", [(37.5, None), (None, 127.0)])
def test_half_a_place_is_refused(place):
    with pytest.raises(ValueError, match="come together or not at all"):
        an_entry(latitude=place[0], longitude=place[1])


@pytest.mark.parametrize("place", [(90.1, 0.0), (0.0, -180.5), (float("nan"), 0.0), (0.0, float("inf"))])
def test_a_place_that_is_not_on_earth_is_refused(place):
    with pytest.raises(ValueError, match="is no place on earth"):
        an_entry(latitude=place[0], longitude=place[1])


@pytest.mark.parametrize(
    ("latitude", "longitude", "written"),
    [
        (37.5, 127.0, "37.5;127"),
        (37.56629549, -126.97794551, "37.566295;-126.977946"),
        (0.0000001, -0.0000001, "0;0"),
        (0.00001, -90.0, "0.00001;-90"),
        (-90.0, 180.0, "-90;180"),
    ],
)
def test_degrees_have_at_most_six_decimals(latitude, longitude, written):
    data = download([an_entry(latitude=latitude, longitude=longitude)])

    assert line_of(data, "GEO") == f"GEO:{written}"


def test_a_place_without_a_name_has_no_map_title():
    names = names_of(download([an_entry(latitude=37.5, longitude=127.0)]))

    assert "GEO" in names
    assert "X-APPLE-STRUCTURED-LOCATION" not in names


@pytest.mark.parametrize(
    "uid", ["", "a b", "a\r\nATTENDEE:mailto:x@y", "a,b", "a;b", "a\\b", "방문", "a" * 256]
)
def test_a_uid_that_would_need_escapes_is_refused(uid):
    with pytest.raises(wording.NotAnIdentifier, match="cannot be a UID"):
        an_entry(uid=uid)


@pytest.mark.parametrize(
    "email",
    [
        "",
        "desk",
        "@city.example",
        "desk@",
        "a@b@c.example",
        "a@b?x=y",
        "a?cc=evil@x.example",
        "a%0D%0Ab@x.example",
        "a b@x.example",
        "a@x.example\r\nATTENDEE:mailto:evil@x.example",
        "a@x.example\n",
        "a@x.example, evil@x.example",
        'a"b@x.example',
        "<a@x.example>",
        "mailto:a@x.example",
        ".a@x.example",
        "a..b@x.example",
        "a@-x.example",
        "a@x_y.example",
        "김@도시.한국",
        "a\u202e@x.example",
        "a" * 250 + "@x.example",
    ],
)
def test_what_is_no_address_makes_no_person(email):
    with pytest.raises(wording.NotAnAddress, match="is no mail address; write it like desk@city"):
        Person(email=email)


@pytest.mark.parametrize(
    "email", ["a@b", "desk+visits@city.example", "O'Neil_x-y.z@SUB.city.example", "a@xn--h32b11w.kr"]
)
def test_plain_addresses_make_a_person(email):
    assert Person(email=email).email == email

"""The bytes of every kind of file: line ends, folding, encoding, and nothing a text has smuggled in."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.calendars.busy import Busy
from scheduler.calendars.download import download
from scheduler.calendars.entry import Person
from scheduler.calendars.feed import feed
from tests.calendars.samples import (
    DESK,
    FIRST,
    GUEST,
    HOSTILE_TEXTS,
    KINDS,
    LAST,
    PLAIN_TEXTS,
    an_entry,
    busy_file,
    line_of,
    names_of,
)

TEXTS = PLAIN_TEXTS | HOSTILE_TEXTS
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


def file_of(kind, text):
    entry = an_entry(
        summary=text,
        description=text,
        location=text,
        categories=(text,),
        latitude=37.5,
        longitude=127.0,
        url="https://city.example/" + text.encode("utf-8", "replace").decode(),
    )
    organizer = Person(email=DESK.email, name=text)
    return KINDS[kind](entry, organizer, Person(email=GUEST.email, name=text), text)


def assert_sound(data):
    """The byte rules of RFC 5545 3.1, and those that simpler readers need."""
    assert data.endswith(b"\r\n")
    for line in data[:-2].split(b"\r\n"):
        assert 0 < len(line) <= 75
        assert b"\r" not in line
        assert b"\n" not in line
        line.decode()
    assert not FORBIDDEN.search(data.decode())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_kind_keeps_the_byte_rules_whatever_the_text(kind, text):
    assert_sound(file_of(kind, text))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", HOSTILE_TEXTS.values(), ids=HOSTILE_TEXTS)
def test_no_text_adds_or_hides_a_property(kind, text):
    assert names_of(file_of(kind, text)) == names_of(file_of(kind, "harmless"))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_no_name_adds_a_line_to_busy_times(text):
    def data(name):
        return busy_file([Busy(FIRST, LAST)], organizer=Person(email=DESK.email, name=name), name=name)

    assert_sound(data(text))
    assert names_of(data(text)) == names_of(data("harmless"))


@settings(deadline=None)
@given(text=st.text(max_size=200))
def test_no_text_at_all_breaks_the_byte_rules(text):
    data = file_of("invitation", text + "x")

    assert_sound(data)
    assert names_of(data) == names_of(file_of("invitation", "harmless"))


@settings(deadline=None)
@given(start=st.integers(0, 80), text=st.sampled_from(["가,나;다라", "👩🏽‍🚒,", "x;,\n", "زيارة"]))
def test_folding_parts_no_letter_and_no_escape(start, text):
    data = download([an_entry(summary="a" * start + text * 40)])

    assert_sound(data)
    assert b"\\\r\n " not in data


@pytest.mark.parametrize("text", HOSTILE_TEXTS.values(), ids=HOSTILE_TEXTS)
def test_no_calendar_name_adds_a_property(text):
    hostile = feed([], name=text, zone=text, description=text, source_url="https://city.example/f")
    harmless = feed([], name="x", zone="x", description="x", source_url="https://city.example/f")

    assert_sound(hostile)
    assert names_of(hostile) == names_of(harmless)


def test_separators_in_texts_are_escaped_once():
    data = download([an_entry(summary=r"a,b;c:d\e\Nf", location="one\ntwo", description="one\ntwo")])

    assert line_of(data, "SUMMARY") == r"SUMMARY:a\,b\;c:d\\e\\Nf"
    assert line_of(data, "LOCATION") == "LOCATION:one two"
    assert line_of(data, "DESCRIPTION") == r"DESCRIPTION:one\ntwo"

"""Two revisions of an entry: what makes them another to people, and how their stamps follow each other."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.calendars.entry import EntryStatus
from scheduler.calendars.revision import next_stamp, seen_digest
from tests.calendars.samples import an_entry

NOW = datetime(2026, 11, 2, 3, 4, 5, tzinfo=UTC)
BEFORE = an_entry(
    description="Bring a passport",
    location="세종대로 110",
    latitude=37.5,
    longitude=127.0,
    url="https://city.example/visits/7",
    categories=("visit",),
)
SEEN = {
    "starts_at": BEFORE.starts_at - timedelta(seconds=1),
    "ends_at": BEFORE.ends_at + timedelta(seconds=1),
    "status": EntryStatus.TENTATIVE,
    "summary": "Visit to TOPIS!",
    "description": "",
    "location": "세종대로 111",
    "latitude": 37.500001,
    "longitude": 127.000001,
    "url": "https://city.example/visits/8",
    "categories": ("visit", "tram"),
    "zone": "Asia/Tokyo",
}
UNSEEN = {
    "uid": "another@city.example",
    "sequence": 9,
    "stamped_at": NOW + timedelta(days=1),
    "created_at": None,
    "changed_at": NOW + timedelta(days=1),
}
DIGEST = "1755cb205b0c09c724ec41cbaf2bbc488ca68d55f52db35b68c7f10e385d0638"
SEEN_ALIKE = {
    "starts_at": BEFORE.starts_at.astimezone(ZoneInfo("America/New_York")),
    "ends_at": BEFORE.ends_at + timedelta(microseconds=5),
    "summary": " Visit to\tTOPIS\r\n",
    "description": "\x00Bring a passport\r\n",
    "latitude": 37.50000004,
    "categories": ("visit", "\u202e"),
}


def test_every_fact_of_an_entry_is_known_to_be_seen_or_unseen():
    assert SEEN.keys() | UNSEEN.keys() == set(vars(BEFORE))


@pytest.mark.parametrize("fact", SEEN)
def test_whatever_people_see_gives_another_digest(fact):
    assert seen_digest(replace(BEFORE, **{fact: SEEN[fact]})) != seen_digest(BEFORE)


@pytest.mark.parametrize("fact", UNSEEN)
def test_whatever_nobody_sees_keeps_the_digest(fact):
    assert seen_digest(replace(BEFORE, **{fact: UNSEEN[fact]})) == seen_digest(BEFORE)


@pytest.mark.parametrize("fact", SEEN_ALIKE)
def test_what_looks_the_same_in_the_file_keeps_the_digest(fact):
    assert seen_digest(replace(BEFORE, **{fact: SEEN_ALIKE[fact]})) == seen_digest(BEFORE)


def test_what_else_one_person_sees_is_part_of_their_digest():
    digests = {
        seen_digest(BEFORE),
        seen_digest(BEFORE, more="optional"),
        seen_digest(BEFORE, more="required"),
    }

    assert len(digests) == 3


def test_the_digest_outlives_the_process_and_the_release():
    """Another value would send everybody a change of every visit on the day of the new release."""
    assert seen_digest(BEFORE, more="ko") == DIGEST


@given(text=st.text(alphabet=st.characters(), max_size=50))
def test_any_text_at_all_has_a_digest(text):
    assert len(seen_digest(replace(BEFORE, summary=text, description=text), more=text)) == 64


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (NOW, NOW + timedelta(seconds=1)),
        (NOW - timedelta(days=1), NOW + timedelta(seconds=1)),
        (NOW + timedelta(microseconds=999_999), NOW + timedelta(seconds=1)),
        (NOW + timedelta(seconds=1, microseconds=5), NOW + timedelta(seconds=1)),
        (NOW + timedelta(hours=2), NOW + timedelta(hours=2)),
    ],
)
def test_stamps_rise_by_whole_seconds_even_within_one(at, expected):
    assert next_stamp(NOW, at=at) == expected

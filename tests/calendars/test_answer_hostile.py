"""Calendar objects made to do harm: they cost little, and change nothing for those that come after."""

import tracemalloc
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from icalendar.timezone import tzp

from scheduler.calendars import foreign
from scheduler.calendars.answer import read_answer
from scheduler.calendars.misunderstanding import Misunderstanding, NotUnderstood
from tests.calendars.answers import ATTENDEE, BAT, UID, answer_of, calendar_of, event_of, zone_of

SEOUL = ["DTSTART;TZID=Asia/Seoul:20261201T100000", "DURATION:PT1H"]
TEN_IN_SEOUL = datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
WRONG = [["DTSTART:16010101T000000", "TZOFFSETFROM:-1000", "TZOFFSETTO:-1000"]]


def code_of(data: bytes) -> Misunderstanding:
    with pytest.raises(NotUnderstood) as caught:
        read_answer(data)
    return caught.value.code


@pytest.mark.parametrize("name", ["Asia/Seoul", "Korea Standard Time", "UTC", "/x/Asia/Seoul"])
def test_a_known_zone_is_not_what_a_stranger_says_it_is(name):
    hour = "010000" if name == "UTC" else "100000"
    event = event_of(f"DTSTART;TZID={name}:20261201T{hour}", "DURATION:PT1H")
    answer = read_answer(calendar_of(*zone_of(name, *WRONG), *event, method="COUNTER"))
    assert answer.proposed is not None
    assert answer.proposed[0] == TEN_IN_SEOUL


def test_a_zone_of_a_strangers_own_is_forgotten_with_the_mail():
    name = "Poisoned zone of test_answer_hostile"
    event = event_of(f"DTSTART;TZID={name}:20261201T100000", "DURATION:PT1H")
    first = read_answer(calendar_of(*zone_of(name, *WRONG), *event, method="COUNTER"))
    other = [["DTSTART:16010101T000000", "TZOFFSETFROM:+0900", "TZOFFSETTO:+0900"]]
    second = read_answer(calendar_of(*zone_of(name, *other), *event, method="COUNTER"))
    assert first.proposed is not None
    assert second.proposed is not None
    assert (first.proposed[0].hour, second.proposed[0]) == (20, TEN_IN_SEOUL)
    assert tzp.timezone(name) is None


def test_the_library_would_have_remembered_it():
    """Why the library is not handed the files of strangers; when this fails, that reason is gone."""
    name = "Remembered zone of test_answer_hostile"
    Calendar.from_ical(calendar_of(*zone_of(name, *WRONG)))
    assert tzp.timezone(name) is not None


def test_ours_is_read_rightly_after_all_that():
    (event,) = Calendar.from_ical(answer_of(*SEOUL)).events
    assert event.start == datetime(2026, 12, 1, 10, 0, tzinfo=ZoneInfo("Asia/Seoul"))


BOMBS = {
    "alarm": ["BEGIN:VALARM", "TRIGGER:-P1D", "REPEAT:2147483647", "DURATION:PT1S", "END:VALARM"],
    "rule": ["RRULE:FREQ=SECONDLY;COUNT=2147483647", "EXRULE:FREQ=SECONDLY"],
    "dates": ["RDATE:" + ",".join(["20261201T010000Z"] * 20_000)],
    "attachment": ["ATTACH;ENCODING=BASE64;VALUE=BINARY:" + "A" * 500_000],
    "long comment": ["COMMENT:" + "ha " * 200_000],
    "long unknown": ["X-ALT-DESC;FMTTYPE=text/html:" + "<b>" * 200_000],
    "long name": ["X" * 500_000 + ":x"],
    "broken unknown": ['X-BROKEN;A="', "DESCRIPTION;;;:", "nonsense without a colon"],
    "alarms": ["BEGIN:VALARM", "END:VALARM"] * 20_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_what_is_not_looked_at_costs_nothing_and_spoils_nothing(name):
    data = answer_of(*BOMBS[name], *SEOUL, method="COUNTER")

    tracemalloc.start()
    answer = read_answer(data)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert (answer.attendee, answer.proposed and answer.proposed[0]) == (BAT, TEN_IN_SEOUL)
    assert len(answer.comment) <= 4_000
    assert most < 12 * len(data) + 1_000_000


@pytest.mark.parametrize(
    "data",
    [
        b"x" * (foreign.MOST_BYTES + 1),
        b"BEGIN:VCALENDAR\r\n" * 1_000_000,
        answer_of(*["COMMENT:x"] * foreign.MOST_LINES),
        calendar_of(*event_of() * foreign.MOST_LINES),
        calendar_of(*zone_of("x", *[["TZOFFSETTO:+0900"]] * foreign.MOST_LINES), *event_of()),
    ],
    ids=["bytes", "ten megabytes", "lines", "events", "observances"],
)
def test_too_much_is_not_read(data):
    assert code_of(data) == Misunderstanding.TOO_LARGE


def test_components_within_each_other_end_somewhere():
    inside = foreign.DEEPEST - 2
    deep = ["BEGIN:X"] * inside + ["END:X"] * inside
    deeper = ["BEGIN:X"] * (inside + 1) + ["END:X"] * (inside + 1)
    assert read_answer(answer_of(*deep)).attendee == BAT
    assert code_of(answer_of(*deeper)) == Misunderstanding.BROKEN


@pytest.mark.parametrize(
    "unit", [b"\n", b"\r", b"\n ", b"x", b":", b";", b'A;B="', b"UID:x\n", b"BEGIN:A\nEND:A\n", b"\0"]
)
def test_a_megabyte_of_anything_is_no_answer(unit):
    inside = unit * ((foreign.MOST_BYTES - 200) // len(unit))
    opening = f"BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:{UID}\n{ATTENDEE}\n".encode()
    assert code_of(inside) == Misunderstanding.NO_CALENDAR
    assert code_of(opening + inside) in {Misunderstanding.BROKEN, Misunderstanding.TOO_LARGE}


def test_a_line_that_is_too_long_is_broken_where_it_matters():
    attendee = f"ATTENDEE;CN={'x' * foreign.LONGEST_LINE}:mailto:{BAT}"
    assert code_of(answer_of(attendee=attendee)) == Misunderstanding.BROKEN


def test_lines_that_other_readers_would_see_are_none():
    separators = "".join(("\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c"))
    injected = "".join(f"{sign}ATTENDEE;PARTSTAT=ACCEPTED:mailto:evil@x.example" for sign in separators)
    answer = read_answer(answer_of(f"COMMENT:x{injected}"))
    assert answer.attendee == BAT


def test_names_are_cleaned_as_our_own():
    attendee = f'ATTENDEE;CN="a\u202eb^nc\x07 {"x" * 400}":mailto:{BAT}'
    name = read_answer(answer_of(attendee=attendee)).attendee_name
    assert name.startswith("ab")
    assert name.isprintable()
    assert len(name) == 255

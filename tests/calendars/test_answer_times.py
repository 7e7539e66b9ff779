"""The times in answers, in every zone and shape that programs write them."""

from datetime import UTC, datetime

import pytest

from scheduler.calendars.answer import Answer, read_answer
from scheduler.calendars.foreign_time import TimeProblem
from tests.calendars.answers import answer_of, calendar_of, event_of, zone_of


def moment(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, 1, hour, minute, tzinfo=UTC)


def counter(*lines: str, zones: list[str] | None = None) -> Answer:
    return read_answer(calendar_of(*(zones or []), *event_of(*lines), method="COUNTER"))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("DTSTART:20261201T010000Z", "DTEND:20261201T023000Z"),
        ("dtstart:20261201t010000z", "dtend:20261201t023000z"),
        ("DTSTART:20261201T010000Z", "DURATION:PT1H30M"),
        ("DTSTART:20261201T010000Z", "DURATION:+P0DT90M"),
        ("DTSTART:20261201T010000Z", "DURATION:PT5400S"),
        ("DTSTART;TZID=Asia/Seoul:20261201T100000", "DTEND;TZID=Asia/Seoul:20261201T113000"),
        ("DTSTART;TZID=Asia/Seoul:20261201T100000", "DTEND:20261201T023000Z"),
        (
            "DTSTART;TZID=Korea Standard Time:20261201T100000",
            "DTEND;TZID=Tokyo Standard Time:20261201T113000",
        ),
        ('DTSTART;TZID="America/New_York":20261130T200000', "DURATION:PT1H30M"),
        ("DTSTART;TZID=/freeassociation.sourceforge.net/Asia/Seoul:20261201T100000", "DURATION:PT1H30M"),
        ("DTSTART;TZID=/mozilla.org/20071231_1/Asia/Seoul:20261201T100000", "DURATION:PT1H30M"),
        ("DTSTART;TZID=/vendor/America/Argentina/Ushuaia:20261130T220000", "DURATION:PT1H30M"),
        ('DTSTART;TZID="tzone://Microsoft/Utc":20261201T010000', "DURATION:PT1H30M"),
        ("DTSTART;TZID=UTC:20261201T010000", "DURATION:PT1H30M"),
        ("DTSTART;TZID=Nowhere:20261201T010000Z", "DURATION:PT1H30M"),
        ("DTSTART;VALUE=DATE-TIME:20261201T010000Z", "DURATION:PT1H30M"),
    ],
)
def test_a_proposed_time_is_an_instant_however_it_is_written(start, end):
    answer = counter(start, end)
    assert (answer.proposed, answer.proposed_problem) == ((moment(1), moment(2, 30)), None)


P = TimeProblem


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ([], P.NO_START),
        (["DTSTART:20261201T010000Z"], P.NO_END),
        (["DTSTART:20261201T100000", "DURATION:PT1H"], P.FLOATING),
        (["DTSTART:20261201T010000Z", "DTEND:20261201T113000"], P.FLOATING),
        (["DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261202"], P.ALL_DAY),
        (["DTSTART:20261201", "DURATION:P1D"], P.ALL_DAY),
        (["DTSTART;TZID=Nowhere:20261201T100000", "DURATION:PT1H"], P.UNKNOWN_ZONE),
        (["DTSTART;TZID=../../etc/passwd:20261201T100000", "DURATION:PT1H"], P.UNKNOWN_ZONE),
        (["DTSTART;TZID=/etc/localtime:20261201T100000", "DURATION:PT1H"], P.UNKNOWN_ZONE),
        (["DTSTART;TZID=Asia:20261201T100000", "DURATION:PT1H"], P.UNKNOWN_ZONE),
        (["DTSTART;TZID=tzdata.zi:20261201T100000", "DURATION:PT1H"], P.UNKNOWN_ZONE),
        (["DTSTART;TZID=" + "A" * 5_000 + ":20261201T100000", "DURATION:PT1H"], P.UNKNOWN_ZONE),
        (["DTSTART:20261301T010000Z", "DURATION:PT1H"], P.BROKEN),
        (["DTSTART:20260230T010000Z", "DURATION:PT1H"], P.BROKEN),
        (["DTSTART:99991231T235959Z", "DURATION:PT1H"], P.BROKEN),
        (["DTSTART:00010101T000000Z", "DURATION:PT1H"], P.BROKEN),
        (["DTSTART:2026-12-01T01:00:00Z", "DURATION:PT1H"], P.BROKEN),
        (["DTSTART:٢٠٢٦١٢٠١T٠١٠٠٠٠Z", "DURATION:PT1H"], P.BROKEN),
        (["DTSTART:20261201T010000Z", "DURATION:P"], P.BROKEN),
        (["DTSTART:20261201T010000Z", "DURATION:one hour"], P.BROKEN),
        (["DTSTART:20261201T010000Z", "DURATION:-PT1H"], P.BROKEN),
        (["DTSTART:20261201T010000Z", "DURATION:PT0S"], P.ENDS_BEFORE_START),
        (["DTSTART:20261201T010000Z", "DTEND:20261201T010000Z"], P.ENDS_BEFORE_START),
        (["DTSTART:20261201T010000Z", "DTEND:20261201T000000Z"], P.ENDS_BEFORE_START),
        (["DTSTART:20261201T010000Z", "DTEND:20361201T000000Z"], P.TOO_LONG),
        (["DTSTART:20261201T010000Z", "DURATION:P9999W"], P.TOO_LONG),
        (["DTSTART:20261201T010000Z", "DURATION:PT" + "9" * 400 + "H"], P.BROKEN),
    ],
)
def test_a_proposed_time_that_is_none_says_why(lines, problem):
    answer = counter(*lines)
    assert (answer.proposed, answer.proposed_problem) == (None, problem)


def test_the_time_in_a_reply_is_no_proposal():
    answer = read_answer(answer_of("DTSTART:20261201T010000Z", "DTEND:nonsense"))
    assert (answer.proposed, answer.proposed_problem) == (None, None)


@pytest.mark.parametrize(
    "line",
    [
        "RECURRENCE-ID:20261201T010000Z",
        "RECURRENCE-ID;TZID=Asia/Seoul:20261201T100000",
        "RECURRENCE-ID;TZID=Korea Standard Time:20261201T100000",
        "RECURRENCE-ID;TZID=America/New_York;RANGE=THISANDFUTURE:20261130T200000",
    ],
)
def test_one_instance_is_the_same_instant_in_any_zone(line):
    assert read_answer(answer_of(line)).recurrence_at == moment(1)


@pytest.mark.parametrize(
    ("line", "stamped_at"),
    [
        ("DTSTAMP:20261201T010000Z", moment(1)),
        ("DTSTAMP;TZID=Asia/Seoul:20261201T100000", moment(1)),
        ("DTSTAMP:20261201T010060Z", moment(1).replace(second=59)),
        ("DTSTAMP:20261201T100000", None),
        ("DTSTAMP:now", None),
    ],
)
def test_a_stamp_is_an_instant_or_missing(line, stamped_at):
    assert read_answer(answer_of(line)).stamped_at == stamped_at


SUMMER_TIME = [
    [
        "DTSTART:19810329T020000",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    ],
    [
        "DTSTART:19961027T030000",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
    ],
]
SOUTHERN_SUMMER_TIME = [
    ["DTSTART:19811001T020000", "TZOFFSETTO:+1100", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=1SU"],
    ["DTSTART:19960401T030000", "TZOFFSETTO:+1000", "RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU"],
]
FIXED = [["DTSTART:16010101T000000", "TZOFFSETFROM:+0530", "TZOFFSETTO:+0530"]]


@pytest.mark.parametrize(
    ("observances", "month", "expected"),
    [
        (FIXED, 12, (4, 30)),
        (SUMMER_TIME, 12, (9, 0)),
        (SUMMER_TIME, 7, (8, 0)),
        (SOUTHERN_SUMMER_TIME, 2, (23, 0)),
        (SOUTHERN_SUMMER_TIME, 7, (0, 0)),
        ([["DTSTART:20260301T000000", "TZOFFSETFROM:+0000", "TZOFFSETTO:-033000"], *FIXED], 7, (13, 30)),
        (
            [
                [
                    "DTSTART:20000101T000000",
                    "TZOFFSETFROM:+0000",
                    "TZOFFSETTO:+0300",
                    "RDATE:20260301,20270301",
                ],
                *FIXED,
            ],
            7,
            (7, 0),
        ),
        ([[*SUMMER_TIME[0][:3], SUMMER_TIME[0][3] + ";UNTIL=20101231T000000Z"], SUMMER_TIME[1]], 7, (9, 0)),
    ],
    ids=[
        "fixed",
        "winter",
        "summer",
        "southern summer",
        "southern winter",
        "begun this year",
        "dates",
        "summer time given up",
    ],
)
def test_a_zone_of_their_own_is_read_from_its_description(observances, month, expected):
    zones = zone_of("(UTC) Somewhere", *observances)
    answer = counter(f"DTSTART;TZID=(UTC) Somewhere:2026{month:02}01T100000", "DURATION:PT1H", zones=zones)
    assert answer.proposed is not None
    assert answer.proposed[0].strftime("%H:%M") == f"{expected[0]:02}:{expected[1]:02}"


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["TZOFFSETTO:+0900"],
        ["DTSTART:16010101T000000"],
        ["DTSTART:16010101T000000", "TZOFFSETTO:+2500"],
        ["DTSTART:16010101T000000", "TZOFFSETTO:nine"],
        ["DTSTART:16019999T000000", "TZOFFSETTO:+0900"],
        ["DTSTART:21000101T000000", "TZOFFSETTO:+0900"],
        ["DTSTART:16010101T000000", "TZOFFSETTO:+0900", "RRULE:FREQ=SECONDLY"],
        ["DTSTART:16010101T000000", "TZOFFSETTO:+0900", "RRULE:FREQ=YEARLY;BYMONTH=1;BYDAY=SU"],
        [
            "DTSTART:16010101T000000",
            "TZOFFSETTO:+0900",
            "RRULE:FREQ=YEARLY;BYMONTH=1;BYDAY=1SU;COUNT=9999999",
        ],
        ["DTSTART:16010101T000000", "TZOFFSETTO:+0900", "RRULE:FREQ=YEARLY;BYMONTH=13;BYDAY=1SU"],
        [
            "DTSTART:16010101T000000",
            "TZOFFSETTO:+0900",
            "RRULE:FREQ=YEARLY;BYMONTH=1;BYDAY=1SU",
            "EXDATE:20260101",
        ],
    ],
)
def test_a_zone_that_is_described_beyond_us_is_unknown(lines):
    answer = counter("DTSTART;TZID=Odd:20261201T100000", "DURATION:PT1H", zones=zone_of("Odd", lines))
    assert answer.proposed_problem == TimeProblem.UNKNOWN_ZONE

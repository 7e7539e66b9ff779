"""What a changed feed costs to write, beside what the icalendar package needs for an equal calendar.

`python -m benchmarks.calendar_files` prints this table alone.
"""

import gc
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

import icalendar

from benchmarks.machine import machine
from scheduler.calendars.entry import Entry, EntryStatus
from scheduler.calendars.feed import feed

EVENTS, REPEATS, WARM_UP = 1_000, 15, 2
SEOUL = ZoneInfo("Asia/Seoul")
NAME = "서울교통정보센터 방문"
FIRST_AT = datetime(2026, 12, 1, 0, 0, tzinfo=UTC)
ENTRIES = [
    Entry(
        uid=f"visit-{number:032x}@city.example",
        sequence=number % 4,
        stamped_at=FIRST_AT,
        created_at=FIRST_AT - timedelta(days=30),
        changed_at=FIRST_AT - timedelta(days=number % 20, seconds=number),
        starts_at=FIRST_AT + timedelta(minutes=45 * number),
        ends_at=FIRST_AT + timedelta(minutes=45 * number + 90),
        status=EntryStatus.CANCELLED if number % 9 == 0 else EntryStatus.CONFIRMED,
        summary=f"TOPIS: Control room, delegation {number}",
        description=(
            f"Delegation: City of Ulaanbaatar {number}, 18 people\nLanguage: Mongolian\n"
            "Meeting point: 정문 안내데스크\nPlease arrive 10 minutes early.\nPhotographs: allowed, no flash"
        ),
        location="서울교통정보센터, 서울특별시 종로구 자하문로 110, Seoul",
        latitude=37.566295,
        longitude=126.977945,
    )
    for number in range(EVENTS)
]


def feed_lines() -> Iterator[str]:
    """The table: all in turn, so that a machine that grows busy is busy for each of them.

    *build and write* is what a program pays that keeps its data elsewhere, as every program with a database
    does: the package's own `Calendar`, `Event` and `add`, then `to_ical()`. *write alone* begins with the
    objects made. The ratios are medians of those of each turn.
    """
    made = calendar_by_icalendar()
    acts: dict[str, Callable[[], bytes]] = {
        "icalendar, build and write": lambda: calendar_by_icalendar().to_ical(),
        "icalendar, write alone": made.to_ical,
        "ours, entries to bytes": our_feed,
    }
    _check_they_are_equal(made)
    for act in list(acts.values()) * WARM_UP:
        act()
    turns = [[_seconds(act) for act in acts.values()] for _turn in range(REPEATS)]
    seconds = dict(zip(acts, zip(*turns, strict=True), strict=True))
    yield f"a changed feed of {EVENTS:,} events, CPU of {REPEATS} turns"
    yield from (f"{name:<38} {median(taken) * 1000:>9.1f} ms" for name, taken in seconds.items())
    ours = seconds.pop("ours, entries to bytes")
    for name, theirs in seconds.items():
        ratios = sorted(one / other for one, other in zip(ours, theirs, strict=True))
        yield f"ours to {name:<30} x {median(ratios):>7.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"


def our_feed() -> bytes:
    """The feed as a site's subscribers get it."""
    return feed(ENTRIES, name=NAME, zone="Asia/Seoul")


def calendar_by_icalendar() -> icalendar.Calendar:
    """The same calendar as a program would make it that uses the package as its documentation says."""
    made = icalendar.Calendar()
    for name, value in {"VERSION": "2.0", "PRODID": "-//City//Visits//EN", "CALSCALE": "GREGORIAN"}.items():
        made.add(name, value)
    made.add("NAME", NAME)
    made.add("X-WR-CALNAME", NAME)
    made.add("X-WR-TIMEZONE", "Asia/Seoul")
    made.add("REFRESH-INTERVAL", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    made.add("X-PUBLISHED-TTL", "PT1H")
    made.add_component(icalendar.Timezone.from_tzid("Asia/Seoul"))
    for entry in ENTRIES:
        made.add_component(_event_by_icalendar(entry))
    return made


def _event_by_icalendar(entry: Entry) -> icalendar.Event:
    made = icalendar.Event()
    made.add("UID", entry.uid)
    made.add("DTSTAMP", entry.changed_at)
    made.add("SEQUENCE", entry.sequence)
    made.add("DTSTART", entry.starts_at.astimezone(SEOUL))
    made.add("DTEND", entry.ends_at.astimezone(SEOUL))
    made.add("CREATED", entry.created_at)
    made.add("LAST-MODIFIED", entry.changed_at)
    made.add("SUMMARY", entry.summary)
    made.add("DESCRIPTION", entry.description)
    made.add("LOCATION", entry.location)
    made.add("GEO", (entry.latitude, entry.longitude))
    place = icalendar.vUri(f"geo:{entry.latitude},{entry.longitude}")
    made.add("X-APPLE-STRUCTURED-LOCATION", place, parameters={"VALUE": "URI", "X-TITLE": entry.location})
    made.add("TRANSP", "OPAQUE")
    made.add("STATUS", entry.status.upper())
    return made


def _check_they_are_equal(theirs: icalendar.Calendar) -> None:
    ours = icalendar.Calendar.from_ical(our_feed())
    mine, others = ([_facts(event) for event in calendar.events] for calendar in (ours, theirs))
    if mine != others:
        raise AssertionError("the two calendars measured must say the same")


def _facts(event: icalendar.Event) -> list[tuple[str, str]]:
    """Every property as it would be written, in an order of its own."""
    return sorted(
        (name, str(getattr(value, "dt", value))) for name, value in event.property_items(sorted=False)
    )


def _seconds(act: Callable[[], bytes]) -> float:
    """Who made the rubbish of the turn before does not pay for it here."""
    gc.collect()
    begun = time.process_time()
    act()
    return time.process_time() - begun


if __name__ == "__main__":
    for line in (machine(), *feed_lines()):
        print(line)

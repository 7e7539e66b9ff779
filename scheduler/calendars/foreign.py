"""A calendar object from outside, taken apart into the few lines that are looked at, and nothing else.

The library's own parser builds everything it is handed: alarms that repeat a million times, rules without
end, and time zones that it keeps for every later file of the same process. So it is not handed the file:
structure is followed here, and only single lines of known names go to it.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from icalendar.parser import Contentline

from scheduler.calendars.charsets import decoded
from scheduler.calendars.misunderstanding import Misunderstanding, NotUnderstood

MOST_BYTES = 1024 * 1024
MOST_LINES = 2_000
LONGEST_LINE = 8_000
DEEPEST = 10

_CALENDAR = ("VCALENDAR",)
_EVENT = ("VCALENDAR", "VEVENT")
_ZONE = ("VCALENDAR", "VTIMEZONE")
_OBSERVANCES = ((*_ZONE, "STANDARD"), (*_ZONE, "DAYLIGHT"))
_OF_EVENTS = """
    UID RECURRENCE-ID SEQUENCE DTSTAMP DTSTART DTEND DURATION ORGANIZER ATTENDEE COMMENT SUMMARY LOCATION
"""
# Everything that is ever looked at, by the components it stands in.
_LOOKED_AT: dict[tuple[str, ...], frozenset[str]] = {
    _CALENDAR: frozenset({"METHOD"}),
    _EVENT: frozenset(_OF_EVENTS.split()),
    _ZONE: frozenset({"TZID"}),
    **dict.fromkeys(
        _OBSERVANCES, frozenset({"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE", "EXDATE"})
    ),
}
_TEXTS = frozenset({"COMMENT", "SUMMARY", "LOCATION"})
_NAME = re.compile(r"[ \t]*([A-Za-z0-9-]{1,40})[ \t]*[;:]")
_BREAK = re.compile("\r\n|\n|\r")
_FOLD = re.compile(b"(?:\r\n|\n|\r)[ \t]")
_ESCAPE = re.compile(r"\\(.)")
# The library refuses a line with one of these in a parameter, and nobody needs them.
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f]")
_SPACES = " \t"


@dataclass(frozen=True)
class Line:
    """One property: its parameters by their names in capitals, several values as one text, and its value."""

    params: dict[str, str]
    value: str

    def text(self) -> str:
        """The value as TEXT, its escapes undone (RFC 5545 3.3.11)."""
        return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.value)


class Lines:
    """The lines of one component, kept as they came and parsed only when somebody asks for them."""

    def __init__(self) -> None:
        self._kept: dict[str, list[str]] = {}

    def keep(self, name: str, line: str) -> None:
        """Add the unfolded `line` of the property `name`."""
        self._kept.setdefault(name, []).append(line)

    def every(self, name: str) -> list[Line]:
        """Each line of the property `name`, in order. Raises `NotUnderstood` (broken)."""
        return [_parsed(name, line) for line in self._kept.get(name, [])]

    def first(self, name: str) -> Line | None:
        """The first line of the property `name`, or None. Raises `NotUnderstood` (broken)."""
        kept = self._kept.get(name)
        return _parsed(name, kept[0]) if kept else None


@dataclass(frozen=True)
class ForeignCalendar:
    """What was found: METHODs, the lines of each VEVENT, of each VTIMEZONE's observances by its TZID."""

    methods: tuple[str, ...]
    events: tuple[Lines, ...]
    observances: dict[str, list[Lines]]


@dataclass
class _Reader:
    """The components that are open, and what stood in those that are closed."""

    at: tuple[str, ...] = ()
    calendars: int = 0
    count: int = 0
    methods: list[str] = field(default_factory=list)
    events: list[Lines] = field(default_factory=list)
    zones: list[tuple[Lines, list[Lines]]] = field(default_factory=list)


def take_apart(data: bytes, *, charset: str = "") -> ForeignCalendar:
    """The lines of `data` that matter; `charset` is what the mail calls its text, used where it is not UTF-8.

    Line ends may be CRLF, LF or CR. At most MOST_BYTES bytes, MOST_LINES lines that matter and DEEPEST
    components within each other are read. Raises `NotUnderstood` (too_large, no_calendar, broken).
    """
    if len(data) > MOST_BYTES:
        raise NotUnderstood(Misunderstanding.TOO_LARGE)
    reader = _Reader()
    for name, line in _named_lines(data, charset):
        if name == "BEGIN":
            _begin(reader, line)
        elif name == "END":
            _end(reader, line)
        elif name in _LOOKED_AT.get(reader.at, ()):
            _keep(reader, name, line)
    if not reader.calendars:
        raise NotUnderstood(Misunderstanding.NO_CALENDAR)
    if reader.at:
        raise NotUnderstood(Misunderstanding.BROKEN)
    return ForeignCalendar(tuple(reader.methods), tuple(reader.events), _by_tzid(reader.zones))


def _named_lines(data: bytes, charset: str) -> Iterator[tuple[str, str]]:
    """The unfolded lines that begin with a name, and it in capitals.

    A fold may cut a character in two (RFC 5545 3.1), so that it is undone before the text is decoded.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = decoded(data).encode()
    for line in _BREAK.split(decoded(_FOLD.sub(b"", data), charset=charset)):
        if found := _NAME.match(line):
            yield found[1].upper(), line


def _begin(reader: _Reader, line: str) -> None:
    reader.at = (*reader.at, _component(line))
    if len(reader.at) > DEEPEST:
        raise NotUnderstood(Misunderstanding.BROKEN)
    if reader.at == _CALENDAR:
        reader.calendars += 1
    elif reader.at == _EVENT:
        _count(reader)
        reader.events.append(Lines())
    elif reader.at == _ZONE:
        _count(reader)
        reader.zones.append((Lines(), []))
    elif reader.at in _OBSERVANCES:
        _count(reader)
        reader.zones[-1][1].append(Lines())


def _end(reader: _Reader, line: str) -> None:
    if reader.at[-1:] != (_component(line),):
        raise NotUnderstood(Misunderstanding.BROKEN)
    reader.at = reader.at[:-1]


def _component(line: str) -> str:
    return line.partition(":")[2].strip(_SPACES).upper()


def _keep(reader: _Reader, name: str, line: str) -> None:
    _count(reader)
    if reader.at == _CALENDAR:
        reader.methods.append(_parsed(name, line).value.strip().upper())
    elif reader.at == _EVENT:
        reader.events[-1].keep(name, line)
    elif reader.at == _ZONE:
        reader.zones[-1][0].keep(name, line)
    else:
        reader.zones[-1][1][-1].keep(name, line)


def _parsed(name: str, line: str) -> Line:
    """The parts of a line; of a text that is too long the beginning."""
    if len(line) > LONGEST_LINE and name not in _TEXTS:
        raise NotUnderstood(Misunderstanding.BROKEN)
    try:
        plain = _CONTROL.sub("", line[:LONGEST_LINE])
        _, params, value = Contentline(plain).raw_parts()  # type: ignore[no-untyped-call]
    except ValueError as problem:
        raise NotUnderstood(Misunderstanding.BROKEN) from problem
    joined = {
        str(key).upper(): each if isinstance(each, str) else ",".join(each) for key, each in params.items()
    }
    return Line(joined, value.strip(_SPACES))


def _count(reader: _Reader) -> None:
    reader.count += 1
    if reader.count > MOST_LINES:
        raise NotUnderstood(Misunderstanding.TOO_LARGE)


def _by_tzid(zones: list[tuple[Lines, list[Lines]]]) -> dict[str, list[Lines]]:
    """The observances by TZID; where a name is given twice, the first holds."""
    found: dict[str, list[Lines]] = {}
    for own, observances in zones:
        if line := own.first("TZID"):
            found.setdefault(line.text().strip(), observances)
    return found

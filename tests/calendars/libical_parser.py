"""Calendar files read by libical 3, the parser of Evolution, KOrganizer and Cyrus, through ctypes."""

import ctypes
from datetime import UTC, datetime
from typing import Any

from tests.calendars.read_file import ReadBusy, ReadEvent, ReadFile, ToolMissing, without_mailto


class _IcalTime(ctypes.Structure):
    """struct icaltimetype of libical 3."""

    _fields_ = [
        *((name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second")),
        ("is_date", ctypes.c_int),
        ("is_daylight", ctypes.c_int),
        ("zone", ctypes.c_void_p),
    ]


class LibicalReader:
    """libical 3 itself; a file with the slightest fault it can name is an error."""

    def __init__(self) -> None:
        self._lib = _load()
        for name, (answer, arguments) in _LIBICAL.items():
            function = getattr(self._lib, name)
            function.restype, function.argtypes = answer, arguments
        self._kinds = {name: self._lib.icalproperty_string_to_kind(name.encode()) for name in _PROPERTIES}

    def __call__(self, data: bytes) -> ReadFile:
        root = self._lib.icalparser_parse_string(data)
        if not root:
            raise ValueError("libical found no component")
        try:
            if faults := self._lib.icalcomponent_count_errors(root):
                raise ValueError(
                    f"libical found {faults} faults: {self._lib.icalcomponent_as_ical_string(root)}"
                )
            method = self._first(root, "METHOD")
            return ReadFile(
                method=self._value(method),
                events=tuple(map(self._event, self._components(root, "VEVENT"))),
                busy=tuple(map(self._busy, self._components(root, "VFREEBUSY"))),
            )
        finally:
            self._lib.icalcomponent_free(root)

    def _components(self, root: int, name: str) -> list[int]:
        kind = self._lib.icalcomponent_string_to_kind(name.encode())
        found, each = [], self._lib.icalcomponent_get_first_component(root, kind)
        while each:
            found.append(each)
            each = self._lib.icalcomponent_get_next_component(root, kind)
        return found

    def _event(self, event: int) -> ReadEvent:
        organizer = self._first(event, "ORGANIZER")
        attendees = self._all(event, "ATTENDEE")
        return ReadEvent(
            uid=self._text(event, "UID"),
            sequence=self._lib.icalcomponent_get_sequence(event),
            dtstamp=self._moment(self._lib.icalcomponent_get_dtstamp(event)),
            starts_at=self._moment(self._lib.icalcomponent_get_dtstart(event)),
            ends_at=self._moment(self._lib.icalcomponent_get_dtend(event)),
            summary=self._text(event, "SUMMARY"),
            description=self._text(event, "DESCRIPTION"),
            location=self._text(event, "LOCATION"),
            url=self._text(event, "URL"),
            status=self._value(self._first(event, "STATUS")),
            organizer=without_mailto(self._value(organizer)),
            organizer_name=self._common_name(organizer),
            attendees=tuple(without_mailto(self._value(attendee)) for attendee in attendees),
            attendee_names=tuple(self._common_name(attendee) for attendee in attendees),
        )

    def _busy(self, found: int) -> ReadBusy:
        organizer = self._first(found, "ORGANIZER")
        return ReadBusy(
            uid=self._text(found, "UID"),
            dtstamp=self._moment(self._lib.icalcomponent_get_dtstamp(found)),
            starts_at=self._moment(self._lib.icalcomponent_get_dtstart(found)),
            ends_at=self._moment(self._lib.icalcomponent_get_dtend(found)),
            organizer=without_mailto(self._value(organizer)),
            organizer_name=self._common_name(organizer),
            periods=tuple(map(self._period, self._all(found, "FREEBUSY"))),
        )

    def _period(self, found: int) -> tuple[str, datetime, datetime]:
        kind = self._lib.icalproperty_get_parameter_as_string(found, b"FBTYPE").decode()
        starts_at, ends_at = (
            datetime.strptime(text, "%Y%m%dT%H%M%S%z") for text in self._value(found).split("/")
        )
        return kind, starts_at, ends_at

    def _first(self, component: int, name: str) -> int | None:
        return self._lib.icalcomponent_get_first_property(component, self._kinds[name])

    def _all(self, component: int, name: str) -> list[int]:
        found, each = [], self._first(component, name)
        while each:
            found.append(each)
            each = self._lib.icalcomponent_get_next_property(component, self._kinds[name])
        return found

    def _text(self, component: int, name: str) -> str:
        found = self._first(component, name)
        return getattr(self._lib, f"icalproperty_get_{name.lower()}")(found).decode() if found else ""

    def _value(self, found: int | None) -> str:
        return self._lib.icalproperty_get_value_as_string(found).decode() if found else ""

    def _common_name(self, found: int | None) -> str:
        text = self._lib.icalproperty_get_parameter_as_string(found, b"CN") if found else None
        return text.decode() if text else ""

    def _moment(self, time: _IcalTime) -> datetime:
        if not time.zone:
            raise ValueError("libical read a floating time")
        return datetime.fromtimestamp(self._lib.icaltime_as_timet_with_zone(time, time.zone), UTC)


def _load() -> ctypes.CDLL:
    try:
        return ctypes.CDLL("libical.so.3")
    except OSError as fault:
        raise ToolMissing("libical 3 reads what we write: apt-get install libical3") from fault


_PROPERTIES = (
    "METHOD",
    "UID",
    "SUMMARY",
    "DESCRIPTION",
    "LOCATION",
    "URL",
    "STATUS",
    "ORGANIZER",
    "ATTENDEE",
    "FREEBUSY",
)
_POINTER, _INT, _TEXT = ctypes.c_void_p, ctypes.c_int, ctypes.c_char_p
_LIBICAL: dict[str, tuple[Any, list[Any]]] = {
    "icalparser_parse_string": (_POINTER, [_TEXT]),
    "icalcomponent_free": (None, [_POINTER]),
    "icalcomponent_count_errors": (_INT, [_POINTER]),
    "icalcomponent_as_ical_string": (_TEXT, [_POINTER]),
    "icalcomponent_string_to_kind": (_INT, [_TEXT]),
    "icalcomponent_get_first_component": (_POINTER, [_POINTER, _INT]),
    "icalcomponent_get_next_component": (_POINTER, [_POINTER, _INT]),
    "icalcomponent_get_first_property": (_POINTER, [_POINTER, _INT]),
    "icalcomponent_get_next_property": (_POINTER, [_POINTER, _INT]),
    "icalcomponent_get_sequence": (_INT, [_POINTER]),
    "icalcomponent_get_dtstamp": (_IcalTime, [_POINTER]),
    "icalcomponent_get_dtstart": (_IcalTime, [_POINTER]),
    "icalcomponent_get_dtend": (_IcalTime, [_POINTER]),
    "icalproperty_string_to_kind": (_INT, [_TEXT]),
    "icalproperty_get_value_as_string": (_TEXT, [_POINTER]),
    "icalproperty_get_parameter_as_string": (_TEXT, [_POINTER, _TEXT]),
    "icaltime_as_timet_with_zone": (ctypes.c_long, [_IcalTime, _POINTER]),
    **{f"icalproperty_get_{name.lower()}": (_TEXT, [_POINTER]) for name in _PROPERTIES[1:6]},
}

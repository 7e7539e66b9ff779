"""Entries, people and texts the calendar tests share, and every kind of file made from them."""

from collections.abc import Callable
from datetime import UTC, datetime

from scheduler.calendars.busy import busy_times
from scheduler.calendars.cancellation import cancellation, withdrawal
from scheduler.calendars.declined_counter import decline_counter
from scheduler.calendars.download import download
from scheduler.calendars.entry import Entry, EntryStatus, Person
from scheduler.calendars.feed import feed
from scheduler.calendars.invitation import invitation

DESK = Person(email="desk@city.example", name="방문 데스크")
GUEST = Person(email="bat@ulaanbaatar.example", name="Бат-Эрдэнэ")

PLAIN_TEXTS = {
    "korean": "서울 교통정보센터 견학, 오전; 통역 있음",
    "arabic": "زيارة وفد مدينة عمّان إلى سيول، ٢٠٢٦",
    "emoji": "Welcome 🇲🇳🤝🇰🇷 👩🏽‍🚒👨‍👩‍👧‍👦 ❤️",
    "long": "서울특별시 Seoul, " * 31 + "끝끝",
    "punctuation": "a:b;c,d\\e\\nf\\Ng \"h\" 'i' ^n ^^ %0D%0A =?utf-8?q?x?=",
}

HOSTILE_TEXTS = {
    "crlf": "x\r\nATTENDEE:mailto:evil@x.example",
    "lf": "x\nATTENDEE:mailto:evil@x.example",
    "lone cr": "x\rATTENDEE:mailto:evil@x.example",
    "next line": "x\u0085ATTENDEE:mailto:evil@x.example",
    "line separator": "x\u2028ATTENDEE:mailto:evil@x.example",
    "paragraph separator": "x\u2029ATTENDEE:mailto:evil@x.example",
    "other breaks": "x\v\f\x1c\x1d\x1eATTENDEE:mailto:evil@x.example",
    "end of event": "x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR",
    "escaped breaks": "x\\nATTENDEE:mailto:evil@x.example\\Ny\\r\\n",
    "caret escapes": "x^nATTENDEE:mailto:evil@x.example^'^^",
    "quotes": 'x";PARTSTAT=ACCEPTED;X="',
    "backslash at the end": "x\\",
    "controls": "x\x00\x01\x07\x08\x1b\x7f\x80\x9f" + "y",
    "bidi overrides": "x\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069gpj.exe",
    "surrogate and marks": "x\ud800\udfff\ufeff\ufffe\uffffy",
    "delimiters": "x:;,=:;,=",
    "300 characters": "이" * 300,
    "12000 characters": "가\u0301" * 6000,
    "spaces": "  x \t \r\n \t y  ",
}

FIRST, LAST = datetime(2026, 11, 30, 15, 0, tzinfo=UTC), datetime(2026, 12, 7, 15, 0, tzinfo=UTC)

KINDS: dict[str, Callable[..., bytes]] = {
    "download": lambda entry, organizer, guest, name: download([entry], name=name),
    "feed": lambda entry, organizer, guest, name: feed(
        [entry], name=name, zone="Asia/Seoul", description=name
    ),
    "invitation": lambda entry, organizer, guest, name: invitation(
        entry, organizer=organizer, attendees=[guest]
    ),
    "withdrawal": lambda entry, organizer, guest, name: withdrawal(
        entry, organizer=organizer, attendee=guest
    ),
    "cancellation": lambda entry, organizer, guest, name: cancellation(
        an_entry(**vars(entry) | {"status": EntryStatus.CANCELLED}), organizer=organizer, attendees=[guest]
    ),
    "decline of a counter": lambda entry, organizer, guest, name: decline_counter(
        entry, organizer=organizer, attendee=guest, sequence=entry.sequence
    ),
}


def busy_file(spans, *, organizer=DESK, name="") -> bytes:
    """The busy times of a week in December, Seoul's time."""
    return busy_times(
        spans,
        uid="busy-7f3a@city.example",
        first=FIRST,
        last=LAST,
        stamped_at=datetime(2026, 11, 2, 3, 4, 0, tzinfo=UTC),
        organizer=organizer,
        name=name,
    )


def an_entry(**changes) -> Entry:
    """A confirmed visit in Seoul on a Tuesday morning, with `changes`."""
    facts = {
        "uid": "visit-7f3a@city.example",
        "sequence": 2,
        "stamped_at": datetime(2026, 11, 2, 3, 4, 5, tzinfo=UTC),
        "created_at": datetime(2026, 10, 1, 0, 0, tzinfo=UTC),
        "changed_at": datetime(2026, 11, 2, 3, 4, 0, tzinfo=UTC),
        "starts_at": datetime(2026, 12, 1, 1, 0, tzinfo=UTC),
        "ends_at": datetime(2026, 12, 1, 2, 30, tzinfo=UTC),
        "status": EntryStatus.CONFIRMED,
        "summary": "Visit to TOPIS",
    }
    return Entry(**facts | changes)


def unfolded(data: bytes) -> list[str]:
    """The content lines as the harshest reader cuts them, wherever Python sees a line end."""
    return data.decode().replace("\r\n ", "").splitlines()


def line_of(data: bytes, name: str) -> str:
    """The one content line of the property `name`."""
    (found,) = [line for line in unfolded(data) if line.startswith((f"{name}:", f"{name};"))]
    return found


def names_of(data: bytes) -> list[str]:
    """What a file consists of: the names of its properties, and its components, in order."""
    return [
        line if line.startswith(("BEGIN:", "END:")) else line.replace(";", ":").partition(":")[0]
        for line in unfolded(data)
    ]

"""Whose letters are written, and by whom they are put into words."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from scheduler.actions.calendar_files import Phrased
from scheduler.actions.letter_links import Mark
from scheduler.calendars.entry import Entry, Person
from scheduler.records.letter_entries import LetterEntry
from scheduler.records.letters import Letter, LetterKind, Side
from scheduler.records.recipients import Recipient
from scheduler.records.rosters import Roster


@dataclass(frozen=True, kw_only=True)
class Written:
    """The words of a letter, and the paper that goes along: its name and the bytes of a PDF."""

    subject: str
    text: str
    html: str
    paper_name: str = ""
    paper: bytes | None = None


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One message to one person, before it is worded. `before` is what they were last told, if anything;
    `marks` stand for the secret addresses that the letter tells; `comment` is somebody's own word in it;
    `echoes` the SEQUENCE of the COUNTER that a letter declines."""

    kind: LetterKind
    row: LetterEntry
    recipient: Recipient
    language: str
    entry: Entry
    seen: str
    token: str
    before: Letter | None = None
    marks: tuple[Mark, ...] = ()
    comment: str = ""
    echoes: int | None = None


@dataclass(frozen=True, kw_only=True)
class DayDraft:
    """What one person is told of one day to come: a reminder, or a site's roster. `rows` are its stops and
    duties, by hour; `occasion` is met once."""

    kind: LetterKind
    occasion: str
    on: date
    recipient: Recipient
    language: str
    token: str
    rows: tuple[LetterEntry, ...] = ()
    marks: tuple[Mark, ...] = ()
    roster: Roster | None = None


class Pen(Protocol):
    """Who puts letters into words: a door."""

    def language_of(self, recipient: Recipient, row: LetterEntry) -> str:
        """The code of the language that somebody is written to in."""
        ...

    def phrase(self, row: LetterEntry, side: Side, language: str) -> Phrased:
        """What the calendar entry says to one side."""
        ...

    def write(self, draft: Draft) -> Written:
        """The letter around it."""
        ...

    def write_day(self, draft: DayDraft, *, at: datetime) -> Written:
        """A letter about a whole day; with a site's roster goes its sheet."""
        ...


@dataclass(frozen=True, kw_only=True)
class Office:
    """The organizer of every entry and sender of every letter, and who words them. `key` is the app's own,
    from which secret addresses follow; `zone` the city's; `waits` how old news must be before it is written,
    so that several changes make one letter."""

    organizer: Person
    pen: Pen
    key: bytes
    zone: str
    waits: timedelta = timedelta(0)

    @property
    def domain(self) -> str:
        """The right-hand side of Message-IDs."""
        return self.organizer.email.partition("@")[2]

"""An office that writes as the planner says, and people whose calendars do as RFC 5546 2.1.5 says."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from scheduler.calendars.cancellation import cancellation, withdrawal
from scheduler.calendars.correspondence import News, Told, plan
from scheduler.calendars.entry import Entry, EntryStatus, Person, Role
from scheduler.calendars.invitation import invitation
from scheduler.calendars.revision import next_stamp, seen_digest
from tests.calendars.python_parsers import read_with_icalendar
from tests.calendars.samples import DESK, an_entry, unfolded

NOW = datetime(2026, 11, 2, 3, 4, 5, tzinfo=UTC)
UNSEEN = ("SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "CREATED")


def visible(data: bytes) -> list[str]:
    """What a person sees of a message: its lines without numbers and stamps."""
    return [line for line in unfolded(data) if not line.startswith(UNSEEN)]


@dataclass
class Calendar:
    """One person's calendar: the message that won so far; a cancelled entry is remembered but not shown."""

    rank: tuple[int, datetime] | None = None
    shown: list[str] | None = None

    def take(self, data: bytes) -> None:
        """Higher SEQUENCE wins, then later DTSTAMP; what is older or equal changes nothing."""
        found = read_with_icalendar(data)
        (event,) = found.events
        rank = (event.sequence, event.dtstamp)
        if self.rank is None or rank > self.rank:
            self.rank, self.shown = rank, None if found.method == "CANCEL" else visible(data)


@dataclass(frozen=True)
class Letter:
    """One message to one person, frozen when it was composed."""

    address: str
    news: News
    told: Told
    data: bytes


@dataclass
class Office:
    """The entry, who is to have it, the letters that wait and those that are out."""

    entry: Entry = field(default_factory=lambda: an_entry(sequence=0, stamped_at=NOW))
    at: datetime = NOW
    recipients: dict[str, Role] = field(default_factory=dict)
    waiting: list[Letter] = field(default_factory=list)
    posted: list[Letter] = field(default_factory=list)

    @property
    def is_cancelled(self) -> bool:
        return self.entry.status is EntryStatus.CANCELLED

    def edit(self, *, raises_sequence: bool, **changes) -> None:
        """Change the entry. A move raises its number at once, a new name of the site does not."""
        self.at += timedelta(seconds=raises_sequence)
        self.entry = replace(self.entry, sequence=self.entry.sequence + raises_sequence, **changes)

    def compose(self) -> None:
        """Write the letters that are due instead of those that wait."""
        self.waiting.clear()
        due = plan(
            sequence=self.entry.sequence,
            is_cancelled=self.is_cancelled,
            wanted={address: self._seen(address) for address in self.recipients},
            told=self.told(),
        )
        assert due.sequence >= self.entry.sequence
        stamped_at = next_stamp(self.entry.stamped_at, at=self.at)
        self.entry = replace(self.entry, sequence=due.sequence, stamped_at=stamped_at, changed_at=self.at)
        for message in due.messages:
            self.waiting.append(self._letter(message.address, message.news))

    def told(self) -> dict[str, Told]:
        """The last message everybody got, or may have got."""
        return {letter.address: letter.told for letter in self.posted}

    def message(self, address: str, news: News) -> bytes:
        """What one person would be sent now."""
        person = Person(email=address, role=self.recipients.get(address, Role.REQUIRED))
        if news is News.WITHDRAWAL:
            return withdrawal(self.entry, organizer=DESK, attendee=person)
        write = cancellation if news is News.CANCELLATION else invitation
        return write(self.entry, organizer=DESK, attendees=[person])

    def _letter(self, address: str, news: News) -> Letter:
        takes_away = news in {News.CANCELLATION, News.WITHDRAWAL}
        seen = "" if takes_away else self._seen(address)
        method = "CANCEL" if takes_away else "REQUEST"
        told = Told(method, self.entry.sequence, self.entry.stamped_at, seen)
        return Letter(address, news, told, self.message(address, news))

    def _seen(self, address: str) -> str:
        return seen_digest(self.entry, more=self.recipients[address])

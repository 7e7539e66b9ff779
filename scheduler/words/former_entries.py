"""What somebody was told last, read from the calendar part of their letter: to say what is new."""

from dataclasses import dataclass

from icalendar import Calendar

from scheduler.records.letters import Letter


@dataclass(frozen=True, slots=True)
class FormerEntry:
    """An entry as it stood in a letter; empty where the letter had none."""

    location: str = ""
    lines: tuple[str, ...] = ()
    is_tentative: bool = False


def former_entry(letter: Letter) -> FormerEntry:
    """The entry in a letter of ours."""
    if not letter.calendar:
        return FormerEntry()
    events = Calendar.from_ical(letter.calendar).events
    if not events:
        return FormerEntry()
    told = events[0]
    return FormerEntry(
        location=str(told.get("LOCATION", "")),
        lines=tuple(str(told.get("DESCRIPTION", "")).splitlines()),
        is_tentative=str(told.get("STATUS", "")) == "TENTATIVE",
    )

"""Letters that the clock brings: reminders seven days and one day before, and the next day's roster.

Each has an occasion, of which the database keeps one letter at most; so three workers, or one that is killed
and comes again, write it once.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from sqlalchemy.exc import IntegrityError

from scheduler.access import SYSTEM
from scheduler.actions.letter_bytes import new_token
from scheduler.actions.letter_drafts import is_reachable
from scheduler.actions.letter_links import marks_for
from scheduler.actions.letter_office import DayDraft, Office
from scheduler.actions.prints import record_mailing
from scheduler.core.spans import day_span
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.letter_entries import LetterEntry
from scheduler.records.letter_lookup import occasions_met
from scheduler.records.letters import Letter, LetterKind, LetterState, Side
from scheduler.records.occasion_lookup import duties_between, engagements_between, visits_between
from scheduler.records.recipients import recipients_of
from scheduler.records.rosters import Roster, roster_of
from scheduler.records.visits import Visit
from scheduler.records.writing import writing

# How many days ahead each reminder is due; a day later it is still worth writing, two days later no more.
AHEAD = {"week": (7, 6), "day": (1,)}


@dataclass(frozen=True, slots=True)
class Hours:
    """From which hour of the city's day reminders, and the rosters of the next day, are written."""

    reminders: int = 9
    rosters: int = 16


def write_reminders(office: Office, hours: Hours, *, at: datetime) -> int:
    """Write every reminder and roster that is due and was not written yet. How many there were."""
    zone = ZoneInfo(office.zone)
    local = at.astimezone(zone)
    drafts: list[DayDraft] = []
    if local.hour >= hours.reminders:
        for occasion, days in AHEAD.items():
            for ahead in days:
                drafts += _of_day(occasion, local.date() + timedelta(days=ahead), hours, office)
    if local.hour >= hours.rosters:
        drafts += _rosters(local.date() + timedelta(days=1), zone, office)
    met = occasions_met([draft.occasion for draft in drafts])
    db.session.rollback()
    return sum(_put(draft, office, at=at) for draft in drafts if draft.occasion not in met)


def _of_day(occasion: str, on: date, hours: Hours, office: Office) -> Iterator[DayDraft]:
    """Of one day, a reminder to each guest, site, officer and person on duty."""
    zone = ZoneInfo(office.zone)
    day = day_span(on, zone)
    rows: list[LetterEntry] = [
        *visits_between(day.starts_at, day.ends_at),
        *engagements_between(day.starts_at, day.ends_at),
        *duties_between(day.starts_at, day.ends_at),
    ]
    found: dict[tuple[str, str], DayDraft] = {}
    due_at = datetime.combine(on - timedelta(days=max(AHEAD[occasion])), time(hours.reminders), zone)
    for row in sorted(rows, key=lambda row: (row.starts_at, row.uid)):
        if row.stamped_at >= due_at:
            continue  # They have just been told.
        for recipient in recipients_of(row).values():
            if not is_reachable(recipient.address, office) or _hears_by_roster(occasion, recipient.side):
                continue
            whose = _whose(row, recipient.side)
            key = (whose, recipient.address)
            draft = found.get(key)
            if draft is None:
                draft = DayDraft(
                    kind=LetterKind.REMINDER,
                    occasion=f"{occasion}:{on.isoformat()}:{whose}:{recipient.address}"[:200],
                    on=on,
                    recipient=recipient,
                    language=office.pen.language_of(recipient, row),
                    token=new_token(),
                )
            found[key] = replace(draft, rows=(*draft.rows, row))
    yield from found.values()


def _hears_by_roster(occasion: str, side: Side) -> bool:
    """The day before, a site has its roster, which says more."""
    return occasion == "day" and side is Side.SITE


def _whose(row: LetterEntry, side: Side) -> str:
    """Under what somebody's stops of one day are gathered: a delegation, a site, a person on duty."""
    if side is Side.SITE and isinstance(row, Visit):
        return f"site-{row.site_id}"
    if isinstance(row, Assignment):
        return f"duty-{row.resource_id}"
    return f"delegation-{row.delegation_id}"


def _rosters(on: date, zone: ZoneInfo, office: Office) -> Iterator[DayDraft]:
    """To the managers of every site where somebody comes that day, or to the site's contact."""
    day = day_span(on, zone)
    visits = sorted(visits_between(day.starts_at, day.ends_at), key=lambda visit: visit.site_id)
    for site_id, group in groupby(visits, key=lambda visit: visit.site_id):
        visit = next(group)
        site = visit.tour_session.tour.site
        roster = roster_of(site, on)
        for recipient in recipients_of(visit).values():
            if recipient.side is Side.SITE and is_reachable(recipient.address, office):
                yield DayDraft(
                    kind=LetterKind.ROSTER,
                    occasion=f"roster:{on.isoformat()}:site-{site_id}:{recipient.address}"[:200],
                    on=on,
                    recipient=recipient,
                    language=office.pen.language_of(recipient, visit),
                    token=new_token(),
                    rows=tuple(roster.visits),
                    roster=roster,
                )


def _put(draft: DayDraft, office: Office, *, at: datetime) -> int:
    first = draft.rows[0] if draft.rows else None
    marks = marks_for(draft.recipient, first, token=draft.token, key=office.key, at=at) if first else ()
    words = office.pen.write_day(replace(draft, marks=marks), at=at)
    letter = Letter(
        kind=draft.kind,
        side=draft.recipient.side,
        delegation_id=first.delegation_id if first and draft.recipient.side is not Side.SITE else None,
        site_id=first.site_id if isinstance(first, Visit) and draft.recipient.side is Side.SITE else None,
        delegate_id=draft.recipient.delegate_id,
        address=draft.recipient.address,
        name=draft.recipient.name,
        language=draft.language,
        occasion=draft.occasion,
        message_id=f"<{draft.token}@{office.domain}>",
        subject=words.subject,
        text=words.text,
        html=words.html,
        paper_name=words.paper_name,
        paper=words.paper,
        state=LetterState.WAITING,
        written_at=at,
        due_at=at,
    )
    return keep_once(letter, roster=draft.roster, at=at)


def keep_once(letter: Letter, *, roster: Roster | None = None, at: datetime) -> int:
    """Put a letter with an occasion into the outbox, unless that had its letter: how many that makes. A
    roster that it tells is kept as the sheet of that day that left the house."""
    try:
        return _keep(letter, roster, at=at)
    except IntegrityError:
        return 0  # Another worker was quicker.


@writing()
def _keep(letter: Letter, roster: Roster | None, *, at: datetime) -> int:
    if letter.occasion is not None and occasions_met([letter.occasion]):
        return 0
    db.session.add(letter)
    db.session.flush()
    if roster is not None:
        record_mailing(roster, by=SYSTEM, at=at)
    return 1

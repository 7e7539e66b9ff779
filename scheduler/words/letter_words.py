"""Letters in words: subject, opening, facts and ways to answer, for guests, sites, the office and who is on
duty; as plain text and as HTML that reads well on a phone."""

from collections.abc import Iterator
from datetime import datetime

from flask import current_app, render_template, url_for
from flask_babel import force_locale, get_locale
from flask_babel import gettext as _

from scheduler.actions.calendar_files import Phrased
from scheduler.actions.letter_bytes import METHODS
from scheduler.actions.letter_office import DayDraft, Draft, Written
from scheduler.calendars.entry import EntryStatus
from scheduler.calendars.wording import line
from scheduler.language import guest_language
from scheduler.records.assignments import Assignment
from scheduler.records.letter_entries import LetterEntry
from scheduler.records.letters import LetterKind, Side
from scheduler.records.recipients import Recipient
from scheduler.records.visits import Visit
from scheduler.words import calendar_texts, day_letter_words, duty_texts
from scheduler.words.former_entries import former_entry
from scheduler.words.home_zones import hours_at_home
from scheduler.words.instants import city_of_zone, moment_in_words, span_in_words
from scheduler.words.letter_openings import opening, subject_line
from scheduler.words.letter_ways import Way, map_address, office, ways_of_marks
from scheduler.words.lists import listed_apart

ASKED = frozenset({Side.GUEST, Side.DUTY})
TAKEN_AWAY = frozenset({LetterKind.CANCELLATION, LetterKind.WITHDRAWAL})


class LetterPen:
    """Puts letters into words, within a request context whose address is the public one."""

    def language_of(self, recipient: Recipient, row: LetterEntry) -> str:
        """Guests are written to in a language of theirs, accounts in their own, others in the city's."""
        if recipient.side is Side.GUEST:
            return guest_language(row.delegation)
        spoken = current_app.config["LANGUAGES"]
        chosen = recipient.language if recipient.language in spoken else None
        return str(chosen or current_app.config["BABEL_DEFAULT_LOCALE"])

    def phrase(self, row: LetterEntry, side: Side, language: str) -> Phrased:
        """What the calendar entry says to one side."""
        with force_locale(language):
            if isinstance(row, Assignment):
                return duty_texts.for_resource(row)
            if side is Side.SITE and isinstance(row, Visit):
                return calendar_texts.for_site(row)
            if side is Side.OFFICE:
                return calendar_texts.for_office(row)
            return calendar_texts.for_guests(row)

    def write(self, draft: Draft) -> Written:
        """The whole letter in its reader's language."""
        with force_locale(draft.language):
            return _written(draft)

    def write_day(self, draft: DayDraft, *, at: datetime) -> Written:
        """A letter about a whole day; with a site's roster goes its sheet."""
        return day_letter_words.write_day(draft, at=at)


def _written(draft: Draft) -> Written:
    what = line(draft.entry.summary)
    when = _when(draft)
    told = {
        "opening": opening(draft),
        "what": what,
        "when": _when_there(draft),
        "home": _at_home(draft),
        "facts": list(_facts(draft)),
        "new_lines": _new_lines(draft),
        "lines": [] if draft.kind in TAKEN_AWAY else draft.entry.description.splitlines(),
        "comment": draft.comment,
        "ways": list(_ways(draft)),
        "is_off": draft.kind in TAKEN_AWAY,
        "asks": draft.recipient.side in ASKED and METHODS[draft.kind] == "REQUEST",
        "language": str(get_locale()),
        **office(),
    }
    return Written(
        subject=subject_line(draft, what=what, when=when),
        text=render_template("mails/entry.txt", **told),
        html=render_template("mails/entry.html", **told),
    )


def _when(draft: Draft) -> str:
    row = draft.entry if draft.kind is LetterKind.WITHDRAWAL else draft.row
    return span_in_words(row.starts_at, row.ends_at, draft.entry.zone)


def _when_there(draft: Draft) -> str:
    """The same with whose clock it is, for those who come from elsewhere."""
    if draft.recipient.side is not Side.GUEST:
        return _when(draft)
    return _("%(when)s (%(city)s time)", when=_when(draft), city=city_of_zone(draft.entry.zone))


def _at_home(draft: Draft) -> str:
    """The same hours where the guests come from, if that is another clock."""
    if draft.recipient.side is not Side.GUEST:
        return ""
    row = draft.row
    country = row.delegation.country
    return hours_at_home(row.starts_at, row.ends_at, country=country, zone=draft.entry.zone)


def _facts(draft: Draft) -> Iterator[tuple[str, str]]:
    if before := _before(draft):
        yield _("Before"), before
    yield from _why_off(draft)
    if draft.entry.location and draft.kind not in TAKEN_AWAY:
        yield _("Where"), line(draft.entry.location)
    if draft.entry.status is EntryStatus.TENTATIVE and draft.kind not in TAKEN_AWAY:
        yield _("State"), _tentative(draft)


def _before(draft: Draft) -> str:
    """The time that its reader was told last, if it is another one now."""
    told, row = draft.before, draft.row
    if told is None or told.starts_at is None or told.ends_at is None:
        return ""
    is_same = (told.starts_at, told.ends_at) == (row.starts_at, row.ends_at)
    return "" if is_same else span_in_words(told.starts_at, told.ends_at, draft.entry.zone)


def _new_lines(draft: Draft) -> list[str]:
    """What the entry says now and did not say in its reader's last letter."""
    if draft.kind is not LetterKind.CHANGE or draft.before is None:
        return []
    told = former_entry(draft.before)
    lines = [line(each) for each in draft.entry.description.splitlines()]
    place = line(draft.entry.location)
    moved = [place] if place and told.location and place != told.location else []
    return [*moved, *(each for each in lines if each and each not in told.lines)]


def _why_off(draft: Draft) -> Iterator[tuple[str, str]]:
    """For the office alone: why a visit is off, and which other times its site has offered."""
    row = draft.row
    if not isinstance(row, Visit) or draft.recipient.side is not Side.OFFICE:
        return
    if draft.kind is LetterKind.CANCELLATION and row.ended_reason:
        yield _("Reason"), line(row.ended_reason)
    offered = [datetime.fromisoformat(each) for each in row.offered_times]
    if draft.kind is LetterKind.CANCELLATION and offered:
        zone = draft.entry.zone
        yield _("Other times offered"), listed_apart(moment_in_words(each, zone) for each in offered)


def _tentative(draft: Draft) -> str:
    if isinstance(draft.row, Assignment):
        return _("Asked for; waiting for your answer.")
    if draft.recipient.side is Side.SITE:
        return _("Waiting for your agreement.")
    if draft.recipient.side is Side.OFFICE:
        return _("The site has not agreed yet.")
    return _("Not settled yet: the place has still to agree. You will hear as soon as it has.")


def _ways(draft: Draft) -> Iterator[Way]:
    yield from ways_of_marks(draft.marks, is_duty=isinstance(draft.row, Assignment))
    if draft.recipient.has_account and isinstance(draft.row, Visit):
        yield Way(_("Open the visit"), url_for("visits.visit", visit_id=draft.row.id, _external=True))
    entry = draft.entry
    if draft.kind not in TAKEN_AWAY and entry.latitude is not None and entry.longitude is not None:
        yield Way(_("Map"), map_address(entry.latitude, entry.longitude))

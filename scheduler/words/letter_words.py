"""Letters in words: subject, opening, facts and ways to answer, for guests, sites, the office and who is on
duty; as plain text and as HTML that reads well on a phone."""

from collections.abc import Iterator

from flask import current_app, render_template, url_for
from flask_babel import force_locale, get_locale
from flask_babel import gettext as _

from scheduler.actions.calendar_files import Phrased
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
from scheduler.words.home_zones import hours_at_home
from scheduler.words.instants import span_in_words
from scheduler.words.letter_openings import opening, subject_line
from scheduler.words.letter_ways import Way, map_address, office, ways_of_marks

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

    def write_day(self, draft: DayDraft) -> Written:
        """A letter about a whole day."""
        return day_letter_words.write_day(draft)


def _written(draft: Draft) -> Written:
    what = line(draft.entry.summary)
    when = _when(draft)
    told = {
        "opening": opening(draft),
        "what": what,
        "when": when,
        "home": _at_home(draft),
        "facts": list(_facts(draft)),
        "lines": [] if draft.kind in TAKEN_AWAY else draft.entry.description.splitlines(),
        "comment": draft.comment,
        "ways": list(_ways(draft)),
        "is_off": draft.kind in TAKEN_AWAY,
        "asks": draft.recipient.side in (Side.GUEST, Side.DUTY) and draft.kind not in TAKEN_AWAY,
        "language": str(get_locale()),
        **office(),
    }
    return Written(
        subject=subject_line(draft, what=what, when=when),
        text=render_template("mails/entry.txt", **told),
        html=render_template("mails/entry.html", **told),
    )


def _when(draft: Draft) -> str:
    return span_in_words(draft.row.starts_at, draft.row.ends_at, draft.entry.zone)


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


def _tentative(draft: Draft) -> str:
    if isinstance(draft.row, Assignment):
        return _("Asked for; waiting for your answer.")
    return _("Not settled yet: the place has still to agree. You will hear as soon as it has.")


def _ways(draft: Draft) -> Iterator[Way]:
    yield from ways_of_marks(draft.marks, is_duty=isinstance(draft.row, Assignment))
    if draft.recipient.has_account and isinstance(draft.row, Visit):
        yield Way(_("Open the visit"), url_for("visits.visit", visit_id=draft.row.id, _external=True))
    entry = draft.entry
    if draft.kind not in TAKEN_AWAY and entry.latitude is not None and entry.longitude is not None:
        yield Way(_("Map"), map_address(entry.latitude, entry.longitude))

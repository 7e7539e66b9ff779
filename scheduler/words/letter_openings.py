"""The first words of letters: their subject lines and opening sentences, by kind and side."""

from flask_babel import gettext as _

from scheduler.actions.letter_office import Draft
from scheduler.calendars.entry import EntryStatus
from scheduler.core.duties import DutyState
from scheduler.core.lifecycle import VisitState
from scheduler.records.assignments import Assignment
from scheduler.records.engagements import Engagement
from scheduler.records.letters import LetterKind, Side
from scheduler.records.visits import Visit
from scheduler.words.former_entries import former_entry


def is_settled_now(draft: Draft) -> bool:
    """Whether all the news is that what was tentative is confirmed."""
    if draft.kind is not LetterKind.CHANGE or draft.before is None:
        return False
    told, entry = former_entry(draft.before), draft.entry
    is_same_time = (draft.before.starts_at, draft.before.ends_at) == (draft.row.starts_at, draft.row.ends_at)
    return told.is_tentative and entry.status is EntryStatus.CONFIRMED and is_same_time


def subject_line(draft: Draft, *, what: str, when: str) -> str:
    """What the letter is about, with its hour: the same beginning for the same kind of letter."""
    told = {"what": what, "when": when}
    if is_settled_now(draft):
        return _("Confirmed: %(what)s, %(when)s", **told)
    if draft.kind is LetterKind.CHANGE:
        return _("Changed: %(what)s, %(when)s", **told)
    if draft.kind is LetterKind.CANCELLATION:
        return _("Cancelled: %(what)s, %(when)s", **told)
    if draft.kind is LetterKind.WITHDRAWAL:
        return _("Invitation withdrawn: %(what)s, %(when)s", **told)
    if draft.kind is LetterKind.DECLINED_COUNTER:
        return _("It stays as it was: %(what)s, %(when)s", **told)
    if draft.recipient.side is Side.GUEST:
        return _("Invitation: %(what)s, %(when)s", **told)
    if draft.recipient.side is Side.DUTY:
        return _("Duty: %(what)s, %(when)s", **told)
    if draft.recipient.side is Side.OFFICE:
        return _("Appointment: %(what)s, %(when)s", **told)
    return _("Visit: %(what)s, %(when)s", **told)


def opening(draft: Draft) -> str:
    """The sentence that says why somebody gets this letter."""
    if draft.kind is LetterKind.DECLINED_COUNTER:
        return _("You proposed another time. It cannot be done; your appointment stays as it was.")
    if draft.kind is LetterKind.AGAIN:
        return _("Your calendar program asked for it: here is how this stands now.")
    if draft.kind is LetterKind.WITHDRAWAL and _has_left_the_site(draft):
        return _("This visit does not take place at your site any more. Nobody comes to you for it.")
    if draft.kind is LetterKind.WITHDRAWAL:
        return _(
            "You are no longer expected here, and your invitation is withdrawn. The appointment goes on."
        )
    by_side = {Side.GUEST: _to_guests, Side.DUTY: _to_duty, Side.SITE: _to_site, Side.OFFICE: _to_office}
    return by_side[draft.recipient.side](draft)


def _has_left_the_site(draft: Draft) -> bool:
    """Whether a site is written to that the guests were to come to, and which they go past now."""
    row, before = draft.row, draft.before
    if draft.recipient.side is not Side.SITE or before is None or not isinstance(row, Visit):
        return False
    return before.site_id != row.site_id


def _to_guests(draft: Draft) -> str:
    if draft.kind is LetterKind.CANCELLATION:
        return _called_off(draft)
    if is_settled_now(draft):
        return _("This is settled now: the place has agreed.")
    if draft.kind is LetterKind.CHANGE:
        return _("Something has changed. This is how it stands now.")
    if isinstance(draft.row, Engagement):
        return _("This is part of your programme.")
    return _("It is our pleasure to invite you.")


def _called_off(draft: Draft) -> str:
    state = draft.row.state if isinstance(draft.row, Visit) else None
    if state is VisitState.DECLINED:
        return _(
            "The place cannot receive you at this time, so this is taken out of your calendar. We look for "
            "another time and will write to you."
        )
    if state is VisitState.POSTPONED:
        return _("This was put off, and is taken out of your calendar. We will write to you of another time.")
    return _("This was called off. It disappears from your calendar.")


def _to_duty(draft: Draft) -> str:
    if draft.kind is LetterKind.CANCELLATION:
        return _("You need not come along any more.")
    if is_settled_now(draft):
        return _("Thank you: this is settled now.")
    if draft.kind is LetterKind.CHANGE:
        return _("Your duty has changed. This is how it stands now.")
    if isinstance(draft.row, Assignment) and draft.row.state is DutyState.ACCEPTED:
        return _("This is one of your duties.")
    return _("You are asked to come along. Please accept or refuse.")


def _to_site(draft: Draft) -> str:
    if draft.kind is LetterKind.CANCELLATION:
        if isinstance(draft.row, Visit) and draft.row.state is VisitState.DECLINED:
            return _("You declined this visit or offered other times. It is taken out of your calendar.")
        return _("A visit to your site was called off.")
    if is_settled_now(draft):
        return _("This visit is settled now: your site has agreed.")
    if draft.kind is LetterKind.CHANGE:
        return _("A visit to your site has changed. This is how it stands now.")
    if isinstance(draft.row, Visit) and draft.row.state is VisitState.REQUESTED:
        return _("A delegation would like to visit your site. Please agree, decline or offer other times.")
    return _("A delegation visits your site.")


def _to_office(draft: Draft) -> str:
    if draft.kind is LetterKind.CANCELLATION:
        if isinstance(draft.row, Visit) and draft.row.state is VisitState.DECLINED:
            return _("The site has declined a visit of your delegation, or offered other times.")
        return _("An appointment of your delegation was called off.")
    if is_settled_now(draft):
        return _("An appointment of your delegation is settled now: the site has agreed.")
    if draft.kind is LetterKind.CHANGE:
        return _("An appointment of your delegation has changed. This is how it stands now.")
    return _("Your delegation has a new appointment.")

"""One letter's page, put together for every door that shows it."""

from flask import render_template, url_for
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.readdressing import owner_of
from scheduler.blueprints.histories import entries
from scheduler.blueprints.letter_lines import LetterLine, letter_lines, moment
from scheduler.blueprints.letters.files import NoMail, Reading, reading_of
from scheduler.blueprints.letters.forms import AddressForm
from scheduler.calendars.glance import Glance, glance
from scheduler.identity import actor
from scheduler.records.delegations import Delegate, Delegation
from scheduler.records.journal_lines import lines_about
from scheduler.records.letter_search import STATES_OF, Standing, names_of_delegations, signs_in_with
from scheduler.records.letters import Letter, LetterState
from scheduler.records.resources import Resource


def letter_page(letter: Letter, *, form: AddressForm | None = None) -> str:
    """The page; `form` is that of an address or an act that came back with its faults."""
    numbers = [letter.delegation_id] if letter.delegation_id else []
    line: LetterLine = letter_lines([letter], names_of_delegations(numbers))[0]
    needs_help = letter.state in STATES_OF[Standing.NEEDS_HELP]
    may_help = needs_help and actor().may(Permission.POST_LETTERS)
    reading, fault = _reading(letter)
    return render_template(
        "letters/letter.html",
        letter=letter,
        line=line,
        reading=reading,
        fault=fault,
        calendar=_glance(letter),
        calendar_raw=(letter.calendar or b"").decode(errors="replace").replace("\r\n", "\n"),
        needs_help=needs_help,
        may_help=may_help,
        whose=_whose(letter) if may_help else "",
        why_not=_why_not(letter) if may_help else "",
        form=form or AddressForm(formdata=None, to=letter.address),
        way=_way_of(letter),
        history=entries(lines_about({"letter": [letter.id]}), of="letter"),
        visit_url=url_for("visits.visit", visit_id=letter.visit_id) if letter.visit_id else None,
    )


def _reading(letter: Letter) -> tuple[Reading | None, str]:
    try:
        return reading_of(letter), ""
    except NoMail as fault:
        return None, str(fault)


def _glance(letter: Letter) -> Glance | None:
    if not letter.calendar:
        return None
    try:
        return glance(letter.calendar)
    except ValueError:
        return None  # What is in it can still be read below, as it is.


def _whose(letter: Letter) -> str:
    """Whose address would be mended, and where else it is used; nothing if it is nobody's to mend here."""
    owner = owner_of(letter)
    if isinstance(owner, Delegate):
        return _("the delegate %(name)s", name=owner.print_as)
    if isinstance(owner, Delegation):
        return _("the contact of %(name)s", name=owner.name)
    if isinstance(owner, Resource):
        return owner.name
    return _("the contact of the site %(name)s", name=owner.name) if owner is not None else ""


def _why_not(letter: Letter) -> str:
    if owner_of(letter) is not None:
        return ""
    if signs_in_with(letter.address):
        return _("With this address somebody signs in: an administrator changes it.")
    return _("This address was changed since where it was typed; newer letters go to the new one.")


def _way_of(letter: Letter) -> list[tuple[str, str]]:
    """What is kept of how a letter went, in order."""
    told = [(_("Written"), moment(letter.written_at))]
    if letter.tries:
        told.append((_("Tries"), str(letter.tries)))
    if letter.state is LetterState.WAITING:
        told.append((_("Next try"), moment(letter.due_at)))
    if letter.posted_at is not None:
        told.append((_("Posted"), moment(letter.posted_at)))
    if letter.may_have_gone and letter.posted_at is None:
        told.append((_("In doubt"), _("A connection broke before the answer: it may have arrived already.")))
    needs_help = letter.state in STATES_OF[Standing.NEEDS_HELP]
    return told if needs_help else [*told, (_("What was said of it"), letter.problem)]

"""The forms of the tray: accepting or declining another time, counting a mail, naming a new guest."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField

from scheduler.actions.proposal_answers import Acceptance
from scheduler.blueprints.fields import ChoiceField, LineField, ParagraphField, TickField, WholeNumberField
from scheduler.blueprints.form import AskedForm, RoomForm
from scheduler.blueprints.visits.forms import SessionFields
from scheduler.core.verdicts import CautionCode
from scheduler.words.mail_words import MAIL_STATES
from scheduler.words.names import choices_of

FURTHEST_PAGE = 100_000


class AcceptForm(RoomForm, SessionFields):
    """Yes to another time, with the cautions ticked; or to another session than the one asked for."""

    acknowledge = SelectMultipleField(_l("Points to confirm"), validate_choice=False)
    acknowledge_reason = LineField(_l("Why it is right all the same"), most=500)
    answer = ParagraphField(_l("Note"), most=2000, description=_l("Kept with the proposal."))

    def check(self) -> None:
        if self.acknowledge.data and not self.acknowledge_reason.data:
            self.complain(_("Give a reason: it is kept in the journal."), "acknowledge_reason")
        if set(self.acknowledge.data or ()) - {code.value for code in CautionCode}:
            self.complain(_("This is nothing that can be confirmed."), "acknowledge")
        named = self.tour_session_id.raw_data or self.tour_code.data or self.starts_at.data
        if named and not self.names_a_session():
            self.complain(_("Choose a session: this one has no number and no time."))

    def acceptance(self) -> Acceptance:
        """With what it is accepted."""
        is_named = self.names_a_session()
        return Acceptance(
            acknowledge=tuple(self.acknowledge.data or ()),
            acknowledge_reason=self.acknowledge_reason.data or "",
            answer=self.answer.data or "",
            tour_session_id=self.tour_session_id.data if is_named else None,
            tour_code=(self.tour_code.data or None) if is_named else None,
            starts_at=self.instant() if is_named and self.tour_session_id.data is None else None,
        )


class DeclineForm(RoomForm):
    """No to another time."""

    reason = ParagraphField(_l("Why not"), most=2000, description=_l("The guest reads it."))


class CountForm(RoomForm):
    """Whose word a mail is."""

    as_address = ChoiceField(_l("Who it is"), is_required=True)
    remember = TickField(
        _l("Believe this address from now on"), description=_l("The next answer from it counts by itself.")
    )

    def offer(self, people: Iterable[tuple[str, str]]) -> None:
        """Who was invited: addresses and names."""
        self.as_address.choices = [("", _("Choose")), *people]


class NameForm(RoomForm):
    """A new delegate."""

    address = ChoiceField(_l("E-mail"), is_required=True)
    name = LineField(_l("Name"), is_required=True)

    def offer(self, addresses: Iterable[str]) -> None:
        """Whose addresses stand in the mail and were not invited."""
        self.address.choices = [(each, each) for each in addresses]


class MailSearchForm(AskedForm):
    """Which mails are listed."""

    state = ChoiceField(_l("State"), choices=choices_of(MAIL_STATES, _l("All")))
    page = WholeNumberField(_l("Page"), least=1, most=FURTHEST_PAGE)

"""The forms of what happens to a visit after it was booked; each carries the version that its reader saw."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField

from scheduler.actions.lifecycle import Told
from scheduler.blueprints.fields import (
    ChoiceField,
    HeadcountField,
    LineField,
    MomentField,
    ParagraphField,
    VersionField,
)
from scheduler.blueprints.form import RoomForm
from scheduler.core.facts import OwnerAgreement
from scheduler.core.lifecycle import Act
from scheduler.words.names import AGREEMENT_CHANNELS, choices_of


class ActForm(RoomForm):
    """An act with nothing to say along with it."""

    version = VersionField()

    def told(self) -> Told:
        return Told()


class AskSiteForm(ActForm):
    """A hold becomes a request; the rules are asked again."""

    acknowledge = SelectMultipleField(_l("Points to confirm"), validate_choice=False)
    acknowledge_reason = LineField(_l("Why it is right all the same"), most=500)

    def check(self) -> None:
        if self.acknowledge.data and not self.acknowledge_reason.data:
            self.complain(_("Give a reason: it is kept in the journal."), "acknowledge_reason")

    def told(self) -> Told:
        return Told(
            acknowledge=tuple(self.acknowledge.data or ()), acknowledge_reason=self.acknowledge_reason.data
        )


class AgreementForm(ActForm):
    """What an officer heard: who agreed for the site, when, by which channel."""

    agreed_by = LineField(_l("Who agreed for the site"), is_required=True)
    agreed_on = MomentField(_l("When they agreed"), is_required=True)
    agreed_channel = ChoiceField(
        _l("By which channel"), is_required=True, choices=choices_of(AGREEMENT_CHANNELS)
    )

    def told(self) -> Told:
        assert self.agreed_on.data is not None  # it is required
        return Told(
            agreement=OwnerAgreement(
                by=self.agreed_by.data, on=self.agreed_on.data, channel=self.agreed_channel.data
            )
        )


class DeclineForm(ActForm):
    reason = ParagraphField(_l("Why"), is_required=True, most=500)
    offered_first = MomentField(_l("Another time that would suit"))
    offered_second = MomentField(_l("A second one"))
    offered_third = MomentField(_l("A third one"))

    def told(self) -> Told:
        return Told(reason=self.reason.data, offered_times=self.offered_times())

    def offered_times(self) -> tuple[datetime, ...]:
        offered = (self.offered_first.data, self.offered_second.data, self.offered_third.data)
        return tuple(sorted({when for when in offered if when is not None}))


class CallOffForm(ActForm):
    """Cancelling or postponing: by whom, and why."""

    on_behalf_of = LineField(_l("Who calls it off"), is_required=True)
    reason = ParagraphField(_l("Why"), is_required=True, most=500)

    def told(self) -> Told:
        return Told(on_behalf_of=self.on_behalf_of.data, reason=self.reason.data)


class ArriveForm(ActForm):
    count = HeadcountField(_l("How many came"), is_required=True)

    def told(self) -> Told:
        return Told(count=self.count.data)


class NoShowForm(ActForm):
    reason = ParagraphField(_l("What is known of it"), most=500)

    def told(self) -> Told:
        return Told(reason=self.reason.data)


FORMS: dict[Act, type[ActForm]] = {
    Act.REQUEST: AskSiteForm,
    Act.CONFIRM: ActForm,
    Act.DECLINE: DeclineForm,
    Act.CANCEL: CallOffForm,
    Act.POSTPONE: CallOffForm,
    Act.ARRIVE: ArriveForm,
    Act.NO_SHOW: NoShowForm,
    Act.CLOSE: ActForm,
}

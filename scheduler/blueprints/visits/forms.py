"""The forms of booking: what is looked for, and one request with all that can be said with it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField
from wtforms.widgets import HiddenInput

from scheduler.blueprints.fields import (
    ChoiceField,
    DayField,
    HeadcountField,
    IdField,
    LineField,
    MomentField,
    VersionField,
    WholeNumberField,
)
from scheduler.blueprints.form import AskedForm, RoomForm
from scheduler.core.facts import OwnerAgreement, VisitRequest
from scheduler.core.verdicts import CautionCode
from scheduler.records.parts import Part
from scheduler.words.code_names import LANGUAGE_NAMES
from scheduler.words.names import AGREEMENT_CHANNELS, choices_of

LARGEST_ID = 2**31 - 1


class PickForm(AskedForm):
    """What is looked for: whose visit, where, on which day, for how many, in which language."""

    delegation = WholeNumberField(_l("Delegation"), widget=HiddenInput(), least=1, most=LARGEST_ID)
    wish = WholeNumberField(_l("Wish"), widget=HiddenInput(), least=1, most=LARGEST_ID)
    site = ChoiceField(_l("Site"))
    on = DayField(_l("Day"))
    headcount = HeadcountField(_l("Headcount"))
    language = ChoiceField(_l("Language"), choices=choices_of(LANGUAGE_NAMES, _l("Theirs")))
    part = IdField(_l("Who goes"), choices=[("", _l("Everybody"))])

    def offer_parts(self, parts: Iterable[Part]) -> None:
        """Whom to choose from: everybody, or one of the parts."""
        told = [(str(part.id), f"{part.division}: {part.name} ({part.headcount})") for part in parts]
        self.part.choices = [("", _("Everybody")), *told]


class SessionFields:
    """Which session is meant: its number, or a tour and the instant at which the window starts."""

    tour_session_id = WholeNumberField(_l("Session"), widget=HiddenInput(), least=1, most=LARGEST_ID)
    tour_code = LineField(_l("Tour"), widget=HiddenInput(), most=50)
    starts_at = LineField(_l("Begin"), widget=HiddenInput(), most=40)

    def instant(self) -> datetime | None:
        """The instant of a window, from RFC 3339 with its offset. None when it is none."""
        try:
            found = datetime.fromisoformat(self.starts_at.data)
        except ValueError:
            return None
        is_sensible = found.tzinfo is not None and 1900 <= found.year <= 9998
        return found.replace(microsecond=0) if is_sensible else None

    def names_a_session(self) -> bool:
        """Whether what stands there could be a session at all."""
        if self.tour_session_id.data is not None:
            return not self.tour_session_id.errors
        return bool(self.tour_code.data and not self.tour_code.errors and self.instant())

    def plainly(self, asking: VisitRequest) -> VisitRequest:
        """The request for this session, without what is said along with it."""
        return replace(
            asking,
            tour_session_id=self.tour_session_id.data,
            tour_code=self.tour_code.data or None,
            starts_at=self.instant(),
        )


class LookForm(AskedForm, SessionFields):
    """One session to be looked at closely, in the address."""

    delegation = WholeNumberField(_l("Delegation"), least=1, most=LARGEST_ID)
    headcount = HeadcountField(_l("Headcount"))
    language = ChoiceField(_l("Language"), choices=choices_of(LANGUAGE_NAMES, _l("Theirs")))
    part = WholeNumberField(_l("Part"), least=1, most=LARGEST_ID)


class RequestForm(RoomForm, SessionFields):
    """The asking for a visit. Cautions are ticked with a reason; overrides are the head of division's."""

    headcount = HeadcountField(_l("Headcount"), is_required=True, description=_l("Everyone who enters."))
    language = ChoiceField(_l("Language of the visit"), choices=choices_of(LANGUAGE_NAMES, _l("Theirs")))
    acknowledge = SelectMultipleField(_l("Points to confirm"), validate_choice=False)
    acknowledge_reason = LineField(_l("Why it is right all the same"), most=500)
    override = SelectMultipleField(_l("What to override"), validate_choice=False)
    override_reason = LineField(_l("Reason of the override"), most=500)
    agreed_by = LineField(_l("Who agreed for the owner"))
    agreed_on = MomentField(_l("When they agreed"))
    agreed_channel = ChoiceField(_l("By which channel"), choices=choices_of(AGREEMENT_CHANNELS, "–"))

    def check(self) -> None:
        if not self.names_a_session():
            self.complain(_("Choose a session: this one has no number and no time."))
        if self.acknowledge.data and not self.acknowledge_reason.data:
            self.complain(_("Give a reason: it is kept in the journal."), "acknowledge_reason")
        if set(self.acknowledge.data or ()) - {code.value for code in CautionCode}:
            self.complain(_("This is nothing that can be confirmed."), "acknowledge")

    def asking(self, delegation_id: int) -> VisitRequest:
        """The request as the office takes it."""
        return VisitRequest(
            delegation_id=delegation_id,
            tour_session_id=self.tour_session_id.data,
            tour_code=self.tour_code.data or None,
            starts_at=self.instant(),
            headcount=self.headcount.data or 0,
            language=self.language.data,
            acknowledge=tuple(self.acknowledge.data or ()),
            acknowledge_reason=self.acknowledge_reason.data,
            overrides=frozenset(self.override.data or ()),
            override_reason=self.override_reason.data,
            owner_agreement=self._agreement(),
        )

    def _agreement(self) -> OwnerAgreement | None:
        if not (self.agreed_by.data and self.agreed_on.data and self.agreed_channel.data):
            return None
        return OwnerAgreement(
            by=self.agreed_by.data, on=self.agreed_on.data, channel=self.agreed_channel.data
        )


class AskForm(RequestForm):
    """A new visit of a delegation; held only, if a moment is given."""

    delegation_id = WholeNumberField(
        _l("Delegation"), widget=HiddenInput(), is_required=True, least=1, most=LARGEST_ID
    )
    part_id = WholeNumberField(_l("Part"), widget=HiddenInput(), least=1, most=LARGEST_ID)
    hold_until = MomentField(
        _l("Hold only, until"), description=_l("Leave it empty to ask the site now. A hold ends by itself.")
    )

    def asking(self, delegation_id: int) -> VisitRequest:
        request = super().asking(delegation_id)
        return replace(request, hold_until=self.hold_until.data, part_id=self.part_id.data)


class MoveForm(RequestForm):
    """Another session or headcount for a visit."""

    version = VersionField()

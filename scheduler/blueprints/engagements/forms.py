"""The forms of an engagement: what, where, from when to when; calling it off; who attends a stop."""

from collections.abc import Collection, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField

from scheduler.blueprints.fields import (
    ChoiceField,
    ChoicesField,
    HeadcountField,
    IdField,
    LineField,
    MomentField,
    ParagraphField,
    VersionField,
    after,
)
from scheduler.blueprints.form import RoomForm, given
from scheduler.blueprints.typed import city_zone
from scheduler.core.engagements import EngagementRequest
from scheduler.core.stops import EngagementKind
from scheduler.records.delegations import Delegate
from scheduler.records.engagement_lookup import all_places
from scheduler.records.part_lookup import parts_of
from scheduler.words.names import choices_of
from scheduler.words.own_names import own_name
from scheduler.words.programme_words import ENGAGEMENT_KINDS


class EngagementForm(RoomForm):
    version = VersionField(is_required=False)
    kind = ChoiceField(_l("What it is"), is_required=True, choices=choices_of(ENGAGEMENT_KINDS))
    title = LineField(_l("What it is called"), description=_l("Such as “Lunch given by the vice mayor”."))
    starts_at = MomentField(_l("Begin"), is_required=True)
    ends_at = MomentField(_l("End"), [after("starts_at")], is_required=True)
    place = ChoiceField(_l("Place"))
    destination = ChoiceField(_l("Where to"), description=_l("Of a transfer alone."))
    host = LineField(_l("Host"), description=_l("The post, not the person."))
    part_id = IdField(_l("Who goes"))
    headcount = HeadcountField(_l("How many of them"), description=_l("All, if left empty."))
    note = ParagraphField(_l("Note of the office"), most=1000, description=_l("Guests never read it."))
    acknowledge = SelectMultipleField(_l("Points to confirm"), validate_choice=False)
    acknowledge_reason = LineField(_l("Why it is right all the same"), most=500)

    def __init__(self, delegation_id: int, *told: Any, **more: Any) -> None:
        super().__init__(*told, **more)
        places = [(place.code, own_name(place)) for place in all_places()]
        self.place.choices = [("", _("Not said yet")), *places]
        self.destination.choices = [("", "–"), *places]
        parts = [(part.id, f"{part.division}: {part.name}") for part in parts_of(delegation_id)]
        self.part_id.choices = [("", _("All of the delegation")), *parts]

    def check(self) -> None:
        if self.acknowledge.data and not self.acknowledge_reason.data:
            self.complain(_("Give a reason: it is kept in the journal."), "acknowledge_reason")

    def request(self, delegation_id: int) -> EngagementRequest:
        """What is asked for."""
        return EngagementRequest(
            delegation_id=delegation_id,
            kind=EngagementKind(self.kind.data),
            starts_at=given(self.starts_at.data),
            ends_at=given(self.ends_at.data),
            part_id=self.part_id.data,
            headcount=self.headcount.data,
            title=self.title.data or "",
            place=self.place.data,
            destination=self.destination.data,
            host=self.host.data or "",
            note=self.note.data or "",
            zone=city_zone(),
            acknowledge=tuple(self.acknowledge.data or ()),
            acknowledge_reason=self.acknowledge_reason.data or "",
        )


class CancelForm(RoomForm):
    version = VersionField()
    reason = ParagraphField(_l("Why"), is_required=True, most=500)


class AttendanceForm(RoomForm):
    version = VersionField()
    delegate_ids = ChoicesField(
        _l("Who attends"), coerce=int, description=_l("Nobody ticked means everybody it is for.")
    )

    def __init__(
        self, delegates: Sequence[Delegate], attending: Collection[int], *, version: int, **more: Any
    ) -> None:
        super().__init__(data={"version": version, "delegate_ids": list(attending)}, **more)
        self.delegate_ids.choices = [(each.id, named(each)) for each in delegates]


def named(delegate: Delegate) -> str:
    """A delegate by name and post."""
    if not delegate.post or delegate.post == delegate.print_as:
        return delegate.print_as
    return _("%(name)s, %(post)s", name=delegate.print_as, post=delegate.post)

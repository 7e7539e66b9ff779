"""What if: the four forms of a rehearsal, and what is chosen of a repair."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from wtforms.fields.choices import SelectChoice

from scheduler.actions.repair_choices import Edit, RepairChoice
from scheduler.blueprints.fields import ChoiceField, HeadcountField, IdField, LineField, MomentField, after
from scheduler.blueprints.form import RoomForm, given
from scheduler.blueprints.stop_rows import TicksField, session_in
from scheduler.core.disturbances import Disturbance, DisturbanceKind
from scheduler.core.spans import Span


class WhatIf(RoomForm):
    """Something that might go wrong; nothing of it is written. `about` names the field that says whom or what
    it is about, `prompt` stands there before anything is chosen."""

    kind: DisturbanceKind
    about = "delegation_id"
    prompt = _l("Choose a delegation")

    def offer(self, choices: Iterable[SelectChoice]) -> None:
        """Whom or what it could be about."""
        self[self.about].choices = [SelectChoice("", str(self.prompt)), *choices]

    def told(self) -> Disturbance:
        raise NotImplementedError

    def span(self) -> Span:
        """From when to when, where the form asks for it."""
        return Span(given(self["starts_at"].data), given(self["ends_at"].data))


class SiteCloses(WhatIf):
    """A site closes from one instant to another."""

    kind, about, prompt = DisturbanceKind.CLOSURE, "site", _l("Choose a site")
    site = ChoiceField(_l("Site"), is_required=True)
    starts_at = MomentField(_l("Closed from"), is_required=True)
    ends_at = MomentField(_l("Closed until"), [after("starts_at")], is_required=True)
    reason = LineField(_l("Reason"), most=300)

    def told(self) -> Disturbance:
        return Disturbance(
            kind=self.kind,
            is_rehearsed=True,
            site_code=self.site.data,
            span=self.span(),
            reason=self.reason.data,
        )


class SomebodyAway(WhatIf):
    """A guide, interpreter or vehicle is away."""

    kind, about, prompt = DisturbanceKind.ABSENCE, "resource_id", _l("Choose whom")
    resource_id = IdField(lazy_pgettext("is away", "Who or what"), is_required=True)
    starts_at = MomentField(_l("Away from"), is_required=True)
    ends_at = MomentField(_l("Away until"), [after("starts_at")], is_required=True)

    def told(self) -> Disturbance:
        return Disturbance(
            kind=self.kind,
            is_rehearsed=True,
            resource_id=self.resource_id.data,
            span=self.span(),
        )


class StayChanges(WhatIf):
    """A delegation comes later or earlier, or leaves so."""

    kind = DisturbanceKind.STAY
    delegation_id = IdField(_l("Delegation"), is_required=True)
    starts_at = MomentField(_l("Arrives"), is_required=True)
    ends_at = MomentField(_l("Leaves"), [after("starts_at")], is_required=True)

    def told(self) -> Disturbance:
        return Disturbance(
            kind=self.kind,
            is_rehearsed=True,
            delegation_id=self.delegation_id.data,
            span=self.span(),
        )


class HeadcountChanges(WhatIf):
    """More or fewer come."""

    kind = DisturbanceKind.HEADCOUNT
    delegation_id = IdField(_l("Delegation"), is_required=True)
    headcount = HeadcountField(_l("How many come"), is_required=True)

    def told(self) -> Disturbance:
        return Disturbance(
            kind=self.kind,
            is_rehearsed=True,
            delegation_id=self.delegation_id.data,
            headcount=given(self.headcount.data),
        )


WHAT_IFS: tuple[type[WhatIf], ...] = (SiteCloses, SomebodyAway, StayChanges, HeadcountChanges)


class EnterForm(RoomForm):
    """What was rehearsed happens: why, where somebody will read it."""

    reason = LineField(_l("Reason"), most=300)


class AcceptForm(RoomForm):
    """What is chosen of a repair: which lines, where else some go, what is put off, what is confirmed."""

    take = TicksField(_l("Visits to change"))
    postpone = TicksField(_l("Visits to put off"))
    acknowledge = TicksField(_l("Points to confirm"))
    acknowledge_reason = LineField(_l("Why it is right all the same"), most=500)

    def chosen(self, elsewhere: dict[int, str]) -> RepairChoice:
        """The choice; `elsewhere` are sessions (their keys) chosen by visit. A line that is put off goes
        nowhere else."""
        put_off = _ids(self.postpone.data)
        taken = [visit_id for visit_id in _ids(self.take.data) if visit_id not in put_off]
        edited = {
            visit_id: Edit(tour_code=told[0], starts_at=told[1])
            for visit_id, key in elsewhere.items()
            if visit_id not in put_off and (told := session_in(key)) is not None
        }
        return RepairChoice(
            only=tuple(taken),
            edited=edited,
            postpone=tuple(put_off),
            acknowledge=self.acknowledge.ticked(),
            acknowledge_reason=self.acknowledge_reason.data,
        )

    def names_sessions(self, elsewhere: dict[int, str]) -> bool:
        """Whether what was chosen instead are sessions; else nothing is booked in their place."""
        if all(session_in(key) is not None for key in elsewhere.values()):
            return True
        self.complain(_("Choose another session from the list, or leave it as proposed."))
        return False

    def check(self) -> None:
        if self.acknowledge.data and not self.acknowledge_reason.data:
            self.complain(_("Give a reason: it is kept in the journal."), "acknowledge_reason")


def _ids(told: Any) -> list[int]:
    """Visit numbers out of what a form sent; anything else is left out."""
    return [int(each) for each in dict.fromkeys(told or ()) if each.isdecimal() and len(each) < 10]

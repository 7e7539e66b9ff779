"""What is said at a site's own desk: yes, no with other times, they are here, they never came."""

import re
import uuid
from datetime import datetime

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from scheduler.actions.lifecycle import Told
from scheduler.blueprints.fields import (
    ChoiceField,
    DayField,
    HeadcountField,
    LineField,
    MomentField,
    ParagraphField,
    VersionField,
)
from scheduler.blueprints.form import AskedForm, RoomForm
from scheduler.core.gate import LONGEST_NOTE
from scheduler.words.gate_words import PHOTOGRAPHS
from scheduler.words.names import choices_of


class ActForm(RoomForm):
    """An act upon a visit, by somebody who saw this version of it."""

    version = VersionField()

    def told(self) -> Told:
        return Told()


class ConfirmForm(ActForm):
    """Yes, they may come."""


class DeclineForm(ActForm):
    """No, and when they may come instead."""

    reason = LineField(_l("Why not"), most=300, is_required=True)
    first_time = MomentField(_l("Another time"))
    second_time = MomentField(_l("Or then"))
    third_time = MomentField(_l("Or then"))

    def told(self) -> Told:
        fields = (self.first_time, self.second_time, self.third_time)
        offered: set[datetime] = {field.data for field in fields if field.data is not None}
        return Told(reason=self.reason.data, offered_times=tuple(sorted(offered)))


class TapForm(ActForm):
    """What is said at the gate. Its key makes a form that is sent twice count once."""

    tap_key = HiddenField(default=lambda: uuid.uuid4().hex)

    @property
    def key(self) -> str:
        """The key that came with the form; a form that was sent without one is a tap of its own."""
        typed = str(self.tap_key.data or "")
        return typed if re.fullmatch("[0-9a-f]{32}", typed) else uuid.uuid4().hex

    def begin_anew(self) -> None:
        """Sent once more it is another tap."""
        self.tap_key.data = uuid.uuid4().hex


class UndoForm(TapForm):
    """They are not here: the wrong card was tapped."""


class MarksForm(TapForm):
    """Whether photographs may be taken, and a note."""

    photographs = ChoiceField(_l("Photographs"), choices=choices_of(PHOTOGRAPHS), is_required=True)
    note = ParagraphField(_l("Note at the gate"), most=LONGEST_NOTE)


class ArriveForm(TapForm):
    """They are here: so many."""

    count = HeadcountField(_l("How many came"), is_required=True)

    def told(self) -> Told:
        return Told(count=self.count.data)


class NoShowForm(ActForm):
    """They never came."""

    reason = LineField(_l("What is known"), most=300)

    def told(self) -> Told:
        return Told(reason=self.reason.data)


class PrintForm(RoomForm):
    """A print of the day sheet, to be kept as it stands."""


class DayForm(AskedForm):
    """Which day to look at."""

    date = DayField(_l("Day"), is_required=True)

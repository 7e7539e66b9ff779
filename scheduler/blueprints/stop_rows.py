"""What rooms share that book several stops at once: a session as one choice, an answer beside a row."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms import Form, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from scheduler.actions.batches import BatchRefused
from scheduler.actions.invalid import Invalid
from scheduler.blueprints.fields import ChoiceField
from scheduler.blueprints.form import RoomForm
from scheduler.blueprints.visits.picker import Words, cautions_in_words, refusals_in_words
from scheduler.core.facts import Running
from scheduler.core.verdicts import CautionCode, Verdict
from scheduler.records.tour_lookup import tours_with_codes
from scheduler.words.instants import day_and_hours, hour, hours, local_day, short_day
from scheduler.words.own_names import own_name
from scheduler.words.together_words import batch_in_one

IN_A_ROW = re.compile(r"\w+\.([0-9]+)\.(\w+)")


@dataclass(frozen=True)
class RowAnswer:
    """The rules' answer to one row; `alternatives` are sessions to choose instead."""

    refusals: list[Words] = field(default_factory=list)
    cautions: list[Words] = field(default_factory=list)
    alternatives: list[SelectChoice] = field(default_factory=list)


class SessionField(ChoiceField):
    """A session as one choice: the tour and the instant at which it begins. What was chosen stays."""

    def __init__(self, *told: Any, **more: Any) -> None:
        super().__init__(*told, **{"validate_choice": False} | more)

    def offer(self, choices: Iterable[SelectChoice]) -> None:
        """Offer these, the first of a session alone; what was chosen too."""
        found = {choice.value: choice for choice in [*self.choices, *choices]}
        if self.data and self.data not in found and (told := session_in(self.data)):
            found[self.data] = choice_of(*told)
        self.choices = list(found.values())

    def pre_validate(self, form: Form) -> None:
        if self.data and session_in(self.data) is None:
            raise ValidationError(_("Choose a session."))

    def session(self) -> tuple[str, datetime] | None:
        """The tour and the instant that were chosen."""
        return session_in(self.data) if self.data else None


class TicksField(SelectMultipleField):
    """Which cautions of a row were ticked."""

    def __init__(self, *told: Any, **more: Any) -> None:
        super().__init__(*told, **{"validate_choice": False} | more)

    def ticked(self) -> tuple[str, ...]:
        known = {code.value for code in CautionCode}
        return tuple(code for code in self.data or () if code in known)


class RowsForm(RoomForm):
    """A form of rows whose faults name the row: `visits.3.headcount` is written beside that field there.
    A refusal of several leaves its verdicts, one a row."""

    verdicts: Sequence[Verdict] = ()

    @contextmanager
    def refusable(self) -> Iterator[None]:
        try:
            with super().refusable():
                yield
        except BatchRefused as refused:
            self.refuse(batch_in_one(refused))
            self.verdicts = refused.verdicts

    def rows(self) -> list[Any]:
        """The rows with something in them, in order."""
        raise NotImplementedError

    def blame(self, wrong: Invalid) -> None:
        found = IN_A_ROW.fullmatch(wrong.field)
        rows = self.rows()
        if found and int(found[1]) < len(rows) and found[2] in rows[int(found[1])]:
            place = rows[int(found[1])][found[2]]
            super().blame(Invalid("", wrong.code, **wrong.facts))
            place.errors = [*place.errors, self.form_errors[-1]]
            return
        name = found[2] if found else wrong.field
        # What is wrong with the rows together stands above them.
        is_rows = name in self and hasattr(self[name], "entries")
        super().blame(Invalid("" if is_rows else name, wrong.code, **wrong.facts))


def session_key(tour_code: str, starts_at: datetime) -> str:
    """A session as a form carries it."""
    return f"{tour_code}@{starts_at.astimezone(UTC).isoformat()}"


def session_in(key: str) -> tuple[str, datetime] | None:
    """The tour and the instant of such a key; None when it is none."""
    tour_code, _at, told = key.partition("@")
    try:
        starts_at = datetime.fromisoformat(told)
    except ValueError:
        return None
    is_sensible = starts_at.tzinfo is not None and 1900 <= starts_at.year <= 9998
    is_code = re.fullmatch(r"[A-Za-z0-9_-]{1,30}", tour_code) is not None
    return (tour_code, starts_at.replace(microsecond=0)) if is_code and is_sensible else None


def running_choice(tour_code: str, running: Running, zone: str, *, why_not: str = "") -> SelectChoice:
    """A session to choose: its day and hours, the places left, what stands against it."""
    on = short_day(local_day(running.starts_at, zone))
    when = day_and_hours(on, hours(running.starts_at, running.ends_at, zone))
    left = ngettext("%(num)s place left", "%(num)s places left", running.places_left)
    words = " · ".join(text for text in (when, left, why_not) if text)
    return SelectChoice(session_key(tour_code, running.starts_at), words)


def choice_of(tour_code: str, starts_at: datetime) -> SelectChoice:
    """A session that was chosen and of which no more is known here."""
    tour = tours_with_codes([tour_code]).get(tour_code)
    zone = tour.site.zone if tour else "UTC"
    when = day_and_hours(short_day(local_day(starts_at, zone)), hour(starts_at, zone))
    return SelectChoice(
        session_key(tour_code, starts_at), f"{when} · {own_name(tour) if tour else tour_code}"
    )


def row_answer(verdict: Verdict | None) -> RowAnswer:
    """A verdict as it stands beside its row."""
    if verdict is None:
        return RowAnswer()
    tours = tours_with_codes({found.tour_code for found in verdict.alternatives})
    alternatives = []
    for found in verdict.alternatives:
        tour = tours[found.tour_code]
        running = Running(None, found.starts_at, found.ends_at, found.ends_at, found.places_left)
        choice = running_choice(found.tour_code, running, tour.site.zone)
        alternatives.append(
            SelectChoice(choice.value, f"{choice.label} · {own_name(tour.site)}: {own_name(tour)}")
        )
    return RowAnswer(refusals_in_words(verdict.refusals), cautions_in_words(verdict.cautions), alternatives)

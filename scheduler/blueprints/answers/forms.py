"""The form behind a link: who answers, and one group of fields for each visit or duty asked about."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, ClassVar

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import Field

from scheduler.actions.invalid import Invalid
from scheduler.actions.link_answers import VisitAnswer, VisitAnswerKind
from scheduler.blueprints.fields import EitherField, LineField, MomentField, ParagraphField, VersionField
from scheduler.blueprints.form import RoomForm, given
from scheduler.records.visits import Visit
from scheduler.words.wording import invalid_in_words

TIMES = ("first_time", "second_time", "third_time")
VISIT_CHOICES = {
    VisitAnswerKind.AGREE: _l("Yes, they may come"),
    VisitAnswerKind.OTHER_TIMES: _l("Not then, but at another time"),
    VisitAnswerKind.DECLINE: _l("No, they cannot come"),
}
# The button that says yes to whatever was not answered one by one.
ALL = "agree_to_the_rest"


class AnswersForm(RoomForm):
    """Everything that is answered on one page. The fields about the thing with the id 7 are `about_7_…`."""

    answered_by = LineField(_l("Your name"), is_required=True, most=200)
    asked: Sequence[Any] = ()
    # Which field is shown a fault that an action found in something it calls otherwise.
    shown_at: ClassVar[dict[str, str]] = {}

    def about(self, number: int, name: str) -> Field:
        """One field of one of the things asked about."""
        return self[f"about_{number}_{name}"]

    def validate(self, extra_validators: Any = None) -> bool:
        """The secret in the address is what a token would be: phones that keep no cookie answer too."""
        super().validate(extra_validators)
        self.csrf_token.errors = []
        return not self.errors

    def blame(self, wrong: Invalid) -> None:
        """Show what an action found wrong with the answer so and so beside the field it means."""
        place = re.fullmatch(r"answers\.([0-9]+)\.(\w+)", wrong.field)
        if place is None:
            return super().blame(wrong)
        name = self.shown_at.get(place[2], place[2])
        self.complain(invalid_in_words(wrong), f"about_{self.asked[int(place[1])].id}_{name}")

    def show_anew(self) -> None:
        """Something changed while the page was read: keep what was typed, take the versions of now."""
        self.refuse(
            _(
                "Something changed while you were reading. Nothing was sent. Look at it as it is now, "
                "then send your answer again."
            )
        )
        for row in self.asked:
            field = self.about(row.id, "version")
            field.raw_data, field.data, field.errors = None, row.version, ()


class VisitAnswersForm(AnswersForm):
    """What a site's owner answers."""

    shown_at: ClassVar[dict[str, str]] = {"offered_times": TIMES[0]}

    def check(self) -> None:
        for visit in self.asked:
            kind = self.about(visit.id, "answer").data
            if kind == VisitAnswerKind.DECLINE and not self.about(visit.id, "reason").data:
                self.complain(_("Say in a few words why not."), f"about_{visit.id}_reason")
            if kind == VisitAnswerKind.OTHER_TIMES and not any(self._typed_times(visit.id)):
                self.complain(_("Give at least one other time."), f"about_{visit.id}_{TIMES[0]}")

    def answers(self) -> list[VisitAnswer]:
        """What was answered, one for each visit."""
        return [self._answer(visit.id) for visit in self.asked]

    def _answer(self, visit_id: int) -> VisitAnswer:
        kind = VisitAnswerKind(given(self.about(visit_id, "answer").data))
        is_other = kind is VisitAnswerKind.OTHER_TIMES
        told = {VisitAnswerKind.DECLINE: "reason", VisitAnswerKind.OTHER_TIMES: "note"}.get(kind)
        return VisitAnswer(
            visit_id=visit_id,
            seen=given(self.about(visit_id, "version").data),
            kind=kind,
            reason=self.about(visit_id, told).data if told else "",
            offered_times=tuple(sorted(set(self._times(visit_id)))) if is_other else (),
        )

    def _times(self, visit_id: int) -> Iterable[datetime]:
        times = (self.about(visit_id, name).data for name in TIMES)
        return (time for time in times if time is not None)

    def _typed_times(self, visit_id: int) -> Iterable[Any]:
        """A time with a fault of its own is not also missing."""
        return (self.about(visit_id, name).data or self.about(visit_id, name).errors for name in TIMES)


def visit_form(visits: Sequence[Visit]) -> VisitAnswersForm:
    """The form about some visits, as it was sent, or empty."""

    class Form(VisitAnswersForm):
        asked = visits

    for visit in visits:
        for name, field in _visit_fields(visit).items():
            setattr(Form, f"about_{visit.id}_{name}", field)
    agreed = VisitAnswerKind.AGREE.value
    return Form(formdata=with_the_rest_answered(visits, agreed)) if ALL in request.form else Form()


def with_the_rest_answered(rows: Iterable[Any], answer: str) -> MultiDict[str, str]:
    """What was sent, with an answer wherever none was chosen."""
    sent = request.form.copy()
    for row in rows:
        if not sent.get(f"about_{row.id}_answer"):
            sent[f"about_{row.id}_answer"] = answer
    return sent


def _visit_fields(visit: Visit) -> dict[str, Any]:
    choices = [(kind.value, words) for kind, words in VISIT_CHOICES.items()]
    return {
        "version": VersionField(default=visit.version),
        "answer": EitherField(_l("Your answer"), is_required=True, choices=choices),
        "reason": ParagraphField(_l("Why not"), most=500),
        "first_time": MomentField(_l("Another time")),
        "second_time": MomentField(_l("Or then")),
        "third_time": MomentField(_l("Or then")),
        "note": ParagraphField(_l("Anything the office should know"), most=500),
    }

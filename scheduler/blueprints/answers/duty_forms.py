"""The form behind somebody's link to their duties: accept or refuse each, with a note."""

from collections.abc import Sequence
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l

from scheduler.actions.duty_link_answers import DutyAnswer
from scheduler.blueprints.answers.forms import ALL, AnswersForm, with_the_rest_answered
from scheduler.blueprints.fields import EitherField, ParagraphField, VersionField
from scheduler.blueprints.form import given
from scheduler.records.assignments import Assignment

ACCEPT, REFUSE = "accept", "refuse"
CHOICES = ((ACCEPT, _l("Yes, I will be there")), (REFUSE, _l("No, I cannot")))


class DutyAnswersForm(AnswersForm):
    """What somebody answers of their duties."""

    def answers(self) -> list[DutyAnswer]:
        """What was answered, one for each duty."""
        return [
            DutyAnswer(
                assignment_id=duty.id,
                seen=given(self.about(duty.id, "version").data),
                accepts=self.about(duty.id, "answer").data == ACCEPT,
                note=self.about(duty.id, "note").data,
            )
            for duty in self.asked
        ]


def duty_form(duties: Sequence[Assignment]) -> DutyAnswersForm:
    """The form about some duties, as it was sent, or empty."""

    class Form(DutyAnswersForm):
        asked = duties

    for duty in duties:
        for name, field in _duty_fields(duty).items():
            setattr(Form, f"about_{duty.id}_{name}", field)
    return Form(formdata=with_the_rest_answered(duties, ACCEPT)) if ALL in request.form else Form()


def _duty_fields(duty: Assignment) -> dict[str, Any]:
    return {
        "version": VersionField(default=duty.version),
        "answer": EitherField(_l("Your answer"), is_required=True, choices=CHOICES),
        "note": ParagraphField(_l("Anything the office should know"), most=500),
    }

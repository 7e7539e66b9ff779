"""The forms of a programme: publishing it, and the internal approval behind it."""

from typing import Any

from flask_babel import lazy_gettext as _l

from scheduler.blueprints.fields import (
    ChoiceField,
    DayField,
    IdField,
    LineField,
    ParagraphField,
    VersionField,
)
from scheduler.blueprints.form import RoomForm
from scheduler.records.programme_versions import approvals_of
from scheduler.records.programmes import DisclosureClass
from scheduler.words.instants import date_in_words
from scheduler.words.names import choices_of
from scheduler.words.programme_words import DISCLOSURE_CLASSES


class PublishForm(RoomForm):
    approval_id = IdField(_l("Internal approval"))
    reason = ParagraphField(
        _l("What guests should know of it"),
        most=500,
        description=_l("Stands on the programme, such as why it was amended."),
    )

    def __init__(self, delegation_id: int, *told: Any, **more: Any) -> None:
        super().__init__(*told, **more)
        papers = [
            (paper.id, f"{paper.document_number} · {date_in_words(paper.approved_on)}")
            for paper in approvals_of(delegation_id)
        ]
        self.approval_id.choices = [("", _l("None yet")), *papers]


class ApprovalForm(RoomForm):
    version = VersionField(is_required=False)
    document_number = LineField(
        _l("Document number"),
        most=100,
        is_required=True,
        description=_l("As printed, such as 국제교류과-2188."),
    )
    approved_by = LineField(_l("Approved by"), is_required=True, description=_l("The post, not the person."))
    approved_on = DayField(_l("Approved on"), is_required=True)
    disclosure = ChoiceField(
        _l("Disclosure class"), is_required=True, choices=choices_of(DISCLOSURE_CLASSES), default="partial"
    )
    co_signed = ParagraphField(
        _l("Divisions that signed along"), most=2000, description=_l("One a line, in the order of signing.")
    )
    note = ParagraphField(_l("Note"), most=1000)

    def columns(self) -> dict[str, Any]:
        """What was told, column by column."""
        lines = [line.strip() for line in (self.co_signed.data or "").splitlines()]
        return {
            "document_number": self.document_number.data,
            "approved_by": self.approved_by.data,
            "approved_on": self.approved_on.data,
            "disclosure": DisclosureClass(self.disclosure.data),
            "co_signed": [line[:200] for line in lines if line],
            "note": self.note.data,
        }

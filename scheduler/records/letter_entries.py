"""The visits, engagements and duties that letters are about, with all that a letter says of them."""

from sqlalchemy.orm import joinedload

from scheduler.records.absence import NotFound
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.delegations import Delegation
from scheduler.records.duty_lookup import assignment_numbered
from scheduler.records.engagement_lookup import engagement_by_id
from scheduler.records.engagements import Engagement
from scheduler.records.outbox_lookup import Subject
from scheduler.records.tours import Tour, TourSession
from scheduler.records.visits import Visit

LetterEntry = Visit | Engagement | Assignment

_WHOLE_VISIT = (
    joinedload(Visit.delegation).joinedload(Delegation.officer),
    joinedload(Visit.part),
    joinedload(Visit.tour_session).joinedload(TourSession.tour).joinedload(Tour.site),
)


def letter_entry(subject: Subject) -> LetterEntry | None:
    """The entry as the archive has it now; nothing if it is not there any more."""
    try:
        if subject.about == "visit_id":
            return db.session.get(Visit, subject.number, options=_WHOLE_VISIT, populate_existing=True)
        if subject.about == "engagement_id":
            return engagement_by_id(subject.number)
        return assignment_numbered(subject.number)
    except NotFound:
        return None

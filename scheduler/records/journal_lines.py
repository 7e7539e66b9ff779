"""What the journal says of some things, the latest first."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import and_, or_, select

from scheduler.records.database import db
from scheduler.records.journal import Journal

MOST_LINES = 200


def lines_about(subjects: Mapping[str, Collection[int]], limit: int = MOST_LINES) -> Sequence[Journal]:
    """The lines about rows of some tables (`{"visit": [7], "wish": [1, 2]}`). One query."""
    wanted = [
        and_(Journal.subject == subject, Journal.subject_id.in_(ids))
        for subject, ids in subjects.items()
        if ids
    ]
    if not wanted:
        return []
    rows = select(Journal).where(or_(*wanted)).order_by(Journal.at.desc(), Journal.id.desc())
    return db.session.scalars(rows.limit(limit)).all()

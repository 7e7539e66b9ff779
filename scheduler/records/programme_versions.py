"""Questions asked of published programmes: which versions there are, and who is named in them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.delegations import Delegate
from scheduler.records.programmes import Approval, ProgrammeVersion
from scheduler.records.resources import Resource


@dataclass(frozen=True)
class People:
    """What those in a programme are called today, by id; who is not here any more has no name."""

    delegates: Mapping[int, str] = field(default_factory=dict)
    resources: Mapping[int, str] = field(default_factory=dict)


def versions_matching(delegation_id: int) -> Select[ProgrammeVersion]:
    """A delegation's versions, the newest first."""
    rows = select(ProgrammeVersion).options(joinedload(ProgrammeVersion.published_by))
    rows = rows.where(ProgrammeVersion.delegation_id == delegation_id)
    return rows.order_by(ProgrammeVersion.number.desc())


def newest_version(delegation_id: int) -> ProgrammeVersion | None:
    """What guests hold now, if anything was published."""
    return db.session.scalar(versions_matching(delegation_id).limit(1))


def version_numbered(delegation_id: int, number: int) -> ProgrammeVersion:
    """One version. Raises NotFound."""
    found = db.session.scalar(versions_matching(delegation_id).where(ProgrammeVersion.number == number))
    if found is None:
        raise NotFound("programme version", number)
    return found


def approvals_matching(delegation_id: int) -> Select[Approval]:
    """The papers behind a delegation's programme, the newest first."""
    rows = select(Approval).where(Approval.delegation_id == delegation_id)
    return rows.order_by(Approval.approved_on.desc(), Approval.id.desc())


def approvals_of(delegation_id: int) -> Sequence[Approval]:
    return db.session.scalars(approvals_matching(delegation_id)).all()


def approval_by_id(approval_id: int) -> Approval:
    """One paper. Raises NotFound."""
    found = db.session.get(Approval, approval_id, populate_existing=True)
    if found is None:
        raise NotFound("approval", approval_id)
    return found


def people_called(delegate_ids: Collection[int], resource_ids: Collection[int]) -> People:
    """What some delegates and resources are called. Two queries at most."""
    delegates = select(Delegate.id, Delegate.print_as).where(Delegate.id.in_(delegate_ids))
    resources = select(Resource.id, Resource.name).where(Resource.id.in_(resource_ids))
    return People(
        {row.id: row.print_as for row in db.session.execute(delegates)} if delegate_ids else {},
        {row.id: row.name for row in db.session.execute(resources)} if resource_ids else {},
    )


def number_of_version(version_id: int) -> int:
    """Which version of its delegation's programme this is. Raises NotFound."""
    found = db.session.scalar(select(ProgrammeVersion.number).where(ProgrammeVersion.id == version_id))
    if found is None:
        raise NotFound("programme version", version_id)
    return found

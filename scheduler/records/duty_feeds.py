"""The duties that a resource's feed shows, put together once: what they are, whether they changed, when."""

from sqlalchemy import bindparam, func, or_, select

from scheduler.core.duties import OCCUPYING_DUTIES
from scheduler.records.assignments import Assignment
from scheduler.records.database import UtcDateTime
from scheduler.records.delegations import Delegation
from scheduler.records.parts import Part
from scheduler.records.resource_lookup import WHOLE_DUTY
from scheduler.records.sites import Site
from scheduler.records.tours import Tour, TourSession
from scheduler.records.visits import Visit

_A = Assignment
# Those refused or released only if that was lately, so that calendars strike them out.
_SHOWN = (
    _A.resource_id == bindparam("subject_id"),
    _A.starts_at >= bindparam("first", type_=UtcDateTime),
    _A.starts_at < bindparam("last", type_=UtcDateTime),
    or_(
        _A.state.in_(OCCUPYING_DUTIES),
        _A.stamped_at >= bindparam("called_off_since", type_=UtcDateTime),
    ),
)
_JOINED = (
    select()
    .select_from(_A)
    .join(Delegation, Delegation.id == _A.delegation_id)
    .outerjoin(Part, Part.id == _A.part_id)
    .outerjoin(Visit, Visit.id == _A.visit_id)
    .outerjoin(TourSession, TourSession.id == Visit.tour_session_id)
    .outerjoin(Tour, Tour.id == TourSession.tour_id)
    .outerjoin(Site, Site.id == Visit.site_id)
    .where(*_SHOWN)
)
DUTIES = select(_A).options(*WHOLE_DUTY).where(*_SHOWN).order_by(_A.starts_at, _A.uid)
# Numbers of which at least one differs whenever anything that an entry says does.
REVISION = _JOINED.add_columns(
    func.count(),
    func.sum(_A.id),
    func.sum(_A.version),
    func.sum(Delegation.version),
    func.sum(Part.headcount),
    func.sum(Visit.version),
    func.sum(Tour.version),
    func.sum(Site.version),
)
NEWEST = _JOINED.add_columns(
    func.max(_A.stamped_at), func.max(Delegation.changed_at), func.max(Visit.changed_at)
)

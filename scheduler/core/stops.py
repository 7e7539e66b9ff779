"""Where a delegation is: its stops, the parts that go there, and whom it should not meet."""

from dataclasses import dataclass
from enum import StrEnum

from scheduler.core.spans import Span


class EngagementKind(StrEnum):
    """What a delegation does that is no tour."""

    MEETING = "meeting"
    COURTESY_CALL = "courtesy_call"
    MEAL = "meal"
    PRAYER = "prayer"
    TRANSFER = "transfer"
    FREE_TIME = "free_time"


class EngagementState(StrEnum):
    PLANNED = "planned"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class PartFacts:
    """A named share of a delegation. Parts of one division share nobody; others may."""

    id: int
    division: str
    name: str
    headcount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Where a delegation, or a part of it, already is: another of its visits that occupies places, or an
    engagement. `site_code` is the code of the site or other place, None where nobody said; who goes on a
    transfer leaves from another place (`leaves_from`) than they entered."""

    visit_id: int | None = None
    engagement_id: int | None = None
    kind: str = "visit"
    site_code: str | None
    leaves_from: str | None = None
    span: Span
    part: PartFacts | None = None
    headcount: int = 0

    @property
    def ends_where(self) -> str | None:
        """The code of the place where its people are when it ends."""
        return self.leaves_from or self.site_code


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A visit of another delegation, one that this delegation should not meet."""

    delegation_id: int
    name: str
    site_code: str
    span: Span

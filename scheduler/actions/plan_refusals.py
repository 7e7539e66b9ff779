"""Why a proposal is not booked: another one was, it stands otherwise, or the world is another by now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from scheduler.actions.batches import BatchRefused
from scheduler.actions.plan_changes import Change
from scheduler.core.facts import VisitRequest
from scheduler.core.lifecycle import CALLED_OFF, VisitState
from scheduler.core.verdicts import Verdict
from scheduler.planner.answers import PlannedVisit, Proposal
from scheduler.records.plans import PlanJob
from scheduler.records.visits import Visit


@dataclass(frozen=True, slots=True)
class Asking:
    """One visit to be booked of one stop."""

    stop: int
    visit: PlannedVisit
    request: VisitRequest


class PlanBooked(Exception):
    """Another proposal of the plan was accepted before: two of them would book everything twice."""

    def __init__(self, proposal: int) -> None:
        super().__init__(f"proposal {proposal} was accepted")
        self.proposal = proposal


class PlanStands(Exception):
    """What is to be accepted was booked before and does not stand as it is asked for now: as `held` or
    `requested` it stands already, or it was `called_off` since. `visits` are those meant."""

    def __init__(self, stands: str, visits: Sequence[Visit]) -> None:
        super().__init__(stands)
        self.stands, self.visits = stands, list(visits)


class PlanChanged(Exception):
    """What the plan was made for is not true any more; raised within the act, which then leaves nothing."""

    def __init__(self, changes: Sequence[Change]) -> None:
        super().__init__(", ".join(change.code for change in changes))
        self.changes = list(changes)


class PlanOvertaken(Exception):
    """The world has changed since the plan was made. Nothing was booked; `fallen` (indexes of stops) do not
    fit any more: the rules refuse them, or what they were proposed for has changed. `plan` plans the
    difference; None where nothing can be planned."""

    def __init__(
        self, proposal: Proposal, askings: Sequence[Asking], why: BatchRefused | PlanChanged
    ) -> None:
        super().__init__(str(why))
        self.proposal, self.askings = proposal, list(askings)
        self.refused = why if isinstance(why, BatchRefused) else None
        self.changes = why.changes if isinstance(why, PlanChanged) else []
        self.fallen = fallen_in(self.refused, askings) if self.refused else _stops_of(self.changes)
        self.plan: PlanJob | None = None

    @property
    def kept(self) -> list[int]:
        """The stops wanted that stand as before."""
        wanted = dict.fromkeys(asking.stop for asking in self.askings)
        return [stop for stop in wanted if stop not in self.fallen]


def is_gone(visit: Visit, at: datetime) -> bool:
    """Whether a visit stands no more: called off, or held until an instant that is over."""
    has_run_out = visit.hold_until is not None and visit.hold_until <= at
    return visit.state in CALLED_OFF or (visit.state is VisitState.HELD and has_run_out)


def fallen_in(refused: BatchRefused, askings: Sequence[Asking]) -> list[int]:
    """The stops against which a rule stands now, not only a caution."""
    told: list[tuple[Asking, Verdict]] = list(zip(askings, refused.verdicts, strict=False))
    return list(dict.fromkeys(asking.stop for asking, verdict in told if verdict.is_refused))


def _stops_of(changes: Sequence[Change]) -> list[int]:
    return sorted({stop for change in changes for stop in change.stops})

"""What one question is worked out from: the question, its candidates, and what its days can hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from time import monotonic

from scheduler.planner.asked import PlanAsked
from scheduler.planner.candidates import Candidate, Weighing, whole_candidates
from scheduler.planner.sharing import split_candidates

# A stay of more days than this is no visit; what lies beyond is not planned.
MOST_DAYS = 40


@dataclass(frozen=True, eq=False)
class Candidates:
    """Every candidate of every wish (all there was time to find), in order of hour.

    What is refused is not here: `weighing.kept_out` and `weighing.weigh` say why of any session."""

    weighing: Weighing
    of_wish: Mapping[int, Sequence[Candidate]]
    is_complete: bool = True

    @property
    def asked(self) -> PlanAsked:
        return self.weighing.asked

    def on(self, day: date) -> list[Candidate]:
        """Those of one local day."""
        return [each for found in self.of_wish.values() for each in found if each.on == day]


def candidates_of(asked: PlanAsked, until: float = float("inf")) -> Candidates:
    """What the rules would take of all the sessions that the question allows, as far as there is time (until
    a monotonic second). A party is split only for tours of which no session takes it whole."""
    weighing, is_complete = Weighing(asked), True
    of_wish = {}
    for wish in sorted(asked.wishes, key=lambda wish: (not wish.is_must, -wish.priority)):
        found: list[Candidate] = []
        for option, _ in weighing.tours(wish):
            if monotonic() > until:
                is_complete = False
                break
            found += whole_candidates(weighing, wish, option) or split_candidates(weighing, wish, option)
        of_wish[wish.id] = sorted(found, key=lambda candidate: candidate.starts_at)
    return Candidates(weighing, of_wish, is_complete)


def local_days(asked: PlanAsked) -> list[date]:
    """The local days of the stay, none before the one of the asking."""
    stay, zone = asked.delegation.stay, asked.zone
    first, last = (t.astimezone(zone).date() for t in (stay.starts_at, stay.ends_at))
    first = max(first, asked.at.astimezone(zone).date())
    return [first + timedelta(days=n) for n in range(min((last - first).days + 1, MOST_DAYS))]

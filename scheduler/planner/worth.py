"""What each wish is worth to the choice of days: pins, musts, priorities, and which exclude each other."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.core.wishes import WishFacts
from scheduler.planner.asked import PlanAsked
from scheduler.planner.candidates import Candidate

# A fallback counts half, so everything is counted double.
WHOLE, HALF = 2, 1


@dataclass(frozen=True, slots=True)
class Worth:
    """Counts that add up: pinned visits, musts kept, priorities fulfilled (doubled)."""

    pins: int = 0
    musts: int = 0
    priorities: int = 0

    def __add__(self, other: "Worth") -> "Worth":
        return Worth(self.pins + other.pins, self.musts + other.musts, self.priorities + other.priorities)

    @property
    def rank(self) -> int:
        """One number in order of importance."""
        return (self.pins << 40) + (self.musts << 20) + self.priorities


class Wishes:
    """The wishes of one question by their ids, and what follows from what."""

    def __init__(self, asked: PlanAsked) -> None:
        self.by_id = {wish.id: wish for wish in asked.wishes}
        self.pinned = {pin.wish_id for pin in asked.pins} & self.by_id.keys()
        self._must_groups = {w.either for w in asked.wishes if w.is_must and w.either}
        tours = Counter(code for w in self.by_id.values() for code in {*w.tours, *w.fallback})
        self.shared_tours = frozenset(code for code, number in tours.items() if number > 1)

    def worth(self, candidate: Candidate) -> Worth:
        """What a visit brings. A fallback keeps no must; of an "either" group with a must anyone keeps it."""
        wish = candidate.wish
        counts = HALF if candidate.is_fallback else WHOLE
        is_kept = self.is_must(wish) and not candidate.is_fallback
        return Worth(int(candidate.is_pinned), int(is_kept), wish.priority * counts)

    def is_must(self, wish: WishFacts) -> bool:
        return wish.is_must or (wish.either != "" and wish.either in self._must_groups)

    @property
    def musts(self) -> int:
        """How many musts there are, an "either" group being one."""
        alone = sum(1 for w in self.by_id.values() if w.is_must and not w.either)
        return alone + len(self._must_groups)

    @property
    def priorities(self) -> int:
        """The sum of all priorities, of an "either" group the dearest."""
        groups: dict[str | int, int] = {}
        for wish in self.by_id.values():
            key = wish.either or wish.id
            groups[key] = max(groups.get(key, 0), wish.priority)
        return sum(groups.values())

    def comes_after(self, wish_id: int) -> int | None:
        """The wish that must be fulfilled earlier. One that is not asked for is fulfilled already."""
        after = self.by_id[wish_id].after
        return after if after in self.by_id else None

    def bars(self, one: Candidate, others: Sequence[Candidate]) -> list[bool]:
        """Whether each of some others may not have been seen on the same day before this one: the same
        wish, the same tour, the other of an "either", what has to come after it."""
        wish = one.wish
        return [
            other.wish.id == wish.id
            or other.tour_code == one.tour_code
            or (wish.either != "" and wish.either == other.wish.either)
            or self.comes_after(other.wish.id) == wish.id
            for other in others
        ]

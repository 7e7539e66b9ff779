"""One step of the whole visit: an act, what stood against it by plain counting, and what came of it."""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine

from scheduler.actions.batches import BatchRefused
from scheduler.actions.bookings import VisitRefused
from scheduler.actions.invalid import Invalid
from scheduler.actions.shifts import ShiftRefused
from scheduler.core.facts import VisitRequest
from tests.machine.laws import LAWS
from tests.machine.reasons import Wanted
from tests.machine.staffed_city import EARLY, build
from tests.machine.turns import check_in_turn, settle
from tests.machine.world import OCCUPYING, Row, World, everything, read

ON_THE_WAY = {"cannot_come_from_stop_before", "cannot_reach_stop_after"}
NOTHING: set[str] = set()
YES = {"acknowledge": ("all",), "acknowledge_reason": "Known"}


class Steps(RuleBasedStateMachine):
    """One example: a fresh city early on the day, and how an act is tried and judged."""

    def __init__(self) -> None:
        super().__init__()
        self.city = build()
        self.now = EARLY
        self.world = read(self.city, self.now)
        self.everything = everything()

    def ready(self, sites: Iterable[int] = (), guests: Iterable[int] = ()) -> World:
        """The world as an act finds it that concerns these: holds that ran out are over, and who waits there
        was served in turn."""
        self.sites, all_guests = self.world.locked(sites, guests)
        found = self.world.copy()
        found.expire(self.sites, all_guests)
        self.first = settle(found, self.sites)
        return found

    def try_act(
        self, expected: Collection[str], act: Callable[[], Any], *, perhaps: Collection[str] = ()
    ) -> Any:
        """Do an act after `ready`. Expected are the codes of what stands against it: then it is refused for
        these; with none it is done. `perhaps` are codes that may turn up instead of nothing."""
        done, told = self.outcome(act)
        is_perhaps = bool(told) and not expected and told <= set(perhaps)
        is_as_expected = _certain(told) == _certain(set(expected))
        assert is_perhaps or is_as_expected, f"refused for {told}, not for {set(expected)}"
        return done

    def outcome(self, act: Callable[[], Any]) -> tuple[Any, set[str]]:
        """What an act gives, or the codes it is refused for. Refused, it changes nothing at all; done, every
        law stands."""
        try:
            done = act()
        except (VisitRefused, BatchRefused, ShiftRefused, Invalid) as refused:
            assert everything() == self.everything
            return None, codes_of(refused) or {"caution"}
        self.look()
        return done, set()

    def look(self) -> None:
        """What is the case after an act, by every law."""
        before, self.world = self.world, read(self.city, self.now)
        self.everything = everything()
        for law in LAWS:
            law(self.world)
        check_in_turn(before, self.world, self.sites, self.first)
        self.before = before

    # How an act's words come about --------------------------------------------------------------------------

    def wanted(self, who: str, slot: Any, headcount: int, part: int = 0, **more: Any) -> Wanted:
        """Somebody's wish. `part` chooses among the delegation's parts and the whole of it."""
        number, (tour, starts_at) = self.city.number(self.city.guests, who), slot
        parts = [None, *(p for p in self.world["part"] if p["delegation_id"] == number)]
        chosen = parts[part % len(parts)]
        return {
            "who": number,
            "part_id": chosen and chosen["id"],
            "headcount": headcount,
            "tour_id": self.city.number(self.city.tours, tour),
            "starts_at": starts_at,
            **more,
        }

    def request(self, wanted: Wanted, **more: Any) -> VisitRequest:
        return VisitRequest(
            delegation_id=wanted["who"],
            part_id=wanted["part_id"],
            headcount=wanted["headcount"],
            tour_code=self.city.tours[wanted["tour_id"]]["name"],
            starts_at=wanted["starts_at"],
            visit_id=wanted.get("visit"),
            assign=tuple(wanted.get("assign", ())),
            **YES,
            **more,
        )

    def site_of(self, wanted: Wanted) -> int:
        return int(self.city.tours[wanted["tour_id"]]["site_id"])

    def choose(self, table: str, which: int) -> Row:
        """One row of many; the newest come first."""
        rows = self.world[table]
        return rows[-1 - which % len(rows)]

    def choose_visit(self, which: int) -> Row:
        """One of those that somebody goes along with, or one of all."""
        with_duties = {duty["visit_id"] for duty in self.world["assignment"] if duty["state"] in OCCUPYING}
        escorted = [visit for visit in self.world["visit"] if visit["id"] in with_duties]
        return escorted[-1 - which % len(escorted)] if escorted and which % 2 else self.choose("visit", which)

    def has(self, table: str) -> bool:
        return bool(self.world[table])


def _certain(codes: set[str]) -> set[str]:
    """Of wishes that would put somebody in two places at once nobody can say from where they come."""
    if not any(code.endswith(":already_elsewhere") for code in codes):
        return codes
    return {code for code in codes if code.partition(":")[2] not in ON_THE_WAY}


def codes_of(refused: Exception) -> set[str]:
    """What an act was refused for: codes; of a batch with the number of the request before each."""
    if isinstance(refused, VisitRefused):
        return {refusal.code.value for refusal in refused.verdict.refusals}
    if isinstance(refused, BatchRefused):
        told = enumerate(refused.verdicts)
        return {f"{number}:{r.code.value}" for number, verdict in told for r in verdict.refusals}
    if isinstance(refused, ShiftRefused):
        verdicts = (*refused.visits.values(), *refused.engagements.values())
        return {r.code.value for verdict in verdicts for r in verdict.refusals}
    assert isinstance(refused, Invalid)
    return {refused.code}

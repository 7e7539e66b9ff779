"""Splitting a party too large for a session over sessions or rounds: parts made and booked in one act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from scheduler.access import Actor, Permission
from scheduler.actions.batches import book_within_an_act
from scheduler.actions.bookings import VisitRefused
from scheduler.actions.invalid import Invalid
from scheduler.actions.parts import PartAsked, divide_to_book
from scheduler.core.conflicts import size_refusals
from scheduler.core.facts import Diary, Running, VisitRequest
from scheduler.core.splitting import sizes, spread
from scheduler.core.stops import PartFacts
from scheduler.core.verdicts import Caution, Refusal, RefusalCode, Verdict
from scheduler.records.diary import diary_for
from scheduler.records.part_lookup import parts_of
from scheduler.records.parts import Part
from scheduler.records.visit_lookup import site_of_request
from scheduler.records.visits import Visit
from scheduler.records.writing import Parents, writing

MOST_PIECES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One share of a split party and the session for it; `running` is None where none near takes it.
    `part_id` is a part that is there already, None for one to be made."""

    name: str
    headcount: int
    part_id: int | None = None
    running: Running | None = None
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A proposal: the division and its pieces, in order of hour."""

    division: str
    tour_code: str
    pieces: tuple[Piece, ...]

    @property
    def is_whole(self) -> bool:
        return all(piece.running is not None for piece in self.pieces)


def propose_split(request: VisitRequest, at: datetime, *, pieces: int | None = None) -> Split:
    """How a party that asks for a session could be split over sessions near: a division the delegation has
    already if its parts fit, else even new parts. Nothing is written. Raises NotFound, Invalid, VisitRefused
    (the tour takes no groups so small)."""
    if pieces is not None and not 2 <= pieces <= MOST_PIECES:
        raise Invalid("pieces", "out_of_range", least=2, most=MOST_PIECES)
    diary = diary_for(request, at, with_options=True)
    assert request.delegation_id is not None
    _must_be_several(request, diary)
    parts = None if pieces else _fitting(request, diary.tour.largest_group)
    if parts is None:
        evenly = sizes(request.headcount, diary.tour, pieces or 2)
        if not evenly or len(evenly) > MOST_PIECES:
            told = {
                "headcount": request.headcount // max(pieces or 2, 1),
                "smallest": diary.tour.smallest_group,
                "largest": diary.tour.largest_group,
            }
            raise VisitRefused(Verdict(refusals=(Refusal(RefusalCode.GROUP_TOO_SMALL, told),)))
        division = free_name(request.delegation_id, diary.tour.code)
        facts = [PartFacts(-n, division, str(n), size) for n, size in enumerate(evenly, 1)]
    else:
        division = parts[0].division
        facts = [PartFacts(part.id, division, part.name, part.headcount) for part in parts]
    placed = spread(replace(request, acknowledge=("all",)), diary, facts, at)
    made = []
    for part, found in zip(facts, placed, strict=True):
        running = found[0].diary.running if found is not None else None
        made.append(
            Piece(
                name=part.name,
                headcount=part.headcount,
                part_id=part.id if part.id > 0 else None,
                running=running,
                cautions=found[1].cautions if found is not None else (),
            )
        )
    return Split(division=division, tour_code=diary.tour.code, pieces=tuple(made))


def _must_be_several(request: VisitRequest, diary: Diary) -> None:
    """A party of one cannot be split, nor more people than there are."""
    assert diary.delegation is not None
    if more := size_refusals(diary.delegation, request.headcount):
        raise VisitRefused(Verdict(refusals=tuple(more)))
    if request.headcount < 2:
        raise Invalid("headcount", "out_of_range", least=2, most=diary.delegation.headcount)


def split(
    division: str, pieces: Sequence[tuple[str, VisitRequest]], *, by: Actor, at: datetime
) -> list[Visit]:
    """Make the parts of a division, as large as their pieces, and book each its session: all in one act or
    nothing. `pieces` are the parts' names and requests of one delegation. Raises BatchRefused (without
    alternatives), Invalid, NotFound, NotPermitted."""
    by.must(Permission.BOOK_VISITS)
    if not 2 <= len(pieces) <= MOST_PIECES:
        raise Invalid("pieces", "out_of_range", least=2, most=MOST_PIECES)
    if len({request.delegation_id for _, request in pieces}) > 1:
        raise Invalid("pieces", "one_delegation")
    named = [(name.strip(), request) for name, request in pieces]
    names = [name for name, _ in named]
    for name in names:
        if names.count(name) > 1:
            raise Invalid("pieces", "share_named_twice", name=name)
    return _split(division.strip(), named, by=by, at=at)


def _parents(division: str, pieces: list[tuple[str, VisitRequest]], **_told: object) -> Parents:
    sites = frozenset(site_of_request(request) for _, request in pieces)
    delegations = frozenset(r.delegation_id for _, r in pieces if r.delegation_id is not None)
    resources = frozenset(each for _, request in pieces for each in request.assign)
    return Parents(sites, delegations, resources)


@writing(_parents)
def _split(division: str, pieces: list[tuple[str, VisitRequest]], *, by: Actor, at: datetime) -> list[Visit]:
    delegation_id = pieces[0][1].delegation_id
    assert delegation_id is not None
    there = {p.name: p for p in parts_of(delegation_id) if p.division == division}
    if any(name not in there or there[name].headcount != r.headcount for name, r in pieces):
        parts = divide_to_book(delegation_id, division, _asked(pieces, there), by=by, at=at)
        there = {part.name: part for part in parts}
    requests = [replace(request, part_id=there[name].id) for name, request in pieces]
    return book_within_an_act(requests, by=by, at=at)


def _asked(pieces: list[tuple[str, VisitRequest]], there: Mapping[str, Part]) -> list[PartAsked]:
    """A division as it should be: the pieces with their people as before, and what else it has."""
    wanted = {name: part.headcount for name, part in there.items()}
    wanted |= {name: request.headcount for name, request in pieces}
    members = {name: [delegate.id for delegate in part.members] for name, part in there.items()}
    return [PartAsked(name, headcount, members.get(name, ())) for name, headcount in wanted.items()]


def _fitting(request: VisitRequest, largest: int) -> list[Part] | None:
    """The parts of a division that is there already, holds everybody, and has no part too large."""
    assert request.delegation_id is not None
    divisions: dict[str, list[Part]] = {}
    for part in parts_of(request.delegation_id):
        divisions.setdefault(part.division, []).append(part)
    for parts in divisions.values():
        whole = sum(part.headcount for part in parts) == request.headcount
        if len(parts) > 1 and whole and all(part.headcount <= largest for part in parts):
            return parts
    return None


def free_name(delegation_id: int, wanted: str) -> str:
    """A division's name that the delegation has not used."""
    used = {part.division for part in parts_of(delegation_id)}
    names = [wanted, *(f"{wanted} {n}" for n in range(2, len(used) + 3))]
    return next(name for name in names if name not in used)

"""What an officer chose of a repair: which moves, where else instead, what to put off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from scheduler.actions.invalid import Invalid
from scheduler.core.facts import VisitRequest
from scheduler.planner.repairs.answers import Fate, RepairAnswer, RepairedVisit
from scheduler.records.visits import Visit

KEEPING = frozenset({Fate.STAYS, Fate.MOVES})


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Another session than the one proposed: by its id, or by tour and hour. `assign` names who comes along
    in place of those proposed (None: as proposed)."""

    tour_session_id: int | None = None
    tour_code: str | None = None
    starts_at: datetime | None = None
    assign: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairChoice:
    """Which visits (`only`, by id; None: all that keep a place of their own tour; a stand-in must be named),
    where some go instead, which are put off, and what is ticked and overridden."""

    only: tuple[int, ...] | None = None
    edited: Mapping[int, Edit] = field(default_factory=dict)
    postpone: tuple[int, ...] = ()
    acknowledge: tuple[str, ...] = ()
    acknowledge_reason: str = ""
    overrides: frozenset[str] = frozenset()
    override_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """One visit of a repair as chosen: asked for anew (`request`), or only with other people along; `before`
    are those who came along when it was planned."""

    visit_id: int
    version: int
    delegation_id: int
    target: str
    before: frozenset[int] = frozenset()
    request: VisitRequest | None = None
    let_go: tuple[int, ...] = ()
    sent: tuple[int, ...] = ()
    is_edited: bool = False
    is_postponed: bool = False


def chosen_of(answer: RepairAnswer, told: RepairChoice, visits: Mapping[int, Visit]) -> list[Chosen]:
    """Everything that was chosen, in the order in which it is asked for and written: what is put off first,
    then who has nobody along, who then still find somebody free; by hour. `visits` are the rows as they are.
    Raises Invalid (a visit not of this repair, named twice, nowhere to go; nothing chosen)."""
    known = {each.visit_id: each for each in answer.visits}
    _must_be_known(known, told)
    wanted = told.only
    if wanted is None:
        wanted = tuple(each.visit_id for each in answer.visits if each.fate in KEEPING)
    moving = [key for key in dict.fromkeys((*wanted, *told.edited)) if key not in told.postpone]
    if not (moving or told.postpone):
        raise Invalid("only", "nothing_to_do")
    off = [_put_off(known[key]) for key in dict.fromkeys(told.postpone)]
    return [*off, *_in_order([_one(known[key], told, visits[key]) for key in moving])]


def _must_be_known(known: Mapping[int, RepairedVisit], told: RepairChoice) -> None:
    for name, ids in (("only", told.only or ()), ("edited", tuple(told.edited)), ("postpone", told.postpone)):
        for index, visit_id in enumerate(ids):
            if visit_id not in known:
                raise Invalid(f"{name}.{index}", "not_of_this_repair", value=visit_id)
    for index, visit_id in enumerate(told.only or ()):
        if known[visit_id].after is None and visit_id not in {*told.edited, *told.postpone}:
            raise Invalid(f"only.{index}", "nowhere_to_go", value=visit_id)
    for index, visit_id in enumerate(told.postpone):
        if visit_id in (*(told.only or ()), *told.edited):
            raise Invalid(f"postpone.{index}", "named_twice")


def _put_off(visit: RepairedVisit) -> Chosen:
    return Chosen(
        visit_id=visit.visit_id,
        version=visit.version,
        delegation_id=visit.delegation_id,
        target="postponed",
        before=frozenset(visit.before.going),
        is_postponed=True,
    )


def _one(visit: RepairedVisit, told: RepairChoice, row: Visit) -> Chosen:
    edit = told.edited.get(visit.visit_id)
    after = visit.after or visit.before
    going = after.going if edit is None or edit.assign is None else edit.assign
    there = set(visit.before.going)
    let_go = tuple(each for each in visit.before.going if each not in going)
    sent = tuple(each for each in going if each not in there)
    is_asked = edit is not None or visit.fate is not Fate.STAYS or after.headcount != visit.before.headcount
    return Chosen(
        visit_id=visit.visit_id,
        version=visit.version,
        delegation_id=visit.delegation_id,
        target=_target(visit, edit, going),
        before=frozenset(visit.before.going),
        request=_request(visit, edit, told, row, sent) if is_asked else None,
        let_go=let_go,
        sent=sent,
        is_edited=edit is not None,
    )


def _request(
    visit: RepairedVisit, edit: Edit | None, told: RepairChoice, row: Visit, sent: tuple[int, ...]
) -> VisitRequest:
    after = visit.after or visit.before
    tour_code, starts_at, session_id = after.tour_code, after.starts_at, after.tour_session_id
    if edit is not None:
        tour_code, starts_at = edit.tour_code or tour_code, edit.starts_at or starts_at
        session_id = edit.tour_session_id
    is_named = edit is not None and session_id is not None
    return VisitRequest(
        delegation_id=visit.delegation_id,
        visit_id=visit.visit_id,
        # Sessions are named by tour and hour: one taken back and dated again is as good.
        tour_session_id=session_id if is_named else None,
        tour_code=None if is_named else tour_code,
        starts_at=None if is_named else starts_at,
        headcount=after.headcount,
        language=row.language,
        part_id=visit.part_id,
        assign=sent,
        acknowledge=told.acknowledge,
        acknowledge_reason=told.acknowledge_reason,
        overrides=told.overrides,
        override_reason=told.override_reason,
    )


def _target(visit: RepairedVisit, edit: Edit | None, going: Sequence[int]) -> str:
    """What is to become of it, in one word, by which a second acceptance of the same is told."""
    after = visit.after or visit.before
    if edit is not None and edit.tour_session_id is not None:
        where = f"#{edit.tour_session_id}"
    else:
        starts_at = (edit.starts_at if edit is not None else None) or after.starts_at
        code = (edit.tour_code if edit is not None else None) or after.tour_code
        where = f"{code}@{starts_at.timestamp():.0f}"
    return f"{where}/{after.headcount}/{','.join(map(str, sorted(going)))}"


def _in_order(chosen: Sequence[Chosen]) -> list[Chosen]:
    def turn(each: Chosen) -> tuple[bool, float, int]:
        starts_at = each.request.starts_at if each.request is not None else None
        return bool(each.sent), starts_at.timestamp() if starts_at is not None else 0.0, each.visit_id

    return sorted(chosen, key=turn)

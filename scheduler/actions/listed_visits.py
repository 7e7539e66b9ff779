"""What the rows of a list of visits ask for: names and codes found among what there is."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar

from scheduler.access import Actor
from scheduler.core.facts import VisitRequest
from scheduler.papers.delegate_list import same_name
from scheduler.papers.list_rows import RowFault
from scheduler.papers.visit_headings import VisitColumn
from scheduler.papers.visit_list import ListedVisit
from scheduler.records.delegations import Delegation
from scheduler.records.listed_lookup import delegations_to_book, parts_by_delegation
from scheduler.records.parts import Part
from scheduler.records.site_facts import zone_named
from scheduler.records.tour_lookup import tours_by_site
from scheduler.records.tours import Tour

FoundT = TypeVar("FoundT")

MOST_NAMED = 8


class NotFoundInRow(Exception):
    """A cell names nothing there is, or several: which cell, a code, and what could be written."""

    def __init__(self, cell: VisitColumn, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.cell, self.code, self.facts = cell, code, facts


@dataclass(frozen=True, slots=True)
class WantedVisit:
    """One row as a request, with what else it says."""

    row: int
    request: VisitRequest
    remarks: str = ""


@dataclass(frozen=True)
class Wanted:
    """The rows that can be asked for, and the faults of the others."""

    visits: list[WantedVisit] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)


def wanted_visits(
    listed: Sequence[ListedVisit], languages: Mapping[str, str], *, by: Actor, at: datetime
) -> Wanted:
    """Find what rows name: delegations by number or name, tours by code or name at a site by code or name,
    parts by name; times on the clock of the site. `languages` are codes by their names (as `same_name` has
    them). Faults are delegation_unknown, delegation_several, site_unknown, tour_unknown, tour_several,
    part_unknown, part_several, language_unknown, time_skipped, visit_twice (a row that asks for what an
    earlier one asks for); their columns have no letter yet. What a row leaves empty is looked for nowhere,
    and a row without day, hour or place is no request."""
    found, known = Wanted(), _Known(by, at, languages)
    asked: dict[tuple[object, ...], int] = {}
    for each in listed:
        request, missing = known.look_up(each)
        found.faults.extend(RowFault(each.row, "", one.code, one.facts, one.cell.value) for one in missing)
        if request is None:
            continue
        same = request.delegation_id, request.tour_code, request.starts_at, request.part_id
        other = asked.setdefault(same, each.row)
        if other == each.row:
            found.visits.append(WantedVisit(each.row, request, each.remarks))
        else:
            found.faults.append(RowFault(each.row, "", "visit_twice", {"other": other}))
    return found


class _Known:
    """What can be named, read once: three queries."""

    def __init__(self, by: Actor, at: datetime, languages: Mapping[str, str]) -> None:
        self._delegations = _by_name(delegations_to_book(at))
        self._numbered = {each.id: each for several in self._delegations.values() for each in several}
        self._tours = [tour for tour in tours_by_site() if by.sees_site(tour.site_id)]
        self._parts = parts_by_delegation(self._numbered)
        self._languages = languages

    def look_up(self, listed: ListedVisit) -> tuple[VisitRequest | None, list[NotFoundInRow]]:
        """What a row asks for, and all that it names in vain; a headcount left out is that of the part, or of
        the delegation."""
        missing: list[NotFoundInRow] = []
        delegation = _tried(missing, self._delegation, listed.delegation) if listed.delegation else None
        tour = _tried(missing, self._tour, listed) if listed.site or listed.tour else None
        part = _tried(missing, self._part, listed.part, delegation) if delegation else None
        language = _tried(missing, self._language, listed.language)
        starts_at = _tried(missing, _starts_at, listed, tour.site.zone) if tour else None
        if missing or delegation is None or tour is None or starts_at is None:
            return None, missing
        people = part.headcount if part is not None else delegation.headcount
        request = VisitRequest(
            delegation_id=delegation.id,
            tour_code=tour.code,
            starts_at=starts_at,
            headcount=listed.headcount or people,
            language=language,
            part_id=part.id if part is not None else None,
        )
        return request, missing

    def _delegation(self, told: str) -> Delegation:
        number = told.lstrip("#№").strip()
        if number.isascii() and number.isdecimal() and int(number) in self._numbered:
            return self._numbered[int(number)]
        named = self._delegations.get(same_name(told), [])
        if len(named) == 1:
            return named[0]
        if named:
            numbers = ", ".join(str(each.id) for each in named[:MOST_NAMED])
            raise NotFoundInRow(
                VisitColumn.DELEGATION, "delegation_several", value=told[:80], numbers=numbers
            )
        raise NotFoundInRow(VisitColumn.DELEGATION, "delegation_unknown", value=told[:80])

    def _tour(self, listed: ListedVisit) -> Tour:
        here = self._tours
        if listed.site:
            here = [tour for tour in here if _is_called(listed.site, tour.site)]
            if not here:
                known = _some(tour.site.code for tour in self._tours)
                raise NotFoundInRow(VisitColumn.SITE, "site_unknown", value=listed.site[:80], known=known)
        meant = [tour for tour in here if _is_called(listed.tour, tour)] if listed.tour else here
        if not meant and not listed.site:
            # A site with one tour may stand where the tour should.
            meant = [tour for tour in here if _is_called(listed.tour, tour.site)]
        if len(meant) == 1:
            return meant[0]
        code = "tour_several" if meant else "tour_unknown"
        known = _some(tour.code for tour in meant or here)
        raise NotFoundInRow(VisitColumn.TOUR, code, value=listed.tour[:80], known=known)

    def _part(self, told: str, delegation: Delegation) -> Part | None:
        if not told:
            return None
        parts = self._parts.get(delegation.id, [])
        meant = [p for p in parts if same_name(told) in (same_name(p.name), same_name(p.division + p.name))]
        if len(meant) == 1:
            return meant[0]
        if meant:
            known = _some(f"{part.division} {part.name}" for part in meant)
            raise NotFoundInRow(VisitColumn.PART, "part_several", value=told[:80], known=known)
        raise NotFoundInRow(VisitColumn.PART, "part_unknown", value=told[:80])

    def _language(self, told: str) -> str | None:
        if not told:
            return None
        code = self._languages.get(same_name(told))
        if code is None:
            known = _some(self._languages.values())
            raise NotFoundInRow(VisitColumn.LANGUAGE, "language_unknown", value=told[:80], known=known)
        return code


def _tried(missing: list[NotFoundInRow], find: Callable[..., FoundT | None], *told: object) -> FoundT | None:
    """What is found; where nothing is, why not joins the others."""
    try:
        return find(*told)
    except NotFoundInRow as nothing:
        missing.append(nothing)
        return None


def _by_name(delegations: Iterable[Delegation]) -> dict[str, list[Delegation]]:
    found: dict[str, list[Delegation]] = defaultdict(list)
    for each in delegations:
        for name in {same_name(told) for told in (each.name, each.name_native) if told}:
            found[name].append(each)
    return found


def _is_called(told: str, thing: Any) -> bool:
    """Whether a site or tour is meant: by its code, or by either of its names."""
    return same_name(told) in {
        same_name(name) for name in (thing.code, thing.name, thing.name_native) if name
    }


def _starts_at(listed: ListedVisit, zone: str) -> datetime | None:
    if listed.on is None or listed.start is None:
        return None
    wall = datetime.combine(listed.on, listed.start)
    starts_at = wall.replace(tzinfo=zone_named(zone))
    if starts_at.astimezone(UTC).astimezone(zone_named(zone)).replace(tzinfo=None) != wall:
        raise NotFoundInRow(VisitColumn.START, "time_skipped")
    return starts_at


def _some(names: Iterable[str]) -> str:
    """A few of what there is, each once, in their order."""
    return ", ".join(_first(dict.fromkeys(names)))


def _first(names: Iterable[str]) -> Iterator[str]:
    for number, name in enumerate(names):
        if number == MOST_NAMED:
            yield "…"
            return
        yield name

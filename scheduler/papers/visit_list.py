"""Lists of visits as spreadsheets: what each row asks for, as far as a paper alone can tell."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from scheduler.core.lines import is_one_line
from scheduler.papers.list_rows import ListRow, ReadList, RowFault, Shape, read_rows
from scheduler.papers.sheet import LONGEST_CELL, CellKind
from scheduler.papers.typed_cells import CellUnclear, count_in, day_in, time_in
from scheduler.papers.visit_headings import VOCABULARY, VisitColumn, header_of

LONGEST = 200
LONGEST_REMARKS = 500
SHAPE = Shape(VOCABULARY, header_of, tuple(VisitColumn))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedVisit:
    """One visit that a row asks for, in its own words: who and where are names or codes still to be found.
    Empty or None where the row says nothing."""

    row: int
    delegation: str
    site: str
    tour: str
    on: date | None
    start: time | None
    headcount: int | None = None
    language: str = ""
    part: str = ""
    remarks: str = ""


@dataclass(frozen=True)
class VisitList:
    """What was understood: visits without a fault, the faults of the other rows, and what those say in their
    cells that are right."""

    visits: list[ListedVisit]
    faults: list[RowFault]
    halves: list[ListedVisit] = field(default_factory=list)


def read_visit_list(data: bytes, languages: Iterable[str] = ()) -> ReadList:
    """The rows of a list of visits. Raises SheetUnreadable (see `read_rows`)."""
    return read_rows(data, SHAPE, languages)


def judge_visits(read: ReadList) -> VisitList:
    """Which rows say plainly what they want. Faults are those of cells (formula, error, merged, too_long,
    control), delegation_missing, tour_missing, and what dates, times and headcounts can lack (see
    typed_cells)."""
    found = VisitList([], [])
    for row in read.rows:
        wrong = list(_faults_of_row(row, read))
        found.faults.extend(wrong)
        right = row.mended({cell: "" for fault in wrong for cell in _unsaid(fault.cell)})
        (found.halves if wrong else found.visits).append(_visit(right, read.serials))
    return found


def _unsaid(cell: str) -> tuple[str, ...]:
    """What says nothing certain where a cell is at fault: without its site, a tour may be any site's."""
    return (cell, VisitColumn.TOUR.value) if cell == VisitColumn.SITE else (cell,)


def _faults_of_row(row: ListRow, read: ReadList) -> Iterator[RowFault]:
    told = {column: list(_faults_of_cell(row, column, read.serials)) for column in VisitColumn}
    if not row.text(VisitColumn.DELEGATION):
        told[VisitColumn.DELEGATION].append(("delegation_missing", {}))
    if not row.text(VisitColumn.SITE) and not row.text(VisitColumn.TOUR):
        told[VisitColumn.TOUR].append(("tour_missing", {}))
    for column, wrong in told.items():
        for code, facts in wrong:
            yield RowFault(row.number, read.letters.get(column, ""), code, facts, column.value)


def _faults_of_cell(row: ListRow, column: VisitColumn, serials: str) -> Iterator[tuple[str, dict[str, Any]]]:
    text = row.text(column)
    most = LONGEST_REMARKS if column is VisitColumn.REMARKS else LONGEST
    if column in row.merged:
        yield "merged", {}
    elif row.kinds.get(column) in (CellKind.FORMULA, CellKind.ERROR):
        yield row.kinds[column].value, {"value": text[:40]}
    elif row.kinds.get(column) is CellKind.CUT:
        yield "too_long", {"length": f"> {LONGEST_CELL}", "most": most}
    elif len(text) > most:
        yield "too_long", {"length": len(text), "most": most}
    elif not is_one_line(text):
        yield "control", {}
    elif column in _READERS:
        try:
            _READERS[column](row, serials)
        except CellUnclear as unclear:
            yield unclear.code, unclear.facts


def _visit(row: ListRow, serials: str) -> ListedVisit:
    day, start = row.text(VisitColumn.DATE), row.text(VisitColumn.START)
    return ListedVisit(
        row=row.number,
        delegation=row.text(VisitColumn.DELEGATION),
        site=row.text(VisitColumn.SITE),
        tour=row.text(VisitColumn.TOUR),
        on=day_in(day, serials=serials) if day else None,
        start=time_in(start, serials=serials) if start else None,
        headcount=count_in(row.text(VisitColumn.HEADCOUNT)),
        language=row.text(VisitColumn.LANGUAGE),
        part=row.text(VisitColumn.PART),
        remarks=row.text(VisitColumn.REMARKS),
    )


def _on(row: ListRow, serials: str) -> date:
    return day_in(row.text(VisitColumn.DATE), serials=serials)


def _start(row: ListRow, serials: str) -> time:
    return time_in(row.text(VisitColumn.START), serials=serials)


def _count(row: ListRow, _serials: str) -> int | None:
    return count_in(row.text(VisitColumn.HEADCOUNT))


_READERS: dict[VisitColumn, Callable[[ListRow, str], Any]] = {
    VisitColumn.DATE: _on,
    VisitColumn.START: _start,
    VisitColumn.HEADCOUNT: _count,
}

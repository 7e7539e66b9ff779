"""The board as lists: made from the very data that the grid is made of, so that neither shows more."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from scheduler.blueprints.board.forms import BoardWanted
from scheduler.words.code_names import VISIT_STATES
from scheduler.words.instants import TO, day_and_hours, short_day

Told = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """One visit, session, engagement or wish. `links` are ways to act: words and address."""

    at: str
    when: str
    title: str
    what: str
    url: str | None
    number: str
    state: str = ""
    state_text: str = ""
    notes: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)

    @property
    def has_badge(self) -> bool:
        """Whether its state is one of a visit's, each of which has its own look."""
        return self.state in VISIT_STATES


@dataclass(frozen=True)
class ListedRow:
    """One row of the board with all that stands in it; `behind` are hours and closures, in words."""

    name: str
    detail: str
    url: str | None
    lines: list[Line]
    behind: list[str]


def rows_of(told: Told, wanted: BoardWanted) -> list[ListedRow]:
    """Row by row, each in order of hour."""
    codes = {f"site:{site.id}": site.code for site in wanted.sites}
    lines: dict[str, list[Line]] = defaultdict(list)
    for session in told["sessions"]:
        lines[session["row"]].append(_session(session, codes[session["row"]], told["may_book"]))
    for item in told["items"]:
        lines[item["row"]].append(_item(item))
    behind: dict[str, list[str]] = defaultdict(list)
    for stretch in told["backgrounds"]:
        behind[stretch["row"]].append(f"{_span(stretch)}: {stretch['text']}")
    return [
        ListedRow(
            name=row["name"],
            detail=row["detail"],
            url=row["href"],
            lines=sorted(lines[row["id"]], key=lambda line: line.at),
            behind=behind[row["id"]],
        )
        for row in told["rows"]
    ]


def tray_lines(tray: Iterable[Told]) -> list[Line]:
    """What is not yet placed, with the way to book or move it."""
    return [
        Line(
            at="",
            when="",
            title=each["title"],
            what=" · ".join(words for words in (each["site"], each["what"]) if words),
            url=each["href"],
            number=str(each["headcount"]),
            state=each["state"],
            state_text=each["state_text"],
            notes=each["notes"],
            links=_placing(each) if each["movable"] else [],
        )
        for each in tray
    ]


def _placing(each: Told) -> list[tuple[str, str]]:
    kind, number = each["id"].split(":")
    if kind == "visit":
        return [(_("Move"), url_for("visits.pick_move", visit_id=number))]
    return [(_("Book"), url_for("visits.book", delegation=each["delegation_id"], wish=number))]


def _session(session: Told, site_code: str, may_book: bool) -> Line:
    book = url_for("visits.book", site=site_code, on=session["start"][:10])
    return Line(
        at=session["start"],
        when=_span(session),
        title=session["name"],
        what=_("Session"),
        url=None,
        number=session["fill_text"],
        links=[(_("Book"), book)] if may_book else [],
    )


def _item(item: Told) -> Line:
    may_move = item["movable"] and item["kind"] == "visit"
    move = url_for("visits.pick_move", visit_id=item["id"].split(":")[1]) if may_move else ""
    return Line(
        at=item["start"],
        when=_span(item),
        title=item["title"],
        what=item["what"],
        url=item["href"],
        number="" if item["headcount"] is None else str(item["headcount"]),
        state=item["state"],
        state_text=item["state_text"],
        notes=[_("Clash"), *item["notes"]] if item["clashing"] else item["notes"],
        links=[(_("Move"), move)] if may_move else [],
    )


def _span(told: Told) -> str:
    """The instants are on the city's clock already; days and hours are read off them."""
    begin, end = told["start"], told["end"]
    day = short_day(date.fromisoformat(begin[:10]))
    if begin[:10] == end[:10]:
        return day_and_hours(day, f"{begin[11:16]}{TO}{end[11:16]}")
    last = day_and_hours(short_day(date.fromisoformat(end[:10])), end[11:16])
    return f"{day_and_hours(day, begin[11:16])} {TO} {last}"

"""The rows of a list of visits as their page shows them: right, to be confirmed, at fault, refused."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from flask import current_app
from flask_babel import force_locale
from werkzeug.datastructures import MultiDict

from scheduler.access import Actor
from scheduler.actions.listed_visits import WantedVisit, wanted_visits
from scheduler.actions.visit_lists import Answer, judge_list, ticked
from scheduler.blueprints.imports.mending import Mending, mending, without
from scheduler.blueprints.stop_rows import RowAnswer, row_answer, session_in
from scheduler.blueprints.ways import visit_url
from scheduler.papers.delegate_list import same_name
from scheduler.papers.list_rows import ReadList, RowFault
from scheduler.papers.visit_headings import VisitColumn
from scheduler.papers.visit_list import judge_visits
from scheduler.records.delegations import Delegation
from scheduler.records.listed_lookup import delegations_to_book
from scheduler.records.site_facts import zone_named
from scheduler.records.tour_lookup import tours_with_codes
from scheduler.records.tours import Tour
from scheduler.records.visit_lookup import visits_numbered
from scheduler.records.visits import Visit
from scheduler.words.code_names import LANGUAGE_NAMES
from scheduler.words.instants import moment_in_words
from scheduler.words.list_words import VISIT_COLUMNS, encoding_in_words
from scheduler.words.names import name_of
from scheduler.words.own_names import own_name
from scheduler.words.reason_words import PASSED
from scheduler.words.verdict_words import caution_in_words

# Columns to type in though the file had none of them.
ALWAYS = frozenset({VisitColumn.TOUR, VisitColumn.START, VisitColumn.HEADCOUNT})
MOST_TOLD = 5


@dataclass(frozen=True)
class SoundRow:
    """A row that can be booked, or was: what it asks for, in words."""

    row: int
    name: str
    what: str
    when: str
    headcount: int
    remarks: str
    url: str | None = None


@dataclass
class CautionGroup:
    """One kind of caution with the rows that it is about, the first of them in words."""

    code: str
    title: str
    rows: list[tuple[int, str]] = field(default_factory=list)

    @property
    def told(self) -> list[tuple[int, str]]:
        return self.rows[:MOST_TOLD]


@dataclass(frozen=True)
class Judged:
    """A whole list as the rules see it. `number_standing` counts the rows that could be booked now."""

    read: ReadList
    wanted: Sequence[WantedVisit]
    faults: Sequence[RowFault]
    mending: Mending
    sound: Sequence[SoundRow]
    cautions: Sequence[CautionGroup]
    there: Sequence[Visit]
    number_standing: int
    number_refused: int
    encoding: str

    @property
    def is_whole(self) -> bool:
        """Whether nothing stands against any row."""
        return not self.mending.number and self.number_standing + len(self.there) == len(self.wanted)


def judged(
    read: ReadList,
    left: frozenset[int],
    told: tuple[Sequence[str], str],
    languages: Mapping[str, str],
    *,
    by: Actor,
    at: datetime,
) -> Judged:
    """Ask the paper, then the archive, then the rules about every row that is not left out. `told` are the
    kinds of caution that were ticked, and why."""
    paper = judge_visits(without(read, left))
    found = wanted_visits(paper.visits, languages, by=by, at=at)
    halves = wanted_visits(paper.halves, languages, by=by, at=at)
    named = [
        replace(fault, column=read.letters.get(fault.cell, "")) for fault in [*found.faults, *halves.faults]
    ]
    faults = sorted([*paper.faults, *named], key=lambda fault: (fault.row, fault.column))
    wanted = ticked(found.visits, *told)
    answers = judge_list(wanted, by=by, at=at) if wanted else []
    refused = {each.wanted.row: row_answer(each.verdict) for each in answers if each.verdict.is_refused}
    visits = {visit.id: visit for visit in visits_numbered([a.visit_id for a in answers if a.visit_id])}
    return Judged(
        read=read,
        wanted=wanted,
        faults=faults,
        mending=mending(read, faults, _columns(read), left=left, answers=_without_cautions(refused)),
        sound=_sound([each for each in answers if not each.verdict.is_refused], at),
        cautions=_cautions(answers),
        there=list(visits.values()),
        number_standing=sum(each.stands for each in answers),
        number_refused=len(refused),
        encoding=encoding_in_words(read.encoding),
    )


def with_alternatives_taken(read: ReadList, form: MultiDict[str, str]) -> ReadList:
    """A list with the sessions that were chosen instead of what its rows said."""
    chosen = {row.number: session_in(form.get(f"take-{row.number}", "")) for row in read.rows}
    tours = tours_with_codes({told[0] for told in chosen.values() if told is not None})
    rows = []
    for row in read.rows:
        told = chosen[row.number]
        if told is None or told[0] not in tours:
            rows.append(row)
            continue
        site = tours[told[0]].site
        wall = told[1].astimezone(zone_named(site.zone))
        taken = {"tour": told[0], "date": f"{wall:%Y-%m-%d}", "start": f"{wall:%H:%M}"}
        rows.append(row.mended(taken | ({"site": site.code} if "site" in row.texts else {})))
    return read.with_rows(rows)


def spoken_names() -> dict[str, str]:
    """The codes of languages by what they are called in any language of the pages, and by themselves."""
    found = {code: code for code in LANGUAGE_NAMES}
    for locale in current_app.config["LANGUAGES"]:
        with force_locale(locale):
            found |= {same_name(str(name)): code for code, name in LANGUAGE_NAMES.items()}
    return found


def _columns(read: ReadList) -> list[tuple[str, str]]:
    wanted = ALWAYS | {column for column in VisitColumn if column.value in read.headings}
    return [(column.value, str(VISIT_COLUMNS[column.value])) for column in VisitColumn if column in wanted]


def _without_cautions(refused: Mapping[int, RowAnswer]) -> dict[int, RowAnswer]:
    """Cautions are ticked for the whole list at once, above."""
    return {row: replace(answer, cautions=[]) for row, answer in refused.items()}


def _sound(answers: Collection[Answer], at: datetime) -> list[SoundRow]:
    delegations = {each.id: each for each in delegations_to_book(at)}
    tours = tours_with_codes({each.wanted.request.tour_code or "" for each in answers})
    return [_sound_row(each, delegations, tours) for each in answers]


def _sound_row(each: Answer, delegations: Mapping[int, Delegation], tours: Mapping[str, Tour]) -> SoundRow:
    request = each.wanted.request
    tour, who = tours[request.tour_code or ""], delegations.get(request.delegation_id or 0)
    assert request.starts_at is not None
    return SoundRow(
        row=each.wanted.row,
        name=who.name if who is not None else "",
        what=f"{own_name(tour.site)}: {own_name(tour)}",
        when=moment_in_words(request.starts_at, tour.site.zone),
        headcount=request.headcount,
        remarks=each.wanted.remarks,
        url=visit_url(each.visit_id) if each.visit_id is not None else None,
    )


def _cautions(answers: Collection[Answer]) -> list[CautionGroup]:
    """Every kind of caution that somebody has to look at, of the rows that could otherwise be booked."""
    found: dict[str, CautionGroup] = {}
    for each in answers:
        if each.verdict.is_refused:
            continue
        for caution in each.verdict.cautions:
            code = caution.code.value
            group = found.setdefault(code, CautionGroup(code, name_of(PASSED, code)))
            group.rows.append((each.wanted.row, caution_in_words(caution)))
    return list(found.values())

"""A delegation's programme as a paper: a cover, a table a day with its places, the remarks."""

from dataclasses import asdict, dataclass
from datetime import datetime

from scheduler.papers.drawings import taken_apart
from scheduler.papers.plates import InLanguage
from scheduler.papers.typesetting import pictures, typeset

Pairs = tuple[tuple[str, str], ...]
TEMPLATE = "programme"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeStop:
    """One stop in words. `number` is its mark on the day's map, `way` how to come here from the stop before,
    `facts` stand with the place, `people` are those who come along, `mark` what is to be known first
    (changed, not yet certain)."""

    number: str
    time: str
    title: str
    at_home: str = ""
    second_title: str = ""
    place: str = ""
    address: str = ""
    facts: Pairs = ()
    people: Pairs = ()
    remarks: Pairs = ()
    mark: str = ""
    way: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeDay:
    """One day: its date in words, who stays with the guests, its stops, a sketch of the way."""

    title: str
    companions: tuple[str, ...] = ()
    stops: tuple[ProgrammeStop, ...] = ()
    map_title: str = ""
    map_svg: str = ""
    map_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammePaper:
    """The whole programme in one language. `names` are the delegation's, the leading one first; `columns` are
    the four headings of a day; `mark` says that it was amended, `draft` that it is not published; what
    `qr_svg` shows opens the right visit at the gate of every site."""

    language: str
    title: str
    city: str
    heading: str
    version: str
    names: tuple[InLanguage, ...]
    mark: str = ""
    draft: str = ""
    items: Pairs = ()
    columns: tuple[str, str, str, str]
    days: tuple[ProgrammeDay, ...] = ()
    remarks_title: str
    remarks: tuple[str, ...] = ()
    end_mark: str = ""
    qr_svg: str = ""
    qr_words: str = ""


def programme_pdf(paper: ProgrammePaper, second: ProgrammePaper | None = None, *, made_at: datetime) -> bytes:
    """The programme as a PDF; with `second`, the same in another language, the two stand side by side."""
    return typeset(TEMPLATE, _together(paper, second), made_at=made_at)


def programme_pictures(
    paper: ProgrammePaper, second: ProgrammePaper | None = None, *, dots_per_inch: float
) -> list[bytes]:
    """The same pages as PNG."""
    return pictures(TEMPLATE, _together(paper, second), dots_per_inch=dots_per_inch)


def _together(paper: ProgrammePaper, second: ProgrammePaper | None) -> dict[str, object]:
    return _told(paper) | {"second": None if second is None else _told(second)}


def _told(paper: ProgrammePaper) -> dict[str, object]:
    told = asdict(paper)
    for day in told["days"]:
        day["map"] = taken_apart(day.pop("map_svg"))
    return told

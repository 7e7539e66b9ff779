"""What bears names: badges, table name plates, the sign in a vehicle."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from scheduler.papers.typesetting import typeset

BADGES, NAME_PLATES, VEHICLE_SIGN = "badges", "name_plates", "vehicle_sign"


@dataclass(frozen=True, slots=True, kw_only=True)
class InLanguage:
    """A name or a day in its language, whose fonts and direction it is set in."""

    words: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """Somebody as their badge and plate say it: the name as they print it in its own language, beside it the
    name in Latin letters where it is another; the delegation's names, the one that leads first."""

    name: str
    language: str
    second_name: str = ""
    second_language: str = "en"
    delegation: tuple[InLanguage, ...] = ()
    post: str = ""
    organisation: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One vehicle's sign: whose it is, its number among theirs, the day, what the vehicle is called."""

    days: tuple[InLanguage, ...]
    names: tuple[InLanguage, ...]
    number: str = ""
    captions: tuple[InLanguage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a paper is called, in which language, and whose it is."""

    language: str
    title: str
    city: str


def badges_pdf(heading: Heading, people: Sequence[Bearer], *, made_at: datetime) -> bytes:
    """Badges of 90 x 62 mm, eight to an A4 with marks to cut along, in the order given."""
    return typeset(BADGES, _told(heading, people=people), made_at=made_at)


def name_plates_pdf(heading: Heading, people: Sequence[Bearer], *, made_at: datetime) -> bytes:
    """Tent cards, two to an A4, to be folded along the middle; in the order given."""
    return typeset(NAME_PLATES, _told(heading, people=people), made_at=made_at)


def vehicle_sign_pdf(heading: Heading, signs: Sequence[Sign], *, made_at: datetime) -> bytes:
    """A sheet of A4 on its side for every vehicle."""
    return typeset(VEHICLE_SIGN, _told(heading, signs=signs), made_at=made_at)


def _told(heading: Heading, **several: Sequence[Bearer] | Sequence[Sign]) -> dict[str, object]:
    return asdict(heading) | {name: [asdict(each) for each in told] for name, told in several.items()}

"""Letters as lines of pages: to whom, about what, how they stand since when, what went wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from scheduler.blueprints.typed import city_zone
from scheduler.records.letters import Letter, LetterKind, LetterState, Side
from scheduler.words.instants import moment_in_words

_NONE: Mapping[int, str] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class LetterLine:
    """One letter among others. `moment` says since when or until when it stands so; `problem` is what the
    last try that failed was told, in somebody else's words."""

    id: int
    name: str
    address: str
    side: Side
    subject: str
    language: str
    about: str
    about_url: str | None
    kind: LetterKind
    state: LetterState
    moment: str
    problem: str

    @property
    def url(self) -> str:
        return url_for("letters.letter", letter_id=self.id)


def letter_lines(
    letters: Iterable[Letter], delegations: Mapping[int, str] = _NONE, sites: Mapping[int, str] = _NONE
) -> list[LetterLine]:
    """Letters in words; `delegations` and `sites` are the names of those they are about, by their ids."""
    lines = []
    for letter in letters:
        who, where = delegations.get(letter.delegation_id or 0, ""), sites.get(letter.site_id or 0, "")
        lines.append(_line(letter, who or where))
    return lines


def newest_to_each(letters: Iterable[Letter]) -> list[Letter]:
    """Of letters in order from the newest, what each address was told last; what was overtaken tells nobody
    anything."""
    found: dict[tuple[str, str], Letter] = {}
    for letter in letters:
        if letter.state is not LetterState.DROPPED:
            found.setdefault((letter.address, letter.uid or letter.message_id), letter)
    return list(found.values())


def state_since(letter: Letter) -> str:
    """Since when a letter stands as it does, or what comes next and when."""
    if letter.state is LetterState.WAITING and letter.tries:
        return _tried(letter.tries) + " " + _("Next try: %(when)s", when=moment(letter.due_at))
    if letter.state is LetterState.GIVEN_UP:
        return _tried(letter.tries)
    if letter.state is LetterState.RETURNED and letter.posted_at is not None:
        return _("Was posted %(when)s", when=moment(letter.posted_at))
    if letter.state is LetterState.POSTED and letter.posted_at is not None:
        return moment(letter.posted_at)
    return _("Written %(when)s", when=moment(letter.written_at))


def moment(instant: datetime) -> str:
    """An instant on the city's clock."""
    return moment_in_words(instant, str(city_zone()))


def _tried(tries: int) -> str:
    return ngettext("Tried %(num)s time.", "Tried %(num)s times.", tries)


def _line(letter: Letter, about: str) -> LetterLine:
    is_about = letter.delegation_id is not None
    return LetterLine(
        id=letter.id,
        name=letter.name or letter.address,
        address=letter.address,
        side=letter.side,
        subject=letter.subject,
        language=letter.language,
        about=about,
        about_url=url_for("delegations.delegation", delegation_id=letter.delegation_id) if is_about else None,
        kind=letter.kind,
        state=letter.state,
        moment=state_since(letter),
        problem=letter.problem if letter.state is not LetterState.POSTED else "",
    )

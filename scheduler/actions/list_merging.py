"""What importing a list of delegates would do: who is new, who changes, who is on the list and not in it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from scheduler.papers.delegate_list import ListedDelegate, same_name
from scheduler.records.delegations import Delegate

COLUMNS = ("print_as", "name_native", "name_roman", "post", "organisation", "email")


@dataclass(frozen=True)
class Matched:
    """A row that means somebody on the list, and what it changes of them: column and new value."""

    person: ListedDelegate
    delegate: Delegate
    changes: Mapping[str, str]


@dataclass(frozen=True)
class Merge:
    """What importing rows would do. `unclear` are rows whose name is that of several on the list."""

    new: list[ListedDelegate] = field(default_factory=list)
    matched: list[Matched] = field(default_factory=list)
    missing: list[Delegate] = field(default_factory=list)
    unclear: list[ListedDelegate] = field(default_factory=list)

    @property
    def changed(self) -> list[Matched]:
        return [each for each in self.matched if each.changes]

    @property
    def same(self) -> list[Matched]:
        return [each for each in self.matched if not each.changes]


def merge(delegates: Sequence[Delegate], people: Iterable[ListedDelegate]) -> Merge:
    """Lay the people of a list beside the delegates there are.

    Somebody is known again by an e-mail address that nobody shares, else by the name, in whichever script.
    What a list leaves empty changes nothing."""
    people = list(people)
    found, taken = Merge(), set[int]()
    waiting = []
    by_email = _by_own_email(delegates, people)
    for person in people:
        delegate = by_email.get(person.email)
        if delegate is None:
            waiting.append(person)
            continue
        taken.add(delegate.id)
        found.matched.append(Matched(person, delegate, _changes(delegate, person)))
    by_name = _by_name(delegate for delegate in delegates if delegate.id not in taken)
    for person in waiting:
        namesakes = [each for each in _namesakes(by_name, person) if each.id not in taken]
        if len(namesakes) > 1:
            found.unclear.append(person)
        elif namesakes:
            taken.add(namesakes[0].id)
            found.matched.append(Matched(person, namesakes[0], _changes(namesakes[0], person)))
        else:
            found.new.append(person)
    kept = taken | {each.id for person in found.unclear for each in _namesakes(by_name, person)}
    found.missing.extend(delegate for delegate in delegates if delegate.id not in kept)
    return found


def list_mark(delegates: Iterable[Delegate]) -> str:
    """Differs whenever anybody on the list does."""
    told = [(delegate.id, delegate.version) for delegate in delegates]
    return sha256(repr(sorted(told)).encode()).hexdigest()[:16]


def _by_own_email(delegates: Iterable[Delegate], people: Iterable[ListedDelegate]) -> dict[str, Delegate]:
    """Delegates by their address, where it is that of one delegate and of one row: offices often give one for
    everybody."""
    rows = Counter(person.email for person in people)
    held = [(delegate.email.strip().lower(), delegate) for delegate in delegates if delegate.email.strip()]
    owners = Counter(email for email, _delegate in held)
    return {email: delegate for email, delegate in held if owners[email] == rows[email] == 1}


def _by_name(delegates: Iterable[Delegate]) -> dict[str, list[Delegate]]:
    found: dict[str, list[Delegate]] = {}
    for delegate in delegates:
        for name in {same_name(each) for each in (delegate.print_as, delegate.name_native) if each}:
            found.setdefault(name, []).append(delegate)
    return found


def _namesakes(by_name: Mapping[str, list[Delegate]], person: ListedDelegate) -> list[Delegate]:
    names = {same_name(each) for each in (person.print_as, person.name_native) if each}
    found = {each.id: each for name in sorted(names) for each in by_name.get(name, [])}
    return list(found.values())


def _changes(delegate: Delegate, person: ListedDelegate) -> dict[str, Any]:
    told = {name: getattr(person, name) for name in COLUMNS}
    return {name: value for name, value in told.items() if value and value != getattr(delegate, name)}

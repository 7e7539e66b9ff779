"""Badges, name plates and signs in words: whom a paper names, and how they write it."""

from collections.abc import Iterable, Sequence
from datetime import date

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from scheduler.language import guest_language
from scheduler.papers.plates import Bearer, Heading, InLanguage, Sign
from scheduler.papers.scripts import language_of_name
from scheduler.papers.typesetting import unprintable
from scheduler.records.delegations import Delegate, Delegation
from scheduler.records.resources import Resource
from scheduler.words.lists import listed
from scheduler.words.own_names import own_name, second_name
from scheduler.words.paper_words import city_in_words, language_of_paper, paper_day


def heading_of(title: str) -> Heading:
    """A paper's title in the language of the moment."""
    return Heading(language=language_of_paper(), title=title, city=city_in_words())


def both_names(
    delegation: Delegation, name: str, name_native: str, *, language: str
) -> tuple[InLanguage, ...]:
    """Both names of a delegation, in a language of their own led by the one they call themselves by."""
    leads = name_native and language == guest_language(delegation) != "en"
    names = (name_native, name) if leads else (name, name_native)
    return _in_languages(filter(None, dict.fromkeys(names)), delegation)


def bearers(delegation: Delegation, delegates: Iterable[Delegate]) -> list[Bearer]:
    """Everybody of a list in its order, the name as they print it first."""
    return [_bearer(delegation, each) for each in delegates]


def cannot_be_printed(delegates: Iterable[Delegate]) -> list[tuple[Delegate, str]]:
    """Whose names hold signs that none of our fonts has, and those signs."""
    told = [(each, unprintable(f"{each.print_as}{each.name_native}")) for each in delegates]
    return [(each, " ".join(signs)) for each, signs in told if signs]


def signs_of(delegation: Delegation, on: date, vehicles: Sequence[Resource], number: int) -> tuple[Sign, ...]:
    """A sign for each of so many vehicles, in the language of the moment and in the city's; vehicles that are
    known are named in their order."""
    return tuple(
        _sign(delegation, on, each + 1, vehicles[each] if each < len(vehicles) else None)
        for each in range(number)
    )


def _bearer(delegation: Delegation, delegate: Delegate) -> Bearer:
    spoken, name = delegation.languages, delegate.print_as
    written = (delegate.name_native, delegate.name_roman)
    others = [other for other in written if other and other != name]
    # Beside a name in another script the Latin one helps its reader, beside a Latin one their own.
    others.sort(key=lambda other: language_of_name(other, spoken) == language_of_name(name, spoken))
    second = others[0] if others else ""
    post = "" if delegate.post == name else delegate.post
    return Bearer(
        name=name,
        language=language_of_name(name, spoken),
        second_name=second,
        second_language=language_of_name(second, spoken),
        delegation=both_names(
            delegation, delegation.name, delegation.name_native, language=guest_language(delegation)
        ),
        post=post,
        organisation="" if _is_named(delegate.organisation, delegation) else delegate.organisation,
        words=listed(filter(None, (post, delegate.organisation))),
    )


def _is_named(organisation: str, delegation: Delegation) -> bool:
    """Whether the delegation's own name says already where somebody is from."""
    names = (delegation.name.casefold(), delegation.name_native.casefold())
    return any(organisation.casefold() in name for name in names)


def _in_languages(names: Iterable[str], delegation: Delegation) -> tuple[InLanguage, ...]:
    spoken = delegation.languages
    return tuple(InLanguage(words=each, language=language_of_name(each, spoken)) for each in names)


def _sign(delegation: Delegation, on: date, number: int, vehicle: Resource | None) -> Sign:
    days, captions = [], []
    for language in dict.fromkeys((language_of_paper(), current_app.config["CITY_LANGUAGE"])):
        with force_locale(language):
            days.append(InLanguage(words=paper_day(on), language=language))
            captions.append(InLanguage(words=_("Vehicle %(number)s", number=number), language=language))
    if vehicle is not None:
        names = filter(None, (own_name(vehicle), second_name(vehicle)))
        captions += [InLanguage(words=each, language=language_of_name(each)) for each in names]
    both = filter(None, dict.fromkeys((delegation.name_native, delegation.name)))
    return Sign(
        days=tuple(days),
        names=_in_languages(both, delegation),
        number=str(number),
        captions=tuple(captions),
    )

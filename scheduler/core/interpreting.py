"""Who can speak with whom: guests and hosts, and interpreters between them."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from scheduler.core.duties import ResourceFacts, ResourceKind
from scheduler.core.facts import DelegationFacts, SiteFacts
from scheduler.core.verdicts import Refusal, RefusalCode


def language_refusals(
    site: SiteFacts, delegation: DelegationFacts | None, language: str | None
) -> list[Refusal]:
    """Whether guide and guests share a language, or the guests bring an interpreter, or the office has one
    (whether that one is free depends on the hour).

    A language named in the request narrows the delegation's own; without a delegation it stands alone.
    """
    if not needs_interpreter(site, delegation, language):
        return []
    wanted = wanted_languages(delegation, language) or frozenset()
    staff = delegation.staff if delegation is not None else None
    if staff is not None and any(interpreters_between(wanted, site, staff.resources.values())):
        return []
    facts: dict[str, object] = {"wanted": sorted(wanted), "site": sorted(site.languages)}
    if not wanted and delegation is not None and language:
        facts |= {"wanted": [language], "guests": sorted(delegation.languages)}
    return [Refusal(RefusalCode.NO_COMMON_LANGUAGE, facts)]


def needs_interpreter(site: SiteFacts, delegation: DelegationFacts | None, language: str | None) -> bool:
    """Whether guests and site share no language, and the guests bring nobody who helps."""
    if delegation is not None and delegation.has_interpreter:
        return False
    wanted = wanted_languages(delegation, language)
    return wanted is not None and not wanted & site.languages


def interpreters_between(
    wanted: AbstractSet[str], site: SiteFacts, resources: Iterable[ResourceFacts]
) -> list[ResourceFacts]:
    """The interpreters with a pair of a guests' language and one that the site speaks."""
    return [r for r in resources if r.kind is ResourceKind.INTERPRETER and interprets(r, wanted, site)]


def interprets(interpreter: ResourceFacts, wanted: AbstractSet[str], site: SiteFacts) -> bool:
    """Whether one of the interpreter's pairs joins guests and hosts, either way round."""
    hosts = site.languages | {site.host_language}
    for pair in interpreter.languages:
        one, _, other = pair.partition("-")
        if (one in wanted and other in hosts) or (other in wanted and one in hosts):
            return True
    return False


def common_language(site: SiteFacts, delegation: DelegationFacts, language: str | None) -> str | None:
    """The language a visit will be in: the one asked for, else the first both sides speak, else the
    guests' own, which an interpreter then serves."""
    if language:
        return language
    return min(delegation.languages & site.languages, default=min(delegation.languages, default=None))


def wanted_languages(delegation: DelegationFacts | None, language: str | None) -> AbstractSet[str] | None:
    """The languages that would do, or None when nobody said."""
    if delegation is None:
        return {language} if language else None
    return delegation.languages & {language} if language else delegation.languages

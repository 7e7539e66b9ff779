"""Who can speak with whom. Guides and interpreters by name come later; here it is languages alone."""

from collections.abc import Set as AbstractSet

from scheduler.core.facts import DelegationFacts, SiteFacts
from scheduler.core.verdicts import Refusal, RefusalCode


def language_refusals(
    site: SiteFacts, delegation: DelegationFacts | None, language: str | None
) -> list[Refusal]:
    """Whether guide and guests share a language, or the guests bring an interpreter.

    A language named in the request narrows the delegation's own; without a delegation it stands alone.
    """
    if delegation is not None and delegation.has_interpreter:
        return []
    wanted = wanted_languages(delegation, language)
    if wanted is None or wanted & site.languages:
        return []
    return [
        Refusal(
            RefusalCode.NO_COMMON_LANGUAGE,
            {"wanted": sorted(wanted) or ([language] if language else []), "site": sorted(site.languages)},
        )
    ]


def common_language(site: SiteFacts, delegation: DelegationFacts, language: str | None) -> str | None:
    """The language a visit will be in: the one asked for, else the first both sides speak, else the
    guests' own, which their interpreter then serves."""
    if language:
        return language
    return min(delegation.languages & site.languages, default=min(delegation.languages, default=None))


def wanted_languages(delegation: DelegationFacts | None, language: str | None) -> AbstractSet[str] | None:
    """The languages that would do, or None when nobody said."""
    if delegation is None:
        return {language} if language else None
    return delegation.languages & {language} if language else delegation.languages

"""What mail servers on the way found out about a mail's sender: Authentication-Results (RFC 8601)."""

from collections.abc import Mapping
from types import MappingProxyType

from scheduler.post.fields import Fields
from scheduler.post.structured import Token, tokens

MOST_FIELDS = 50
METHODS = ("dmarc", "spf", "dkim")
# Whose domain a DMARC verdict is about.
HEADER_FROM = "header.from"

Results = tuple[str, Mapping[str, str]]


def authentication_results(fields: Fields) -> tuple[Results, ...]:
    """The authserv-id of each field, topmost first, with its results for METHODS, all in lower case.

    A mail may carry several signatures, one of which suffices: dkim is "pass" when any is. Of contradicting
    results of the others the one that is no "pass" holds. Comments and quoted text, which may repeat what a
    stranger wrote, count for nothing. Whose fields are to be trusted is `core.belief.trusted_verdict`.
    """
    found = (_read(value) for value in fields.every("authentication-results")[:MOST_FIELDS])
    return tuple(each for each in found if each)


def _read(value: str) -> Results | None:
    clauses: list[list[Token]] = [[]]
    for token in tokens(value, ";="):
        if token.is_separator and token.text == ";":
            clauses.append([])
        else:
            clauses[-1].append(token)
    if not clauses[0] or clauses[0][0].is_separator:
        return None
    results: dict[str, str] = {}
    for clause in clauses[1:]:
        _note(results, clause)
    return clauses[0][0].text.lower(), MappingProxyType(results)


def _note(results: dict[str, str], clause: list[Token]) -> None:
    """Take `method[/version] = result …` into `results`."""
    if len(clause) < 3 or any(token.is_quoted for token in clause[:3]) or clause[1].text != "=":
        return
    method, result = clause[0].text.lower().partition("/")[0], clause[2].text.lower()
    if method not in METHODS or clause[2].is_separator:
        return
    known = results.get(method)
    if known is None or (known == "pass") != (method == "dkim"):
        results[method] = result
        if method == "dmarc" and (domain := _property(clause, HEADER_FROM)):
            results[HEADER_FROM] = domain


def _property(clause: list[Token], name: str) -> str:
    """The value of a `ptype.property=value`, in lower case; empty where there is none or it is quoted."""
    for at in range(3, len(clause) - 2):
        if clause[at].text.lower() == name and clause[at + 1].text == "=" and not clause[at + 2].is_quoted:
            return clause[at + 2].text.lower()
    return ""

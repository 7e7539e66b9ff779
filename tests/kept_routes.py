"""Compiled addresses are kept from one app to the next: compiling them takes most of an app's making."""

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule

KEPT: dict[object, Callable[..., tuple[str, str]]] = {}
_compile = Rule._compile_builder


def keep_compiled_routes() -> None:
    """What Werkzeug compiles depends on the rule's text alone, not on the app: each is compiled once."""
    Rule._compile_builder = _compiled_once  # type: ignore[method-assign]


def _compiled_once(rule: Any, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
    written = (rule.rule, rule.subdomain, rule.host, repr(rule.defaults), tuple(rule._trace), append_unknown)
    if written not in KEPT:
        KEPT[written] = _compile(rule, append_unknown)
    return KEPT[written]

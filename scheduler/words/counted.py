"""Sentences of the tables whose form follows a number among their facts, as the reader's language counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import get_domain


@dataclass(frozen=True)
class Counted:
    """A sentence in two forms; `by` is the name of the fact that is counted."""

    by: str
    one: str
    many: str

    def form_for(self, facts: Mapping[str, Any]) -> str:
        """The form for these facts, which still stand out."""
        return str(get_domain().get_translations().ungettext(self.one, self.many, facts[self.by]))


def counted(by: str, one: str, many: str) -> Counted:
    """Mark such a sentence for the translators."""
    return Counted(by, one, many)


def sentence_for(told: object, facts: Mapping[str, Any]) -> str:
    """A sentence of a table, in the form that its facts want."""
    return told.form_for(facts) if isinstance(told, Counted) else str(told)

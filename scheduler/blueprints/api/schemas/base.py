"""What every shape of the API has in common: known fields alone, and the same sentences for faults."""

from typing import Any

from apiflask import Schema
from flask_babel import lazy_gettext as _l


def words(**said: Any) -> dict[str, Any]:
    """Sentences by the name of the fault they tell."""
    return said


class Shape(Schema):
    """A body or query of known fields alone."""

    error_messages = words(
        unknown=_l("There is no such field here."),
        type=_l("Give a JSON object."),
        invalid=_l("Give a JSON object."),
    )


class Said:
    """The sentences that every field of ours shares."""

    default_error_messages = words(
        required=_l("This is needed."),
        null=_l("This may not be null."),
        validator_failed=_l("This is not right."),
    )

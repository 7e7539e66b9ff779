"""What is said at a site's gate: one tap after the other, and whether photographs may be taken."""

from enum import StrEnum

LONGEST_NOTE = 500


class Photographs(StrEnum):
    """Whether photographs may be taken of a delegation here. UNKNOWN: nobody has said so yet."""

    UNKNOWN = "unknown"
    ALLOWED = "allowed"
    NOT_ALLOWED = "not_allowed"


class Said(StrEnum):
    """What one tap says. UNDO takes back that they arrived: a wrong card was tapped."""

    ARRIVED = "arrived"
    COUNT = "count"
    NOTE = "note"
    PHOTOGRAPHS = "photographs"
    UNDO = "undo"

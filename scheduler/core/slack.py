"""What is left between two stops once the way is travelled: ample, too thin to rely on, or too little."""

from enum import StrEnum

THIN_SLACK_MINUTES = 15


class Spare(StrEnum):
    """How the minutes to spare between two stops are judged."""

    UNKNOWN = "unknown"
    AMPLE = "ample"
    THIN = "thin"
    SHORT = "short"


def spare_of(minutes: int | None, slack_minutes: int | None) -> Spare:
    """The judgement of a way of so many minutes that leaves so many: who stays at one place needs none."""
    if minutes is None or slack_minutes is None:
        return Spare.UNKNOWN
    if minutes == 0 or slack_minutes >= THIN_SLACK_MINUTES:
        return Spare.AMPLE
    return Spare.THIN if slack_minutes >= 0 else Spare.SHORT

"""Why a mail waits for an officer, or needs nobody: codes that the doors put into words.

Beside these stand `core.belief.Doubt` (who wrote it is not believed) and `calendars.misunderstanding` (what
it carries is no answer that can be read).
"""

from enum import StrEnum


class Waits(StrEnum):
    """Why somebody has to look."""

    UNREADABLE = "unreadable"
    NOT_WHOLE = "not_whole"
    SAME_ID = "same_id_other_content"
    UNKNOWN_ENTRY = "unknown_entry"
    ONE_OF_SERIES = "one_of_series"
    NOT_A_GUEST = "not_a_guest"
    FROM_THE_FUTURE = "from_the_future"
    FORMER_TIME = "former_time"
    NO_ANSWER = "no_answer"
    DELEGATED = "delegated"
    NOT_POSSIBLE_NOW = "not_possible_now"
    COUNTER_UNREADABLE = "counter_unreadable"
    COUNTER_OF_DUTY = "counter_of_duty"
    REPORT_UNKNOWN = "report_unknown"


class Passes(StrEnum):
    """Why nobody has to."""

    COPY = "copy"
    OWN = "own"
    AUTOMATIC = "automatic"
    STALE = "stale"
    TENTATIVE_DUTY = "tentative_duty"
    REPORT = "report"

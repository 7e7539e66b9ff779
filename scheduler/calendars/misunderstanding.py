"""Why a calendar object from outside was not taken for an answer to an invitation."""

from enum import StrEnum


class Misunderstanding(StrEnum):
    """What is wrong with it, or that it is right but none of our business."""

    TOO_LARGE = "too_large"
    NO_CALENDAR = "no_calendar"
    BROKEN = "broken"
    NO_METHOD = "no_method"
    SEVERAL_METHODS = "several_methods"
    NOT_FOR_US = "not_for_us"
    NO_EVENT = "no_event"
    NO_UID = "no_uid"
    SEVERAL_UIDS = "several_uids"
    NO_ATTENDEE = "no_attendee"
    SEVERAL_ATTENDEES = "several_attendees"
    SEVERAL_ANSWERS = "several_answers"
    UNREADABLE_TIME = "unreadable_time"


class NotUnderstood(ValueError):
    """This is no answer that can be taken for one; a person has to look at the mail.

    `code` says why. `method` and `uid` are those found until then, empty where there was none.
    """

    def __init__(self, code: Misunderstanding, *, method: str = "", uid: str = "") -> None:
        super().__init__(f"{code}: method {method[:20]!r}, uid {uid[:80]!r}")
        self.code = code
        self.method = method
        self.uid = uid


class NotForUs(NotUnderstood):
    """This is a message of organizers (REQUEST, CANCEL, PUBLISH …), and here we are the organizer."""

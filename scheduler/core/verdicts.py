"""What the rules answer: refusals, cautions, alternatives, and which refusals the head may pass."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any


class RefusalCode(StrEnum):
    """Every no there is. The doors put each into words."""

    OUTSIDE_HOURS = "outside_hours"
    CLOSED = "closed"
    SITE_NOT_IN_OPERATION = "site_not_in_operation"
    TOUR_NOT_IN_OPERATION = "tour_not_in_operation"
    NO_SESSION_THEN = "no_session_then"
    IN_THE_PAST = "in_the_past"
    NOTICE_TOO_SHORT = "notice_too_short"
    GROUP_TOO_SMALL = "group_too_small"
    GROUP_TOO_LARGE = "group_too_large"
    NO_PLACES_LEFT = "no_places_left"
    TOO_MANY_PEOPLE_AT_ONCE = "too_many_people_at_once"
    TOO_MANY_GROUPS_AT_ONCE = "too_many_groups_at_once"
    NO_COMMON_LANGUAGE = "no_common_language"
    ALREADY_ELSEWHERE = "already_elsewhere"
    OUTSIDE_STAY = "outside_stay"
    MORE_THAN_THE_DELEGATION = "more_than_the_delegation"
    HOLD_EXPIRED = "hold_expired"
    STATE_FORBIDS = "state_forbids"
    NOT_BEFORE_THE_DAY = "not_before_the_day"
    MORE_THAN_THE_PART = "more_than_the_part"
    CANNOT_COME_FROM_STOP_BEFORE = "cannot_come_from_stop_before"
    CANNOT_REACH_STOP_AFTER = "cannot_reach_stop_after"
    NO_INTERPRETER_FREE = "no_interpreter_free"
    NO_GUIDE_FREE = "no_guide_free"
    NO_VEHICLE_FREE = "no_vehicle_free"
    ASSIGNEE_TAKEN = "assignee_taken"
    ASSIGNEE_OFF_DUTY = "assignee_off_duty"
    ASSIGNEE_OVER_DAY_LIMIT = "assignee_over_day_limit"
    ASSIGNEE_TOO_FAR = "assignee_too_far"
    ASSIGNEE_LACKS_LANGUAGE = "assignee_lacks_language"
    ASSIGNEE_OF_OTHER_SITE = "assignee_of_other_site"
    VEHICLE_TOO_SMALL = "vehicle_too_small"


class CautionCode(StrEnum):
    """Every "are you sure?" there is."""

    FOURTH_STOP_THAT_DAY = "fourth_stop_that_day"
    FACTS_UNVERIFIED = "facts_unverified"
    HOLIDAY_AT_HOME = "holiday_at_home"
    SHORT_BREAK_BEFORE = "short_break_before"
    THIN_SLACK = "thin_slack"
    GUIDE_NOT_ASSIGNED = "guide_not_assigned"
    INTERPRETER_NOT_ASSIGNED = "interpreter_not_assigned"
    VEHICLE_NOT_ASSIGNED = "vehicle_not_assigned"
    ASSIGNMENT_NOT_ACCEPTED = "assignment_not_accepted"
    ASSIGNEE_CANNOT_FOLLOW = "assignee_cannot_follow"
    SHOULD_NOT_MEET = "should_not_meet"


class OverrideNeeds(StrEnum):
    """What must be on record before a refusal may be passed."""

    REASON = "reason"
    OWNER_AGREEMENT = "owner_agreement"


# The one table of what the head of division may pass, and on what ground. What is not
# here can never be passed: places, people and groups at once, one body in two places.
OVERRIDES: Mapping[RefusalCode, OverrideNeeds] = {
    RefusalCode.NOTICE_TOO_SHORT: OverrideNeeds.REASON,
    RefusalCode.GROUP_TOO_SMALL: OverrideNeeds.REASON,
    RefusalCode.GROUP_TOO_LARGE: OverrideNeeds.REASON,
    RefusalCode.OUTSIDE_STAY: OverrideNeeds.REASON,
    RefusalCode.OUTSIDE_HOURS: OverrideNeeds.OWNER_AGREEMENT,
    RefusalCode.CLOSED: OverrideNeeds.OWNER_AGREEMENT,
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Our no: a code, and the facts that made it (plain values: numbers, texts, dates, aware instants)."""

    code: RefusalCode
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Caution:
    """Our "are you sure?": a code and its facts, passed by a tick with a reason."""

    code: CautionCode
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """A session that would be accepted instead. Its id is None for a window that nobody has booked."""

    site_code: str
    tour_code: str
    tour_session_id: int | None
    starts_at: datetime
    ends_at: datetime
    places_left: int
    cautions: tuple[Caution, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The whole answer: every refusal that stands, every caution, what was overridden, the nearest yes."""

    refusals: tuple[Refusal, ...] = ()
    cautions: tuple[Caution, ...] = ()
    overridden: tuple[Refusal, ...] = ()
    alternatives: tuple[Alternative, ...] = ()

    @property
    def is_refused(self) -> bool:
        return bool(self.refusals)

    def unacknowledged(self, acknowledged: Iterable[str]) -> tuple[Caution, ...]:
        """The cautions nobody ticked; the word "all" ticks every one."""
        ticked = set(acknowledged)
        return () if "all" in ticked else tuple(c for c in self.cautions if c.code not in ticked)

    def with_alternatives(self, alternatives: tuple[Alternative, ...]) -> "Verdict":
        return replace(self, alternatives=alternatives)

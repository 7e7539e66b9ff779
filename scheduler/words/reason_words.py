"""The sentences of verdicts: why not, what to be sure of, and both in short."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from scheduler.words.counted import counted

REFUSALS = {
    "outside_hours": _l("Outside the opening hours: open %(hours)s."),
    "outside_hours:closed": _l("Not open at all that day."),
    "closed:weekday": _l("Closed every %(weekday)s."),
    "closed:moved_weekday": _l("Closed that day in place of %(moved_from)s, which was a public holiday."),
    "closed:holiday": _l("Closed on the public holiday %(holiday)s."),
    "closed:closure": _l("Closed from %(starts_at)s to %(ends_at)s: %(reason)s."),
    "closed:closure:unsaid": _l("Closed from %(starts_at)s to %(ends_at)s."),
    "site_not_in_operation": _l("The site is not in operation on %(on)s."),
    "tour_not_in_operation": _l("The tour is not run on %(on)s."),
    "no_session_then": _l("No session of this tour starts at %(starts_at)s."),
    "in_the_past": _l("%(starts_at)s has passed."),
    "notice_too_short": counted(
        "notice_days",
        "Too late: the site wants %(notice_days)s day of notice; the last day was %(latest_request_on)s.",
        "Too late: the site wants %(notice_days)s days of notice; the last day was %(latest_request_on)s.",
    ),
    "group_too_small": _l(
        "Too few for this tour: a group of %(headcount)s, and the smallest is %(smallest)s."
    ),
    "group_too_large": _l(
        "Too many for this tour: a group of %(headcount)s, and the largest is %(largest)s."
    ),
    "no_places_left": _l("Not enough places: %(places_left)s of %(places)s left, %(headcount)s needed."),
    "too_many_people_at_once": _l(
        "Too many people at once: limit %(limit)s, already there %(present)s, asked for %(headcount)s."
    ),
    "too_many_groups_at_once": _l(
        "Too many groups at once: the limit is %(limit)s, already there %(present)s."
    ),
    "no_common_language": _l(
        "No common language, no own interpreter: they want %(wanted)s, the site has %(site_languages)s."
    ),
    "no_common_language:not_theirs": _l("They do not speak %(wanted)s; they speak %(guests)s."),
    "already_elsewhere": _l("The delegation is at %(site)s from %(starts_at)s to %(ends_at)s."),
    "already_elsewhere:part": _l("%(part)s is at %(site)s from %(starts_at)s to %(ends_at)s."),
    "already_elsewhere:engagement": _l("The delegation has a %(kind)s from %(starts_at)s to %(ends_at)s."),
    "outside_stay": _l("Outside the stay, which runs from %(arrives_at)s to %(departs_at)s."),
    "more_than_the_delegation": _l(
        "More than the delegation has: %(headcount)s asked for, it counts %(delegation_headcount)s."
    ),
    "more_than_the_part": _l(
        "More than %(part)s has: %(headcount)s asked for, it counts %(part_headcount)s."
    ),
    "cannot_come_from_stop_before": counted(
        "minutes",
        "They cannot be here in time: from %(site)s, where they are until %(ends_at)s, it is %(minutes)s "
        "minute; %(short_minutes)s are missing.",
        "They cannot be here in time: from %(site)s, where they are until %(ends_at)s, it is %(minutes)s "
        "minutes; %(short_minutes)s are missing.",
    ),
    "cannot_reach_stop_after": counted(
        "minutes",
        "They cannot go on in time: to %(site)s, where they are from %(starts_at)s, it is %(minutes)s "
        "minute; %(short_minutes)s are missing.",
        "They cannot go on in time: to %(site)s, where they are from %(starts_at)s, it is %(minutes)s "
        "minutes; %(short_minutes)s are missing.",
    ),
    "no_interpreter_free": _l("No interpreter for %(wanted)s is free. %(reasons)s"),
    "no_guide_free": _l("No guide for %(wanted)s is free. %(reasons)s"),
    "no_vehicle_free": counted(
        "headcount",
        "No vehicle for %(headcount)s person is free. %(reasons)s",
        "No vehicle for %(headcount)s people is free. %(reasons)s",
    ),
    "assignee_taken": _l("%(name)s is taken from %(starts_at)s to %(ends_at)s."),
    "assignee_off_duty": _l("%(name)s is not at work from %(starts_at)s to %(ends_at)s."),
    "assignee_off_duty:away": _l("%(name)s is away until %(until)s."),
    "assignee_over_day_limit": counted(
        "duties",
        "%(name)s has %(duties)s duty that day already; the most a day is %(most_a_day)s.",
        "%(name)s has %(duties)s duties that day already; the most a day is %(most_a_day)s.",
    ),
    "assignee_too_far": counted(
        "minutes",
        "%(name)s is too far away: from or to %(site)s it is %(minutes)s minute, and there are "
        "%(gap_minutes)s.",
        "%(name)s is too far away: from or to %(site)s it is %(minutes)s minutes, and there are "
        "%(gap_minutes)s.",
    ),
    "assignee_lacks_language": _l("%(name)s does not serve %(wanted)s; only %(languages)s."),
    "assignee_of_other_site": _l("%(name)s guides at %(sites)s, not at %(site)s."),
    "vehicle_too_small": counted(
        "headcount",
        "%(name)s is too small: %(seats)s seats for %(headcount)s person.",
        "%(name)s is too small: %(seats)s seats for %(headcount)s people.",
    ),
    "hold_expired": _l("The hold ran out at %(hold_until)s."),
    "state_forbids": _l("Its state, %(state)s, does not allow this."),
    "not_before_the_day": _l("This can be said from %(from)s on."),
    "state_forbids:delegation": _l("The delegation is %(delegation_state)s and takes no more visits."),
}
CAUTIONS = {
    "fourth_stop_that_day": _l("A full day: stops already on %(on)s: %(stops)s."),
    "facts_unverified": _l(
        "The facts of this site were last checked on %(checked_on)s, more than a year ago."
    ),
    "holiday_at_home": _l("A public holiday at the guests' home: %(holiday)s on %(on)s."),
    "short_break_before": counted(
        "minutes",
        "A short break: %(minutes)s minute after their stop at %(site)s.",
        "A short break: %(minutes)s minutes after their stop at %(site)s.",
    ),
    "thin_slack:before": counted(
        "slack_minutes",
        "Little time to spare: %(slack_minutes)s minute after the way of %(minutes)s minutes from %(site)s.",
        "Little time to spare: %(slack_minutes)s minutes after the way of %(minutes)s minutes from %(site)s.",
    ),
    "thin_slack:after": counted(
        "slack_minutes",
        "Little time to spare: %(slack_minutes)s minute beyond the way of %(minutes)s minutes to %(site)s.",
        "Little time to spare: %(slack_minutes)s minutes beyond the way of %(minutes)s minutes to %(site)s.",
    ),
    "guide_not_assigned": _l("No guide is assigned yet; free: %(names)s."),
    "interpreter_not_assigned": _l("No interpreter is assigned yet; free for %(wanted)s: %(names)s."),
    "vehicle_not_assigned": _l("No vehicle is assigned yet; free: %(names)s."),
    "assignment_not_accepted": _l("%(name)s is asked and has not accepted yet."),
    "assignee_cannot_follow": _l("%(name)s cannot come along to that hour and is let go. %(because)s"),
    "should_not_meet": _l(
        "%(delegation)s, whom they should not meet, is at %(site)s from %(starts_at)s to %(ends_at)s."
    ),
}

# In one clause why somebody cannot come, where several are named after one another.
BECAUSE = {
    "assignee_taken": _l("taken then"),
    "assignee_off_duty": _l("not at work then"),
    "assignee_over_day_limit": _l("at the most a day"),
    "assignee_too_far": _l("too far away"),
    "assignee_lacks_language": _l("lacks the language"),
    "assignee_of_other_site": _l("of another site"),
    "vehicle_too_small": _l("too small"),
}
# What was passed with a tick or overridden, in short.
PASSED = {
    "fourth_stop_that_day": _l("A fourth stop that day"),
    "facts_unverified": _l("Facts of the site unverified"),
    "holiday_at_home": _l("A holiday at the guests' home"),
    "short_break_before": _l("A short break before"),
    "thin_slack": _l("Little time to spare"),
    "guide_not_assigned": _l("No guide assigned"),
    "interpreter_not_assigned": _l("No interpreter assigned"),
    "vehicle_not_assigned": _l("No vehicle assigned"),
    "assignment_not_accepted": _l("Asked, not yet accepted"),
    "assignee_cannot_follow": _l("Let go, since they could not follow"),
    "should_not_meet": _l("Those they should not meet are there"),
    "notice_too_short": _l("Notice too short"),
    "group_too_small": _l("Group too small"),
    "group_too_large": _l("Group too large"),
    "outside_stay": _l("Outside the stay"),
    "outside_hours": _l("Outside the opening hours"),
    "closed": lazy_pgettext("site", "Closed"),
}

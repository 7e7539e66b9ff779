"""Programmes in words: what engagements are called, what is wrong with parts, what differs in a version."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from scheduler.words.code_names import RESOURCE_KINDS, VISIT_STATES
from scheduler.words.counted import counted

ENGAGEMENT_KINDS = {
    "meeting": _l("Meeting"),
    "courtesy_call": _l("Courtesy call"),
    "meal": _l("Meal"),
    "prayer": _l("Prayer"),
    "transfer": _l("Transfer"),
    "free_time": _l("Free time"),
}
ENGAGEMENT_STATES = {
    "planned": _l("Planned"),
    "cancelled": _l("Cancelled"),
}
DISCLOSURE_CLASSES = {
    "public": _l("Open to citizens"),
    "partial": _l("Open in part"),
    "closed": _l("Not open"),
}
CHANGES = {
    "added": _l("Added"),
    "removed": _l("Taken out"),
    "changed": _l("Changed"),
}
# What a version says has changed of a stop.
FIELDS = {
    "starts_at": _l("Begin"),
    "ends_at": _l("End"),
    "arrives_at": _l("Arrival"),
    "departs_at": _l("Departure"),
    "place": _l("Place"),
    "leaves_from": _l("Destination"),
    "title": _l("What"),
    "name": _l("Name"),
    "headcount": _l("Headcount"),
    "part": _l("Part"),
    "host": _l("Host"),
    "language": _l("Language"),
    "state": _l("State"),
    "people": _l("Who goes along"),
    "attendees": _l("Who attends"),
}
# What the journal says.
ACTS = {
    "plan": _l("planned"),
    "divide": _l("divided into parts"),
    "attend": _l("said who attends"),
    "enter_approval": _l("entered an approval"),
    "publish": _l("published the programme"),
    "accept_plan": _l("accepted a plan"),
    "accept_repair": _l("accepted a repair"),
    "frame_stay": _l("said how their days are framed"),
}
SUBJECTS = {
    "engagement": _l("Engagement"),
    "approval": _l("Approval"),
    "programme_version": _l("Programme"),
}
COLUMNS = {
    "title": _l("What"),
    "host": _l("Host"),
    "division": _l("Division"),
    "place": _l("Place"),
    "destination": _l("Destination"),
    "part": _l("Part"),
    "document_number": _l("Document number"),
    "approved_by": _l("Approved by"),
    "approved_on": _l("Approved on"),
    "disclosure": _l("Disclosure class"),
    "co_signed": _l("Co-signed by"),
    "number": _l("Version"),
    "plan": _l("Plan"),
    "visits": _l("Visits"),
    "day_starts": _l("Day begins"),
    "day_ends": _l("Day ends"),
    "base_place_id": _l("Base"),
    "breaks": _l("What stays free"),
    "is_must": _l("A must"),
    "either": _l("One of several"),
    "after_wish_id": _l("Comes after"),
    "not_first_day": _l("Not on the first day"),
    "not_last_day": _l("Not on the last day"),
    "fallback_tour_id": _l("To fall back on"),
}
# For templates: `{{ stop.kind|called("stop_kinds") }}`.
TABLES: dict[str, dict[str, Any]] = {
    "engagement_kinds": ENGAGEMENT_KINDS,
    "engagement_states": ENGAGEMENT_STATES,
    "stop_kinds": ENGAGEMENT_KINDS | RESOURCE_KINDS | {"visit": _l("Visit"), "delegation": _l("Delegation")},
    "stop_states": VISIT_STATES | ENGAGEMENT_STATES,
    "disclosure_classes": DISCLOSURE_CLASSES,
    "changes": CHANGES,
    "version_fields": FIELDS,
}
# What an action finds wrong, in words; the rooms make them known when they open.
FAULTS = {
    "longer_than_a_day": _l("An engagement lasts a day at most. Make two of it."),
    "only_transfers_go_somewhere": _l("Only a transfer has a destination: leave it empty."),
    "transfer_goes_somewhere": _l("Say where the transfer goes."),
    "name_needed": _l("Give it a name."),
    "do_not_add_up": counted(
        "total",
        "The parts do not add up: together they count %(total)s person, the delegation counts %(headcount)s.",
        "The parts do not add up: together they count %(total)s people, the delegation counts %(headcount)s.",
    ),
    "part_named_twice": _l("Two parts are called %(name)s. Give each a name of its own."),
    "part_out_of_range": counted(
        "most",
        "The part %(name)s must count between %(least)s and %(most)s person.",
        "The part %(name)s must count between %(least)s and %(most)s people.",
    ),
    "more_named_than_counted": counted(
        "headcount",
        "The part %(name)s counts %(headcount)s person, and %(named)s delegates are named for it.",
        "The part %(name)s counts %(headcount)s people, and %(named)s delegates are named for it.",
    ),
    "delegate_unknown": _l("No delegate of this delegation has the number %(value)s."),
    "delegate_in_two_parts": _l("Named for two parts that go different ways: %(name)s."),
    "part_has_stops": _l(
        "The part %(name)s stays: stops and duties that are for it, those called off too: %(stops)s."
    ),
    "part_below_its_stops": counted(
        "least",
        "The part %(name)s has a stop of %(least)s person; it cannot count fewer. Change that stop first.",
        "The part %(name)s has a stop of %(least)s people; it cannot count fewer. Change that stop first.",
    ),
    "more_named_than_go": counted(
        "headcount",
        "%(named)s delegates are named, and only %(headcount)s person goes.",
        "%(named)s delegates are named, and only %(headcount)s people go.",
    ),
    "not_of_the_part": _l("Not of the part that goes (%(part)s): %(name)s."),
    "attends_elsewhere": _l("Named for another stop at that time: %(name)s."),
    "below_its_parts": counted(
        "least",
        "Its parts together count %(least)s person; divide it anew first.",
        "Its parts together count %(least)s people; divide it anew first.",
    ),
    "approval_in_future": _l("The approval cannot lie in the future."),
}


def nothing_to_publish_in_words(number: int | None) -> str:
    """Why no new version was published, and what to do first; `number` is the version that guests hold."""
    if number is None:
        return _("Nothing is planned yet: book a visit or plan an engagement first.")
    return _("Nothing has changed since version %(number)s: what guests hold is right.", number=number)

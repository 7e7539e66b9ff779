"""The laws of the database by name, put into words."""

import re

from flask_babel import lazy_gettext as _l

LAWS = {
    "session_places": _l("The session has no places left for this."),
    "site_people_at_once": _l("The site would have more people at once than it can take."),
    "site_groups_at_once": _l("The site would have more groups at once than it can take."),
    "tour_people_at_once": _l("The tour would have more people at once than it can take."),
    "tour_groups_at_once": _l("The tour would have more groups at once than it can take."),
    "visit_one_place_at_a_time": _l("The delegation would be in two places at once."),
    "site_limits": _l("More are booked than the new limit allows."),
    "tour_limits": _l("More are booked than the new limit allows."),
    "session_load_is_counted": _l("Places taken are counted, not typed."),
    "session_within_a_day": _l("A tour session and its turnaround last a day at most."),
    "session_instants": _l("Times must be whole seconds in UTC."),
    "row_is_not_replaced": _l("What is there is changed in place, not replaced."),
    "fk_visit_tour_session": _l("A visit has the site and the times of its session."),
    "fk_other_booking_tour_session_id": _l("An other booking belongs to a session that is there."),
    "fk_tour_session_tour_id_site_id": _l("A session is at the site of its tour."),
    "fk_tour_session_site_id": _l("A session belongs to a site that is there."),
    "delegation_headcount": _l("More people would be under way at once than the delegation has."),
    "part_headcount": _l("More people would be booked than the part has."),
    "part_of_its_delegation": _l("A part goes only where its own delegation goes."),
    "division_headcount": _l("The parts of one division would be more people than the delegation has."),
    "resource_one_place_at_a_time": _l("This person or vehicle would be in two places at once."),
    "vehicle_seats": _l("More people would ride than the vehicle has seats."),
    "leave_once_at_a_time": _l("There is leave in these hours already."),
    "assignment_of_its_delegation": _l("An assignment is for the delegation of its visit and its part."),
    "place_of_its_site": _l("The place of a site has its code, its names and its spot: change the site."),
    "duty_instants": _l("Times must be whole seconds in UTC."),
    "fk_visit_delegation_id": _l("A visit belongs to a delegation that is there."),
    "fk_visit_part_id": _l("A visit belongs to a part that is there."),
    "fk_engagement_delegation_id": _l("An engagement belongs to a delegation that is there."),
    "fk_engagement_part_id": _l("An engagement belongs to a part that is there."),
    "fk_part_delegation_id": _l("A part belongs to a delegation that is there."),
    "fk_assignment_delegation_id": _l("An assignment belongs to a delegation that is there."),
    "fk_assignment_part_id": _l("An assignment belongs to a part that is there."),
    "fk_assignment_resource_id": _l("An assignment belongs to a person or vehicle that is there."),
    "fk_assignment_visit_id": _l("An assignment belongs to a visit that is there."),
}


def law_in(message: str) -> str | None:
    """The law of last resort that a database error names, if it names one of ours."""
    return next((name for name in LAWS if re.search(rf"\b{name}\b", message)), None)


def law_in_words(name: str) -> str:
    return str(LAWS[name])

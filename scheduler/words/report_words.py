"""Reports in words: regions of the world, what is counted, and how each number is meant."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

REGIONS = {
    "east_asia": _l("East Asia"),
    "south_east_asia": _l("South-East Asia"),
    "south_asia": _l("South Asia"),
    "central_asia": _l("Central Asia and the Caucasus"),
    "middle_east": _l("Middle East"),
    "europe": _l("Europe"),
    "africa": _l("Africa"),
    "north_america": _l("North America"),
    "latin_america": _l("Latin America and the Caribbean"),
    "oceania": _l("Oceania"),
    "other": _l("Other or not stated"),
}
# What is announced and what arrived are each counted in these four ways.
WAYS = {
    "teams": _l("Teams"),
    "visits": _l("Visits"),
    "persons": lazy_pgettext("counted once", "Persons"),
    "person_visits": _l("Person-visits"),
}
# The same as one heading each, where there is one row of headings alone.
NUMBERS = {
    "announced_teams": _l("Teams announced"),
    "announced_visits": _l("Visits announced"),
    "announced_persons": _l("Persons announced"),
    "announced_person_visits": _l("Person-visits announced"),
    "arrived_teams": _l("Teams arrived"),
    "arrived_visits": _l("Visits carried out"),
    "arrived_persons": _l("Persons arrived"),
    "arrived_person_visits": _l("Person-visits arrived"),
    "no_shows": _l("Visits nobody came to"),
    "called_off": _l("Visits called off"),
}
MEANINGS = (
    _l("Teams are delegations with a visit. One delegation at four sites is one team and four visits."),
    _l("Persons are the people of each team, counted once. Person-visits count them again at every visit."),
    _l("“Announced” is all that is planned or took place: held, requested, confirmed, carried out, closed."),
    _l("“Arrived” is what was counted at the door of visits carried out."),
    _l("Visits nobody came to, and visits called off, are in neither. They stand apart."),
    _l("A team at several sites counts at each and once in the total; “Counted again” is the difference."),
    _l("A visit counts on the day on which it begins at its site."),
    _l("Visits that were never entered here are not counted."),
)

"""What calendar entries say to guests and to a site: never a telephone number or a list of names."""

from collections.abc import Iterable

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext

from scheduler.actions.calendar_files import Phrased
from scheduler.calendars.entry import Person
from scheduler.records.engagements import Engagement
from scheduler.records.places import Place
from scheduler.records.sites import Site
from scheduler.records.visits import Visit
from scheduler.words.code_names import language_name
from scheduler.words.lists import listed
from scheduler.words.names import NEEDS, name_of
from scheduler.words.own_names import own_name
from scheduler.words.programme_words import ENGAGEMENT_KINDS


def for_guests(visit: Visit | Engagement) -> Phrased:
    """A visit or an engagement as its guests read it."""
    if isinstance(visit, Engagement):
        return _engagement_for_guests(visit)
    tour = visit.tour_session.tour
    site = tour.site
    return Phrased(
        summary=_("%(site)s: %(tour)s", site=own_name(site), tour=own_name(tour)),
        description=_lines(_guest_lines(visit, site)),
        location=_place(site),
    )


def _engagement_for_guests(engagement: Engagement) -> Phrased:
    """The note is the office's own and never told."""
    return Phrased(
        summary=engagement.title or name_of(ENGAGEMENT_KINDS, engagement.kind),
        description=_lines(_engagement_lines(engagement)),
        location=_place(engagement.place) if engagement.place else "",
    )


def for_site(visit: Visit) -> Phrased:
    """A visit as its site reads it."""
    return Phrased(
        summary=_("%(delegation)s (%(headcount)s)", delegation=_both_names(visit), headcount=visit.headcount),
        description=_lines(_site_lines(visit)),
        location=_place(visit.tour_session.tour.site),
    )


def for_office(stop: Visit | Engagement) -> Phrased:
    """A visit or an engagement as the delegation's officer reads it: the guests' words under their name."""
    words = for_guests(stop)
    return Phrased(
        summary=_("%(delegation)s: %(what)s", delegation=stop.delegation.name, what=words.summary),
        description=words.description,
        location=words.location,
    )


def programme_name(delegation: str) -> str:
    """What the calendar of a delegation is called, by the delegation's name."""
    return _("%(delegation)s in %(city)s", delegation=delegation, city=current_app.config["CITY_NAME"])


def site_calendar_name(site: str) -> str:
    """What the calendar of a site is called, by the site's name."""
    return _("Visits to %(site)s", site=site)


def officer_calendar_name(officer: str) -> str:
    """What the calendar of an officer is called: the visits of the delegations that they look after."""
    return _("Delegations of %(officer)s", officer=officer)


def division_calendar_name(city: str) -> str:
    """What the calendar of everything in the city is called."""
    return _("Delegations in %(city)s", city=city)


def organizer() -> Person:
    """The office as the sender of every invitation."""
    return Person(email=current_app.config["ORGANIZER_EMAIL"], name=current_app.config["ORGANIZER_NAME"])


def _guest_lines(visit: Visit, site: Site) -> Iterable[str]:
    yield _who(visit.delegation.name, visit.headcount)
    if visit.language:
        yield _("Language: %(language)s", language=language_name(visit.language))
    if site.meeting_point:
        yield _("Meeting point: %(place)s", place=site.meeting_point)
    if site.arrive_early_minutes:
        yield ngettext(
            "Please arrive %(num)s minute early.",
            "Please arrive %(num)s minutes early.",
            site.arrive_early_minutes,
        )
    if site.photo_rule:
        yield _("Photographs: %(rule)s", rule=site.photo_rule)
    if site.safety_gear:
        yield _("Safety gear: %(gear)s", gear=site.safety_gear)


def _who(name: str, headcount: int) -> str:
    return ngettext(
        "Delegation: %(name)s, %(num)s person", "Delegation: %(name)s, %(num)s people", headcount, name=name
    )


def _engagement_lines(engagement: Engagement) -> Iterable[str]:
    if engagement.title:
        yield name_of(ENGAGEMENT_KINDS, engagement.kind)
    name, headcount = engagement.delegation.name, engagement.headcount
    yield _who(name, headcount)
    if engagement.destination:
        yield _("To: %(place)s", place=_place(engagement.destination))
    if engagement.host:
        yield _("Host: %(host)s", host=engagement.host)


def _site_lines(visit: Visit) -> Iterable[str]:
    yield _("Tour: %(tour)s", tour=own_name(visit.tour_session.tour))
    yield _("Headcount: %(headcount)s", headcount=visit.headcount)
    if visit.language:
        yield _("Language: %(language)s", language=language_name(visit.language))
    if visit.delegation.needs:
        needs = listed(str(NEEDS.get(need, need)) for need in sorted(visit.delegation.needs))
        yield _("Needs: %(needs)s", needs=needs)


def _both_names(visit: Visit) -> str:
    delegation = visit.delegation
    if not delegation.name_native:
        return delegation.name
    return _("%(name)s / %(native)s", name=delegation.name, native=delegation.name_native)


def _place(site: Site | Place) -> str:
    return (
        _("%(site)s, %(address)s", site=own_name(site), address=site.address)
        if site.address
        else own_name(site)
    )


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines)

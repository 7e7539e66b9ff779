"""What somebody's calendar says of a duty: where, when, with whom, in which language; no telephone number."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import ngettext

from scheduler.actions.calendar_files import Phrased
from scheduler.core.duties import DutyState
from scheduler.records.assignments import Assignment
from scheduler.records.sites import Site
from scheduler.records.visits import Visit
from scheduler.words.code_names import language_name
from scheduler.words.instants import hours
from scheduler.words.lists import listed
from scheduler.words.names import NEEDS, languages_of, names_of
from scheduler.words.own_names import own_name


def for_resource(duty: Assignment) -> Phrased:
    """A duty as the one who has it reads it."""
    if duty.visit is None:
        return Phrased(
            summary=_("With %(delegation)s (%(headcount)s)", **_guests(duty)),
            description="\n".join(_day_lines(duty)),
        )
    site = duty.visit.tour_session.tour.site
    return Phrased(
        summary=_("%(site)s: %(delegation)s (%(headcount)s)", site=own_name(site), **_guests(duty)),
        description="\n".join(_visit_lines(duty, duty.visit, site)),
        location=_("%(site)s, %(address)s", site=own_name(site), address=site.address)
        if site.address
        else own_name(site),
    )


def calendar_name(resource: str) -> str:
    """What the calendar of a resource is called, by the resource's name."""
    return _("Duties: %(name)s", name=resource)


def headcount_of(duty: Assignment) -> int:
    """How many the duty is for: those who ride, those of the visit, the part, or the whole delegation."""
    of_part = duty.part.headcount if duty.part else duty.delegation.headcount
    return duty.headcount or (duty.visit.headcount if duty.visit else of_part)


def language_of(duty: Assignment) -> str:
    """The language of the visit, else the delegation's own."""
    if duty.visit is not None and duty.visit.language:
        return language_name(duty.visit.language)
    return listed(languages_of(duty.delegation.languages))


def needs_of(duty: Assignment) -> list[str]:
    """What the guests need, in words."""
    return names_of(NEEDS, duty.delegation.needs)


def visit_hours(visit: Visit) -> str:
    """From when to when the visit itself runs, on its site's clock."""
    return hours(visit.starts_at, visit.ends_at, visit.tour_session.tour.site.zone)


def _visit_lines(duty: Assignment, visit: Visit, site: Site) -> Iterable[str]:
    yield from _asked(duty)
    yield _("Visit: %(hours)s, %(tour)s", hours=visit_hours(visit), tour=own_name(visit.tour_session.tour))
    if site.meeting_point:
        yield _("Meeting point: %(place)s", place=site.meeting_point)
    yield from _guest_lines(duty)


def _day_lines(duty: Assignment) -> Iterable[str]:
    yield from _asked(duty)
    yield from _guest_lines(duty)


def _asked(duty: Assignment) -> Iterable[str]:
    if duty.state is DutyState.ASKED:
        yield _("Asked for; not yet accepted.")


def _guest_lines(duty: Assignment) -> Iterable[str]:
    number = headcount_of(duty)
    yield _("Delegation: %(name)s", name=_both_names(duty))
    if duty.part is not None:
        yield _("Part: %(part)s", part=duty.part.name)
    yield ngettext("%(num)s person", "%(num)s people", number)
    yield _("Language: %(language)s", language=language_of(duty))
    if needs := needs_of(duty):
        yield _("Needs: %(needs)s", needs=listed(needs))
    if duty.note:
        yield _("Note: %(note)s", note=duty.note)


def _guests(duty: Assignment) -> dict[str, object]:
    return {"delegation": duty.delegation.name, "headcount": headcount_of(duty)}


def _both_names(duty: Assignment) -> str:
    who = duty.delegation
    if not who.name_native:
        return who.name
    return _("%(name)s / %(native)s", name=who.name, native=who.name_native)

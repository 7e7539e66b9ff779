"""What lies on somebody's desk today: piles of visits by what they need, put together by role."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from scheduler.access import Actor, Permission, Role
from scheduler.blueprints.letter_panels import letters_needing
from scheduler.blueprints.link_lines import LinkLine, link_line
from scheduler.blueprints.tray.waiting import HeadDeclined, heads_who_declined
from scheduler.blueprints.typed import city_zone
from scheduler.blueprints.visit_lines import Line, clash_line, line, offer_line
from scheduler.core.spans import day_span
from scheduler.records import todays
from scheduler.records.duty_lookup import visits_without_who_is_away
from scheduler.records.link_lookup import answered_since
from scheduler.records.proposal_lookup import how_many_lie_in_tray
from scheduler.records.todays import MOST_SHOWN, Doubt, Figures, Sites
from scheduler.records.visit_lookup import visits_numbered
from scheduler.records.visits import Visit
from scheduler.words.instants import moment_in_words

HOLDS_WITHIN = timedelta(hours=24)
PROMOTED_SHOWN_FOR = timedelta(days=7)
ANSWERS_SHOWN_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Pile:
    """Visits that need the same thing, or happen on the same day."""

    code: str
    title: Any
    found: list[Line]
    tone: str | None = None

    @property
    def lines(self) -> list[Line]:
        return self.found[:MOST_SHOWN]

    @property
    def count(self) -> str:
        return f"{MOST_SHOWN}+" if len(self.found) > MOST_SHOWN else str(len(self.found))


@dataclass(frozen=True)
class Desk:
    """Today: what needs me, what is on, and for those who answer for it all figures, accounts, doubts."""

    at: datetime
    needs: list[Pile] = field(default_factory=list)
    on: list[Pile] = field(default_factory=list)
    figures: Figures | None = None
    answered: list[LinkLine] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    roles: dict[Role, int] = field(default_factory=dict)
    letters: int = 0
    tray: int = 0
    heads: list[HeadDeclined] = field(default_factory=list)

    @property
    def is_clear(self) -> bool:
        return not (self.letters or self.tray or self.heads) and not any(pile.found for pile in self.needs)


def desk_of(by: Actor, at: datetime, *, silence_days: int) -> Desk:
    """The desk of somebody. As many queries as piles, never more for more visits."""
    desk = Desk(at, figures=_figures(by, at), letters=letters_needing(by), heads=heads_who_declined(by, at))
    desk = replace(desk, tray=how_many_lie_in_tray() if by.may(Permission.SETTLE_MAIL) else 0)
    if by.may(Permission.READ_VISITS):
        sites = None if by.sees_every_site else by.site_ids
        desk.needs.extend(_needs(by, sites, at, silent_since=at - timedelta(days=silence_days)))
        desk.on.extend(_on(sites, at))
    if by.may(Permission.MAKE_LINKS):
        desk.answered.extend(link_line(link, at) for link in answered_since(at - ANSWERS_SHOWN_FOR))
    if by.may(Permission.WRITE_ACCOUNTS):
        desk.doubts.extend(todays.doubtful_sites(at))
        desk.roles.update(todays.accounts_by_role())
    return desk


def _needs(by: Actor, sites: Sites, at: datetime, *, silent_since: datetime) -> Iterator[Pile]:
    yield Pile("clashing", _l("Clashes"), [clash_line(v) for v in todays.clashing(sites, at)], "error")
    if by.may(Permission.BOOK_VISITS):
        yield Pile("away", _l("Somebody who was to come is away"), _away_lines(at), "error")
    asked = [_asked_line(visit, at, silent_since) for visit in todays.requested(sites)]
    title = _l("Waiting for the owner's answer") if by.sees_every_site else _l("Waiting for your answer")
    yield Pile("requested", title, asked, "warning")
    if by.may(Permission.BOOK_VISITS):
        ending = [_hold_line(v) for v in todays.holds_ending(sites, at, at + HOLDS_WITHIN)]
        yield Pile("holds", _l("Holds that run out within a day"), ending, "warning")
        given = [_hold_line(v) for v in todays.promoted(sites, at - PROMOTED_SHOWN_FOR)]
        yield Pile("promoted", _l("Held from the waiting list"), given)
        offered = [offer_line(v, at) for v in todays.declined(at)]
        yield Pile("declined", _l("Declined, with other times offered"), [o for o in offered if o.buttons])
    missing = [line(visit, _("Did they come, and how many?")) for visit in todays.unrecorded(sites, at)]
    yield Pile("unrecorded", _l("Arrivals not recorded yet"), missing)


def _away_lines(at: datetime) -> list[Line]:
    """Visits whose guide, interpreter or vehicle is on leave then."""
    away = visits_without_who_is_away(at, MOST_SHOWN + 1)
    visits = (
        {visit.id: visit for visit in visits_numbered({visit_id for visit_id, _, _ in away})} if away else {}
    )
    return [
        line(visits[visit_id], _("%(name)s is away until %(until)s.", name=name, until=_moment(until)))
        for visit_id, name, until in away
    ]


def _moment(instant: datetime) -> str:
    return moment_in_words(instant, str(city_zone()))


def _silent(days: int) -> str:
    return ngettext("Silent for %(num)s day", "Silent for %(num)s days", days)


def _asked_line(visit: Visit, at: datetime, silent_since: datetime) -> Line:
    asked = _("Asked %(when)s", when=moment_in_words(visit.asked_at, str(city_zone())))
    if visit.starts_at <= at:
        return line(visit, asked, alarm=_("Never answered; the hour has passed"))
    if visit.asked_at <= silent_since:
        return line(visit, asked, alarm=_silent((at - visit.asked_at).days))
    return line(visit, asked)


def _hold_line(visit: Visit) -> Line:
    assert visit.hold_until is not None
    return line(visit, _("Runs out %(when)s", when=moment_in_words(visit.hold_until, str(city_zone()))))


def _on(sites: Sites, at: datetime) -> Iterator[Pile]:
    today = at.astimezone(city_zone()).date()
    first, second = day_span(today, city_zone()), day_span(today + timedelta(days=1), city_zone())
    found = [line(visit) for visit in todays.on_between(sites, first.starts_at, second.ends_at)]
    yield Pile("today", _l("On today"), [each for each in found if each.visit.starts_at < first.ends_at])
    yield Pile("tomorrow", _l("On tomorrow"), [e for e in found if e.visit.starts_at >= first.ends_at])


def _figures(by: Actor, at: datetime) -> Figures | None:
    """The head of division sees the week from Monday to Sunday."""
    if Role.HEAD not in by.roles:
        return None
    today = at.astimezone(city_zone()).date()
    monday = today - timedelta(days=today.weekday())
    last = day_span(monday + timedelta(days=6), city_zone()).ends_at
    return todays.figures(day_span(monday, city_zone()).starts_at, last)

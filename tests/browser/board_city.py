"""A museum with rounds on a Monday some weeks ahead, and guests who stay: a small city for the board."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from scheduler.clock import now
from scheduler.records.database import db
from scheduler.records.delegations import Delegation, Wish
from scheduler.records.sites import Site, SiteFact
from scheduler.records.tours import Tour, TourSession
from tests import make
from tests.cast import SEOUL

WEEKS_AHEAD = 3


@dataclass
class Museum:
    """The place, its two rounds on one day, a third the day after, and who comes."""

    url: str
    site: Site
    tour: Tour
    monday: date
    first: TourSession
    second: TourSession
    third: TourSession
    who: Delegation

    def wish(self, headcount: int | None = None) -> Wish:
        """What the guests would like to see, not yet placed."""
        made = Wish(delegation_id=self.who.id, tour_id=self.tour.id, headcount=headcount)
        db.session.add(made)
        db.session.commit()
        return made

    def fill(self, where: TourSession) -> None:
        """Others take every place of a session."""
        make.other_booking(where, headcount=where.places)

    def let_facts_grow_old(self) -> None:
        """The museum's facts were last checked two years ago: a question with every booking."""
        checked_on = self.monday - timedelta(days=730)
        db.session.add(SiteFact(site_id=self.site.id, name="opening hours", checked_on=checked_on))
        db.session.commit()

    def box(self, where: TourSession) -> str:
        """The whole box of a session, as a selector."""
        return f'[data-target="site:{self.site.id} session:{where.id}"]'

    def button(self, item: str) -> str:
        """What carries the name of a visit, a wish or a session, as a selector."""
        return f'button[data-key$=" {item}"]'


def museum_at(url: str, **facts: object) -> Museum:
    """Open on weekdays from ten; `facts` are those of its tour."""
    monday = _monday_ahead()
    site = make.site("MUSEUM", name="The museum")
    tour = make.tour(site, "ROUND", name="A round", **facts)
    sessions = [
        make.tour_session(tour, _at(monday + timedelta(days=day), hour))
        for day, hour in ((0, 10), (0, 14), (1, 10))
    ]
    who = make.delegation(
        arrives_at=_at(monday, 0), departs_at=_at(monday + timedelta(days=5), 20), headcount=10
    )
    return Museum(url, site, tour, monday, *sessions, who)


def _monday_ahead() -> date:
    today = now().astimezone(SEOUL).date()
    return today + timedelta(days=7 * WEEKS_AHEAD - today.weekday())


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=SEOUL)

"""A city of seventeen sites: eight with windows on request, nine with three or four rounds a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from scheduler.access import SYSTEM, Role
from scheduler.actions.accounts import create_account
from scheduler.core.facts import Dating
from scheduler.records.accounts import Account
from scheduler.records.database import db
from scheduler.records.holidays import package_days
from scheduler.records.sites import Site, SiteFact, SiteHours
from scheduler.records.tours import Tour

SEOUL = ZoneInfo("Asia/Seoul")
WINDOW_SITES, ROUND_SITES = 8, 9
ROUNDS = (time(10), time(13), time(15), time(16, 45))
OFFICER_EMAIL = "officer@benchmarks.example"


@dataclass(frozen=True)
class Place:
    """A site with its one tour, as far as the crowd must know them."""

    site_id: int
    tour_id: int
    tour_code: str
    dating: Dating
    rounds: tuple[time, ...]
    weekdays: range
    minutes: int
    places: int
    turnaround_minutes: int

    def starts_on(self, day: date) -> list[datetime]:
        """The hours at which visits may start: the rounds, or every quarter hour of the day."""
        if day.weekday() not in self.weekdays:
            return []
        if self.dating is Dating.ROUNDS:
            return [datetime.combine(day, start, SEOUL) for start in self.rounds]
        opening = datetime.combine(day, time(10), SEOUL)
        return [opening + timedelta(minutes=15 * n) for n in range(25)]


def build_city(at: datetime) -> list[Place]:
    """Write the sites, their tours and one officer into an empty archive."""
    create_account(OFFICER_EMAIL, "Officer", roles=(Role.OFFICER,), site_ids=(), by=SYSTEM, at=at)
    tours = [*_window_tours(at.date()), *_round_tours(at.date())]
    db.session.add_all(tours)
    db.session.commit()
    return [_place(tour) for tour in tours]


def officer_id() -> int:
    return db.session.scalars(db.select(Account.id).where(Account.email == OFFICER_EMAIL)).one()


def measured_monday(today: date) -> date:
    """The Monday, three weeks ahead or later, of a fortnight without a public holiday."""
    monday = today + timedelta(days=21 + -today.weekday() % 7)
    while any(is_holiday(monday + timedelta(days=n)) for n in range(14)):
        monday += timedelta(days=7)
    return monday


def is_holiday(day: date) -> bool:
    return day in package_days("KR", day.year)


def _window_tours(today: date) -> Iterator[Tour]:
    for number in range(1, WINDOW_SITES + 1):
        site = _site(f"WINDOWS-{number}", today, weekdays=range(5), opens=(time(10), time(17)))
        site.people_at_once, site.groups_at_once, site.turnaround_minutes = 120, 8, 15
        site.closed_on_public_holidays = True
        yield _tour(site, Dating.WINDOWS, minutes=60, places=30)


def _round_tours(today: date) -> Iterator[Tour]:
    for number in range(1, ROUND_SITES + 1):
        site = _site(f"ROUNDS-{number}", today, weekdays=range(1, 7), opens=(time(9), time(18)))
        site.people_at_once = 100
        site.closed_weekdays, site.closed_on_main_holidays = frozenset({"0"}), True
        yield _tour(site, Dating.ROUNDS, minutes=75, places=80)


def _site(code: str, today: date, *, weekdays: range, opens: tuple[time, time]) -> Site:
    return Site(
        code=code,
        name=f"Site {code}",
        languages={"en", "ko"},
        latitude=37.5 + int(code.partition("-")[2]) / 200,
        longitude=127.0,
        notice_days=7,
        hours=[SiteHours(weekday=day, opens=opens[0], closes=opens[1]) for day in weekdays],
        facts=[SiteFact(name=name, checked_on=today) for name in ("hours", "languages", "places")],
    )


def _tour(site: Site, dating: Dating, *, minutes: int, places: int) -> Tour:
    return Tour(
        site=site,
        code=f"{site.code}-TOUR",
        name=f"Tour of {site.code}",
        topics={"water" if dating is Dating.ROUNDS else "transport"},
        minutes=minutes,
        largest_group=30,
        places=places,
        dating=dating,
    )


def _place(tour: Tour) -> Place:
    has_rounds = tour.dating is Dating.ROUNDS
    return Place(
        site_id=tour.site_id,
        tour_id=tour.id,
        tour_code=tour.code,
        dating=tour.dating,
        rounds=ROUNDS[: 3 + tour.id % 2] if has_rounds else (),
        weekdays=range(1, 7) if has_rounds else range(5),
        minutes=tour.minutes,
        places=tour.places,
        turnaround_minutes=tour.site.turnaround_minutes,
    )

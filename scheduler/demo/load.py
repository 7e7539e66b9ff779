"""Loads the demo city: its sites, the coming weeks' guests, visits in every state. All of it, or nothing."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from scheduler.access import SYSTEM
from scheduler.actions.tours import generate_rounds
from scheduler.core.facts import Dating
from scheduler.demo import stories
from scheduler.demo.answers import answer
from scheduler.demo.collisions import plan_collisions
from scheduler.demo.days import plan_days
from scheduler.demo.desk import Desk
from scheduler.demo.escorts import send_along
from scheduler.demo.guests import REGISTERED_AGO, register_guests
from scheduler.demo.partners import lay_partners
from scheduler.demo.people import Office, open_accounts
from scheduler.demo.places import bring_ways, lay_places
from scheduler.demo.resources import enter_resources
from scheduler.demo.sites import ZONE, lay_sites
from scheduler.records.accounts import Account
from scheduler.records.database import db
from scheduler.records.delegations import Delegation
from scheduler.records.journal import enter
from scheduler.records.resources import Resource
from scheduler.records.sites import Site
from scheduler.records.tours import Tour, TourSession
from scheduler.records.visits import Visit
from scheduler.records.writing import writing

# Known to all on purpose: the demo is served on a loopback address only.
DEMO_PASSWORD = "seoul-demo-2026"
SITE_CODES = (
    *("TOPIS", "CGC-M", "CGC-W", "DMC", "WRC-J", "WRC-S", "WRC-N", "WRC-T", "HANGANG", "CITYHALL", "EDC"),
    *("OILTANK", "MAPO-RRF", "ARISU-Y", "ARISU-T", "SEOC", "BOTANIC"),
)
# Where nobody has an account, the site's desk is asked by letter.
ASKED_BY_LETTER = ("HANGANG",)
DEMO_ACCOUNTS: tuple[str, ...] = tuple(
    f"{who}@demo.example"
    for who in (
        "officer",
        "head",
        "admin",
        *(code.lower() for code in SITE_CODES if code not in ASKED_BY_LETTER),
    )
)
ROUNDS_BACK, ROUNDS_AHEAD = timedelta(weeks=4), timedelta(weeks=12)


class CityNotEmpty(Exception):
    """The database already holds something that the demo would mix with."""


def load_demo_city(at: datetime) -> str:
    """Load the demo city into an empty database, everything counted from `at`; says what is there now.

    The same `at` gives the same city. One transaction. Raises CityNotEmpty.
    """
    return _load(at=at)


@writing()
def _load(*, at: datetime) -> str:
    _must_be_empty()
    enter("demo", "load_demo_city", by=SYSTEM, at=at)
    opened_at = at - REGISTERED_AGO
    sites = lay_sites(opened_at)
    lay_places()
    partners = lay_partners()
    office = open_accounts(sites, DEMO_PASSWORD, opened_at)
    bring_ways(by=office.officer, at=opened_at)
    enter_resources(by=office.officer, at=opened_at, today=at)
    _date_rounds(office, opened_at, at)
    guests = register_guests(partners, by=office.officer, at=at)
    desk = Desk(office, guests, sites, at=at)
    for tell in (
        stories.take_other_places,
        stories.tell_what_was,
        stories.receive_today,
        stories.ask_and_agree,
        stories.hold,
        stories.call_off,
        stories.change,
        send_along,
        plan_days,
        answer,
        plan_collisions,
    ):
        tell(desk)
    db.session.flush()
    return _summary()


def _must_be_empty() -> None:
    for table in (Account, Site, Delegation):
        if db.session.scalar(select(table.id).limit(1)) is not None:
            raise CityNotEmpty(
                "The database already holds accounts, sites or delegations. The demo city is loaded into an "
                "empty database only: name another one with DATABASE_URL."
            )


def _date_rounds(office: Office, opened_at: datetime, at: datetime) -> None:
    today = at.astimezone(ZONE).date()
    rounds = select(Tour).where(Tour.dating == Dating.ROUNDS).order_by(Tour.id)
    for tour in db.session.scalars(rounds).all():
        by = office.managers[tour.site.code]
        generate_rounds(tour.id, today - ROUNDS_BACK, today + ROUNDS_AHEAD, by=by, at=opened_at)


def _summary() -> str:
    numbers = {
        name: db.session.scalar(select(func.count()).select_from(table))
        for name, table in (
            ("sites", Site),
            ("tours", Tour),
            ("tour sessions", TourSession),
            ("delegations", Delegation),
            ("visits", Visit),
            ("guides, interpreters, vehicles and liaison officers", Resource),
        )
    }
    return "The demo city is loaded: " + ", ".join(f"{n} {name}" for name, n in numbers.items()) + "."

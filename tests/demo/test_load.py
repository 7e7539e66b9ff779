"""The demo city is whole whatever the day it is loaded: every state, today's guests, collisions."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from scheduler import create_app
from scheduler.actions.sign_in import opens
from scheduler.core.booking import decide
from scheduler.core.duties import ResourceKind
from scheduler.core.facts import VisitRequest
from scheduler.core.lifecycle import VisitState
from scheduler.core.verdicts import RefusalCode
from scheduler.demo.load import (
    ASKED_BY_LETTER,
    DEMO_ACCOUNTS,
    DEMO_PASSWORD,
    SITE_CODES,
    CityNotEmpty,
    load_demo_city,
)
from scheduler.records.accounts import Account
from scheduler.records.assignments import Assignment
from scheduler.records.database import db
from scheduler.records.delegations import Delegation, Wish
from scheduler.records.diary import diary_for
from scheduler.records.partners import Agreement, Partner
from scheduler.records.resources import Resource, ResourceLeave
from scheduler.records.rosters import roster_of
from scheduler.records.sites import Site, SiteFact
from scheduler.records.tours import Tour, TourSession
from scheduler.records.visits import Visit
from tests.cast import SEOUL, seoul
from tests.conftest import app_settings
from tests.engines import SqliteEngine

# A Sunday, a Monday, the eve of New Year, Seollal's Saturday, a summer night.
DAYS = [
    seoul(22, 12, month=11),
    seoul(23, 9, month=11),
    seoul(31, 23, 59),
    seoul(6, 12, month=2, year=2027),
    seoul(16, 2, month=7, year=2027),
]


@pytest.fixture(scope="module", params=DAYS, ids=lambda at: at.date().isoformat())
def loaded_at(request: pytest.FixtureRequest, sqlite_engine: SqliteEngine) -> Iterator[datetime]:
    with sqlite_engine.database() as url:
        app = create_app(app_settings(url))
        with app.app_context():
            load_demo_city(request.param)
            yield request.param
            db.session.remove()
            db.engine.dispose()


def test_the_seventeen_sites_and_fifteen_delegations_and_their_forerunners_are_there(loaded_at):
    assert set(db.session.scalars(select(Site.code))) == set(SITE_CODES)
    to_come = select(func.count()).select_from(Delegation).where(Delegation.arrives_at > loaded_at)
    assert (db.session.scalar(to_come), count(Delegation)) == (15, 19)
    assert (count(Partner), count(Agreement)) == (56, 57)


def test_there_are_visits_in_every_state(loaded_at):
    assert set(db.session.scalars(select(Visit.state))) == set(VisitState)


def test_todays_rosters_are_not_empty(loaded_at):
    today = loaded_at.astimezone(SEOUL).date()
    rosters = {site.code: roster_of(site, today) for site in db.session.scalars(select(Site))}
    visited = {code for code, roster in rosters.items() if roster.visits}
    assert "CGC-W" in visited
    assert all(site_is_open(code, today) for code in visited)


def test_whoever_was_expected_today_and_whose_hour_has_come_was_received(loaded_at):
    waiting = (
        select(func.count())
        .select_from(Visit)
        .where(Visit.state == VisitState.CONFIRMED, Visit.starts_at <= loaded_at)
    )
    assert db.session.scalar(waiting) == 0


def test_one_hold_runs_one_request_is_silent_one_visit_clashes_one_was_amended_twice(loaded_at):
    held = db.session.scalars(select(Visit.hold_until).where(Visit.state == VisitState.HELD)).all()
    assert len(held) == 2
    assert min(held) > loaded_at
    asked = db.session.scalar(select(func.min(Visit.asked_at)).where(Visit.state == VisitState.REQUESTED))
    assert (loaded_at - asked).days == 19
    clashing = db.session.scalars(select(Visit).where(Visit.is_clashing)).one()
    assert [reason["code"] for reason in clashing.clash] == ["closed"]
    assert 2 in db.session.scalars(select(Visit.sequence).where(Visit.state == VisitState.CONFIRMED)).all()


def test_rounds_reach_twelve_weeks_ahead_and_windows_have_none_but_booked_ones(loaded_at):
    last = db.session.scalar(select(func.max(TourSession.starts_at)))
    assert 80 <= (last - loaded_at).days <= 84
    windows = select(func.count()).select_from(TourSession).join(Tour).where(Tour.dating == "windows")
    assert db.session.scalar(windows) <= 20


def test_no_load_is_above_a_limit(loaded_at):
    over = select(func.count()).select_from(TourSession)
    assert db.session.scalar(over.where(TourSession.places_taken > TourSession.places)) == 0


def test_the_planned_collisions_are_refused_for_the_planned_reasons(loaded_at):
    assert RefusalCode.GROUP_TOO_LARGE in codes_of("Bangkok%", "TOPIS-CONTROL", loaded_at)
    assert RefusalCode.GROUP_TOO_LARGE in codes_of("City of São Paulo", "CGC-W-WALK", loaded_at)
    assert RefusalCode.GROUP_TOO_LARGE in codes_of("Fire officers%", "SEOC-119", loaded_at)
    assert RefusalCode.NO_SESSION_THEN in codes_of("Tokyo%", "CGC-M-EXHIBITION", loaded_at)
    assert codes_of("Fire officers%", "WRC-S-HALL", loaded_at) == set()
    assert codes_of("Foreign ministers%", "WRC-S-HALL", loaded_at) == set()


def test_two_wishes_for_one_round_at_seonam_are_more_than_its_places(loaded_at):
    wishes = db.session.scalars(
        select(Wish).join(Wish.tour).where(Tour.code == "WRC-S-HALL", Wish.headcount > 1)
    ).all()
    assert len({wish.preferred_times[0] for wish in wishes}) == 1
    assert sum(wish.headcount for wish in wishes) > 80


def test_tokyo_wishes_for_the_museum_on_a_monday(loaded_at):
    wish = wish_of("Tokyo%", "CGC-M-EXHIBITION")
    assert datetime.fromisoformat(wish.preferred_times[0]).weekday() == 0


def test_every_account_signs_in_with_the_one_password_and_is_marked_as_demo(loaded_at):
    accounts = db.session.scalars(select(Account)).all()
    assert {account.email for account in accounts} == set(DEMO_ACCOUNTS)
    assert all(account.is_demo for account in accounts)
    assert {account.password_hash for account in accounts} == {accounts[0].password_hash}
    assert opens(accounts[0].password_hash, DEMO_PASSWORD)


def test_each_manager_answers_for_the_site_of_their_name(loaded_at):
    managed = {
        account.email: [site.code.lower() for site in account.sites]
        for account in db.session.scalars(select(Account).where(Account.roles == {"manager"}))
    }
    assert managed == {
        f"{code.lower()}@demo.example": [code.lower()] for code in SITE_CODES if code not in ASKED_BY_LETTER
    }
    asked = select(Site.code, Site.contact_email).where(Site.contact_email != "")
    assert db.session.execute(asked).all() == [("HANGANG", "pier@hangang.example")]


def test_doubts_are_kept_with_their_facts(loaded_at):
    kept = {
        (code, name): (checked_on, is_assumption)
        for code, name, checked_on, is_assumption in db.session.execute(
            select(Site.code, SiteFact.name, SiteFact.checked_on, SiteFact.is_assumption).join(SiteFact)
        )
    }
    assert kept["TOPIS", "hours"] == (date(2026, 11, 21), True)
    assert kept["CGC-M", "hours"] == (date(2026, 11, 21), False)
    assert kept["EDC", "hours"] == (date(2026, 9, 2), False)
    assert kept["HANGANG", "hours"] == (date(2008, 7, 28), True)
    assert kept["OILTANK", "coordinates"] == (date(2026, 9, 2), True)


def test_agreements_keep_the_precision_of_their_sources(loaded_at):
    signed = dict(
        db.session.execute(
            select(Partner.name, Agreement.signed_on)
            .join(Agreement)
            .where(Partner.name.in_(["Taipei", "Hanoi", "Milan", "Shandong"]))
        ).all()
    )
    assert signed == {"Taipei": "1968", "Hanoi": "1996-05", "Milan": "2007", "Shandong": None}


def test_guides_speak_every_language_of_the_tours_that_need_one(loaded_at):
    led = db.session.scalars(select(Tour).where(Tour.needs_guide)).all()
    assert {tour.code for tour in led} == {"CITYHALL-TOUR", "CGC-W-WALK"}
    guides = db.session.scalars(select(Resource).where(Resource.kind == ResourceKind.GUIDE)).all()
    for tour in led:
        theirs = [guide.languages for guide in guides if tour.site in guide.sites]
        assert tour.site.languages <= frozenset().union(*theirs)


def test_the_office_has_people_and_vehicles_some_of_them_away(loaded_at):
    kinds = select(Resource.kind, func.count()).group_by(Resource.kind)
    assert {row[0].value: row[1] for row in db.session.execute(kinds)} == {
        "guide": 8,
        "interpreter": 9,
        "vehicle": 4,
        "liaison_officer": 4,
    }
    seats = select(Resource.seats).where(Resource.seats.is_not(None)).order_by(Resource.seats)
    assert db.session.scalars(seats).all() == [11, 25, 45, 45]
    leave = db.session.scalars(select(ResourceLeave)).all()
    assert len(leave) == 6
    assert all(row.starts_at > loaded_at for row in leave)


def test_some_are_asked_along_and_some_have_accepted(loaded_at):
    states = select(Assignment.state, func.count()).group_by(Assignment.state)
    numbers = {state.value: number for state, number in db.session.execute(states)}
    assert set(numbers) == {"asked", "accepted"}
    assert min(numbers.values()) >= 2


def test_loading_twice_is_refused_and_changes_nothing(loaded_at):
    visits = count(Visit)
    with pytest.raises(CityNotEmpty, match="already holds accounts, sites or delegations"):
        load_demo_city(loaded_at)
    assert count(Visit) == visits


def test_the_demo_city_loads_on_both_engines_and_says_what_is_there(app):
    told = load_demo_city(datetime(2026, 11, 23, 0, 30, tzinfo=UTC))
    assert told.startswith("The demo city is loaded: 17 sites, 18 tours, ")


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def wish_of(delegation: str, tour: str) -> Wish:
    found = (
        select(Wish)
        .join(Wish.delegation)
        .join(Wish.tour)
        .where(Delegation.name.like(delegation), Tour.code == tour)
    )
    return db.session.scalars(found).one()


def codes_of(delegation: str, tour: str, at: datetime) -> set[str]:
    """What the rules say to a wish as it was noted."""
    wish = wish_of(delegation, tour)
    request = VisitRequest(
        headcount=wish.headcount or wish.delegation.headcount,
        delegation_id=wish.delegation_id,
        tour_code=tour,
        starts_at=datetime.fromisoformat(wish.preferred_times[0]),
    )
    return {refusal.code for refusal in decide(request, diary_for(request, at), at).refusals}


def site_is_open(code: str, day: date) -> bool:
    site = db.session.scalars(select(Site).where(Site.code == code)).one()
    return any(hours.weekday == day.weekday() for hours in site.hours)

"""The visits of the demo: one at least in every state, today's, and those that something stands against."""

from dataclasses import replace
from datetime import datetime, timedelta

from scheduler.actions.lifecycle import Told
from scheduler.actions.sites import close_site
from scheduler.core.facts import VisitRequest
from scheduler.core.lifecycle import Act
from scheduler.core.spans import Span
from scheduler.demo.desk import Desk, Wanted
from scheduler.records.holds import expire_overdue

# What a site of guided rounds sees beside delegations: who, how many; day after day in turn.
OTHERS = (
    ("Primary school, fifth year", 22),
    ("Citizens, single bookings", 9),
    ("Residents' association", 15),
)
OTHERS_AT = ("CGC-M", "CITYHALL", "WRC-S", "EDC", "BOTANIC", "ARISU-T")


def take_other_places(desk: Desk) -> None:
    """Schools and citizens over the coming three weeks, today included, one round full to the last place."""
    number = 0
    for days in range(22):
        site_code = OTHERS_AT[days % len(OTHERS_AT)]
        for offer in desk.day(site_code, VisitRequest(headcount=1), days, asked_at=desk.ago(40))[::2]:
            name, headcount = OTHERS[number % len(OTHERS)]
            desk.other(offer, name, offer.tour.places if number == 4 else headcount)
            number += 1
    for offer in desk.day("CGC-W", VisitRequest(headcount=4), 0, asked_at=desk.ago(40))[1:2]:
        desk.other(offer, "Citizens, single bookings", 4)


def tell_what_was(desk: Desk) -> None:
    """Visits that are over: received, closed, and one where nobody came."""
    closed = desk.book(Wanted(who="interns", tour="CITYHALL-TOUR", day=9, hour="10:00", asked_days_ago=38))
    desk.receive(closed, 14)
    desk.act(closed, Act.CLOSE, Told(), by=desk.office.officer, at=closed.ends_at + timedelta(days=1))
    carried_out = desk.book(Wanted(who="interns", tour="EDC-HOUSE", day=18, hour="14:00", asked_days_ago=38))
    desk.receive(carried_out, 15)
    plant = desk.book(
        Wanted(who="beijing_committee", tour="WRC-S-HALL", day=7, hour="12:30", asked_days_ago=36)
    )
    desk.receive(plant, 8)
    desk.act(plant, Act.CLOSE, Told(), by=desk.office.officer, at=plant.ends_at + timedelta(days=1))
    missed = desk.book(Wanted(who="honolulu", tour="CGC-W-WALK", day=4, hour="14:00", asked_days_ago=30))
    desk.act(
        missed,
        Act.NO_SHOW,
        Told(reason="Nobody came; their flight was late"),
        by=desk.manager_of(missed),
        at=missed.ends_at,
    )


def receive_today(desk: Desk) -> None:
    """Whoever is in town today goes where it is open today; whose hour has begun has been received."""
    visits = []
    for who, site_codes in (
        ("hokkaido_citizens", ("CGC-W",)),
        ("interns", ("CITYHALL", "CGC-M", "OILTANK")),
        ("beijing_committee", ("TOPIS", "BOTANIC")),
    ):
        delegation = desk.guests[who].delegation
        request = VisitRequest(headcount=delegation.headcount, delegation_id=delegation.id)
        found = [o for code in site_codes for o in desk.day(code, request, 0, asked_at=desk.ago(30))]
        if found:
            hour = found[0].running.starts_at.astimezone(found[0].site.zone).strftime("%H:%M")
            day = (desk.at.astimezone(found[0].site.zone).date() - desk.guests[who].from_on).days
            wanted = Wanted(who=who, tour=found[0].tour.code, day=day, hour=hour, asked_days_ago=30)
            visits.append(desk.book(wanted))
    for visit in visits:
        if visit.tour_session.tour.needs_agreement:
            desk.confirm(visit, days_ago=27)
        if visit.starts_at <= desk.at:
            desk.receive(visit, visit.headcount - 1)


def ask_and_agree(desk: Desk) -> None:
    """Visits to come that are agreed, or wait for the site's word, one of them for far too long."""
    for who, tour, day, hour, days_ago in (
        ("african_ministers", "CITYHALL-TOUR", 1, "10:00", 20),
        ("african_ministers", "CGC-M-EXHIBITION", 2, "11:30", 20),
        ("surakarta", "CGC-M-EXHIBITION", 2, "14:00", 18),
        ("riyadh", "CGC-M-EXHIBITION", 2, "14:00", 9),
        ("tokyo", "CITYHALL-TOUR", 1, "10:00", 12),
        ("telangana", "CGC-M-EXHIBITION", 2, "10:00", 8),
    ):
        desk.book(Wanted(who=who, tour=tour, day=day, hour=hour, asked_days_ago=days_ago))
    agreed = desk.book(Wanted(who="sao_paulo", tour="TOPIS-CONTROL", day=2, hour="14:00", asked_days_ago=21))
    desk.record_agreement(agreed, days_ago=15)
    arisu = desk.book(Wanted(who="pacific", tour="ARISU-Y-PLANT", day=2, hour="14:30", asked_days_ago=10))
    desk.confirm(arisu, days_ago=6)
    silent = Wanted(who="surakarta", tour="TOPIS-CONTROL", day=3, hour="10:00", asked_days_ago=19)
    desk.book(silent)
    for who, tour, day, hour, days_ago in (
        ("transport_authorities", "TOPIS-CONTROL", 3, "10:00", 1),
        ("sixteen_cities", "MAPO-RRF-PLANT", 3, "10:00", 2),
        ("hanoi", "HANGANG-BOAT", 1, "14:00", 5),
        ("telangana", "WRC-T-PLANT", 1, "10:00", 2),
        ("chinese_officials", "WRC-N-PLANT", 3, "10:00", 1),
    ):
        desk.book(Wanted(who=who, tour=tour, day=day, hour=hour, asked_days_ago=days_ago))
    desk.book(
        Wanted(who="fire_officers", tour="SEOC-119", day=1, hour="10:00", asked_days_ago=1, headcount=21)
    )
    desk.book(Wanted(who="bangkok", tour="EDC-HOUSE", day=3, hour="14:00", asked_days_ago=1, headcount=30))


def hold(desk: Desk) -> None:
    """Places kept for a while: two holds that run, one that ran out."""
    at = desk.at
    running = Wanted(who="riyadh", tour="TOPIS-CONTROL", day=1, hour="10:00", asked_days_ago=1)
    desk.book(_held(running, at + timedelta(days=2)))
    ending = Wanted(who="bangkok", tour="CGC-W-GROUP", day=2, hour="10:00", asked_days_ago=3, headcount=40)
    desk.book(_held(ending, at + timedelta(hours=5)))
    ran_out = Wanted(who="transport_course", tour="TOPIS-CONTROL", day=2, hour="10:00", asked_days_ago=9)
    visit = desk.book(_held(ran_out, at - timedelta(days=2)))
    expire_overdue({visit.site_id}, (), at - timedelta(days=2))


def call_off(desk: Desk) -> None:
    """Visits that will not be, or not then: declined with other times, cancelled, postponed."""
    declined = desk.book(
        Wanted(who="sixteen_cities", tour="TOPIS-CONTROL", day=1, hour="15:00", asked_days_ago=6)
    )
    offered = declined.starts_at + timedelta(days=1), declined.starts_at + timedelta(days=2)
    desk.act(
        declined,
        Act.DECLINE,
        Told(reason="A drill takes place in the control room that day", offered_times=offered),
        by=desk.manager_of(declined),
        at=desk.ago(2),
    )
    cancelled = desk.book(
        Wanted(who="chinese_officials", tour="TOPIS-CONTROL", day=2, hour="10:00", asked_days_ago=8)
    )
    desk.confirm(cancelled, days_ago=5)
    guests = Told(reason="Their programme was shortened by a day", on_behalf_of="the guests")
    desk.act(cancelled, Act.CANCEL, guests, by=desk.office.officer, at=desk.ago(1))
    postponed = desk.book(Wanted(who="maputo", tour="WRC-T-PLANT", day=2, hour="10:00", asked_days_ago=7))
    later = Told(reason="The mayor's flight was moved; a new hour will be asked for")
    desk.act(postponed, Act.POSTPONE, later, by=desk.office.officer, at=desk.ago(3))


def change(desk: Desk) -> None:
    """One visit amended twice, and one that a closure runs against."""
    amended = desk.book(
        Wanted(who="sixteen_cities", tour="WRC-J-PLANT", day=2, hour="10:00", asked_days_ago=9)
    )
    desk.move(amended, timedelta(hours=5), headcount=16, days_ago=5)
    desk.move(amended, timedelta(0), headcount=14, days_ago=2)
    clashing = desk.book(Wanted(who="riyadh", tour="BOTANIC-GARDEN", day=3, hour="14:00", asked_days_ago=9))
    closed = Span(clashing.starts_at - timedelta(hours=4), clashing.ends_at + timedelta(hours=3))
    reason = "A pipe burst in the greenhouse"
    close_site(clashing.site_id, closed, reason, by=desk.manager_of(clashing), at=desk.ago(1))


def _held(wanted: Wanted, until: datetime) -> Wanted:
    return replace(wanted, hold_until=until)

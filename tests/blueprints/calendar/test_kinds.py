"""What each kind of feed shows, in which language, and what none of them ever tells."""

from datetime import timedelta
from itertools import pairwise

import pytest
import vobject
from icalendar import Calendar

from scheduler.access import Actor, Role
from scheduler.actions.engagements import plan_engagement
from scheduler.actions.lifecycle import act_upon
from scheduler.core.engagements import EngagementRequest
from scheduler.core.lifecycle import Act, VisitState
from scheduler.core.stops import EngagementKind
from scheduler.records.accounts import Account
from scheduler.records.database import db
from scheduler.records.delegations import Delegate, Delegation
from scheduler.records.engagements import Attendance
from scheduler.records.feeds import FeedKind
from scheduler.records.parts import Part
from scheduler.records.places import Place
from scheduler.records.sites import Site
from scheduler.records.visits import Visit
from tests import make, staff
from tests.cast import AT, HEAD, OFFICER, seoul


@pytest.fixture
def tour(app):
    return make.tour(make.site("TOPIS", name="TOPIS"), name="Briefing", largest_group=100, places=100)


@pytest.fixture
def an(app):
    account = make.account("an@city.example")
    return Actor(account_id=account.id, email=account.email, roles=frozenset({Role.OFFICER}))


@pytest.fixture
def hanoi(an):
    return make.delegation("Hanoi", officer_id=an.account_id, name_native="Hà Nội")


@pytest.fixture
def kampala(app):
    return make.delegation("Kampala")


@pytest.fixture
def visits(hanoi, kampala, tour):
    return [
        make.visit(hanoi, make.tour_session(tour, seoul(14, 10)), 5),
        make.visit(kampala, make.tour_session(tour, seoul(15, 10)), 5),
    ]


def lunch(who, **told):
    asked = {"kind": EngagementKind.MEAL, "title": "Lunch", "host": "Vice mayor"} | told
    request = EngagementRequest(delegation_id=who.id, starts_at=seoul(14, 12), ends_at=seoul(14, 13), **asked)
    return plan_engagement(request, by=OFFICER, at=AT)


def delegate(who, name, *, of_part=None):
    made = Delegate(delegation_id=who.id, print_as=name)
    db.session.add(made)
    if of_part is not None:
        of_part.members.append(made)
    db.session.commit()
    return made


def summaries(answer):
    assert answer.status_code == 200
    return [found.summary.value for found in getattr(vobject.readOne(answer.text), "vevent_list", [])]


def name_in(answer):
    return str(Calendar.from_ical(answer.data).get("X-WR-CALNAME", ""))


def test_an_officers_feed_shows_their_delegations_and_changes_hands_with_them(
    fetch, address, an, hanoi, kampala, visits
):
    lunch(hanoi)
    path = address(FeedKind.OFFICER, db.session.get_one(Account, an.account_id), by=an)
    first = fetch(path)
    assert summaries(first) == ["Hanoi: TOPIS: Briefing", "Hanoi: Lunch"]
    assert name_in(first) == "Delegations of an@city.example"
    for number, officer_id in ((kampala.id, an.account_id), (hanoi.id, None)):
        db.session.get_one(Delegation, number).officer_id = officer_id
        db.session.commit()
    after = fetch(path, If_None_Match=first.headers["ETag"])
    assert summaries(after) == ["Kampala: TOPIS: Briefing"]
    assert fetch(path, If_Modified_Since=first.headers["Last-Modified"]).status_code == 200


def test_the_divisions_feed_shows_everything(fetch, address, hanoi, visits):
    lunch(hanoi)
    answer = fetch(address(FeedKind.DIVISION))
    assert summaries(answer) == ["Hanoi: TOPIS: Briefing", "Hanoi: Lunch", "Kampala: TOPIS: Briefing"]
    assert name_in(answer) == "Delegations in Seoul"
    assert not [word for word in ("METHOD", "ATTENDEE", "guests.example", "ORGANIZER") if word in answer.text]


def test_a_delegate_is_shown_the_stops_they_attend(fetch, address, hanoi, tour, visits):
    """Named for a stop; else of the part that goes; else everybody goes."""
    part = Part(delegation_id=hanoi.id, division="Day 2", name="Engineers", headcount=3)
    db.session.add(part)
    db.session.flush()
    engineer, mayor = delegate(hanoi, "Engineer", of_part=part), delegate(hanoi, "Mayor")
    parted = make.visit(hanoi, make.tour_session(tour, seoul(16, 10)), 3, part_id=part.id)
    named = make.visit(hanoi, make.tour_session(tour, seoul(17, 10)), 1)
    meal = lunch(hanoi)
    db.session.add(Attendance(delegate_id=mayor.id, visit_id=named.id))
    db.session.add(Attendance(delegate_id=engineer.id, engagement_id=meal.id))
    db.session.commit()

    def uids(who):
        return set(_uids(fetch(address(FeedKind.DELEGATE, who))))

    everybodys = visits[0].uid
    assert uids(engineer) == {everybodys, parted.uid, meal.uid}
    assert uids(mayor) == {everybodys, named.uid}
    assert name_in(fetch(address(FeedKind.DELEGATE, mayor))) == "Mayor in Seoul"


def test_a_delegates_feed_follows_who_is_named(fetch, address, hanoi, visits):
    mayor, guest = delegate(hanoi, "Mayor"), delegate(hanoi, "Guest")
    path, tags = address(FeedKind.DELEGATE, mayor), []
    for names in ([], [guest], [guest, mayor], []):
        db.session.query(Attendance).delete()
        db.session.add_all([Attendance(delegate_id=each.id, visit_id=visits[0].id) for each in names])
        db.session.commit()
        answer = fetch(path)
        assert bool(summaries(answer)) is (not names or mayor in names)
        tags.append(answer.headers["ETag"])
    # What is shown, is shown, is shown again: bytes and tag with it.
    assert len({tags[0], tags[2], tags[3]}) == 1
    assert tags[1] != tags[0]


def test_a_site_that_is_the_place_of_a_meal_is_renamed_there(fetch, address, hanoi, tour):
    place = db.session.query(Place).filter_by(site_id=tour.site_id).one()
    lunch(hanoi, place=place.code)
    paths = [address(FeedKind.DELEGATION, hanoi), address(FeedKind.DIVISION)]
    before = [fetch(path).headers["ETag"] for path in paths]
    site = db.session.get_one(Site, tour.site_id)
    site.name, site.version = "Control tower", site.version + 1
    db.session.commit()
    for path, tag in zip(paths, before, strict=True):
        assert "LOCATION:Control tower" in fetch(path, If_None_Match=tag).text


@pytest.mark.parametrize(
    ("country", "languages", "words"), [("KR", {"ko", "en"}, "도착하여"), ("VN", {"vi"}, "Please arrive")]
)
def test_guests_read_their_own_language_and_the_office_its_own(
    fetch, address, tour, country, languages, words
):
    guests = make.delegation("Hanoi", country=country, languages=languages, has_interpreter=True)
    make.visit(guests, make.tour_session(tour, seoul(14, 10)), 5)
    member = delegate(guests, "An")
    for path in (address(FeedKind.DELEGATION, guests), address(FeedKind.DELEGATE, member)):
        assert words in fetch(path, Accept_Language="de").text.replace("\r\n ", "")
    assert "Delegation: Hanoi" in fetch(address(FeedKind.DIVISION)).text


def test_busy_times_are_merged_ascending_in_utc_and_bear_no_name(fetch, address, an, hanoi, visits, tour):
    touching = make.visit(hanoi, make.tour_session(tour, seoul(14, 11)), 5)
    awaited = make.visit(hanoi, make.tour_session(tour, seoul(18, 10)), 5)
    off = make.visit(hanoi, make.tour_session(tour, seoul(17, 10)), 5)
    act_upon(off.id, Act.CANCEL, by=OFFICER, at=AT)
    kept = db.session.get_one(Visit, awaited.id)
    kept.state = VisitState.REQUESTED
    kept.version += 1
    db.session.commit()
    assert touching.ends_at == seoul(14, 12)
    account = db.session.get_one(Account, an.account_id)
    for kind, subject in ((FeedKind.DELEGATION, hanoi), (FeedKind.OFFICER, account)):
        answer = fetch(address(kind, subject, by=an, busy=True))
        lines = answer.text.replace("\r\n ", "").split("\r\n")
        assert [line for line in lines if line.startswith("FREEBUSY")] == [
            "FREEBUSY;FBTYPE=BUSY:20261214T010000Z/20261214T030000Z",
            "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20261218T010000Z/20261218T020000Z",
        ]
        words = ("VEVENT", "SUMMARY", "METHOD", "ATTENDEE", "TOPIS", "Briefing", "Hanoi", "Hà Nội", "TZID")
        assert not [word for word in words if word in answer.text]


def test_busy_times_are_called_by_the_subjects_public_name_only(fetch, address, hanoi, tour):
    site, guide = db.session.get_one(Site, tour.site_id), staff.guide(db.session.get_one(Site, tour.site_id))
    member = delegate(hanoi, "Ms An")
    names = [
        (FeedKind.SITE, site, "TOPIS"),
        (FeedKind.RESOURCE, guide, "Guide 1"),
        (FeedKind.DELEGATION, hanoi, ""),
        (FeedKind.DELEGATE, member, ""),
        (FeedKind.DIVISION, None, "Seoul Protocol Office"),
    ]
    for kind, subject, name in names:
        answer = fetch(address(kind, subject, busy=True))
        assert (name_in(answer), answer.text.count("BEGIN:VFREEBUSY")) == (name, 1)
        assert "FREEBUSY;" not in answer.text


def test_the_feed_of_one_tells_nothing_of_another(fetch, address, hanoi, kampala, visits):
    for mine, other in ((hanoi, kampala), (kampala, hanoi)):
        for path in (address(FeedKind.DELEGATION, mine), address(FeedKind.DELEGATE, delegate(mine, "Guest"))):
            assert mine.name in fetch(path).text
            assert other.name not in fetch(path).text


def test_somebodys_own_feeds_end_with_their_account(fetch, address, an):
    account = db.session.get_one(Account, an.account_id)
    paths = [
        address(FeedKind.OFFICER, account, by=an),
        address(FeedKind.OFFICER, account, by=HEAD, busy=True),
        address(FeedKind.DIVISION, by=an),
        address(FeedKind.DIVISION, by=an, busy=True),
    ]
    others = address(FeedKind.DIVISION)
    assert [fetch(path).status_code for path in paths] == [200] * 4
    account.is_active = False
    db.session.commit()
    assert [fetch(path).status_code for path in (*paths, others)] == [410] * 4 + [200]


def test_hours_at_midnight_and_across_it_and_over_a_leap_day_are_told_as_they_are(fetch, address, tour):
    """A visit at 00:00, one across midnight, one at a site in another zone."""
    long = make.delegation("Long", arrives_at=seoul(1, month=11), departs_at=seoul(1, month=12, year=2027))
    far = make.tour(make.site("TOKYO", zone="Europe/Paris", name="Paris"))
    sessions = [
        make.tour_session(tour, seoul(14)),
        make.tour_session(tour, seoul(15, 23, 30)),
        make.tour_session(far, seoul(16, 18)),
    ]
    for each in sessions:
        make.visit_written_past_the_office(long, each)
    path = address(FeedKind.DELEGATION, long)
    found = [(event.start, event.end) for event in Calendar.from_ical(fetch(path).data).events]
    assert found == [(each.starts_at, each.ends_at) for each in sessions]
    assert all(before < after for before, after in pairwise(start for start, _end in found))
    assert found[1][1] - found[1][0] == timedelta(hours=1)


def _uids(answer):
    return [found.uid.value for found in getattr(vobject.readOne(answer.text), "vevent_list", [])]

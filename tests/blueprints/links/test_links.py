"""Officers make links, see what became of them, take them back; answers are on their desk."""

import re

import pytest

from scheduler.actions.link_answers import VisitAnswer, VisitAnswerKind, answer_site_link
from scheduler.actions.links import make_site_link
from scheduler.records.database import db
from scheduler.records.links import Link
from tests import make
from tests.actions.seen import confirm
from tests.cast import AT, OFFICER, seoul


@pytest.fixture
def tour(app):
    return make.tour(make.site(name="The museum"), needs_agreement=True)


@pytest.fixture
def visit(tour):
    return make.visit(make.delegation("Hanoi"), make.tour_session(tour, seoul(14, 10)))


def address_on(page):
    """The secret address that the page shows, as a path."""
    shown = page.all("input", id="address")[0].get("value")
    return re.sub("^http://localhost", "", shown)


def link_for(*visits):
    return make_site_link(visits[0].site_id, [visit.id for visit in visits], by=OFFICER, at=AT)


def agree(visit, secret, name="Kim Minsu"):
    yes = VisitAnswer(visit_id=visit.id, seen=visit.version, kind=VisitAnswerKind.AGREE)
    return answer_site_link(secret, [yes], answered_by=name, at=AT)


def test_a_link_is_made_on_the_page_of_a_visit_and_shown_once(as_officer, as_stranger, visit):
    as_officer.get(f"/visits/{visit.id}")
    page = as_officer.submit(f"/links/visits/{visit.id}", status=201)
    assert "Copy it now: it is shown this once only." in page
    assert "Hanoi" in as_stranger.get(address_on(page))
    kept = db.session.query(Link).one()
    for path in ("/links", f"/links/{kept.id}", f"/visits/{visit.id}"):
        assert address_on(page) not in as_officer.get(path).html
    assert f"Link {kept.id}, 1 question, until Sun 6 Dec 2026 12:00" in as_officer.page


def test_a_link_is_made_for_all_of_a_day_on_the_roster(as_officer, as_stranger, tour, visit):
    other = make.visit(make.delegation("Quito"), make.tour_session(tour, seoul(14, 12)))
    as_officer.get("/roster/TOPIS/2026-12-14")
    page = as_officer.submit("/links/sites/TOPIS/2026-12-14", status=201)
    shown = as_stranger.get(address_on(page))
    assert "Hanoi" in shown
    assert "Quito" in shown
    assert db.session.query(Link).one().asked == [[visit.id, 1], [other.id, 1]]


def test_no_link_is_offered_where_nothing_waits(as_officer, visit):
    page = as_officer.get(f"/visits/{visit.id}")
    assert "Link for the owner" in page
    assert "Link for all of this day" not in as_officer.get("/roster/TOPIS/2026-12-15")
    confirm(visit)
    assert "Link for the owner" not in as_officer.get(f"/visits/{visit.id}")
    assert "Link for all of this day" not in as_officer.get("/roster/TOPIS/2026-12-14")
    as_officer.post(f"/links/visits/{visit.id}")
    assert "Nothing there waits for an answer, so no link was made." in as_officer.follow()
    as_officer.post("/links/sites/TOPIS/2026-12-14")
    as_officer.post("/links/resources/999", status=404)


@pytest.mark.parametrize(
    "path", ["/links/sites/TOPIS/2026-13-01", "/links/sites/NOPE/2026-12-14", "/links/visits/9"]
)
def test_what_is_not_there_has_no_link(as_officer, visit, path):
    as_officer.get("/links")
    as_officer.post(path, status=404)


def test_nobody_but_officers_makes_sees_or_revokes_links(as_manager, as_head, tour, visit):
    link, _secret = link_for(visit)
    for somebody in (as_manager(tour.site), as_head):
        page = somebody.get(f"/visits/{visit.id}")
        assert "The owner without an account" not in page
        assert "The owner without an account" not in somebody.get("/roster/TOPIS/2026-12-14")
        for path in ("/links", f"/links/{link.id}"):
            somebody.get(path, status=403)
        for path in (
            f"/links/visits/{visit.id}",
            "/links/sites/TOPIS/2026-12-14",
            f"/links/{link.id}/revoke",
        ):
            somebody.post(path, status=403)


def test_a_link_is_taken_back_where_it_is_listed(as_officer, as_stranger, visit):
    link, secret = link_for(visit)
    as_officer.get(f"/visits/{visit.id}")
    as_officer.submit(f"/links/{link.id}/revoke")
    page = as_officer.follow()
    assert "The link is taken back" in page
    assert f"Link {link.id}," not in page
    assert "taken back" in as_stranger.get(f"/answer/{secret}", status=410)
    assert "Taken back" in as_officer.get(f"/links/{link.id}")


def test_what_was_answered_first_is_said_to_whoever_wanted_to_take_the_link_back(as_officer, visit):
    link, secret = link_for(visit)
    as_officer.get(f"/links/{link.id}")
    agree(visit, secret)
    as_officer.submit(f"/links/{link.id}/revoke")
    page = as_officer.follow()
    assert "The link was answered before it could be taken back." in page
    assert "Kim Minsu" in page
    assert "Hanoi, Mon 14 Dec 2026 10:00–11:00 Agreed" in page


def test_links_are_listed_by_how_they_stand(as_officer, tour, visit):
    other = make.visit(make.delegation("Quito"), make.tour_session(tour, seoul(14, 12)))
    (answered, secret), (opened, _) = link_for(visit), link_for(other)
    agree(visit, secret)
    page = as_officer.get("/links")
    assert "Kim Minsu" in page
    assert "Agreed: 1" in page
    assert [e.get("href") for e in page.all("a") if e.within("th")] == [
        f"/links/{opened.id}",
        f"/links/{answered.id}",
    ]
    assert "Kim Minsu" not in as_officer.get("/links", state="open")
    assert "No links" in as_officer.get("/links", state="expired")
    as_officer.get("/links", state="nonsense", page="-3")
    as_officer.get("/links", page="99999999999")


def test_many_links_are_listed_a_page_at_a_time(as_officer, visit):
    for _each in range(51):
        link_for(visit)
    page = as_officer.get("/links")
    assert len([e for e in page.all("th") if e.get("scope") == "row"]) == 50
    following = next(e.get("href") for e in page.all("a") if e.get("rel") == "next")
    assert len([e for e in as_officer.get(following).all("th") if e.get("scope") == "row"]) == 1


def test_answers_of_the_last_week_are_on_the_officers_desk(as_officer, as_head, visit):
    assert "Answered by link" not in as_officer.get("/")
    link, secret = link_for(visit)
    agree(visit, secret)
    page = as_officer.get("/")
    assert "Answered by link in the last week" in page
    assert "The museum: Agreed: 1 · Kim Minsu, Sun 22 Nov 2026 12:00" in page
    assert "Answered by link" not in as_head.get("/")
    kept = db.session.get_one(Link, link.id)
    kept.answered_at = seoul(15, 11, month=11)
    db.session.commit()
    assert "Answered by link" not in as_officer.get("/")


def test_the_visit_tells_who_agreed_by_link(as_officer, visit):
    agree(visit, link_for(visit)[1])
    page = as_officer.get(f"/visits/{visit.id}")
    assert "Kim Minsu, Sun 22 Nov 2026 12:00, By link" in page
    assert "Kim Minsu, by link: confirmed" in page

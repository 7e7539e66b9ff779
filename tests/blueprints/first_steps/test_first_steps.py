"""The guide: steps that are checked off from what is there, and the ways to them."""

import pytest

from scheduler.access import Role
from scheduler.records.accounts import Account
from scheduler.records.database import db
from scheduler.records.visits import Visit
from tests import make
from tests.cast import seoul
from tests.clients import Client


def newcomer(app, *roles, is_demo=False, site_ids=(), email="new@city.example"):
    """Somebody who does not know the way yet, signed in."""
    account = make.account(email, *roles, site_ids=site_ids)
    account.is_guided, account.is_demo = True, is_demo
    db.session.commit()
    return Client(app).sign_in(email)


def panel(page):
    found = [each.text for each in page.all("aside") if each.get("class") == "first-steps"]
    return found[0] if found else ""


def book_first_offered(client, page):
    """Press the first button that books, as the page has it."""
    form = next(each for each in page.all("form") if each.get("action") == "/book" and not each.get("id"))
    values = {e.get("name"): e.get("value") for e in page.all("input") if form in e.parents}
    client.post("/book", values)
    return client.follow()


@pytest.fixture
def city(app):
    """Three sites with two rounds on each of some days; one round is full."""
    for code in ("AQUA", "BUS", "CITY"):
        tour = make.tour(make.site(code), name=f"Tour of {code}")
        for day in (14, 15, 16):
            for hour in (10, 14):
                made = make.tour_session(tour, seoul(day, hour))
                if (code, day, hour) == ("CITY", 15, 10):
                    make.other_booking(made, 30)


def test_a_newcomer_is_led_from_the_first_form_to_the_roster(app, city):
    new = newcomer(app)
    assert "First steps: 0 of 6 Register a delegation" in panel(new.get("/"))
    new.get("/first-steps/register", status=303)
    new.follow()
    new.submit("/delegations/register")
    assert "1 of 6 Book their first stop" in panel(new.follow())
    for code, done in (("first_stop", "2 of 6 Book a second"), ("second_stop", "3 of 6 Meet a no")):
        new.get(f"/first-steps/{code}", status=303)
        assert done in panel(book_first_offered(new, new.follow()))
    new.get("/first-steps/collision", status=303)
    page = new.follow()
    assert "Not enough places" in page
    assert "4 of 6 Take their calendar" in panel(book_first_offered(new, page))
    new.get("/first-steps/calendar", status=303)
    new.follow()
    assert new.answer.get_data().startswith(b"BEGIN:VCALENDAR")
    assert "5 of 6 See the roster" in panel(new.get("/"))
    new.get("/first-steps/roster", status=303)
    assert "Porto" in new.follow()
    assert "6 of 6 That was all" in panel(new.get("/"))


def test_where_no_session_is_full_a_third_stop_is_booked_plainly(app):
    tour = make.tour(make.site())
    make.tour_session(tour, seoul(14, 10))
    new = newcomer(app)
    page = new.get("/first-steps")
    assert "Book a third stop" in page
    assert "Meet a no" not in page


def test_a_city_without_anything_leads_nowhere_wrong(app):
    new = newcomer(app)
    for code in ("first_stop", "collision", "calendar", "roster"):
        new.get(f"/first-steps/{code}", status=303)
        new.follow()
    new.get("/first-steps/nonsense", status=404)
    new.get("/first-steps/register", status=303)
    new.follow()
    new.submit("/delegations/register")
    for code in ("first_stop", "collision", "third_stop"):
        new.get(f"/first-steps/{code}", status=303)
        new.follow()


@pytest.mark.parametrize(
    ("role", "first", "steps"),
    [
        (Role.HEAD, "See every site on the board", 3),
        (Role.MANAGER, "Look at your site's day", 3),
        (Role.ADMINISTRATOR, "Enter the first site", 3),
    ],
)
def test_everybody_has_steps_of_their_own_that_lead_somewhere(app, role, first, steps):
    new = newcomer(app, role)
    assert f"First steps: 0 of {steps} {first}" in panel(new.get("/"))
    for link in [e.get("href") for e in new.get("/first-steps").all("a") if "/first-steps/" in e.get("href")]:
        new.get(link, status=303)
        new.follow()


def test_what_a_manager_looked_at_is_done(app):
    new = newcomer(app, Role.MANAGER, site_ids=(make.site().id,))
    new.get("/roster", status=303)
    new.follow()
    new.get("/week")
    assert "2 of 3 Put the visits into your own calendar" in panel(new.get("/"))


def test_an_administrator_of_a_furnished_city_is_not_led(app):
    make.tour(make.site())
    make.account("other@city.example")
    assert panel(newcomer(app, Role.ADMINISTRATOR).get("/")) == ""


def test_whoever_knows_the_way_puts_the_guide_away_and_calls_it_back(app):
    new = newcomer(app)
    new.get("/sites")
    new.submit("/first-steps/away")
    assert new.answer.headers["Location"] == "/sites"
    assert panel(new.follow()) == ""
    assert not db.session.query(Account).filter_by(email="new@city.example").one().is_guided
    new.get("/me")
    new.submit("/first-steps/again")
    assert "1. Register a delegation" in new.follow()
    new.post("/first-steps/away", {"next": "https://elsewhere.example/"})
    assert new.answer.headers["Location"] == "/"


@pytest.fixture
def in_demo(app, city):
    """A newcomer of the demo with one stop at a site whose manager is an account of the demo."""
    new = newcomer(app, is_demo=True)
    new.get("/first-steps/register", status=303)
    new.follow()
    new.submit("/delegations/register")
    new.get("/first-steps/first_stop", status=303)
    book_first_offered(new, new.follow())
    return new


def test_in_the_demo_a_newcomer_is_the_manager_for_a_moment(app, in_demo):
    stop = db.session.query(Visit).one()
    manager = make.account("manager@city.example", Role.MANAGER, site_ids=(stop.site_id,))
    manager.is_demo = True
    db.session.commit()
    in_demo.post("/first-steps/as-manager")
    page = in_demo.follow()
    assert "You are the manager now manager@city.example" in panel(page)
    assert "Porto" in page
    in_demo.get("/delegations", status=403)
    in_demo.submit("/first-steps/back")
    assert "Done" in in_demo.follow().all("li", class_="card step step-done")[-1].text
    in_demo.get("/delegations")


def test_without_such_a_manager_nobody_changes_places(in_demo):
    in_demo.post("/first-steps/as-manager")
    assert "Book a stop first" in in_demo.follow()


def test_outside_the_demo_nobody_changes_places(app, as_officer):
    as_officer.get("/")
    as_officer.post("/first-steps/as-manager")
    assert "Book a stop first" in as_officer.follow()
    as_officer.post("/first-steps/back", status=404)

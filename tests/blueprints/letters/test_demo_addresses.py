"""In the demo a newcomer can follow the secret addresses in letters; anywhere else they stay masked."""

import pytest

from scheduler.records.accounts import Account
from scheduler.records.database import db
from tests import make
from tests.cast import seoul
from tests.posting import letter_to, written


@pytest.fixture
def letter(app):
    make.visit(make.delegation(), make.tour_session(make.tour(make.site()), seoul(14, 10)))
    written(app)
    return letter_to("contact@guests.example")


def address_shown(as_officer, letter):
    page = as_officer.get(f"/letters/{letter.id}")
    return page.text.partition("/guests/")[2].split()[0]


def test_secret_addresses_are_masked(as_officer, letter):
    assert len(address_shown(as_officer, letter)) < 20


def test_the_demo_shows_them_since_its_guests_do_not_exist(as_officer, as_stranger, letter):
    db.session.query(Account).update({"is_demo": True})
    db.session.commit()
    secret = address_shown(as_officer, letter)
    assert "Tour of TOPIS" in as_stranger.get(f"/guests/{secret}")

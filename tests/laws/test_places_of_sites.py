"""Every site is a place: the one follows the other, and is never typed apart from it."""

import pytest

from tests import make
from tests.laws.by_hand import Hand

LAW = "place_of_its_site"
# PostgreSQL refuses by a constraint that is none of our laws; SQLite, which could replace, by one that is.
UNIQUE = (None, "row_is_not_replaced")
COLUMNS = "code, name, name_native, address, latitude, longitude"


@pytest.fixture
def site(hand: Hand):
    return make.site(name_native="토피스", address="110 Sejong-daero", latitude=37.5665, longitude=126.978)


def both(hand: Hand) -> list[list[tuple[object, ...]]]:
    return [hand.rows(f"SELECT {COLUMNS} FROM {table} ORDER BY code") for table in ("site", "place")]


def test_a_new_site_is_a_place(hand: Hand, site):
    of_sites, of_places = both(hand)
    assert of_places == of_sites == [("TOPIS", "Site TOPIS", "토피스", "110 Sejong-daero", 37.5665, 126.978)]
    assert hand.rows("SELECT site_id, version FROM place") == [(site.id, 1)]


@pytest.mark.parametrize(
    "change",
    [
        "code = 'CTV'",
        "name = 'Control'",
        "name_native = ''",
        "address = ''",
        "latitude = -90, longitude = 180",
    ],
)
def test_the_place_follows_its_site(hand: Hand, site, change):
    hand.write(f"UPDATE site SET {change}")
    of_sites, of_places = both(hand)
    assert of_places == of_sites
    assert hand.rows("SELECT version FROM place") == [(2,)]


@pytest.mark.parametrize(
    "change",
    [
        "code = 'CTV'",
        "name = 'Control'",
        "name_native = ''",
        "address = ''",
        "latitude = 37",
        "site_id = NULL",
    ],
)
def test_the_place_of_a_site_is_not_typed(hand: Hand, site, change):
    assert hand.law_against(f"UPDATE place SET {change}") == LAW


@pytest.mark.parametrize("off_the_map", ["latitude = 91", "longitude = -180.5", "longitude = NULL"])
def test_a_site_that_is_nowhere_on_earth_is_a_place_without_a_spot(hand: Hand, site, off_the_map):
    hand.write(f"UPDATE site SET {off_the_map}")
    assert hand.rows("SELECT latitude, longitude FROM place") == [(None, None)]
    hand.write("UPDATE site SET latitude = 37, longitude = 127")
    assert hand.rows("SELECT latitude, longitude FROM place") == [(37, 127)]


def test_the_place_of_a_site_is_not_given_to_another(hand: Hand, site):
    make.site("DMC")
    hand.write(_place("HOTEL", "NULL"))
    assert hand.law_against(f"UPDATE place SET site_id = {site.id} WHERE code = 'HOTEL'") in UNIQUE
    assert hand.law_against(_place("HOTEL-2", str(site.id))) in UNIQUE


def test_the_place_goes_with_its_site_and_not_before(hand: Hand, site):
    assert hand.law_against("DELETE FROM place") == LAW
    hand.write(_place("HOTEL", "NULL"))
    hand.write("DELETE FROM site_hours")
    hand.write("DELETE FROM site")
    assert hand.rows("SELECT code FROM place") == [("HOTEL",)]


def test_other_places_are_free_to_change(hand: Hand, site):
    hand.write(_place("HOTEL", "NULL"))
    hand.write("UPDATE place SET name = 'Plaza', latitude = 37.5 WHERE code = 'HOTEL'")
    hand.write("DELETE FROM place WHERE code = 'HOTEL'")


def test_a_site_does_not_take_the_code_of_another_place(hand: Hand, site):
    hand.write(_place("HOTEL", "NULL"))
    assert hand.law_against("UPDATE site SET code = 'HOTEL'") in UNIQUE


def _place(code: str, site_id: str) -> str:
    return (
        "INSERT INTO place (code, site_id, name, name_native, address, version) "
        f"VALUES ('{code}', {site_id}, 'Hotel', '', '', 1)"
    )

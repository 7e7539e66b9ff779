"""What the clock shows where guests come from: known where the whole country's clocks agree."""

from datetime import UTC, datetime

import pytest

from scheduler.words.home_zones import home_zone, hours_at_home
from tests.cast import seoul

DECEMBER, JULY = datetime(2026, 12, 14, 1, 30, tzinfo=UTC), datetime(2026, 7, 14, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("country", "zone"),
    [
        ("VN", "Asia/Ho_Chi_Minh"),
        ("vn", "Asia/Ho_Chi_Minh"),
        ("CN", "Asia/Shanghai"),
        ("DE", "Europe/Berlin"),
        ("UZ", "Asia/Samarkand"),
        ("US", None),
        ("ES", None),
        ("XX", None),
        ("", None),
        (None, None),
    ],
)
def test_a_countrys_zone_is_known_where_all_its_clocks_agree(country, zone):
    assert home_zone(country, DECEMBER) == zone


def test_it_is_asked_for_an_instant_and_may_be_known_in_summer_alone():
    """Ukraine's zones are told as two, which differ in winter."""
    assert (home_zone("UA", DECEMBER), home_zone("UA", JULY)) == (None, "Europe/Kyiv")


@pytest.mark.parametrize(
    ("country", "told"),
    [
        ("VN", "08:30–09:30 in Vietnam"),
        ("GB", "01:30–02:30 in United Kingdom"),
        ("KR", ""),
        ("JP", ""),
        ("US", ""),
        (None, ""),
    ],
)
def test_hours_at_home_stand_beside_those_of_the_site_where_they_differ(app, country, told):
    with app.test_request_context():
        span = seoul(14, 10, 30), seoul(14, 11, 30)
        assert hours_at_home(*span, country=country, zone="Asia/Seoul") == told


def test_another_day_at_home_is_named(app):
    with app.test_request_context():
        told = hours_at_home(seoul(14, 7), seoul(14, 8), country="GB", zone="Asia/Seoul")
        assert told == "Sun 13 Dec 2026 22:00–23:00 in United Kingdom"

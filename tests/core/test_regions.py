"""Every country lies in one region, and the Middle East is the city's own."""

import pytest
from babel import Locale

from scheduler.core.regions import _COUNTRIES, Region, region_of

# Codes of no country: unions, oceans, test codes, and the Antarctic, where no delegation comes from.
NOWHERE = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AQ"}


def test_every_country_we_can_name_has_a_region():
    named = {code for code in Locale("en").territories if len(code) == 2 and code.isalpha()}
    assert {code for code in named - NOWHERE if region_of(code) is Region.OTHER} == set()


def test_no_country_lies_in_two_regions():
    codes = [code for codes in _COUNTRIES.values() for code in codes.split()]
    assert sorted(codes) == sorted(set(codes))


@pytest.mark.parametrize(
    ("country", "region"),
    [
        ("KR", Region.EAST_ASIA),
        ("VN", Region.SOUTH_EAST_ASIA),
        ("IN", Region.SOUTH_ASIA),
        ("IR", Region.MIDDLE_EAST),
        ("EG", Region.MIDDLE_EAST),
        ("MA", Region.AFRICA),
        ("TR", Region.MIDDLE_EAST),
        ("CY", Region.EUROPE),
        ("kz", Region.CENTRAL_ASIA),
        ("MX", Region.LATIN_AMERICA),
        (None, Region.OTHER),
        ("", Region.OTHER),
        ("ZZ", Region.OTHER),
    ],
)
def test_where_a_country_lies(country, region):
    assert region_of(country) is region

"""Which part of the world a country lies in, for reports.

The lines follow the sub-regions of the UN statistics division (M49, "Standard country or area codes for
statistical use") but for what the city's own reports do: the Middle East stands alone (M49's Western Asia
without Cyprus and the Caucasus, with Iran and Egypt), the Caucasus is with Central Asia, the rest of Northern
Africa with Africa. Codes are those of ISO 3166-1 alpha-2, and XK as it is in use for Kosovo.
"""

from collections.abc import Mapping
from enum import StrEnum


class Region(StrEnum):
    EAST_ASIA = "east_asia"
    SOUTH_EAST_ASIA = "south_east_asia"
    SOUTH_ASIA = "south_asia"
    CENTRAL_ASIA = "central_asia"
    MIDDLE_EAST = "middle_east"
    EUROPE = "europe"
    AFRICA = "africa"
    NORTH_AMERICA = "north_america"
    LATIN_AMERICA = "latin_america"
    OCEANIA = "oceania"
    OTHER = "other"


_COUNTRIES: Mapping[Region, str] = {
    Region.EAST_ASIA: "CN HK JP KP KR MN MO TW",
    Region.SOUTH_EAST_ASIA: "BN ID KH LA MM MY PH SG TH TL VN",
    Region.SOUTH_ASIA: "AF BD BT IN IO LK MV NP PK",
    # With the Caucasus, which M49 counts to Western Asia.
    Region.CENTRAL_ASIA: "AM AZ GE KG KZ TJ TM UZ",
    Region.MIDDLE_EAST: "AE BH EG IL IQ IR JO KW LB OM PS QA SA SY TR YE",
    Region.EUROPE: (
        "AD AL AT AX BA BE BG BY CH CQ CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT "
        "LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK"
    ),
    Region.AFRICA: (
        "AC AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EA EH ER ET GA GH GM GN GQ GW IC KE KM LR LS LY MA "
        "MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TA TD TF TG TN TZ UG YT ZA ZM ZW"
    ),
    Region.NORTH_AMERICA: "BM CA GL PM US",
    Region.LATIN_AMERICA: (
        "AG AI AR AW BB BL BO BQ BR BS BV BZ CL CO CR CU CW DM DO EC FK GD GF GP GS GT GY HN HT JM KN "
        "KY LC MF MQ MS MX NI PA PE PR PY SR SV SX TC TT UY VC VE VG VI"
    ),
    Region.OCEANIA: (
        "AS AU CC CK CP CX DG FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS"
    ),
}
_REGION_OF = {code: region for region, codes in _COUNTRIES.items() for code in codes.split()}


def region_of(country: str | None) -> Region:
    """The region of a country by its code; OTHER where no country is stated, or one that is not listed."""
    return _REGION_OF.get((country or "").upper(), Region.OTHER)

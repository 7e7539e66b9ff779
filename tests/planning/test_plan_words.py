"""Every reason, remedy and demand of the planner has its sentence, which is given all that it tells."""

from datetime import UTC, date, datetime, time

import pytest

from scheduler.core.verdicts import Refusal, RefusalCode
from scheduler.planner.answers import (
    DayReason,
    Demand,
    DemandKind,
    ReasonCode,
    Remedy,
    RemedyCode,
    Unmet,
)
from scheduler.words.plan_words import demand_in_words, reason_in_words, remedy_in_words, unmet_in_words

TEN = datetime(2026, 12, 15, 1, tzinfo=UTC)
FULL = Refusal(RefusalCode.NO_PLACES_LEFT, {"places_left": 6, "places": 30, "headcount": 12})
CALL = {"kind": "courtesy_call", "starts_at": TEN, "ends_at": TEN.replace(hour=2), "site": None}


class Names:
    """What things are called, for once without an archive."""

    def site(self, tour_code):
        return f"site of {tour_code}"

    def both(self, tour_code):
        return f"tour {tour_code}"

    def wish(self, wish_id):
        return f"wish {wish_id}"


@pytest.fixture(autouse=True)
def in_english(sqlite_app):
    with sqlite_app.test_request_context():
        yield


def reason(code=ReasonCode.REFUSED, **told):
    return DayReason(on=date(2026, 12, 15), code=code, tour_code="T", **told)


@pytest.mark.parametrize("code", ReasonCode)
def test_every_reason_has_its_sentence(code):
    assert reason_in_words(reason(code, facts={"most": 3}), Names()).endswith(".")


def test_a_reason_tells_its_hours_and_what_the_rules_say():
    two = (TEN, TEN.replace(hour=5))
    told = "10:00, 14:00: Not enough places: 6 of 30 left, 12 needed."
    assert reason_in_words(reason(starts=two, refusals=(FULL,)), Names()) == told
    many = tuple(TEN.replace(hour=hour) for hour in range(1, 7))
    named = reason_in_words(reason(ReasonCode.BANNED, starts=many), Names(), tells_tour=True)
    assert named == "tour T, 10:00–15:00: Banned."


@pytest.mark.parametrize(
    ("code", "facts", "told"),
    [
        ("split_party", {"shares": [8, 7]}, "were split into groups of 8, 7."),
        ("split_party", {"sizes": [8, 7], "starts": [TEN]}, "were split into groups of 8, 7."),
        ("move_engagement", CALL | {"moved_to": TEN.replace(hour=6)}, "moved to Tue 15 Dec 2026 15:00."),
        ("leave_out", {"wish_id": 4}, "in place of wish 4."),
        ("longer_day", {"day_ends": time(19)}, "if their day ended at 19:00."),
        ("longer_day", {"day_starts": time(8, 30)}, "if their day began at 08:30."),
        ("more_a_day", {"most": 4}, "if they saw up to 4 sites a day."),
        ("unpin", {"wish_id": 4}, "if wish 4 were pinned no more."),
        ("lift_ban", {"banned": None}, "if it were banned no more."),
        ("smaller_party", {"headcount": 9}, "would do for 9 people."),
    ],
)
def test_a_remedy_names_the_session_and_the_change(code, facts, told):
    remedy = Remedy(code=RemedyCode(code), tour_code="T", starts_at=TEN, facts=facts)
    words = remedy_in_words(remedy, Names())
    assert words.startswith("site of T, Tue 15 Dec, 10:00 would do")
    assert words.endswith(told)


@pytest.mark.parametrize(
    ("kind", "facts", "told"),
    [
        ("must", {"either": ""}, "wish 4 is a must."),
        ("must", {"either": "plants"}, "One of “plants” is a must."),
        ("pin", {"tour": "T", "starts_at": TEN}, "site of T, Tue 15 Dec, 10:00 is pinned."),
        ("engagement", CALL, "They have a Courtesy call from Tue 15 Dec 2026 10:00"),
        ("booked_visit", CALL | {"site": "TOPIS"}, "They are booked at TOPIS from"),
        ("order", {"after": 3}, "wish 4 comes after wish 3."),
        ("break", {"break": "prayer", "earliest": time(12), "latest": time(13), "minutes": 15}, "15 minutes"),
        ("most_a_day", {"most": 3}, "At most 3 visits a day."),
        ("day_hours", {"day_starts": time(9), "day_ends": time(18)}, "Their day lasts from 09:00 to 18:00."),
        ("stay", {"arrives_at": TEN, "departs_at": TEN}, "They stay from"),
        ("headcount", {"headcount": 5000}, "5000 people come."),
        ("language", {"languages": ["mn"]}, "They speak Mongolian."),
    ],
)
def test_a_demand_has_its_sentence(kind, facts, told):
    assert told in demand_in_words(Demand(kind=DemandKind(kind), id=4, facts=facts), Names())


def test_all_of_it_in_one_line():
    remedy = Remedy(code=RemedyCode.LIFT_BAN, tour_code="T", starts_at=TEN)
    unmet = Unmet(wish_id=4, reasons=(reason(ReasonCode.BANNED),), remedies=(remedy,))
    told = "Tue 15 Dec: Banned. site of T, Tue 15 Dec, 10:00 would do if it were banned no more."
    assert unmet_in_words(unmet, Names()) == told
    assert unmet_in_words(Unmet(wish_id=4), Names()) == "No tour of the city shows it."

"""Who can go and why another cannot: every reason at its boundary, and the order of suggestions."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from scheduler.core.duties import Duty, ResourceFacts, ResourceKind, WorkingHours
from scheduler.core.spans import Span
from scheduler.core.staffing import Errand, duty_span, neighbours, resource_refusals, suggestions
from scheduler.core.travel import Point, Travel
from tests.cast import SEOUL, seoul
from tests.core.given import site

TEN, ELEVEN = seoul(14, 10), seoul(14, 11)
NO_WAYS = Travel()
# Half an hour either way between the two, at any hour.
WAYS = Travel(table={("TOPIS", "WRC-J"): {-1: 30}})


def resource(kind=ResourceKind.INTERPRETER, **facts) -> ResourceFacts:
    """An interpreter between Arabic and Korean who is free, always."""
    given = {"id": 1, "name": "Interpreter 1", "zone": SEOUL, "languages": frozenset({"ar-ko"})}
    return ResourceFacts(kind=kind, **(given | facts))


def vehicle(seats=45, **facts) -> ResourceFacts:
    return resource(
        ResourceKind.VEHICLE, **({"name": "Bus", "languages": frozenset(), "seats": seats} | facts)
    )


def guide(*languages, **facts) -> ResourceFacts:
    given = {"name": "Guide", "languages": frozenset(languages), "site_codes": frozenset({"TOPIS"})}
    return resource(ResourceKind.GUIDE, **(given | facts))


def errand(**facts) -> Errand:
    """Arabic speakers at TOPIS, Monday 14 December, ten to eleven."""
    given = {"span": Span(TEN, ELEVEN), "delegation_id": 1, "site": site(), "wanted": frozenset({"ar"})}
    return Errand(**(given | facts))


def duty(starts_at, ends_at, site_code="WRC-J", number=9) -> Duty:
    return Duty(
        assignment_id=number, span=Span(starts_at, ends_at), delegation_id=2, visit_id=5, site_code=site_code
    )


def codes(of: ResourceFacts, to: Errand | None = None, travel: Travel = NO_WAYS) -> list[str]:
    return [refusal.code.value for refusal in resource_refusals(of, to or errand(), travel)]


def test_who_is_free_speaks_the_language_and_is_at_work_can_go():
    assert codes(resource()) == []


@pytest.mark.parametrize(
    ("languages", "why"),
    [
        ({"ar-ko"}, []),
        ({"ko-ar"}, []),
        ({"ar-en"}, []),
        ({"ar-zh"}, ["assignee_lacks_language"]),
        ({"th-ko"}, ["assignee_lacks_language"]),
        ({"th-ko", "en-ar"}, []),
    ],
)
def test_an_interpreter_needs_a_pair_of_guests_and_hosts(languages, why):
    assert codes(resource(languages=frozenset(languages))) == why


def test_a_guide_speaks_what_guests_and_site_share():
    shared = errand(wanted=frozenset({"en", "ar"}), shared=frozenset({"en"}))
    assert codes(guide("en"), shared) == []
    assert codes(guide("ar"), shared) == ["assignee_lacks_language"]


def test_behind_an_interpreter_a_guide_speaks_the_hosts_language():
    assert codes(guide("ko")) == []
    assert codes(guide("ar")) == []
    assert codes(guide("ja")) == ["assignee_lacks_language"]


def test_a_guide_guides_at_their_own_sites_alone():
    assert codes(guide("ko", site_codes=frozenset({"WRC-J"}))) == ["assignee_of_other_site"]


def test_a_liaison_officer_speaks_a_language_of_the_guests():
    officer = resource(ResourceKind.LIAISON_OFFICER, languages=frozenset({"en"}))
    assert codes(officer) == ["assignee_lacks_language"]
    assert codes(officer, errand(wanted=frozenset({"ar", "en"}))) == []


@pytest.mark.parametrize(("seats", "why"), [(46, ["vehicle_too_small"]), (47, []), (48, [])])
def test_a_vehicle_takes_as_many_as_it_has_seats(seats, why):
    assert codes(vehicle(seats), errand(headcount=47)) == why


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "why"),
    [
        (seoul(14, 9), TEN, []),
        (seoul(14, 9), seoul(14, 10, 1), ["assignee_taken"]),
        (seoul(14, 10, 59), seoul(14, 12), ["assignee_taken"]),
        (ELEVEN, seoul(14, 12), []),
    ],
)
def test_duties_touch_but_never_overlap(starts_at, ends_at, why):
    assert codes(resource(duties=(duty(starts_at, ends_at),))) == why


def test_set_up_and_wrap_up_are_duty_too():
    early = resource(setup_minutes=30, wrap_up_minutes=15, duties=(duty(seoul(14, 9), seoul(14, 9, 31)),))
    assert duty_span(early, Span(TEN, ELEVEN)) == Span(seoul(14, 9, 30), seoul(14, 11, 15))
    assert codes(early) == ["assignee_taken"]
    assert codes(replace(early, duties=(duty(seoul(14, 9), seoul(14, 9, 30)),))) == []
    assert codes(replace(early, duties=(duty(seoul(14, 11, 14), seoul(14, 12)),))) == ["assignee_taken"]


@pytest.mark.parametrize(
    ("starts", "ends", "weekday", "why"),
    [
        (time(10), time(11), 0, []),
        (time(10, 1), time(11), 0, ["assignee_off_duty"]),
        (time(10), time(10, 59), 0, ["assignee_off_duty"]),
        (time(8), time(18), 1, ["assignee_off_duty"]),
    ],
)
def test_working_hours_hold_the_whole_duty(starts, ends, weekday, why):
    hours = WorkingHours(weekday=weekday, starts=starts, ends=ends)
    assert codes(resource(hours=(hours,))) == why


@pytest.mark.parametrize(
    ("valid", "why"),
    [
        ({"valid_from": date(2026, 12, 14)}, []),
        ({"valid_from": date(2026, 12, 15)}, ["assignee_off_duty"]),
        ({"valid_to": date(2026, 12, 14)}, []),
        ({"valid_to": date(2026, 12, 13)}, ["assignee_off_duty"]),
    ],
)
def test_working_hours_hold_within_their_dates(valid, why):
    hours = WorkingHours(weekday=0, starts=time(8), ends=time(18), **valid)
    assert codes(resource(hours=(hours,))) == why


@pytest.mark.parametrize(
    ("leave", "why"),
    [
        (Span(seoul(14), TEN), []),
        (Span(seoul(14), seoul(14, 10, 1)), ["assignee_off_duty"]),
        (Span(ELEVEN, seoul(15)), []),
        (Span(seoul(13), seoul(16)), ["assignee_off_duty"]),
    ],
)
def test_who_is_on_leave_cannot_go(leave, why):
    assert codes(resource(leave=(leave,))) == why


def test_leave_is_told_with_its_end():
    (refusal,) = resource_refusals(resource(leave=(Span(seoul(13), seoul(16)),)), errand(), NO_WAYS)
    assert refusal.facts["until"] == seoul(16)


@pytest.mark.parametrize(
    ("dates", "why"),
    [
        ({"active_from": date(2026, 12, 14), "active_to": date(2026, 12, 14)}, []),
        ({"active_from": date(2026, 12, 15)}, ["assignee_off_duty"]),
        ({"active_to": date(2026, 12, 13)}, ["assignee_off_duty"]),
    ],
)
def test_who_is_not_yet_or_no_longer_with_the_office_cannot_go(dates, why):
    assert codes(resource(**dates)) == why


@pytest.mark.parametrize(("most", "why"), [(1, ["assignee_over_day_limit"]), (2, []), (None, [])])
def test_the_limit_a_day_counts_that_days_duties(most, why):
    afternoon, next_day = duty(seoul(14, 15), seoul(14, 16)), duty(seoul(15, 10), ELEVEN + timedelta(days=1))
    assert codes(resource(most_a_day=most, duties=(afternoon, next_day))) == why


@pytest.mark.parametrize(("until", "why"), [(seoul(14, 9, 30), []), (seoul(14, 9, 31), ["assignee_too_far"])])
def test_the_way_from_the_duty_before_takes_its_minutes(until, why):
    assert codes(resource(duties=(duty(seoul(14, 9), until),)), travel=WAYS) == why


@pytest.mark.parametrize(
    ("begins", "why"), [(seoul(14, 11, 30), []), (seoul(14, 11, 29), ["assignee_too_far"])]
)
def test_the_way_to_the_duty_after_takes_its_minutes(begins, why):
    assert codes(resource(duties=(duty(begins, seoul(14, 13)),)), travel=WAYS) == why


def test_a_duty_at_the_same_site_or_nowhere_in_particular_is_never_too_far():
    assert codes(resource(duties=(duty(seoul(14, 9), TEN, "TOPIS"),)), travel=WAYS) == []
    assert codes(resource(duties=(duty(seoul(14, 9), TEN, None),)), travel=WAYS) == []


def test_every_reason_is_told_not_the_first_alone():
    busy = vehicle(
        10,
        most_a_day=1,
        leave=(Span(seoul(14), seoul(15)),),
        duties=(duty(seoul(14, 10, 30), seoul(14, 12)),),
    )
    assert codes(busy, errand(headcount=47)) == [
        "vehicle_too_small",
        "assignee_off_duty",
        "assignee_taken",
        "assignee_over_day_limit",
    ]


def test_neighbours_are_the_nearest_duties_before_and_after():
    first, second = duty(seoul(14, 7), seoul(14, 8)), duty(seoul(14, 8), seoul(14, 9))
    third, far = duty(seoul(14, 12), seoul(14, 13)), duty(seoul(15, 12), seoul(15, 13))
    of = resource(duties=(first, second, third, far))
    assert neighbours(of, Span(TEN, ELEVEN)) == (second, third)
    assert neighbours(resource(), Span(TEN, ELEVEN)) == (None, None)


def test_the_best_suggestion_is_free_little_loaded_and_near():
    away = Travel(points={"TOPIS": Point(37.566, 126.978), "WRC-J": Point(37.56, 127.06)})
    near = resource(id=1, name="Near", base_code="TOPIS")
    far = resource(id=2, name="Far", base_code="WRC-J")
    busy = resource(id=3, name="Busy", base_code="TOPIS", duties=(duty(seoul(14, 14), seoul(14, 15), None),))
    taken = resource(id=4, name="Taken", base_code="TOPIS", duties=(duty(TEN, ELEVEN),))
    found = suggestions([taken, busy, far, near], errand(), away)
    assert [suggestion.resource.name for suggestion in found] == ["Near", "Far", "Busy", "Taken"]
    assert [suggestion.is_free for suggestion in found] == [True, True, True, False]
    assert [suggestion.duties_that_day for suggestion in found] == [0, 0, 1, 1]
    assert found[0].minutes_away == 0

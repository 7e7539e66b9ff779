"""What differs between two versions of a programme."""

from scheduler.core.amendments import amendments


def stop(key="visit-1", **told):
    given = {
        "key": key,
        "kind": "visit",
        "title": "Control room",
        "starts_at": "2026-12-14T01:00:00+00:00",
        "ends_at": "2026-12-14T02:00:00+00:00",
        "place": {"code": "TOPIS", "name": "TOPIS"},
        "leaves_from": None,
        "part": None,
        "headcount": 12,
        "host": "Traffic division",
        "language": "en",
        "state": "requested",
        "people": [],
        "attendees": [],
    }
    return given | told


def content(*stops, duties=(), **guests):
    told = {"name": "Hanoi", "headcount": 12, "arrives_at": "2026-12-10", "departs_at": "2026-12-20"}
    return {"delegation": told | guests, "stops": list(stops), "duties": list(duties), "legs": []}


def test_equal_contents_differ_in_nothing():
    assert amendments(content(stop()), content(stop())) == []


def test_stops_are_added_and_removed_in_order_of_hour():
    early, late = stop("visit-2", starts_at="2026-12-14T00:00:00+00:00"), stop("visit-3")
    told = amendments(content(late), content(early))
    assert [(each["change"], each["key"]) for each in told] == [("added", "visit-2"), ("removed", "visit-3")]


def test_a_change_tells_what_was_and_what_is():
    after = stop(
        starts_at="2026-12-15T01:00:00+00:00",
        headcount=10,
        place={"code": "CGC-M", "name": "Museum"},
        host="Museum",
        state="confirmed",
    )
    (told,) = amendments(content(stop()), content(after))
    assert (told["change"], told["key"]) == ("changed", "visit-1")
    assert {each["field"]: (each["before"], each["after"]) for each in told["fields"]} == {
        "starts_at": ("2026-12-14T01:00:00+00:00", "2026-12-15T01:00:00+00:00"),
        "place": ("TOPIS", "Museum"),
        "headcount": (12, 10),
        "host": ("Traffic division", "Museum"),
        "state": ("requested", "confirmed"),
    }


def test_who_goes_along_counts_and_whether_they_have_answered_does_not():
    asked, accepted = ({"resource_id": 4, "kind": "guide", "state": state} for state in ("asked", "accepted"))
    assert amendments(content(stop(people=[asked])), content(stop(people=[accepted]))) == []
    (told,) = amendments(content(stop()), content(stop(people=[asked])))
    assert told["fields"] == [{"field": "people", "before": [], "after": [4]}]


def test_attendance_whole_day_duties_and_the_delegation_itself_count():
    bus = {"key": "duty-9", "kind": "vehicle", "starts_at": "2026-12-14T00:00:00+00:00", "ends_at": "…"}
    told = amendments(content(stop()), content(stop(attendees=[3]), duties=[bus], headcount=10))
    assert [(each["change"], each["key"]) for each in told] == [
        ("changed", "delegation"),
        ("added", "duty-9"),
        ("changed", "visit-1"),
    ]
    assert told[0]["fields"] == [{"field": "headcount", "before": 12, "after": 10}]

"""Which answers are believed, and which of several is the latest word."""

from datetime import UTC, datetime, timedelta

import pytest

from scheduler.core.belief import Doubt, Freshness, Stamp, doubt, freshness, trusted_verdict

BAT, OFFICE, MALLORY = "bat@city.example", "office@city.example", "mallory@evil.example"


def doubt_of(**facts) -> Doubt | None:
    return doubt(**{"sender": BAT, "attendee": BAT, "is_invited": True, "dmarc": "pass"} | facts)


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"sender": "Bat@City.example"},
        {"dmarc": None},
        {"dmarc": " PASS "},
        {"sender": "bat.private@home.example", "known_aliases": ["Bat.Private@home.example"]},
        {"sender": OFFICE, "sent_by": OFFICE},
        {"sender": OFFICE.upper(), "sent_by": OFFICE, "dmarc": None},
    ],
)
def test_the_attendee_their_alias_and_their_deputy_are_believed(facts):
    assert doubt_of(**facts) is None


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"sender": MALLORY}, Doubt.SENT_BY_SOMEBODY_ELSE),
        ({"sender": OFFICE}, Doubt.SENT_BY_SOMEBODY_ELSE),
        ({"sender": MALLORY, "sent_by": MALLORY}, Doubt.SENT_BY_SOMEBODY_ELSE),
        ({"sender": MALLORY, "sent_by": BAT}, Doubt.SENT_BY_SOMEBODY_ELSE),
        ({"sender": MALLORY, "sent_by": OFFICE}, Doubt.SENT_BY_SOMEBODY_ELSE),
        ({"sender": "x@sub.city.example", "sent_by": "x@sub.city.example"}, Doubt.SENT_BY_SOMEBODY_ELSE),
        ({"sender": "x@evilcity.example", "sent_by": "x@evilcity.example"}, Doubt.SENT_BY_SOMEBODY_ELSE),
        (
            {"attendee": "bat@gmail.com", "sender": "x@gmail.com", "sent_by": "x@gmail.com"},
            Doubt.SENT_BY_SOMEBODY_ELSE,
        ),
        (
            {"attendee": "bat@NAVER.com", "sender": "x@naver.com", "sent_by": "x@naver.com"},
            Doubt.SENT_BY_SOMEBODY_ELSE,
        ),
        ({"sender": MALLORY, "known_aliases": ["someone@evil.example"]}, Doubt.SENT_BY_SOMEBODY_ELSE),
        ({"sender": ""}, Doubt.UNKNOWN_SENDER),
        ({"sender": "", "attendee": ""}, Doubt.UNKNOWN_SENDER),
        ({"attendee": ""}, Doubt.UNKNOWN_SENDER),
        ({"attendee": "", "sender": BAT, "known_aliases": [BAT]}, Doubt.UNKNOWN_SENDER),
        ({"is_invited": False}, Doubt.NOT_INVITED),
        ({"is_invited": False, "sender": MALLORY}, Doubt.SENT_BY_SOMEBODY_ELSE),
        ({"is_invited": False, "dmarc": "fail"}, Doubt.NOT_AUTHENTICATED),
        *(
            ({"dmarc": verdict}, Doubt.NOT_AUTHENTICATED)
            for verdict in ("fail", "none", "temperror", "permerror", "bestguesspass", "", "passed")
        ),
    ],
)
def test_everybody_else_is_doubted_for_the_gravest_reason(facts, expected):
    assert doubt_of(**facts) == expected


OURS = "mx.city.example"


@pytest.mark.parametrize(
    ("authentication", "authserv_id", "verdict"),
    [
        ([(OURS, {"dmarc": "pass"})], OURS, "pass"),
        ([(OURS, {"dmarc": "fail"})], " MX.City.Example ", "fail"),
        ([("mx.evil.example", {"dmarc": "pass"})], OURS, "none"),
        ([("mx.relay.example", {"dmarc": "fail"}), (OURS, {"dmarc": "pass"})], OURS, "pass"),
        ([(OURS, {"dmarc": "fail"}), (OURS, {"dmarc": "pass"})], OURS, "fail"),
        ([(OURS, {"spf": "pass"}), (OURS, {"dmarc": "pass"})], OURS, "none"),
        ([], OURS, "none"),
        ([(OURS, {"dmarc": "fail"})], "", None),
        ([("", {"dmarc": "fail"})], "", None),
    ],
)
def test_only_the_topmost_verdict_of_our_own_server_counts(authentication, authserv_id, verdict):
    assert trusted_verdict(authentication, authserv_id, "bat@a.example") == verdict


@pytest.mark.parametrize(
    ("domain", "verdict"), [("a.example", "pass"), ("evil.example", "none"), ("b.a.example", "none")]
)
def test_a_verdict_upon_another_domain_is_none_upon_the_sender(domain, verdict):
    found = [(OURS, {"dmarc": "pass", "header.from": domain})]
    assert trusted_verdict(found, OURS, "Bat@A.Example") == verdict


AT = datetime(2026, 11, 2, 5, 0, tzinfo=UTC)
LATER, EARLIER = AT + timedelta(seconds=1), AT - timedelta(seconds=1)


@pytest.mark.parametrize(
    ("last", "new", "expected"),
    [
        (None, Stamp(5, AT), Freshness.FRESH),
        (None, Stamp(4, AT), Freshness.FRESH),
        (None, Stamp(3, AT), Freshness.FRESH),
        (None, Stamp(2, AT), Freshness.FORMER_TIME),
        (None, Stamp(None, AT), Freshness.FORMER_TIME),
        (None, Stamp(6, AT), Freshness.FROM_THE_FUTURE),
        (Stamp(4, AT), Stamp(6, EARLIER), Freshness.FROM_THE_FUTURE),
        (Stamp(4, AT), Stamp(5, EARLIER), Freshness.FRESH),
        (Stamp(4, AT), Stamp(4, LATER), Freshness.FRESH),
        (Stamp(4, AT), Stamp(4, AT), Freshness.STALE),
        (Stamp(4, AT), Stamp(4, EARLIER), Freshness.STALE),
        (Stamp(4, AT), Stamp(3, LATER), Freshness.STALE),
        (Stamp(2, AT), Stamp(1, LATER), Freshness.STALE),
        (Stamp(1, AT), Stamp(2, EARLIER), Freshness.FORMER_TIME),
        (Stamp(2, AT), Stamp(2, LATER), Freshness.FORMER_TIME),
        (Stamp(2, AT), Stamp(2, AT), Freshness.STALE),
        (Stamp(4, None), Stamp(4, AT), Freshness.FRESH),
        (Stamp(4, AT), Stamp(4, None), Freshness.FRESH),
        (Stamp(4, AT), Stamp(3, None), Freshness.STALE),
        (Stamp(None, AT), Stamp(0, AT), Freshness.STALE),
    ],
)
def test_an_answer_is_weighed_against_the_last_one_and_our_revisions(last, new, expected):
    assert freshness(last, new, current_sequence=5, rescheduled_at_sequence=3) == expected


def test_an_entry_that_was_never_moved_has_no_former_time():
    assert (
        freshness(None, Stamp(None, None), current_sequence=0, rescheduled_at_sequence=0) == Freshness.FRESH
    )


def test_of_two_replies_that_arrive_in_the_wrong_order_the_later_written_stays():
    accepted, declined = Stamp(2, AT), Stamp(2, LATER)
    ours = {"current_sequence": 2, "rescheduled_at_sequence": 2}
    assert freshness(accepted, declined, **ours) == Freshness.FRESH
    assert freshness(declined, accepted, **ours) == Freshness.STALE

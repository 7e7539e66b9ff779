"""Bodies that nobody can mean: refused before any field is looked at, always as a problem document."""

import json

import pytest

from scheduler.records.database import db
from scheduler.records.delegations import Delegation
from tests.blueprints.api.programs import fields_at_fault
from tests.blueprints.api.still import app, as_officer  # noqa: F401

JSON = "application/json"
LEAST = {
    "name": "Kampala",
    "headcount": 4,
    "languages": ["en"],
    "arrives_at": "2026-12-10T08:00:00+09:00",
    "departs_at": "2026-12-20T20:00:00+09:00",
}


def nested(levels):
    return b'{"a":' * levels + b"1" + b"}" * levels


@pytest.fixture
def send(as_officer):  # noqa: F811
    """Send a body that must not be taken: nothing is written."""

    def send(raw, status, content_type=JSON):
        before = db.session.query(Delegation).count()
        problem = as_officer.send("POST", "/delegations", raw, status=status, content_type=content_type)
        assert db.session.query(Delegation).count() == before
        return problem

    return send


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b"{'name': 'x'}",
        b'{"headcount": NaN}',
        b'{"headcount": Infinity}',
        b'{"headcount": -Infinity}',
        b'{"headcount": 1e999}',
        b'{"headcount": ' + b"9" * 5000 + b"}",
        b"\xff\xfe{}",
        b"\xef\xbb\xbf{}",
        b'{"name": "\xff"}',
        b'{"name": "a\x00b"}',
        b"{} {}",
        b"undefined",
        b" ",
    ],
)
def test_what_is_no_json_is_a_bad_request(send, raw):
    assert send(raw, 400)["code"] == "bad_request"


@pytest.mark.parametrize("raw", [b"[]", b'"x"', b"1", b"null", b"true", b"[{}]"])
def test_what_is_no_object_is_refused(send, raw):
    assert fields_at_fault(send(raw, 422)) == [""]


def test_a_name_given_twice_is_refused(send):
    assert fields_at_fault(send(b'{"name": "a", "name": "b"}', 422)) == ["name"]
    assert fields_at_fault(send(b'{"x": {"deep": 1, "deep": 2}}', 422)) == ["deep"]


@pytest.mark.parametrize("levels", [21, 500, 50_000])
def test_what_nests_without_end_is_refused(send, levels):
    send(nested(levels), 422)
    send(b"[" * levels + b"]" * levels, 422)


def test_twenty_levels_are_only_an_unknown_field(send):
    assert "a" in fields_at_fault(send(nested(19), 422))


@pytest.mark.parametrize("text", [r"\u0000", r"\ud800", r"\udfff", r"ok\ud83d"])
def test_nul_and_half_characters_are_refused_wherever_they_stand(send, text):
    assert fields_at_fault(send(f'{{"name": "{text}"}}'.encode(), 422)) == ["name"]
    assert fields_at_fault(send(f'{{"languages": ["{text}"]}}'.encode(), 422)) == ["languages.0"]
    assert len(fields_at_fault(send(f'{{"{text}": 1}}'.encode(), 422))) == 1


def test_a_body_over_a_megabyte_is_too_large(send):
    send(b'{"name": "' + b"x" * 1024 * 1024 + b'"}', 413)
    send(b" " * (1024 * 1024 + 1), 413)


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "json", "*/*"],
)
def test_what_is_not_sent_as_json_is_not_read(send, content_type):
    send(json.dumps(LEAST).encode(), 415, content_type)


def test_json_is_utf_8(send):
    send(json.dumps(LEAST).encode("euc-kr"), 415, "application/json; charset=euc-kr")


@pytest.mark.parametrize(
    "content_type", ["application/json; charset=UTF-8", "application/merge-patch+json", "Application/JSON"]
)
def test_json_has_several_names(as_officer, content_type):  # noqa: F811
    raw = json.dumps(LEAST).encode()
    as_officer.send("POST", "/delegations", raw, status=201, content_type=content_type)


def test_an_empty_body_lacks_what_is_needed(as_officer):  # noqa: F811
    problem = as_officer.post("/visits", status=422)
    assert fields_at_fault(problem) == ["delegation_id", "tour_session_id"]


def test_methods_that_are_not_allowed_say_which_are(as_officer):  # noqa: F811
    for method, path, allowed in (
        ("PUT", "/visits/1", {"GET", "HEAD", "OPTIONS"}),
        ("DELETE", "/visits", {"GET", "HEAD", "OPTIONS", "POST"}),
        ("GET", "/visits/1/confirm", {"OPTIONS", "POST"}),
        ("POST", "/sites", {"GET", "HEAD", "OPTIONS"}),
        ("PATCH", "/feeds/1", {"DELETE", "OPTIONS"}),
    ):
        assert as_officer.ask(method, path, status=405)["code"] == "method_not_allowed"
        assert set(as_officer.answer.headers["Allow"].split(", ")) == allowed


@pytest.mark.parametrize("path", ["/", "/nothing", "/visits/", "/visits/1/2/3", "/visits/1/fly"])
def test_what_is_not_there_is_told_as_a_problem(as_officer, path):  # noqa: F811
    as_officer.get(path, status=404)


@pytest.mark.parametrize(
    "name",
    [
        "حكومة دبي",
        "日本 東京",
        "e\u0301cole",
        "👩\u200d👩\u200d👧",
        "\u200fשלום",
        "Ủy ban",
        "O'Neil & Söhne <b>",
        "x" * 200,
    ],
)
def test_names_of_every_script_are_kept_as_they_are(as_officer, name):  # noqa: F811
    assert as_officer.post("/delegations", LEAST | {"name": name})["name"] == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "   ",
        "x" * 201,
        "x" * 10_000,
        "a\nb",
        "a\rb",
        "a\tb",
        "\x1b[2J",
        "a\u2028b",
        "a\u0085b",
        5,
        None,
        [],
        {},
    ],
)
def test_names_that_are_none_are_refused(as_officer, name):  # noqa: F811
    assert fields_at_fault(as_officer.post("/delegations", LEAST | {"name": name}, status=422)) == ["name"]


@pytest.mark.parametrize(
    "headcount", [0, -3, 5001, 2**63, 10**40, 1e300, 12.5, "12", True, False, None, [12], {}]
)
def test_absurd_headcounts_are_refused(as_officer, headcount):  # noqa: F811
    problem = as_officer.post("/delegations", LEAST | {"headcount": headcount}, status=422)
    assert fields_at_fault(problem) == ["headcount"]


@pytest.mark.parametrize(
    "time",
    [
        "2026-12-10T08:00:00",
        "2026-12-10",
        "2026-12-10 08:00:00+09:00",
        "2026-12-10T08:00+09:00",
        "2026-12-10T08:00:00+0900",
        "2026-12-10T24:00:00+09:00",
        "2026-12-10T08:60:00+09:00",
        "2026-12-10T08:00:60+09:00",
        "2026-13-10T08:00:00+09:00",
        "2026-02-29T08:00:00+09:00",
        "2026-12-10T08:00:00+24:00",
        "1899-12-31T08:00:00+09:00",
        "9999-12-31T23:59:59-12:00",
        "0000-01-01T00:00:00Z",
        "٢٠٢٦-12-10T08:00:00+09:00",
        "x" * 10_000,
        "",
        1_765_000_000,
        None,
        {},
    ],
)
def test_times_that_are_none_are_refused(as_officer, time):  # noqa: F811
    problem = as_officer.post("/delegations", LEAST | {"arrives_at": time}, status=422)
    assert fields_at_fault(problem) == ["arrives_at"]


@pytest.mark.parametrize(
    ("time", "told"),
    [
        ("2026-12-09t23:00:00z", "2026-12-10T08:00:00+09:00"),
        ("2026-12-10T08:00:00.999999+09:00", "2026-12-10T08:00:00+09:00"),
        ("2026-12-09T15:30:00-07:30", "2026-12-10T08:00:00+09:00"),
    ],
)
def test_times_of_every_offset_mean_their_instant(as_officer, time, told):  # noqa: F811
    assert as_officer.post("/delegations", LEAST | {"arrives_at": time})["arrives_at"] == told


@pytest.mark.parametrize(
    "languages", [["English"], ["EN"], ["e"], [""], [5], "en", {"en": 1}, ["en"] * 21, None]
)
def test_languages_are_codes(as_officer, languages):  # noqa: F811
    problem = as_officer.post("/delegations", LEAST | {"languages": languages}, status=422)
    assert {field.split(".")[0] for field in fields_at_fault(problem)} == {"languages"}


@pytest.mark.parametrize(
    "address", ["x", "a@b", "a b@c.example", "a@b.example, c@d.example", "a@b..c", "x" * 300]
)
def test_addresses_are_addresses(as_officer, address):  # noqa: F811
    problem = as_officer.post("/delegations", LEAST | {"contact_email": address}, status=422)
    assert fields_at_fault(problem) == ["contact_email"]

"""The travel table by key: one row, a whole table as JSON or CSV, and how long a way takes."""

import pytest

from scheduler.records.travel_lookup import travel_table
from tests import make
from tests.blueprints.api.both_engines import app  # noqa: F401
from tests.blueprints.api.programs import fields_at_fault

CSV = "origin,destination,hour,minutes\nGIMPO,TOPIS,,45\nGIMPO,TOPIS,7-8,70\n"
SAVED = {("GIMPO", "TOPIS", -1): 45, ("GIMPO", "TOPIS", 7): 70, ("GIMPO", "TOPIS", 8): 70}
WAY = {"origin": "GIMPO", "destination": "TOPIS"}


@pytest.fixture(autouse=True)
def gimpo(city, as_officer):
    as_officer.post("/places", {"code": "GIMPO", "name": "Gimpo Airport"})


def send(program, content=CSV, *, status=200, query=""):
    raw = content if isinstance(content, bytes) else content.encode()
    return program.send(
        "POST", f"/travel-times{query}", raw, status=status, content_type="text/csv; charset=utf-8"
    )


def put(program, *, status=200, **told):
    return program.ask("PUT", "/travel-times", status=status, json=WAY | {"minutes": 45} | told)


def test_one_row_is_set_listed_and_taken_out(as_officer):
    assert put(as_officer, hour=8, minutes=70) == WAY | {"hour": 8, "minutes": 70}
    assert put(as_officer) == WAY | {"hour": None, "minutes": 45}
    listed = as_officer.get("/travel-times", **{"from": "GIMPO", "to": "TOPIS"})
    assert listed["items"] == [WAY | {"hour": None, "minutes": 45}, WAY | {"hour": 8, "minutes": 70}]
    assert as_officer.get("/travel-times", **{"from": "TOPIS"})["items"] == []
    as_officer.delete("/travel-times?from=GIMPO&to=TOPIS&hour=8")
    as_officer.delete("/travel-times?from=GIMPO&to=TOPIS&hour=8", status=404)
    as_officer.delete("/travel-times?from=GIMPO&to=TOPIS")
    assert travel_table() == {}


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"origin": "NOWHERE"}, "origin"),
        ({"destination": "NOWHERE"}, "destination"),
        ({"destination": "GIMPO"}, "destination"),
        ({"hour": 24}, "hour"),
        ({"hour": -1}, "hour"),
        ({"hour": "7-9"}, "hour"),
        ({"minutes": -1}, "minutes"),
        ({"minutes": 1441}, "minutes"),
        ({"minutes": 7.5}, "minutes"),
        ({"minutes": None}, "minutes"),
    ],
)
def test_a_row_that_cannot_be_meant_is_refused(as_officer, told, field):
    assert fields_at_fault(put(as_officer, status=422, **told)) == [field]
    assert travel_table() == {}


def test_a_table_is_imported_as_csv_rehearsed_first(as_officer):
    counts = {"added": 3, "changed": 0, "removed": 0, "unchanged": 0, "mode": "add"}
    assert send(as_officer, query="?rehearsal=1") == counts | {"is_rehearsal": True}
    assert travel_table() == {}
    assert send(as_officer) == counts | {"is_rehearsal": False}
    assert travel_table() == SAVED
    replaced = send(as_officer, "origin;destination;hour;minutes\nTOPIS;GIMPO;;50\n", query="?mode=replace")
    assert (replaced["added"], replaced["removed"]) == (1, 3)


def test_a_table_is_imported_as_json(as_administrator):
    rows = [WAY | {"minutes": 45}, WAY | {"hour": 7, "minutes": 70}, WAY | {"hour": 8, "minutes": 70}]
    assert as_administrator.post("/travel-times", {"rows": rows}, status=200)["added"] == 3
    assert travel_table() == SAVED


def test_every_faulty_line_is_named(as_officer):
    problem = send(as_officer, CSV + "GIMPO,TOPSI,,45\nGIMPO,TOPIS,24,x\nGIMPO,TOPIS,8,70\n", status=422)
    assert [(error["field"], error["code"]) for error in problem["errors"]] == [
        ("line 4", "unknown_place"),
        ("line 5", "hour_range"),
        ("line 5", "no_minutes"),
        ("line 6", "twice"),
    ]
    assert problem["errors"][0]["message"] == "There is no place with the code “TOPSI”. Is TOPIS meant?"
    rows = [
        WAY | {"minutes": 45},
        WAY | {"minutes": 50},
        {"origin": "A", "destination": "TOPIS", "minutes": 5},
    ]
    problem = as_officer.post("/travel-times", {"rows": rows}, status=422)
    assert fields_at_fault(problem) == ["rows.1", "rows.2"]
    rows[1]["minutes"] = -1
    assert fields_at_fault(as_officer.post("/travel-times", {"rows": rows}, status=422)) == ["rows.1.minutes"]
    assert travel_table() == {}


def test_a_body_that_is_no_table_is_refused(as_officer):
    send(as_officer, b"\xff\xfeo", status=422)
    send(as_officer, "", status=422)
    assert fields_at_fault(as_officer.post("/travel-times", {}, status=422)) == ["rows"]
    assert fields_at_fault(as_officer.post("/travel-times?mode=all", {"rows": []}, status=422)) == ["mode"]
    as_officer.send("POST", "/travel-times", CSV.encode(), status=415, content_type="text/plain")
    as_officer.send("POST", "/places", CSV.encode(), status=415, content_type="text/csv")
    send(as_officer, "#" * 1_100_000, status=413)


def test_the_same_key_and_table_are_imported_once_and_another_refused(as_officer):
    key = {"Idempotency-Key": "k", "Content-Type": "text/csv"}

    def ask(raw, status, query=""):
        return as_officer.ask("POST", f"/travel-times{query}", status=status, data=raw, headers=key)

    first = ask(CSV.encode(), 200)
    assert ask(CSV.encode(), 200) == first
    assert as_officer.answer.headers["Idempotent-Replayed"] == "true"
    ask(CSV.encode() + b"TOPIS,GIMPO,,5\n", 422)
    ask(CSV.encode(), 422, "?mode=replace")


@pytest.mark.parametrize(
    ("query", "minutes", "source"),
    [
        ({"from": "GIMPO", "to": "TOPIS", "at": "2026-12-14T07:59:59+09:00"}, 70, "table"),
        ({"from": "GIMPO", "to": "TOPIS", "at": "2026-12-13T23:00:00Z"}, 70, "table"),
        ({"from": "GIMPO", "to": "TOPIS", "at": "2026-12-14T09:00:00+09:00"}, 45, "table"),
        ({"from": "TOPIS", "to": "GIMPO", "at": "2026-12-14T09:00:00+09:00"}, 45, "way_back"),
        ({"from": "GIMPO", "to": "DMC", "at": "2026-12-14T09:00:00+09:00"}, None, "unknown"),
        ({"from": "DMC", "to": "MAPO-RRF", "at": "2026-12-14T09:00:00+09:00"}, 20, "model"),
        ({"from": "DMC", "to": "DMC"}, 0, "same_place"),
    ],
)
def test_a_way_is_told_with_how_it_is_known(as_head, as_officer, query, minutes, source):
    make.site("DMC", latitude=37.5777, longitude=126.8910)
    make.site("MAPO-RRF", latitude=37.5703, longitude=126.8802)
    send(as_officer)
    told = as_head.get("/travel", **query)
    assert (told["from"], told["to"]) == (query["from"], query["to"])
    assert (told["minutes"], told["source"]) == (minutes, source)


def test_a_way_between_what_is_no_place_is_refused(as_head):
    for query in ({"from": "A", "to": "TOPIS"}, {"from": "TOPIS", "to": "A"}, {"from": "TOPIS"}):
        assert len(fields_at_fault(as_head.get("/travel", status=422, **query))) == 1
    at = {"from": "TOPIS", "to": "TOPIS", "at": "2026-12-14"}
    assert fields_at_fault(as_head.get("/travel", status=422, **at)) == ["at"]


def test_others_read_and_do_not_write(as_head, as_manager, as_stranger):
    for reader in (as_head, as_manager):
        assert reader.get("/travel-times")["items"] == []
        put(reader, status=403)
        send(reader, status=403)
        reader.delete("/travel-times?from=GIMPO&to=TOPIS", status=403)
    as_stranger.get("/travel", status=401)

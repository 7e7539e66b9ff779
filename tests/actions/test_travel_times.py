"""The travel table: one way set, whole tables imported or refused line by line, nothing booked dropped."""

import time

import pytest
from sqlalchemy import event

from scheduler.access import NotPermitted
from scheduler.actions.travel_files import (
    MOST_LINES,
    TravelRow,
    TravelTableFaulty,
    read_travel_csv,
    travel_csv,
)
from scheduler.actions.travel_times import (
    ImportMode,
    clear_travel_time,
    import_travel_times,
    set_travel_time,
)
from scheduler.core.lifecycle import VisitState
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.places import Place
from scheduler.records.travel_lookup import every_place, travel_between, travel_table
from tests import make
from tests.actions.seen import everything, journal, state_of
from tests.cast import ADMINISTRATOR, AT, HEAD, OFFICER, manager_of, seoul

pytestmark = pytest.mark.usefixtures("app")

HEADER = "origin,destination,hour,minutes\n"


@pytest.fixture(autouse=True)
def places(app):
    db.session.add_all(Place(code=code, name=code) for code in ("GIMPO", "HOTEL", "MAYOR", "LUNCH-1"))
    db.session.commit()


def bring(content, mode=ImportMode.REPLACE, *, is_rehearsal=False, by=OFFICER):
    raw = content if isinstance(content, bytes) else content.encode()
    rows, faults = read_travel_csv(raw)
    return import_travel_times(rows, mode, faults=faults, is_rehearsal=is_rehearsal, by=by, at=AT)


def faults_of(content, **how):
    """What an import is refused for; nothing is written."""
    before = everything()
    with pytest.raises(TravelTableFaulty) as caught:
        bring(content, **how)
    assert everything() == before
    return [(fault.line, fault.code) for fault in caught.value.faults]


# Whole tables -----------------------------------------------------------------------------------------------


def test_a_table_is_imported_with_hours_one_by_one_as_ranges_and_any():
    done = bring(HEADER + "GIMPO,HOTEL,,45\nGIMPO,HOTEL,7-9,70\nHOTEL,GIMPO,18,80\nHOTEL,MAYOR,0 ~ 1,5\n")
    assert travel_table() == {
        ("GIMPO", "HOTEL", -1): 45,
        ("GIMPO", "HOTEL", 7): 70,
        ("GIMPO", "HOTEL", 8): 70,
        ("GIMPO", "HOTEL", 9): 70,
        ("HOTEL", "GIMPO", 18): 80,
        ("HOTEL", "MAYOR", 0): 5,
        ("HOTEL", "MAYOR", 1): 5,
    }
    assert done.counts == {"added": 7, "changed": 0, "removed": 0, "unchanged": 0}
    (line,) = journal("import_travel_times")
    assert line.after == {"mode": "replace", "lines": 4} | done.counts


def test_a_new_table_replaces_the_old_one_or_is_added_to_it():
    bring(HEADER + "GIMPO,HOTEL,,45\nHOTEL,GIMPO,,50\nHOTEL,MAYOR,,10\n")
    new = HEADER + "GIMPO,HOTEL,,45\nHOTEL,GIMPO,,55\nMAYOR,HOTEL,,12\n"
    assert bring(new, ImportMode.ADD).counts == {"added": 1, "changed": 1, "removed": 0, "unchanged": 2}
    assert ("HOTEL", "MAYOR", -1) in travel_table()
    assert bring(new).counts == {"added": 0, "changed": 0, "removed": 1, "unchanged": 3}
    assert travel_csv(travel_table()) == (
        HEADER + "GIMPO,HOTEL,,45\nHOTEL,GIMPO,,55\nMAYOR,HOTEL,,12\n"
    ).replace("\n", "\r\n")


def test_a_rehearsal_says_what_would_change_and_writes_nothing():
    bring(HEADER + "GIMPO,HOTEL,,45\nHOTEL,MAYOR,,10\n")
    before = everything()
    tried = bring(HEADER + "GIMPO,HOTEL,,50\nMAYOR,HOTEL,,12\n", is_rehearsal=True)
    assert everything() == before
    assert tried.changes == {
        ("GIMPO", "HOTEL", -1): (45, 50),
        ("MAYOR", "HOTEL", -1): (None, 12),
        ("HOTEL", "MAYOR", -1): (10, None),
    }


def test_what_is_written_out_is_read_in_again_without_a_change():
    bring(HEADER + "GIMPO,HOTEL,,45\nGIMPO,HOTEL,7~9,70\nMAYOR,LUNCH-1,12,0\n")
    assert bring(travel_csv(travel_table())).counts == {
        "added": 0,
        "changed": 0,
        "removed": 0,
        "unchanged": 5,
    }


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbforigin,destination,hour,minutes\r\nGIMPO,HOTEL,8,45\r\n",
        b"origin;destination;hour;minutes\r\nGIMPO;HOTEL;8;45\r\n",
        b"\xef\xbb\xbfOrigin;Destination;Hour;Minutes;;\r\n\r\nGIMPO;HOTEL;08;45;;\r\n;;;;;\r\n",
        b'# assumed\norigin,destination,hour,minutes\n# measured, "by bus"\n GIMPO , "HOTEL",8,45',
        b"origin,destination,hour,minutes\rGIMPO,HOTEL,8,45\r",
    ],
)
def test_what_spreadsheets_write_is_read(content):
    bring(content)
    assert travel_table() == {("GIMPO", "HOTEL", 8): 45}


def test_a_table_with_holes_is_filled_by_way_back_and_model():
    make.site("TOPIS", latitude=37.5665, longitude=126.978)
    make.site("DMC", latitude=37.5777, longitude=126.891)
    bring(HEADER + "TOPIS,DMC,8,50\nGIMPO,DMC,,30\n")
    travel = travel_between(every_place())
    asked = [("TOPIS", "DMC", 8), ("DMC", "TOPIS", 8), ("TOPIS", "DMC", 9), ("DMC", "GIMPO", 9)]
    assert [travel.way(*way).minutes for way in asked] == [50, 50, 45, 30]
    assert travel.way("GIMPO", "TOPIS", 8) is None


# Faults -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("NOWHERE,HOTEL,,45", ["unknown_place"]),
        ("gimpo,hotle,,45", ["unknown_place", "unknown_place"]),
        (",HOTEL,,45", ["unknown_place"]),
        ("GIMPO,GIMPO,,45", ["same_place"]),
        ("GIMPO,HOTEL,24,45", ["hour_range"]),
        ("GIMPO,HOTEL,7-24,45", ["hour_range"]),
        ("GIMPO,HOTEL,9-7,45", ["hours_backwards"]),
        ("GIMPO,HOTEL,-1,45", ["no_hour"]),
        ("GIMPO,HOTEL,7:30,45", ["no_hour"]),
        ("GIMPO,HOTEL,7-Sep,45", ["no_hour"]),
        ("GIMPO,HOTEL,,-5", ["minutes_negative"]),
        ("GIMPO,HOTEL,,1441", ["minutes_range"]),
        ("GIMPO,HOTEL,,45.5", ["minutes_fraction"]),
        ('GIMPO,HOTEL,,"45,5"', ["minutes_fraction"]),
        ("GIMPO,HOTEL,,", ["no_minutes"]),
        ("GIMPO,HOTEL,,soon", ["no_minutes"]),
        ("GIMPO,HOTEL,,9999999999", ["no_minutes"]),
        ("GIMPO,HOTEL,,٤٥", ["no_minutes"]),
        ("GIMPO,HOTEL,45", ["cells"]),
        ("GIMPO,HOTEL,,45,bus", ["cells"]),
        ('GIMPO,"HOTEL,,45', ["broken"]),
        ("NOWHERE,HOTEL,99,-1", ["unknown_place", "hour_range", "minutes_negative"]),
    ],
)
def test_every_fault_of_a_line_is_told_with_its_number(line, codes):
    content = f"{HEADER}HOTEL,MAYOR,,5\n\n{line}\nMAYOR,HOTEL,,5\n"
    assert faults_of(content) == [(4, code) for code in codes]


def test_every_faulty_line_is_told_at_once_and_what_was_probably_meant():
    content = HEADER + "HOTLE,GIMPO,,5\nGIMPO,HOTEL,8\nGIMPO,HOTEL,7-9,70\nGIMPO,HOTEL,9,60\nMAYOR,HOTEL,,x\n"
    assert faults_of(content) == [(2, "unknown_place"), (3, "cells"), (5, "twice"), (6, "no_minutes")]
    with pytest.raises(TravelTableFaulty) as caught:
        bring(content)
    assert caught.value.faults[0].facts == {"column": "origin", "value": "HOTLE", "nearest": "HOTEL"}
    assert caught.value.faults[2].facts == {"first": 4, "hour": 9}


def test_any_hour_and_one_hour_of_the_same_way_are_not_twice_the_same_but_each_alone_is():
    assert faults_of(HEADER + "GIMPO,HOTEL,,45\nGIMPO,HOTEL,8,50\nGIMPO,HOTEL,,46\n") == [(4, "twice")]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("", (1, "header")),
        ("\n\n", (1, "header")),
        ("from,to,hour,minutes\nGIMPO,HOTEL,,45\n", (1, "header")),
        ("# remark\nGIMPO,HOTEL,,45\n", (2, "header")),
        ("origin,destination,minutes\n", (1, "header")),
        ('"origin,destination,hour,minutes\n', (1, "header")),
        (HEADER.encode() + b"GIMPO,HOTEL,,45\n\xc8\xa3\xc5\xda,HOTEL,,45\n", (3, "not_utf8")),
        ("origin,destination\n".encode("utf-16"), (1, "not_utf8")),
        (HEADER + "GIMPO,HOTEL,,45\n" * (MOST_LINES + 1), (MOST_LINES + 2, "too_many_lines")),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_as_a_whole(content, fault):
    assert faults_of(content) == [fault]


def test_a_table_of_nothing_but_faults_is_told_whole_in_good_time():
    content = HEADER + "".join(f"PLACE{n},HOTEL,25,x\n" for n in range(5000))
    began = time.perf_counter()
    with pytest.raises(TravelTableFaulty) as caught:
        bring(content, is_rehearsal=True)
    assert len(caught.value.faults) == 15_000
    assert time.perf_counter() - began < 5


def test_ten_thousand_rows_are_imported_in_a_few_statements_and_seconds():
    db.session.add_all(Place(code=f"P{n}", name=f"Place {n}") for n in range(101))
    db.session.commit()
    ways = [(a, b) for a in range(101) for b in range(101) if a != b][:10_000]
    content = HEADER + "".join(f"P{a},P{b},,{(a + b) % 90}\n" for a, b in ways)
    statements = []
    event.listen(db.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    began = time.perf_counter()
    for mode in (ImportMode.REPLACE, ImportMode.ADD, ImportMode.REPLACE):
        bring(content, mode)
    assert time.perf_counter() - began < 3 * 5
    assert len(statements) <= 3 * 6
    assert len(travel_table()) == 10_000


# One way ----------------------------------------------------------------------------------------------------


def test_one_way_is_set_changed_and_cleared_each_with_its_line_in_the_journal():
    set_travel_time(TravelRow(1, "GIMPO", "HOTEL", "8", "70"), by=ADMINISTRATOR, at=AT)
    set_travel_time(TravelRow(1, "GIMPO", "HOTEL", "8", "75"), by=OFFICER, at=AT)
    set_travel_time(TravelRow(1, "GIMPO", "HOTEL", "8", "75"), by=OFFICER, at=AT)
    assert travel_table() == {("GIMPO", "HOTEL", 8): 75}
    clear_travel_time("GIMPO", "HOTEL", hour=8, by=OFFICER, at=AT)
    assert travel_table() == {}
    way = {"origin": "GIMPO", "destination": "HOTEL", "hour": 8}
    assert [(line.act, line.before, line.after) for line in journal()] == [
        ("set_travel_time", None, way | {"minutes": 70}),
        ("set_travel_time", way | {"minutes": 70}, way | {"minutes": 75}),
        ("clear_travel_time", way | {"minutes": 75}, None),
    ]


@pytest.mark.parametrize(("origin", "hour"), [("GIMPO", -1), ("GIMPO", 9), ("MAYOR", 8), ("NOWHERE", 8)])
def test_a_row_that_is_not_in_the_table_is_not_found(origin, hour):
    set_travel_time(TravelRow(1, "GIMPO", "HOTEL", "8", "70"), by=OFFICER, at=AT)
    with pytest.raises(NotFound):
        clear_travel_time(origin, "HOTEL", hour=hour, by=OFFICER, at=AT)


def test_a_longer_way_drops_nothing_that_is_booked():
    one, other = make.tour(make.site("TOPIS")), make.tour(make.site("DMC"))
    who = make.delegation()
    first = make.visit(who, make.tour_session(one, seoul(14, 10)))
    second = make.visit(who, make.tour_session(other, seoul(14, 12)))
    set_travel_time(TravelRow(1, "TOPIS", "DMC", "", "600"), by=OFFICER, at=AT)
    assert (state_of(first), state_of(second)) == (VisitState.CONFIRMED, VisitState.CONFIRMED)


@pytest.mark.parametrize("by", [HEAD, manager_of(1)])
def test_only_officers_and_administrators_keep_the_table(by):
    for act in (
        lambda: bring(HEADER, by=by),
        lambda: bring(HEADER, by=by, is_rehearsal=True),
        lambda: set_travel_time(TravelRow(1, "GIMPO", "HOTEL", "", "5"), by=by, at=AT),
        lambda: clear_travel_time("GIMPO", "HOTEL", by=by, at=AT),
    ):
        with pytest.raises(NotPermitted):
            act()

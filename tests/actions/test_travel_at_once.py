"""Several who keep places and the travel table at the same moment: one whole table stands, nobody fails."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from scheduler.actions.invalid import Invalid
from scheduler.actions.places import add_place
from scheduler.actions.travel_files import read_travel_csv
from scheduler.actions.travel_times import ImportMode, import_travel_times
from scheduler.records.database import db
from scheduler.records.places import Place
from scheduler.records.travel_lookup import travel_table
from tests.actions.seen import how_many, journal
from tests.cast import AT, OFFICER

AT_ONCE = 6


def at_once(app, act: Callable[[int], None]) -> None:
    """Do it so many times, each in a thread of its own, all begun together."""
    ready = Barrier(AT_ONCE)

    def run(number: int) -> None:
        with app.app_context():
            ready.wait()
            act(number)
            db.session.remove()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        list(threads.map(run, range(AT_ONCE)))


def test_of_tables_imported_at_once_one_stands_whole(app):
    codes = [f"P{number}" for number in range(AT_ONCE)]
    db.session.add_all(Place(code=code, name=code) for code in codes)
    db.session.commit()

    def bring(number: int) -> None:
        ways = [f"{codes[number]},{code},,{number}" for code in codes if code != codes[number]]
        ways += [f"{code},{codes[number]},,{number}" for code in codes if code != codes[number]]
        rows, faults = read_travel_csv("\n".join(["origin,destination,hour,minutes", *ways]).encode())
        for mode in (ImportMode.ADD, ImportMode.REPLACE):
            import_travel_times(rows, mode, faults=faults, by=OFFICER, at=AT)

    at_once(app, bring)
    db.session.rollback()
    table = travel_table()
    assert len(table) >= 2 * (AT_ONCE - 1)
    last = journal("import_travel_times")[-1].after
    assert last["added"] + last["changed"] + last["unchanged"] == len(table)
    assert len(journal("import_travel_times")) == 2 * AT_ONCE


def test_of_places_entered_at_once_under_one_code_one_stands(app):
    refused = []

    def enter(number: int) -> None:
        try:
            add_place("HOTEL", {"name": f"Hotel {number}"}, by=OFFICER, at=AT)
        except Invalid as wrong:
            refused.append(wrong.code)

    at_once(app, enter)
    db.session.rollback()
    assert how_many(Place) == 1
    assert refused == ["place_code_taken"] * (AT_ONCE - 1)

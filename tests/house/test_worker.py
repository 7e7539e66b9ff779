"""The worker beside the web processes: what falls due is done, and a database that is away is waited for."""

import threading

from scheduler.records.database import db
from scheduler.worker import HANDS, do_round

CLOCK = HANDS[0]


def test_the_worker_lives_through_a_database_that_is_away(sqlite_app, capsys):
    db.session.connection().exec_driver_sql("ALTER TABLE visit RENAME TO visit_away")
    db.session.commit()
    until = threading.Event()
    trouble = do_round(sqlite_app, CLOCK, until)
    assert "visit" in trouble
    assert do_round(sqlite_app, CLOCK, until, trouble=trouble) == trouble
    db.session.connection().exec_driver_sql("ALTER TABLE visit_away RENAME TO visit")
    db.session.commit()
    assert do_round(sqlite_app, CLOCK, until, trouble=trouble) == ""
    said = capsys.readouterr().err.splitlines()
    told = [line.partition("worker: ")[2].partition(":")[0] for line in said]
    assert told == ["the database cannot be used", "clock"]

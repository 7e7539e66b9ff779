"""The worker beside the web processes: what falls due is done, and a database that is away is waited for."""

from scheduler.records.database import db
from scheduler.worker import do_round


def test_the_worker_lives_through_a_database_that_is_away(sqlite_app, capsys):
    db.session.connection().exec_driver_sql("ALTER TABLE visit RENAME TO visit_away")
    db.session.commit()
    assert [do_round(sqlite_app), do_round(sqlite_app, was_away=True)] == [False, False]
    db.session.connection().exec_driver_sql("ALTER TABLE visit_away RENAME TO visit")
    db.session.commit()
    assert do_round(sqlite_app, was_away=True)
    said = capsys.readouterr().err.splitlines()
    assert [line.partition("worker: ")[2].partition(",")[0] for line in said] == [
        "the database cannot be used",
        "the database is back",
    ]

"""Whether the house stands."""

from sqlalchemy import text

from scheduler.records.database import db
from tests.blueprints.api.both_engines import app  # noqa: F401


def test_a_living_process_says_so(app):  # noqa: F811
    answer = app.test_client().get("/healthz")
    assert (answer.status_code, answer.get_json()) == (200, {"status": "ok"})


def test_readiness_asks_the_database(app):  # noqa: F811
    client = app.test_client()
    assert (client.get("/readyz").status_code, client.get("/readyz").get_json()) == (200, {"status": "ok"})
    db.session.execute(text("ALTER TABLE site RENAME TO moved_away"))
    db.session.commit()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.get_json()) == (503, {"status": "database unavailable"})
    assert client.get("/healthz").status_code == 200

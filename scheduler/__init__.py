"""The Delegation Scheduler: a table of contents of the application; nothing is decided here."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from apiflask import APIFlask
    from flask import Flask

MIGRATIONS = str(Path(__file__).parent / "migrations")


def create_app(settings: Mapping[str, Any] | None = None) -> "APIFlask":
    """The application, with settings laid over the defaults of `config.py`."""
    # Imported here, so that a process which needs the lower floors alone need not load every room.
    from apiflask import APIFlask
    from flask_migrate import Migrate
    from flask_wtf import CSRFProtect
    from werkzeug.middleware.proxy_fix import ProxyFix

    from scheduler import blueprints, cli, config, doors, errors, frame, identity, language
    from scheduler.actions.waiting import promote_waiting
    from scheduler.records.database import db
    from scheduler.records.outbox_watch import set_up_watch
    from scheduler.records.writing import settle_with

    app = APIFlask(__name__, instance_path=config.instance_path(), docs_path=None, spec_path=None)
    open_archive(app, settings)
    if app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, *[app.config["TRUSTED_PROXIES"]] * 4)  # type: ignore[method-assign]
    settle_with(promote_waiting)
    set_up_watch()
    Migrate(app, db, directory=MIGRATIONS, compare_type=True)
    CSRFProtect(app)
    for room in (identity, language, doors, frame, errors, blueprints, cli):
        room.set_up(app)
    return app


def open_archive(app: "Flask", settings: Mapping[str, Any] | None = None) -> None:
    """Give an app its settings and its database, and nothing else."""
    from scheduler import config
    from scheduler.records.database import db, set_up_engine

    app.config.from_mapping(config.SETTINGS)
    app.config.update(SECRET_KEY=config.secret_key(app.instance_path))
    app.config.update(SQLALCHEMY_DATABASE_URI=config.database_url(app.instance_path))
    app.config.update(settings or {})
    db.init_app(app)
    with app.app_context():
        set_up_engine(db.engine)

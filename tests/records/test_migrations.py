"""From an empty database to head, back and up again, on both engines; models and migrations agree."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, bindparam, inspect, text
from sqlalchemy.exc import IntegrityError

from scheduler.records.database import UtcDateTime, db
from scheduler.records.upgrade import MIGRATIONS, SchemaIsNewer, bring_to_head
from tests import make
from tests.cast import seoul
from tests.conftest import app_on

# What each engine's catalogue says of the laws that no table shows.
LAWS = {
    "sqlite": """
        SELECT type || ' ' || name || ' ' || sql FROM sqlite_master
        WHERE type IN ('trigger', 'view', 'index') AND name NOT LIKE 'sqlite_%' ORDER BY 1
    """,
    "postgresql": """
        SELECT 'trigger ' || tgname || ' ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT 'constraint ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND conname NOT LIKE 'alembic%'
        UNION ALL SELECT 'function ' || proname || ' ' || prosrc FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace
        UNION ALL SELECT 'view ' || viewname || ' ' || definition FROM pg_views WHERE schemaname = 'public'
        UNION ALL SELECT 'index ' || indexname || ' ' || indexdef FROM pg_indexes
        WHERE schemaname = 'public' AND tablename NOT LIKE 'alembic%'
        ORDER BY 1
    """,
}


@pytest.fixture
def empty_app(empty_database_url):
    yield from app_on(empty_database_url)


@pytest.fixture
def migrated_app(engine_url):
    """An app of its own, since bringing a schema up asks the engine for its address."""
    yield from app_on(engine_url)


def migrate(app, to):
    config: Config = app.extensions["migrate"].migrate.get_config(str(MIGRATIONS))
    (command.upgrade if to == "head" else command.downgrade)(config, to)
    db.session.remove()
    db.engine.dispose()


def laws(connection: Connection) -> list[str]:
    return list(connection.scalars(text(LAWS[connection.dialect.name])))


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


def test_the_schema_goes_up_down_to_nothing_and_up_again_the_same(empty_app):
    migrate(empty_app, "head")
    with db.engine.connect() as connection:
        up = tables(connection), laws(connection)
    assert len(up[0]) == len(db.metadata.tables)
    assert len(up[1]) > 20
    migrate(empty_app, "base")
    with db.engine.connect() as connection:
        assert (tables(connection), laws(connection)) == (set(), [])
    migrate(empty_app, "head")
    with db.engine.connect() as connection:
        assert (tables(connection), laws(connection)) == up


def test_a_city_keeps_its_visits_down_to_the_spine_and_up_again(empty_app):
    migrate(empty_app, "head")
    who, tour = make.delegation(), make.tour(make.site())
    for hour in (10, 13):
        make.visit(who, make.tour_session(tour, seoul(14, hour)))
    migrate(empty_app, "0001")
    with pytest.raises(IntegrityError, match="visit_one_place_at_a_time"):
        move_the_later_visit_to(seoul(14, 10, 30))
    migrate(empty_app, "head")
    with pytest.raises(IntegrityError, match="visit_one_place_at_a_time"):
        move_the_later_visit_to(seoul(14, 10, 30))
    with db.engine.connect() as connection:
        assert connection.execute(text("SELECT code, version FROM place")).all() == [("TOPIS", 1)]
        assert connection.scalar(text("SELECT count(*) FROM visit WHERE part_id IS NULL")) == 2


def move_the_later_visit_to(starts_at):
    with db.engine.begin() as connection:
        connection.execute(
            text("UPDATE tour_session SET starts_at = :at WHERE starts_at > :at").bindparams(
                bindparam("at", starts_at, UtcDateTime)
            )
        )


def test_models_and_migrations_agree(migrated_app):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_every_constraint_of_the_models_has_a_name():
    for table in db.metadata.sorted_tables:
        assert all(constraint.name for constraint in table.constraints), table.name


def test_there_is_one_head():
    assert len(ScriptDirectory(str(MIGRATIONS)).get_heads()) == 1


def test_bringing_to_head_says_whether_there_was_something_to_do(empty_app):
    assert [bring_to_head(empty_app), bring_to_head(empty_app)] == [True, False]


def test_a_schema_from_the_future_is_refused(migrated_app):
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999_future'"))
    with pytest.raises(SchemaIsNewer, match="9999_future"):
        bring_to_head(migrated_app)

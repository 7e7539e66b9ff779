"""How Alembic reaches the archive: through the application, on the connection it is given."""

from alembic import context
from flask import current_app

target = current_app.extensions["migrate"].db


def run_migrations() -> None:
    with target.engine.connect() as connection:
        context.configure(connection=connection, target_metadata=target.metadata, compare_type=True)
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    raise SystemExit("The laws differ by engine: run migrations against the database itself.")
run_migrations()

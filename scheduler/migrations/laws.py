"""The laws of last resort: the SQL of a revision's triggers and constraints, one file an engine."""

from pathlib import Path

from alembic import op

SQL = Path(__file__).parent / "sql"


def lay_down(revision: str) -> None:
    """Make what a revision adds."""
    _run(f"{revision}_{op.get_bind().dialect.name}.sql")


def take_up(revision: str) -> None:
    """Drop it again."""
    _run(f"{revision}_{op.get_bind().dialect.name}_down.sql")


def _run(name: str) -> None:
    for statement in (SQL / name).read_text(encoding="utf-8").split("\n--#\n"):
        op.get_bind().exec_driver_sql(statement.replace("%", "%%") if "postgresql" in name else statement)

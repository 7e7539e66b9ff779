"""Look down, never up: which floor imports what, read from the files themselves."""

import ast
import sys

import pytest

from tests.house.modules import PACKAGE, Module, modules_of

# The floors from the ground up, each with the floors it may look down on and the libraries it may use.
GROUND = ("scheduler.core", "scheduler.access")
FLOORS = {
    "scheduler.core": ((), ()),
    "scheduler.access": ((), ()),
    "scheduler.calendars": (GROUND, ("icalendar",)),
    "scheduler.pictures": (GROUND, ()),
    "scheduler.papers": (("scheduler.pictures", *GROUND), ("openpyxl", "segno", "typst")),
    "scheduler.planner": (GROUND, ("numpy", "ortools")),
    "scheduler.post": (("scheduler.calendars", *GROUND), ("imap_tools",)),
    "scheduler.records": (GROUND, ("sqlalchemy", "psycopg", "flask_sqlalchemy", "alembic", "holidays")),
    "scheduler.actions": (
        (
            "scheduler.calendars",
            "scheduler.papers",
            "scheduler.planner",
            "scheduler.post",
            "scheduler.records",
            *GROUND,
        ),
        ("sqlalchemy", "argon2"),
    ),
    "scheduler.demo": (("scheduler.actions", "scheduler.records", *GROUND), ("sqlalchemy",)),
}
# Flask-Migrate reaches Alembic through the application, so bringing a schema up must be handed one.
ALL_THE_SAME = {"scheduler.records.upgrade": {"flask"}}
FLASK = {"flask", "flask_login", "flask_wtf", "flask_babel", "flask_migrate", "apiflask", "werkzeug"}


def floor_of(name: str) -> str | None:
    return next((floor for floor in FLOORS if name == floor or name.startswith(f"{floor}.")), None)


def strangers(module: Module) -> set[str]:
    """What a module imports that its floor may not."""
    floor = floor_of(module.name)
    assert floor is not None
    below, libraries = FLOORS[floor]
    allowed = (floor, *below)
    found = set()
    for imported in module.imports:
        top = imported.partition(".")[0]
        if top == "scheduler":
            is_fine = imported == "scheduler" or any(
                imported == name or imported.startswith(f"{name}.") for name in allowed
            )
            # `from scheduler.records import x` names the package first and the module after it.
            is_fine = is_fine or any(name.startswith(f"{imported}.") for name in allowed)
        else:
            is_fine = top in sys.stdlib_module_names or top in libraries
        if not is_fine:
            found.add(imported)
    excused = ALL_THE_SAME.get(module.name, set())
    return {name for name in found if name.partition(".")[0] not in excused}


@pytest.mark.parametrize("floor", FLOORS)
def test_a_floor_looks_down_and_never_up(floor):
    upwards = {m.name: strangers(m) for m in modules_of() if floor_of(m.name) == floor}
    assert {name: found for name, found in upwards.items() if found} == {}


def test_every_floor_is_there_to_be_looked_at():
    assert {floor_of(module.name) for module in modules_of()} >= set(FLOORS)


def test_only_doors_know_flask():
    inside = [m for m in modules_of() if floor_of(m.name) and m.name not in ALL_THE_SAME]
    knowing = {m.name for m in inside if {name.partition(".")[0] for name in m.imports} & FLASK}
    assert knowing == set()


def test_only_the_clock_asks_the_computer_the_time():
    asking = {
        m.name
        for m in modules_of()
        for node in ast.walk(m.tree)
        if isinstance(node, ast.Attribute) and node.attr in ("now", "utcnow", "today", "fromtimestamp")
    }
    assert asking == {"scheduler.clock"}


def test_below_the_doors_nobody_asks_even_the_clock():
    assert {m.name for m in modules_of() if floor_of(m.name) and "scheduler.clock" in m.imports} == set()


def test_only_actions_and_what_stands_in_for_them_write():
    """`writing` is the only way to write, and it is used in actions; the demo loads through it as well."""
    using = {m.name for m in modules_of() if "scheduler.records.writing.writing" in m.imports}
    assert {name for name in using if not name.startswith(("scheduler.actions.", "scheduler.demo."))} == set()


def test_doors_never_commit_or_add():
    doors = [m for m in modules_of() if floor_of(m.name) is None]
    writing = {
        f"{m.name}:{node.lineno}"
        for m in doors
        for node in ast.walk(m.tree)
        if isinstance(node, ast.Attribute)
        and node.attr in ("commit", "add", "add_all", "delete", "flush", "merge")
        and ast.unparse(node.value).startswith("db.session")
    }
    assert writing == set()


def test_no_table_and_no_model_is_called_session():
    names = {
        node.name
        for m in modules_of(PACKAGE / "records")
        for node in ast.walk(m.tree)
        if isinstance(node, ast.ClassDef)
    }
    assert "Session" not in names
    tables = {
        node.value.value
        for m in modules_of(PACKAGE / "records")
        for node in ast.walk(m.tree)
        if isinstance(node, ast.Assign)
        and ast.unparse(node.targets[0]) == "__tablename__"
        and isinstance(node.value, ast.Constant)
    }
    assert len(tables) > 20
    assert "session" not in tables

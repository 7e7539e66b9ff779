"""The web floor: one room per feature, each with its routes and forms."""

from importlib import import_module

from apiflask import APIFlask

from scheduler.blueprints import ids

ROOMS = (
    "front_desk",
    "search",
    "first_steps",
    "delegations",
    "visits",
    "programmes",
    "engagements",
    "parts",
    "plans",
    "repairs",
    "batches",
    "imports",
    "exports",
    "reports",
    "splits",
    "shifts",
    "rosters",
    "gate",
    "papers",
    "letters",
    "tray",
    "sites",
    "closures",
    "tours",
    "sessions",
    "places",
    "travel",
    "holidays",
    "weeks",
    "board",
    "portal",
    "answers",
    "links",
    "resources",
    "assignments",
    "duties",
    "accounts",
    "calendar",
    "subscriptions",
    "health",
    "api",
    "api_docs",
)


def set_up(app: APIFlask) -> None:
    """Open every room."""
    ids.set_up(app)
    for room in ROOMS:
        app.register_blueprint(import_module(f"{__name__}.{room}.routes").bp)

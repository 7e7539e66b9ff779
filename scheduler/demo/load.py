"""The demo city (being written)."""

from datetime import datetime

DEMO_PASSWORD = "seoul-demo-2026"
DEMO_ACCOUNTS: tuple[str, ...] = ("officer@demo.example",)


def load_demo_city(at: datetime) -> str:
    return "nothing yet"

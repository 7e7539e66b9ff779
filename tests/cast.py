"""The people and places of the tests, named once."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from scheduler.access import Actor, Role

SEOUL = ZoneInfo("Asia/Seoul")
KST = timezone(timedelta(hours=9))

# The instant at which the tests happen, unless they say otherwise: a Sunday noon in Seoul.
AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)

OFFICER = Actor(
    account_id=None, email="officer@tests.example", name="Officer", roles=frozenset({Role.OFFICER})
)
HEAD = Actor(account_id=None, email="head@tests.example", name="Head", roles=frozenset({Role.HEAD}))
ADMINISTRATOR = Actor(
    account_id=None, email="admin@tests.example", name="Administrator", roles=frozenset({Role.ADMINISTRATOR})
)
PASSWORD = "a long password for tests"


def manager_of(*site_ids: int) -> Actor:
    """A site manager who answers for these sites."""
    return Actor(
        account_id=None,
        email="manager@tests.example",
        name="Manager",
        roles=frozenset({Role.MANAGER}),
        site_ids=frozenset(site_ids),
    )


def seoul(day: int, hour: int = 0, minute: int = 0, *, month: int = 12, year: int = 2026) -> datetime:
    """An instant on Seoul's clock. 14 December 2026 is a Monday."""
    return datetime(year, month, day, hour, minute, tzinfo=SEOUL)

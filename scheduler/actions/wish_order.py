"""Which wish comes after which: always one of the same delegation, and never in a circle."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update

from scheduler.actions.invalid import Invalid
from scheduler.records.database import db
from scheduler.records.delegations import Wish


def must_come_after(told: Mapping[str, Any], *, delegation_id: int, wish_id: int | None = None) -> None:
    """Look over `after_wish_id` of a wish that is noted or changed. Raises Invalid (no wish of theirs, or
    one that comes, by however many steps, after this very one)."""
    first = told.get("after_wish_id")
    if first is None:
        return
    rows = select(Wish.id, Wish.after_wish_id).where(Wish.delegation_id == delegation_id)
    after = {row.id: row.after_wish_id for row in db.session.execute(rows)}
    if first not in after:
        raise Invalid("after_wish_id", "unknown", value=first)
    step: int | None = first
    for _ in after:
        if step is None:
            return
        if step == wish_id:
            raise Invalid("after_wish_id", "comes_after_itself")
        step = after.get(step)


def let_followers_go(wish_id: int) -> None:
    """Within an act: whatever came after a wish that goes comes after none."""
    rows = update(Wish).where(Wish.after_wish_id == wish_id).values(after_wish_id=None)
    db.session.execute(rows, execution_options={"synchronize_session": "fetch"})

"""What was said of a visit at its gate so far: a tap that came before, and who spoke last of a thing."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from scheduler.records.accounts import Account
from scheduler.records.database import db
from scheduler.records.gate_taps import GateTap
from scheduler.records.journal import Journal


class Speaker(NamedTuple):
    """Who said something last, and when."""

    account_id: int | None
    name: str
    at: datetime


def tap_by_key(key: str) -> GateTap | None:
    """A tap that counted already."""
    return db.session.scalar(select(GateTap).where(GateTap.key == key))


def last_speaker(visit_id: int, acts: Collection[str]) -> Speaker | None:
    """Who did one of these acts to a visit last."""
    rows = select(Journal.account_id, Account.name, Journal.actor, Journal.at)
    rows = rows.outerjoin(Account, Account.id == Journal.account_id)
    rows = rows.where(Journal.subject == "visit", Journal.subject_id == visit_id, Journal.act.in_(acts))
    found = db.session.execute(rows.order_by(Journal.id.desc()).limit(1)).first()
    return None if found is None else Speaker(found[0], found[1] or found[2], found[3])

"""Asked again under the same key, the first answer is given again."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from scheduler.access import Actor
from scheduler.records.answers import Answer
from scheduler.records.database import db
from scheduler.records.writing import writing


class KeyUsedOtherwise(Exception):
    """This Idempotency-Key was used before, for another demand."""


@dataclass(frozen=True)
class Answered:
    """What goes back to the asker, and whether it was kept from the first time."""

    status: int
    body: dict[str, Any]
    is_repeated: bool = False


def answer_once(
    key: str, demand: object, act: Callable[[], Answered], *, by: Actor, at: datetime
) -> Answered:
    """Run an act under an account's key, its answer stored in the act's own transaction.

    `demand` is what was asked, as JSON values. The same key and demand give the first answer again; another
    demand raises KeyUsedOtherwise. An act that raises leaves nothing behind, so refusals are not stored.
    """
    told = json.dumps(demand, sort_keys=True, separators=(",", ":"), default=str)
    fingerprint = hashlib.sha256(told.encode()).hexdigest()
    return _answer_once(key, fingerprint, act, by=by, at=at)


@writing()
def _answer_once(
    key: str, fingerprint: str, act: Callable[[], Answered], *, by: Actor, at: datetime
) -> Answered:
    if not _claims(key, fingerprint, by=by, at=at):
        kept = db.session.scalar(select(Answer).where(Answer.account_id == by.account_id, Answer.key == key))
        if kept is None or kept.fingerprint != fingerprint or kept.status is None:
            raise KeyUsedOtherwise(key)
        return Answered(kept.status, kept.body or {}, is_repeated=True)
    answered = act()
    kept = db.session.scalar(select(Answer).where(Answer.account_id == by.account_id, Answer.key == key))
    assert kept is not None
    kept.status, kept.body = answered.status, answered.body
    return answered


def _claims(key: str, fingerprint: str, *, by: Actor, at: datetime) -> bool:
    """Whether this is the first use of the key. Whoever comes second waits here until the first is done."""
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    row = {"account_id": by.account_id, "key": key, "fingerprint": fingerprint, "answered_at": at}
    claim = insert(Answer).values(row).on_conflict_do_nothing(index_elements=["account_id", "key"])
    return bool(db.session.execute(claim.returning(Answer.id)).scalar())

"""A wish with all that its panel tells of it."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from scheduler.access import Actor
from scheduler.records.absence import NotFound
from scheduler.records.database import db
from scheduler.records.delegations import Wish
from scheduler.records.tours import Tour


def wish_seen_by(by: Actor, wish_id: int) -> Wish:
    """A wish with its delegation, tour and site. Raises NotFound, also for those who see no delegations."""
    whole = joinedload(Wish.delegation), joinedload(Wish.tour).joinedload(Tour.site)
    found = db.session.scalar(select(Wish).options(*whole).where(Wish.id == wish_id))
    if found is None or not by.sees_delegations:
        raise NotFound("wish", wish_id)
    return found

"""Where booking starts from: a wish, or the first day on which the delegation could still come."""

from datetime import date, datetime

from scheduler.blueprints.typed import city_zone
from scheduler.records.delegation_search import member_of
from scheduler.records.delegations import Delegation, Wish


def wish_named(wish_id: int | None, delegation_id: int) -> Wish | None:
    """The wish that was named in the address. Raises NotFound for one of somebody else."""
    return member_of(Wish, delegation_id, wish_id) if wish_id is not None else None


def default_day(delegation: Delegation, wish: Wish | None, at: datetime) -> date:
    """The first time wished for, else the first full day of the stay, never a day that is over."""
    today = _local(at)
    wished = [_local(datetime.fromisoformat(told)) for told in wish.preferred_times] if wish else []
    for day in (*wished, _local(delegation.arrives_at)):
        if day >= today:
            return day
    return today


def _local(instant: datetime) -> date:
    return instant.astimezone(city_zone()).date()

"""Whom bringing in a list of delegates would have written to: those whose addresses nobody knew before."""

from datetime import datetime

from scheduler.actions.list_merging import Merge
from scheduler.records.delegations import Delegation
from scheduler.records.recipients import guests_of, invites_whoever_is_named


def newly_written_to(delegation: Delegation, merged: Merge, at: datetime) -> int:
    """How many addresses would get invitations that got none so far; none where no stop to come is for
    whoever is on the list."""
    told = {person.email for person in merged.new} | {
        each.changes["email"] for each in merged.changed if "email" in each.changes
    }
    new = (told - {""}) - guests_of(delegation).keys()
    return len(new) if new and invites_whoever_is_named(delegation.id, at) else 0

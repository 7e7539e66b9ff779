"""Which published version guests hold, and what is otherwise by now."""

from collections.abc import Collection
from typing import Any

from scheduler.blueprints.portal.room import Guests
from scheduler.blueprints.programmes.sheet import Difference, differences_in_words
from scheduler.core.amendments import amendments
from scheduler.records.programme_content import content_of
from scheduler.records.programme_lookup import Itinerary
from scheduler.records.programme_versions import newest_version
from scheduler.records.programmes import ProgrammeVersion

# Who goes along is told on the stop, once they have said yes; who else attends is not for one delegate.
NOT_FOR_GUESTS, NOT_FOR_ONE = ("people",), ("people", "attendees")


def changes_for(guests: Guests, stay: Itinerary) -> dict[str, Any]:
    """`held`, the newest published version if there is one, and `differences` of today's plan from it; a
    single delegate is told of the stops that are theirs."""
    held = newest_version(guests.delegation.id)
    if held is None:
        return {"held": None, "differences": []}
    return {"held": held, "differences": _differences(guests, stay, held)}


def _differences(guests: Guests, stay: Itinerary, held: ProgrammeVersion) -> list[Difference]:
    content = content_of(stay)
    found = amendments(held.content, content)
    if guests.delegate is not None:
        keys = _keys_of(guests.delegate.id, held.content) | _keys_of(guests.delegate.id, content)
        found = [each for each in found if each["key"] in keys]
    left_out = NOT_FOR_GUESTS if guests.delegate is None else NOT_FOR_ONE
    told = [each | {"fields": _shown(each["fields"], left_out)} for each in found]
    told = [each for each in told if each["fields"] or each["change"] != "changed"]
    return differences_in_words(told, [held.content, content])


def _keys_of(delegate_id: int, content: dict[str, Any]) -> set[str]:
    """The stops of a content that are for everybody, or for this delegate by name."""
    return {
        stop["key"]
        for stop in content["stops"]
        if delegate_id in stop["attendees"] or (not stop["attendees"] and stop["part"] is None)
    }


def _shown(fields: Collection[dict[str, Any]], left_out: Collection[str]) -> list[dict[str, Any]]:
    return [each for each in fields if each["field"] not in left_out]

"""What differs between two versions of a programme, told as plain values: added, removed, changed."""

from collections.abc import Iterator, Mapping
from typing import Any

# What of a stop a guest would notice, in the order in which it is told. Minutes on the way follow from it.
NOTICED = (
    *("starts_at", "ends_at", "place", "leaves_from", "title", "headcount", "part", "host", "language"),
    *("state", "people", "attendees"),
)
OF_DELEGATION = ("name", "headcount", "arrives_at", "departs_at")
Content = Mapping[str, Any]


def amendments(before: Content, after: Content) -> list[dict[str, Any]]:
    """Every difference between two contents of a programme, in order of hour.

    In: two contents as `scheduler/records/programme_content.py` makes them. Out: one value a stop, with
    `change` (added, removed, changed), what the stop is called, and `fields`, each with `before` and `after`.
    A stop is the same while its key is, whatever becomes of its time and place.
    """
    return [
        *_of_delegation(before, after),
        *sorted(_of_stops(before, after), key=lambda told: told["starts_at"]),
    ]


def _of_delegation(before: Content, after: Content) -> Iterator[dict[str, Any]]:
    old, new = before["delegation"], after["delegation"]
    fields = [_field(name, old[name], new[name]) for name in OF_DELEGATION if old[name] != new[name]]
    if fields:
        yield {
            "change": "changed",
            "key": "delegation",
            "kind": "delegation",
            "title": new["name"],
            "place": None,
            "starts_at": new["arrives_at"],
            "fields": fields,
        }


def _of_stops(before: Content, after: Content) -> Iterator[dict[str, Any]]:
    old, new = _items(before), _items(after)
    for key in old.keys() - new.keys():
        yield _told("removed", old[key], [])
    for key, item in new.items():
        if key not in old:
            yield _told("added", item, [])
        elif fields := _fields(old[key], item):
            yield _told("changed", item, fields)


def _items(content: Content) -> dict[str, Content]:
    return {item["key"]: item for item in (*content["stops"], *content["duties"])}


def _fields(old: Content, new: Content) -> list[dict[str, Any]]:
    pairs = ((name, _shown(old.get(name)), _shown(new.get(name))) for name in NOTICED)
    return [_field(name, was, now) for name, was, now in pairs if was != now]


def _field(name: str, before: Any, after: Any) -> dict[str, Any]:
    return {"field": name, "before": before, "after": after}


def _shown(value: Any) -> Any:
    """A place by its name, a part by its name, people by who they are: not whether they have answered yet."""
    if isinstance(value, Mapping):
        return value["name"]
    if isinstance(value, list):
        return [each["resource_id"] if isinstance(each, Mapping) else each for each in value]
    return value


def _told(change: str, item: Content, fields: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "change": change,
        "key": item["key"],
        "kind": item["kind"],
        "title": item.get("title", ""),
        "place": _shown(item.get("place")),
        "starts_at": item["starts_at"],
        "ends_at": item["ends_at"],
        "fields": fields,
    }

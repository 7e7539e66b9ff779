"""A programme as a page shows it, made from its content: days, stops, the ways between, what differs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from scheduler.blueprints.typed import city_zone
from scheduler.core.slack import Spare, spare_of
from scheduler.records.programme_content import named_in
from scheduler.records.programme_versions import People, people_called
from scheduler.words.code_names import language_name
from scheduler.words.instants import hours, local_day, moment_in_words
from scheduler.words.lists import listed
from scheduler.words.names import TABLES, name_of
from scheduler.words.own_names import in_order

Content = Mapping[str, Any]
TONES = {
    Spare.UNKNOWN: "neutral",
    Spare.AMPLE: "success",
    Spare.THIN: "warning",
    Spare.SHORT: "error",
}


@dataclass(frozen=True)
class Way:
    """From a stop before to this one: minutes on the way, minutes to spare; None where nobody knows. `origin`
    is named where it is not the stop just above."""

    minutes: int | None
    slack: int | None
    origin: str

    @property
    def tone(self) -> str:
        return TONES[spare_of(self.minutes, self.slack)]


@dataclass(frozen=True)
class Row:
    """One stop in words. `change` is the code of what an amended version did to it; a stop may lie outside
    the stay once flights have moved."""

    key: str
    number: int
    kind: str
    when: str
    starts_at: datetime
    title: str
    title_native: str
    place: Content | None
    destination: Content | None
    part: str
    headcount: int
    host: str
    language: str
    state: str
    people: list[str]
    attendees: list[str]
    ways: list[Way] = field(default_factory=list)
    change: str = ""
    is_outside_stay: bool = False


@dataclass(frozen=True)
class Sheet:
    """A whole programme, day by day; `duties` are who stays with them over a stretch of a day."""

    days: list[tuple[date, list[str], list[Row]]]
    number_of_stops: int


@dataclass(frozen=True)
class Difference:
    """One difference in words: what happened to which stop, and field by field what was and what is."""

    change: str
    what: str
    when: str
    fields: list[tuple[str, str, str]]


def sheet_of(content: Content, differences: Iterable[Content] = ()) -> Sheet:
    """A content in words; stops that the differences name carry their mark."""
    people = people_called(*named_in([dict(content)]))
    marks = {each["key"]: each["change"] for each in differences}
    titles = {stop["key"]: _title(stop) for stop in content["stops"]}
    days: dict[date, tuple[list[str], list[Row]]] = {}
    arrives_at, departs_at = (content["delegation"][name] for name in ("arrives_at", "departs_at"))
    above = ""
    for stop in content["stops"]:
        ways = [
            Way(leg["minutes"], leg["slack_minutes"], "" if leg["before"] == above else titles[leg["before"]])
            for leg in content["legs"]
            if leg["after"] == stop["key"]
        ]
        above = stop["key"]
        row = replace(
            _row(stop, people, ways, marks.get(stop["key"], "")),
            is_outside_stay=not arrives_at <= stop["starts_at"] <= stop["ends_at"] <= departs_at,
        )
        days.setdefault(local_day(row.starts_at, _zone()), ([], []))[1].append(row)
    for duty in content["duties"]:
        day = local_day(datetime.fromisoformat(duty["starts_at"]), _zone())
        days.setdefault(day, ([], []))[0].append(_duty(duty, people))
    shown = [(day, *days[day]) for day in sorted(days)]
    return Sheet(shown, len(content["stops"]))


def differences_in_words(differences: Iterable[Content], contents: Iterable[Content]) -> list[Difference]:
    """What differs, in words; `contents` are those in which whoever is named stands."""
    people = people_called(*named_in(map(dict, contents)))
    return [
        Difference(
            change=each["change"],
            what=_what(each),
            when=moment_in_words(datetime.fromisoformat(each["starts_at"]), _zone()),
            fields=[
                (
                    name_of(TABLES["version_fields"], told["field"]),
                    _value(told["field"], told["before"], people),
                    _value(told["field"], told["after"], people),
                )
                for told in each["fields"]
            ],
        )
        for each in differences
    ]


def _row(stop: Content, people: People, ways: list[Way], change: str) -> Row:
    starts_at, ends_at = (datetime.fromisoformat(stop[name]) for name in ("starts_at", "ends_at"))
    title, title_native = in_order(_title(stop), stop["title_native"])
    return Row(
        key=stop["key"],
        number=int(stop["key"].rpartition("-")[2]),
        kind=stop["kind"],
        when=hours(starts_at, ends_at, stop.get("zone") or _zone()),
        starts_at=starts_at,
        title=title,
        title_native=title_native,
        place=_place(stop["place"]),
        destination=_place(stop["leaves_from"]),
        part=stop["part"]["name"] if stop["part"] else "",
        headcount=stop["headcount"],
        host=stop["host"],
        language=language_name(stop["language"]) if stop["language"] else "",
        state=stop["state"],
        people=[_person(each, people) for each in stop["people"]],
        attendees=[_name(people.delegates, each) for each in stop["attendees"]],
        ways=ways,
        change=change,
    )


def _place(place: Content | None) -> Content | None:
    """Its names, the reader's first."""
    if place is None:
        return None
    name, name_native = in_order(place["name"], place["name_native"])
    return {**place, "name": name, "name_native": name_native}


def _title(stop: Content) -> str:
    """What a stop is called: an engagement without a title by its kind."""
    return str(stop["title"] or name_of(TABLES["stop_kinds"], stop["kind"]))


def _what(difference: Content) -> str:
    title = str(difference["title"] or name_of(TABLES["stop_kinds"], difference["kind"]))
    place = difference["place"]
    return _("%(title)s, %(place)s", title=title, place=place) if place else title


def _person(person: Content, people: People) -> str:
    kind, name = (
        name_of(TABLES["resource_kinds"], person["kind"]),
        _name(people.resources, person["resource_id"]),
    )
    if person["state"] == "accepted":
        return _("%(kind)s: %(name)s", kind=kind, name=name)
    return _("%(kind)s: %(name)s (not yet accepted)", kind=kind, name=name)


def _duty(duty: Content, people: People) -> str:
    starts_at, ends_at = (datetime.fromisoformat(duty[name]) for name in ("starts_at", "ends_at"))
    who = listed(_person(each, people) for each in duty["people"])
    return _("%(who)s, %(hours)s", who=who, hours=hours(starts_at, ends_at, _zone()))


def _value(name: str, value: Any, people: People) -> str:
    if value in (None, "", []):
        return _("all of them") if name == "attendees" else "–"
    if name in ("people", "attendees"):
        names = people.resources if name == "people" else people.delegates
        return listed(_name(names, each) for each in value)
    if name.endswith("_at"):
        return moment_in_words(datetime.fromisoformat(value), _zone())
    if name == "state":
        return name_of(TABLES["stop_states"], value)
    return language_name(value) if name == "language" else str(value)


def _name(names: Mapping[int, str], number: int) -> str:
    return names.get(number) or _("somebody no longer listed")


def _zone() -> str:
    return city_zone().key

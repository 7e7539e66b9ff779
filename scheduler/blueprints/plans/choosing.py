"""What there is to wish for: every tour in its topic, what is wished for already, what is booked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import url_for
from wtforms.fields.choices import SelectChoice

from scheduler.blueprints.plans.forms import WishRow
from scheduler.core.lifecycle import OCCUPYING
from scheduler.records.database import db
from scheduler.records.delegation_lists import visits_of
from scheduler.records.delegation_search import wishes_of
from scheduler.records.delegations import Delegation, Wish
from scheduler.records.sites import Site
from scheduler.records.tour_lookup import tours_by_site
from scheduler.records.tours import Tour
from scheduler.records.visits import Visit
from scheduler.words.instants import day_and_hours, hours, local_day, short_day
from scheduler.words.names import TOPICS, name_of
from scheduler.words.own_names import own_name

OTHER = ""


@dataclass(frozen=True)
class Row:
    """One line of the list: a tour, or any tour of a topic. `key` tells it apart in the form."""

    key: str
    topic: str
    title: str
    second: str
    number: str
    form: WishRow
    tour: Tour | None = None
    wish: Wish | None = None
    booked: str = ""
    booked_url: str = ""

    @property
    def name(self) -> str:
        return f"{self.title}: {self.second}" if self.second else self.title


@dataclass(frozen=True)
class Group:
    """The lines of one topic."""

    topic: str
    rows: Sequence[Row]

    @property
    def title(self) -> str:
        return name_of(TOPICS, self.topic)

    @property
    def chosen(self) -> int:
        return sum(not row.form.is_empty() for row in self.rows)


class Choice:
    """All of it for one delegation, as a form that was sent or as the archive has it."""

    def __init__(self, delegation: Delegation, *, is_sent: bool) -> None:
        self.delegation, self._is_sent = delegation, is_sent
        self.wishes = db.session.scalars(wishes_of(delegation.id)).all()
        self.tours = tours_by_site()
        booked = [visit for visit in visits_of(delegation.id) if visit.state in OCCUPYING]
        self._booked = {visit.tour_session.tour_id: visit for visit in booked}
        self.numbers = {site.code: str(number) for number, site in enumerate(self._sites(), 1)}

    @cached_property
    def groups(self) -> list[Group]:
        """The topics in order, the delegation's own first; in each, first what takes any of its tours."""
        by_topic: dict[str, list[Row]] = {topic: [] for topic in self.topics}
        for row in self._rows():
            by_topic.setdefault(row.topic, []).append(row)
        groups = [Group(topic, rows) for topic, rows in by_topic.items() if rows]
        self._offer([row for group in groups for row in group.rows])
        return groups

    @property
    def rows(self) -> list[Row]:
        return [row for group in self.groups for row in group.rows]

    @property
    def chosen(self) -> list[Row]:
        return [row for row in self.rows if not row.form.is_empty() and not row.booked]

    @cached_property
    def topics(self) -> list[str]:
        shown = {topic for tour in self.tours for topic in tour.topics} | {w.topic for w in self.wishes}
        order = [*TOPICS, *sorted(shown - set(TOPICS))]
        ours = self.delegation.topics
        in_order = sorted(
            shown & set(order) - {OTHER}, key=lambda topic: (topic not in ours, order.index(topic))
        )
        return [*in_order, OTHER]

    def _sites(self) -> list[Site]:
        """The sites in the order in which the list meets them."""
        ordered = sorted(self.tours, key=lambda tour: self.topics.index(self._topic(tour)))
        return list({tour.site_id: tour.site for tour in ordered}.values())

    def _topic(self, tour: Tour) -> str:
        return next((topic for topic in self.topics if topic in tour.topics), OTHER)

    def _rows(self) -> Iterator[Row]:
        of_tour: dict[int | None, list[Wish]] = {}
        for wish in self.wishes:
            of_tour.setdefault(wish.tour_id, []).append(wish)
        topics = {wish.topic: wish for wish in reversed(of_tour.get(None, []))}
        for topic in self.topics:
            if topic and any(topic in tour.topics for tour in self.tours):
                yield self._of_topic(topic, topics.get(topic))
        for wish in of_tour.get(None, []):
            if topics[wish.topic] is not wish or not any(wish.topic in tour.topics for tour in self.tours):
                yield self._of_topic(wish.topic, wish)
        for tour in self.tours:
            own_wishes: list[Wish | None] = [*of_tour.get(tour.id, ())]
            for own in own_wishes or [None]:
                yield self._of_tour(tour, own)

    def _of_topic(self, topic: str, wish: Wish | None) -> Row:
        key = f"wish-{wish.id}" if wish else f"topic-{topic}"
        title = name_of(TOPICS, topic)
        return Row(key, topic, title, "", "", self._form(key, wish), wish=wish)

    def _of_tour(self, tour: Tour, wish: Wish | None) -> Row:
        key = f"wish-{wish.id}" if wish else f"tour-{tour.id}"
        visit = self._booked.get(tour.id)
        return Row(
            key=key,
            topic=self._topic(tour),
            title=own_name(tour.site),
            second=own_name(tour),
            number=self.numbers[tour.site.code],
            form=self._form(key, wish),
            tour=tour,
            wish=wish,
            booked=_when(visit) if visit else "",
            booked_url=url_for("visits.visit", visit_id=visit.id) if visit else "",
        )

    def _form(self, key: str, wish: Wish | None) -> WishRow:
        if self._is_sent:
            return WishRow(prefix=key)
        return WishRow(formdata=None, prefix=key, data=_data(wish))

    def _offer(self, rows: Sequence[Row]) -> None:
        """Every row may come after any other, and give way to any tour."""
        afters = [SelectChoice("", "–"), *(SelectChoice(row.key, row.name) for row in rows)]
        fallbacks = [SelectChoice("", "–"), *tour_choices(self.tours)]
        for row in rows:
            row.form.after.choices, row.form.fallback.choices = afters, fallbacks


def tour_choices(tours: Iterable[Tour]) -> list[SelectChoice]:
    """Tours to choose from, by the names of site and tour."""
    return [SelectChoice(tour.id, f"{own_name(tour.site)}: {own_name(tour)}") for tour in tours]


def _data(wish: Wish | None) -> Mapping[str, Any]:
    if wish is None:
        return {}
    return {
        "ticked": True,
        "priority": str(wish.priority),
        "is_must": wish.is_must,
        "either": wish.either,
        "after": f"wish-{wish.after_wish_id}" if wish.after_wish_id else None,
        "not_first_day": wish.not_first_day,
        "not_last_day": wish.not_last_day,
        "headcount": wish.headcount,
        "fallback": wish.fallback_tour_id,
    }


def _when(visit: Visit) -> str:
    zone = visit.tour_session.tour.site.zone
    on = short_day(local_day(visit.starts_at, zone))
    return day_and_hours(on, hours(visit.starts_at, visit.ends_at, zone))

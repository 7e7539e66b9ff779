"""What an answer of the planner names by number or code, found at once and called by the reader's names."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from flask_babel import gettext as _
from sqlalchemy import select

from scheduler.records.database import db
from scheduler.records.delegation_search import wishes_of
from scheduler.records.delegations import Wish
from scheduler.records.resources import Resource
from scheduler.records.tour_lookup import tours_by_site
from scheduler.records.tours import Tour
from scheduler.words.code_names import RESOURCE_KINDS
from scheduler.words.names import TOPICS, name_of
from scheduler.words.own_names import own_name


@dataclass(frozen=True)
class Names:
    """The wishes of one delegation, all tours, whoever could go along."""

    delegation_id: int

    @cached_property
    def wishes(self) -> Mapping[int, Wish]:
        return {wish.id: wish for wish in db.session.scalars(wishes_of(self.delegation_id))}

    @cached_property
    def tours(self) -> Mapping[str, Tour]:
        return {tour.code: tour for tour in tours_by_site()}

    @cached_property
    def _resources(self) -> Mapping[int, Resource]:
        return {each.id: each for each in db.session.scalars(select(Resource))}

    def site(self, tour_code: str) -> str:
        """The site of a tour."""
        tour = self.tours.get(tour_code)
        return own_name(tour.site) if tour else tour_code

    def tour(self, tour_code: str) -> str:
        """The tour itself."""
        tour = self.tours.get(tour_code)
        return own_name(tour) if tour else tour_code

    def both(self, tour_code: str) -> str:
        """The tour with its site before it."""
        return _("%(site)s: %(tour)s", site=self.site(tour_code), tour=self.tour(tour_code))

    def wish(self, wish_id: int | None) -> str:
        """What a wish is for; one taken off since is called so."""
        wish = self.wishes.get(wish_id or 0)
        if wish is None:
            return _("a wish taken off since")
        if wish.tour is not None:
            return self.both(wish.tour.code)
        return _("Any tour on “%(topic)s”", topic=name_of(TOPICS, wish.topic))

    def topic(self, wish_id: int) -> str:
        """The topic of a wish for no tour in particular, else nothing."""
        wish = self.wishes.get(wish_id)
        return name_of(TOPICS, wish.topic) if wish is not None and wish.tour_id is None else ""

    def person(self, resource_id: int) -> str:
        """Who or what goes along, by kind and name."""
        found = self._resources.get(resource_id)
        if found is None:
            return _("somebody no longer listed")
        return _("%(kind)s: %(name)s", kind=name_of(RESOURCE_KINDS, found.kind), name=own_name(found))

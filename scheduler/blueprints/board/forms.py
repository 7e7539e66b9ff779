"""Which part of the board to look at, kept in the address; and what is dropped where, read strictly."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from sqlalchemy import Row
from wtforms import Field
from wtforms.validators import ValidationError

from scheduler.blueprints.fields import ChoiceField, ChoicesField, DayField
from scheduler.blueprints.form import AskedForm
from scheduler.blueprints.typed import city_zone
from scheduler.core.duties import ResourceKind
from scheduler.core.lifecycle import VisitState
from scheduler.records.boards import STATES_SHOWN, BoardAsked
from scheduler.words.code_names import VISIT_STATES
from scheduler.words.own_names import in_order

VIEWS = {"day": lazy_pgettext("view", "Day"), "week": _l("Week"), "weeks": _l("Four weeks")}
DAYS = {"day": 1, "week": 7, "weeks": 28}
ROWS = {
    "sites": _l("Sites"),
    "delegations": _l("Delegations"),
    "guides": _l("Guides"),
    "interpreters": _l("Interpreters"),
    "vehicles": _l("Vehicles"),
}
PEOPLE = {
    "guides": ResourceKind.GUIDE,
    "interpreters": ResourceKind.INTERPRETER,
    "vehicles": ResourceKind.VEHICLE,
}
# Addresses are limited; nobody picks more by hand.
MOST_DELEGATIONS = 50


class BoardForm(AskedForm):
    """A stretch of days, what the rows are, and what is left out."""

    view = ChoiceField(_l("View"), choices=VIEWS.items(), default="week")
    on = DayField(_l("Day"))
    rows = ChoiceField(_l("Rows"), choices=ROWS.items(), default="sites")
    site = ChoicesField(_l("Sites"))
    delegation = ChoicesField(_l("Delegations"), validate_choice=False)
    state = ChoicesField(_l("States"), choices=VISIT_STATES.items())

    def offer(self, sites: Iterable[Row[Any]]) -> None:
        """What can be chosen."""
        self.site.choices = [(site.code, in_order(site.name, site.name_native)[0]) for site in sites]

    def validate_delegation(self, field: Field) -> None:
        if len(field.data) > MOST_DELEGATIONS:
            raise ValidationError(_("Too many: %(most)s at most.", most=MOST_DELEGATIONS))
        if not all(told.isdecimal() and told.isascii() and len(told) < 10 for told in field.data):
            raise ValidationError(_("Not a valid choice."))

    def asked_for(self, sites: Iterable[Row[Any]], at: datetime) -> "BoardWanted":
        """What the form asks for; where it is at fault, the board one begins with."""
        chosen = {field.name: field.data for field in self if field.data and not field.errors}
        view, on = chosen.get("view", "week"), chosen.get("on") or at.astimezone(city_zone()).date()
        codes = frozenset(chosen.get("site", ()))
        wanted = BoardWanted(
            view=view,
            on=on,
            rows=chosen.get("rows", "sites"),
            site_codes=codes,
            delegation_ids=frozenset(int(told) for told in chosen.get("delegation", ())),
            states=frozenset(chosen.get("state", ())),
            sites=tuple(site for site in sites if not codes or site.code in codes),
            at=at,
        )
        return wanted


@dataclass(frozen=True, kw_only=True)
class BoardWanted:
    """What somebody wants to see: days, rows, filters. `sites` are those shown, as the archive has them."""

    view: str
    on: date
    rows: str
    site_codes: frozenset[str]
    delegation_ids: frozenset[int]
    states: frozenset[str]
    sites: tuple[Row[Any], ...]
    at: datetime

    @property
    def first(self) -> date:
        """Weeks begin on a Monday."""
        return self.on if self.view == "day" else self.on - timedelta(days=self.on.weekday())

    @property
    def days(self) -> int:
        return DAYS[self.view]

    def archive(self) -> BoardAsked:
        """The same as the archive is asked for it: instants on the city's clock."""
        begin, end = (
            datetime.combine(day, time.min, city_zone())
            for day in (self.first, self.first + timedelta(days=self.days))
        )
        return BoardAsked(
            site_ids=tuple(site.id for site in self.sites),
            first=begin,
            last=end,
            at=self.at,
            states=tuple(VisitState(state) for state in sorted(self.states)) or STATES_SHOWN,
            delegation_ids=self.delegation_ids,
        )

    def unfiltered(self) -> BoardAsked:
        """The same days and sites with every delegation."""
        return replace(self.archive(), delegation_ids=frozenset())

    def query(self, **other: Any) -> dict[str, Any]:
        """The address that leads here again, or to another day, view or kind of rows."""
        wanted = replace(self, **other)
        told = {"view": wanted.view, "on": wanted.on.isoformat(), "rows": wanted.rows}
        filters = {
            "site": sorted(wanted.site_codes),
            "delegation": sorted(wanted.delegation_ids),
            "state": sorted(wanted.states),
        }
        return told | {name: values for name, values in filters.items() if values}

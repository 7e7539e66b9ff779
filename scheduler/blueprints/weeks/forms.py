"""Which week to look at, and which part of it; kept in the address."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l

from scheduler.blueprints.fields import ChoiceField, DayField, TickField
from scheduler.blueprints.form import AskedForm
from scheduler.records.sites import Site
from scheduler.words.names import TOPICS, choices_of
from scheduler.words.own_names import own_name


class WeekForm(AskedForm):
    """A week and what to leave out of it."""

    first = DayField(_l("Week of"), name="from")
    topic = ChoiceField(_l("Topic"))
    site = ChoiceField(_l("Site"))
    booked = TickField(_l("Only with bookings"))

    def offer(self, sites: Iterable[Site]) -> None:
        """What can be chosen."""
        self.topic.choices = choices_of(TOPICS, _l("All topics"))
        self.site.choices = [("", _l("All sites")), *((site.code, own_name(site)) for site in sites)]

    def kept(self, **more: Any) -> dict[str, Any]:
        """The query values that lead to the same view of another week."""
        asked = {
            "topic": self.topic.data,
            "site": self.site.data,
            "booked": "y" if self.booked.data else None,
        }
        return {name: value for name, value in (asked | more).items() if value}

"""What can be written about a site: its facts and where they come from, hours, closing rules, limits."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form
from wtforms.validators import ValidationError

from scheduler.blueprints.changing import ChangingForm
from scheduler.blueprints.fields import (
    ChoicesField,
    DayField,
    DegreesField,
    EmailField,
    LineField,
    ParagraphField,
    TickField,
    VersionField,
    WholeNumberField,
)
from scheduler.clock import now
from scheduler.records.sites import Site, SiteFact
from scheduler.words.code_names import LANGUAGE_NAMES
from scheduler.words.instants import local_day
from scheduler.words.site_words import facts_about, weekday_name

# A session of twelve hours and as long a turnaround fill the day that a session may last.
LONGEST_TURNAROUND = 720
WEEKDAYS = [str(number) for number in range(7)]
PLAIN_FACTS = (
    "name",
    "name_native",
    "owner_unit",
    "contact_name",
    "contact_email",
    "address",
    "latitude",
    "longitude",
    "languages",
    "notice_days",
    "meeting_point",
    "arrive_early_minutes",
    "turnaround_minutes",
    "photo_rule",
    "safety_gear",
    "active_from",
    "active_to",
)


class SourcedForm(ChangingForm):
    """A change of facts, with where it comes from."""

    version = VersionField()
    source = ParagraphField(
        _l("Where does this come from?"),
        most=2000,
        is_required=True,
        description=_l("A web address, a letter, a call: who said so. Kept with each fact you change."),
    )
    checked_on = DayField(_l("Checked on"), is_required=True)
    is_assumption = TickField(_l("Only assumed: nobody has confirmed it yet"))

    def validate_checked_on(self, field: DayField) -> None:
        if field.data is not None and field.data > local_day(now(), "Asia/Seoul"):
            raise ValidationError(_("This lies in the future."))

    def changes(self, site: Site) -> dict[str, Any]:
        """What to change of the site, with the source of each fact concerned."""
        raise NotImplementedError

    def sourced(self, *names: str) -> dict[str, SiteFact]:
        """The same source, date and doubt for each of these facts. Made anew at every call: a rehearsal
        leaves rows behind that cannot be used again."""
        return {
            name: SiteFact(
                name=name,
                source=self.source.data,
                checked_on=self.checked_on.data,
                is_assumption=self.is_assumption.data,
            )
            for name in names
        }


class FactForm(SourcedForm):
    """Where one fact comes from, without a change of the fact itself."""

    about = ""

    def changes(self, site: Site) -> dict[str, Any]:
        return {"facts": self.sourced(self.about)}


class FactsForm(SourcedForm):
    """The plain facts of a site. The source given is noted with those that differ from before."""

    name = LineField(_l("Name in English"), is_required=True)
    name_native = LineField(_l("Name in Korean"))
    owner_unit = LineField(_l("Who answers for it"), description=_l("The unit that owns the site."))
    contact_name = LineField(
        _l("Contact"), description=_l("Who is asked by letter where nobody has an account here.")
    )
    contact_email = EmailField(_l("E-mail of the contact"))
    address = LineField(_l("Address"), most=300)
    latitude = DegreesField(_l("Latitude"), most=90)
    longitude = DegreesField(_l("Longitude"), most=180)
    languages = ChoicesField(_l("Languages of the guides"))
    notice_days = WholeNumberField(_l("Days of notice"), most=365, is_required=True)
    meeting_point = LineField(_l("Meeting point"), most=300)
    arrive_early_minutes = WholeNumberField(_l("Arrive early by, minutes"), most=240, is_required=True)
    turnaround_minutes = WholeNumberField(
        _l("Turnaround after a session, minutes"),
        most=LONGEST_TURNAROUND,
        is_required=True,
        description=_l("Sessions that somebody has booked keep the turnaround they were booked under."),
    )
    photo_rule = ParagraphField(_l("Photographs"), most=500)
    safety_gear = ParagraphField(_l("Safety gear"), most=500)
    active_from = DayField(_l("In operation from"), description=_l("Empty: it always was."))
    active_to = DayField(_l("In operation until"), description=_l("Empty: no end in sight."))

    def __init__(self, *told: Any, **more: Any) -> None:
        super().__init__(*told, **more)
        self.languages.choices = list(LANGUAGE_NAMES.items())

    def validate_latitude(self, field: DegreesField) -> None:
        _must_be_a_pair(field, self.longitude)

    def validate_longitude(self, field: DegreesField) -> None:
        _must_be_a_pair(field, self.latitude)

    def validate_active_to(self, field: DayField) -> None:
        must_not_end_early(self, field)

    def changes(self, site: Site) -> dict[str, Any]:
        """What differs from the site as it is, with the source of each fact concerned."""
        typed = {name: self[name].data for name in PLAIN_FACTS}
        typed["languages"] = frozenset(typed["languages"])
        differing = {name: value for name, value in typed.items() if value != getattr(site, name)}
        return differing | {"facts": self.sourced(*facts_about(differing))} if differing else {}


class RulesForm(SourcedForm):
    """The rules by which a site closes, each a switch of its own."""

    closed_weekdays = ChoicesField(_l("Closed every"))
    closed_on_public_holidays = TickField(_l("Closed on all public holidays"))
    closed_on_main_holidays = TickField(_l("Closed on 1 January, Seollal day and Chuseok day only"))
    closure_moves_after_holiday = TickField(
        _l("When the closing weekday is a holiday, open then and close on the next working day")
    )

    def __init__(self, *told: Any, **more: Any) -> None:
        super().__init__(*told, **more)
        self.closed_weekdays.choices = [(day, weekday_name(int(day))) for day in WEEKDAYS]

    def changes(self, site: Site) -> dict[str, Any]:
        return {
            "closed_weekdays": frozenset(self.closed_weekdays.data),
            "closed_on_public_holidays": self.closed_on_public_holidays.data,
            "closed_on_main_holidays": self.closed_on_main_holidays.data,
            "closure_moves_after_holiday": self.closure_moves_after_holiday.data,
            "facts": self.sourced("closures"),
        }


class LimitsForm(SourcedForm):
    """How many may be there at once, all tours together."""

    people_at_once = WholeNumberField(
        _l("People at once"), least=1, most=5000, description=_l("Empty: no limit beyond the tours' places.")
    )
    groups_at_once = WholeNumberField(
        _l("Groups at once"), least=1, most=5000, description=_l("Empty: no limit.")
    )

    def changes(self, site: Site) -> dict[str, Any]:
        return {
            "people_at_once": self.people_at_once.data,
            "groups_at_once": self.groups_at_once.data,
            "facts": self.sourced("people_at_once"),
        }


def must_not_end_early(form: Form, field: DayField) -> None:
    """The last day of operation is not before the first."""
    first: date | None = form["active_from"].data
    if first and field.data and field.data < first:
        raise ValidationError(_("Must not be before the first day."))


def _must_be_a_pair(given: DegreesField, other: DegreesField) -> None:
    if other.data is None and not any(text.strip() for text in other.raw_data or ()):
        raise ValidationError(_("Give both latitude and longitude, or neither."))

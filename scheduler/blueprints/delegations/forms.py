"""The forms of the delegations' room: the list's filters, a delegation, its delegates, its wishes."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from wtforms.validators import ValidationError

from scheduler.blueprints.delegations.letters import LetterField
from scheduler.blueprints.fields import (
    ChoiceField,
    ChoicesField,
    DayField,
    EmailField,
    HeadcountField,
    IdField,
    LineField,
    MomentField,
    ParagraphField,
    PhoneField,
    SearchField,
    TickField,
    VersionField,
    WholeNumberField,
    after,
)
from scheduler.blueprints.form import AskedForm, RoomForm
from scheduler.records.delegation_lists import partners_by_name
from scheduler.records.delegations import Delegation, Wish
from scheduler.records.kept_apart_lookup import in_town_with
from scheduler.records.tour_lookup import tours_by_site
from scheduler.words.code_names import DELEGATION_STATES, LANGUAGE_NAMES
from scheduler.words.names import (
    KINDS,
    LETTER_CHANNELS,
    NAME_ORDERS,
    NEEDS,
    TOPICS,
    choices_of,
    countries,
    name_of,
)
from scheduler.words.own_names import own_name

WHEN = {
    "now": _l("Here today"),
    "week": _l("This week"),
    "month": _l("This month"),
    "coming": _l("From today on"),
    "past": _l("Already gone"),
}


class SearchForm(AskedForm):
    q = SearchField(_l("Name, city or post"), most=100)
    state = ChoiceField(_l("State"), choices=choices_of(DELEGATION_STATES, _l("Any")))
    kind = ChoiceField(_l("Kind"), choices=choices_of(KINDS, _l("Any")))
    when = ChoiceField(_l("When"), choices=choices_of(WHEN, _l("Any time")))
    page = WholeNumberField(_l("Page"), least=1, most=1_000_000)


class DelegationForm(RoomForm):
    name = LineField(_l("Name"), is_required=True)
    name_native = LineField(_l("Name in their own language"))
    partner_id = IdField(_l("Partner city"))
    country = ChoiceField(_l("Country"), description=_l("Only where they come from no partner city."))
    kind = ChoiceField(_l("Kind"), is_required=True, choices=choices_of(KINDS))
    purpose = ParagraphField(_l("Purpose"))
    topics = ChoicesField(_l("Topics"), choices=choices_of(TOPICS))

    head_post = LineField(_l("Head of delegation, by post"), description=_l("Such as “Deputy mayor”."))
    headcount = HeadcountField(_l("Headcount"), is_required=True, description=_l("Everyone who enters."))
    languages = ChoicesField(_l("Languages"), is_required=True, choices=choices_of(LANGUAGE_NAMES))
    has_interpreter = TickField(_l("They bring an interpreter of their own"))
    needs = ChoicesField(_l("Needs"), choices=choices_of(NEEDS))

    arrives_at = MomentField(_l("Arrival in the city"), is_required=True)
    departs_at = MomentField(_l("Departure"), [after("arrives_at")], is_required=True)

    contact_name = LineField(_l("Contact"))
    contact_email = EmailField(_l("E-mail of the contact"))
    contact_phone = PhoneField(_l("Telephone of the contact"), most=50)

    letter_channel = ChoiceField(_l("Came by way of"), choices=choices_of(LETTER_CHANNELS, _l("Not known")))
    letter_on = DayField(_l("Date of the letter"))
    letter_reference = LineField(_l("Its reference"))
    letter = LetterField(_l("The letter itself"), description=_l("PDF, picture or office file, up to 10 MB."))

    def __init__(self, *told: Any, **more: Any) -> None:
        super().__init__(*told, **more)
        partners = [(partner.id, partner.name) for partner in partners_by_name()]
        self.partner_id.choices = [("", _l("None of our partners")), *partners]
        self.country.choices = [("", _l("That of the partner city")), *countries()]

    def columns(self) -> dict[str, Any]:
        """What was told, column by column."""
        told = {name: value for name, value in self.data.items() if name not in NO_COLUMNS}
        sets = {name: frozenset(told[name]) for name in ("languages", "needs", "topics")}
        return told | sets

    def ask_for_letter_again(self) -> None:
        """A browser sends a file once only: whoever has to send the form again must choose it again."""
        if self.letter.paper is not None and not self.letter.errors:
            self.complain(_("Please choose the file again."), "letter")


class ChangeForm(DelegationForm):
    state = ChoiceField(_l("State"), is_required=True, choices=choices_of(DELEGATION_STATES))
    version = VersionField()

    def __init__(self, *told: Any, **more: Any) -> None:
        """Codes that came over the API and are in no table of ours stay choosable."""
        super().__init__(*told, **more)
        for field in (self.languages, self.topics):
            known = {choice.value for choice in field.choices}
            kept: frozenset[str] = getattr(more.get("obj"), field.name, frozenset())
            field.choices = [*field.choices, *((code, code) for code in sorted(kept - known))]


class LetterForm(RoomForm):
    letter = LetterField(_l("The letter itself"), description=_l("PDF, picture or office file, up to 10 MB."))

    def validate_letter(self, field: LetterField) -> None:
        if field.paper is None and not field.errors:
            raise ValidationError(_("Choose a file."))


class KeptApartForm(RoomForm):
    """Another delegation in town that this one should not meet, and why."""

    other_id = IdField(_l("Should not meet"), is_required=True)
    reason = LineField(lazy_pgettext("apart", "Why not"), most=300)

    def __init__(self, delegation: Delegation, *told: Any, **more: Any) -> None:
        super().__init__(*told, **more)
        others = [(other.id, other.name) for other in in_town_with(delegation)]
        self.other_id.choices = [("", _("Choose a delegation in town with them")), *others]


class DelegateForm(RoomForm):
    version = VersionField(is_required=False)
    print_as = LineField(_l("Print as"), is_required=True, description=_l("On programme and name plate."))
    name_native = LineField(_l("Name in their own script"))
    name_roman = LineField(_l("Name in Latin letters"))
    name_order = ChoiceField(_l("Order of the name"), is_required=True, choices=choices_of(NAME_ORDERS))
    post = LineField(_l("Post"))
    organisation = LineField(_l("Organisation"))
    email = EmailField(_l("E-mail"))
    precedence = WholeNumberField(
        _l("Order of precedence"),
        least=1,
        most=1000,
        is_required=True,
        default=100,
        description=_l("1 is named first. Set by hand."),
    )
    precedence_reason = LineField(_l("Why this order"))

    def columns(self) -> dict[str, Any]:
        return {name: value for name, value in self.data.items() if name not in NO_COLUMNS}


class WishForm(RoomForm):
    version = VersionField(is_required=False)
    tour_id = IdField(_l("Tour"))
    topic = ChoiceField(_l("Or a topic"), choices=choices_of(TOPICS, _l("No topic")))
    priority = ChoiceField(
        _l("Priority"),
        is_required=True,
        default="3",
        choices=[
            ("5", _l("5: dearest")),
            ("4", "4"),
            ("3", _l("3: as usual")),
            ("2", "2"),
            ("1", _l("1: if it fits")),
        ],
    )
    first_choice = MomentField(_l("At this time, if they like one"))
    second_choice = MomentField(_l("Or at this"))
    headcount = HeadcountField(_l("How many of them"), description=_l("All, if left empty."))
    note = ParagraphField(_l("Note"), most=1000)
    is_must = TickField(_l("A must: before every priority"))
    either = LineField(
        _l("One of several, by a mark"),
        most=50,
        description=_l("Such as “A”: of all wishes marked A one is enough."),
    )
    after_wish_id = IdField(_l("Only after the wish"))
    not_first_day = TickField(_l("Not on the first day"))
    not_last_day = TickField(_l("Not on the last day"))
    fallback_tour_id = IdField(_l("If it does not fit, rather"))

    def __init__(self, others: Iterable[Wish], *told: Any, **more: Any) -> None:
        """`others` are the delegation's other wishes: it may come after one of them."""
        super().__init__(*told, **more)
        tours = [(tour.id, f"{own_name(tour.site)}: {own_name(tour)}") for tour in tours_by_site()]
        self.tour_id.choices = [("", _("No tour in particular")), *tours]
        self.fallback_tour_id.choices = [("", "–"), *tours]
        self.after_wish_id.choices = [("", "–"), *((wish.id, _called(wish)) for wish in others)]

    def check(self) -> None:
        if self.tour_id.data is None and self.topic.data is None and not self.tour_id.errors:
            self.complain(_("Name a tour or a topic."), "tour_id")

    def columns(self) -> dict[str, Any]:
        """What was told, column by column."""
        times = [moment.data for moment in (self.first_choice, self.second_choice) if moment.data]
        return {
            "tour_id": self.tour_id.data,
            "topic": self.topic.data or "",
            "priority": int(self.priority.data),
            "preferred_times": [moment.isoformat() for moment in sorted(times)],
            "headcount": self.headcount.data,
            "note": self.note.data,
            "is_must": self.is_must.data,
            "either": self.either.data,
            "after_wish_id": self.after_wish_id.data,
            "not_first_day": self.not_first_day.data,
            "not_last_day": self.not_last_day.data,
            "fallback_tour_id": self.fallback_tour_id.data,
        }


def _called(wish: Wish) -> str:
    """A wish by its tour, or by its topic."""
    return own_name(wish.tour) if wish.tour is not None else name_of(TOPICS, wish.topic)


NO_COLUMNS = frozenset({"csrf_token", "version", "letter"})

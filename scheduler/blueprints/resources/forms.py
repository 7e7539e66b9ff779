"""What can be written about guides, interpreters, vehicles and liaison officers; how they are looked for."""

import re
from collections.abc import Iterable
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from scheduler.blueprints.fields import (
    ChoiceField,
    ChoicesField,
    DayField,
    EmailField,
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
from scheduler.blueprints.form import AskedForm, RoomForm, given
from scheduler.core.duties import ResourceKind
from scheduler.core.spans import Span
from scheduler.records.resource_lookup import bases
from scheduler.records.site_lookup import every_site
from scheduler.words.code_names import LANGUAGE_NAMES
from scheduler.words.names import choices_of
from scheduler.words.own_names import own_name
from scheduler.words.resource_words import language_in_words

# What only some kinds have; a form leaves out what its kind has not.
OF_KINDS = {
    "languages": {ResourceKind.GUIDE, ResourceKind.INTERPRETER, ResourceKind.LIAISON_OFFICER},
    "other_pairs": {ResourceKind.INTERPRETER},
    "sites": {ResourceKind.GUIDE},
    "seats": {ResourceKind.VEHICLE},
}
NO_FACTS = frozenset({"csrf_token", "version", "other_pairs"})
SETS = ("languages", "sites")
# The commas of our languages.
_COMMAS = re.compile("[,،、，]")


class ResourceSearchForm(AskedForm):
    """The list's filters. The kind is chosen by tabs above it."""

    kind = ChoiceField(
        lazy_pgettext("resource", "Kind"),
        choices=[("", ""), *((kind.value, kind.value) for kind in ResourceKind)],
    )
    q = SearchField(_l("Name"), most=100)
    language = ChoiceField(_l("Language"), choices=choices_of(LANGUAGE_NAMES, _l("Any")))
    site = ChoiceField(_l("Site"))
    former = TickField(_l("Also those no longer on duty"))

    def __init__(self, *told: Any, **more: Any) -> None:
        super().__init__(*told, **more)
        self.site.choices = [("", _("Any")), *((site.code, own_name(site)) for site in every_site())]


class ResourceForm(RoomForm):
    """Somebody or something of one kind that is new."""

    name = LineField(_l("Name"), is_required=True, description=_l("As the office calls them."))
    name_native = LineField(_l("Name in Korean"))
    languages = ChoicesField(_l("Languages"))
    other_pairs = LineField(
        _l("Other pairs"), description=_l("Codes with a hyphen, such as ja-zh, with commas between.")
    )
    sites = ChoicesField(_l("Guides at"), is_required=True)
    seats = WholeNumberField(
        _l("Seats"), least=1, most=500, is_required=True, description=_l("For guests, without the driver.")
    )
    base = ChoiceField(_l("Starts from"), description=_l("The way to the first duty of a day begins there."))
    most_a_day = WholeNumberField(
        _l("Duties a day at most"), least=1, most=50, description=_l("Empty: no limit.")
    )
    setup_minutes = WholeNumberField(
        _l("Minutes needed before a visit"), most=240, default=0, is_required=True
    )
    wrap_up_minutes = WholeNumberField(
        _l("Minutes needed after a visit"), most=240, default=0, is_required=True
    )
    email = EmailField(_l("E-mail"))
    phone = PhoneField(_l("Telephone"), most=50)
    active_from = DayField(_l("On duty from"), description=_l("Empty: always was."))
    active_to = DayField(_l("On duty until"), description=_l("Empty: no end in sight."))
    note = ParagraphField(_l("Note"), most=1000)

    def __init__(self, kind: ResourceKind, **more: Any) -> None:
        super().__init__(**more)
        kept: Iterable[str] = (more.get("data") or {}).get("languages", ())
        for name, kinds in OF_KINDS.items():
            if kind not in kinds:
                del self[name]
        if kind is ResourceKind.INTERPRETER:
            self.languages.label.text = _("Between which languages")
        if "languages" in self:
            offered = pairs() if kind is ResourceKind.INTERPRETER else list(LANGUAGE_NAMES)
            offered += sorted(set(kept) - set(offered))
            self.languages.choices = [(code, language_in_words(code)) for code in offered]
        if "sites" in self:
            self.sites.choices = [(site.code, own_name(site)) for site in every_site()]
        self.base.choices = [("", _("Nowhere in particular")), *((p.code, p.name) for p in bases())]

    def facts(self) -> dict[str, Any]:
        """What was told, as the action wants to hear it."""
        told = {name: value for name, value in self.data.items() if name not in NO_FACTS}
        told |= {name: frozenset(told[name]) for name in SETS if name in told}
        if "other_pairs" in self:
            told["languages"] |= frozenset(_COMMAS.sub(" ", self.other_pairs.data.lower()).split())
        return told


class ResourceChangeForm(ResourceForm):
    """The same of somebody who is there."""

    version = VersionField()


class LeaveForm(RoomForm):
    """From when to when somebody is away."""

    starts_at = MomentField(_l("Away from"), is_required=True)
    ends_at = MomentField(_l("Back at"), [after("starts_at")], is_required=True)
    reason = LineField(
        _l("Reason"), most=300, description=_l("Never an illness: “leave” or “repair” is enough.")
    )

    def span(self) -> Span:
        return Span(given(self.starts_at.data), given(self.ends_at.data))


def pairs() -> list[str]:
    """The pairs that are offered as ticks: the city's own language and English, with every other."""
    home = current_app.config["CITY_LANGUAGE"]
    others = [code for code in LANGUAGE_NAMES if code not in (home, "en")]
    return [f"en-{home}", *(f"{code}-{home}" for code in others), *(f"{code}-en" for code in others)]

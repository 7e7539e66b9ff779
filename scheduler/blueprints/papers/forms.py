"""What is asked for a paper, all of it in the address: language, version, vehicles."""

from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l

from scheduler.blueprints.fields import ChoiceField, DayField, WholeNumberField
from scheduler.blueprints.form import AskedForm
from scheduler.words.code_names import LANGUAGE_NAMES

DRAFT = "draft"
MOST_VEHICLES = 20


class PaperForm(AskedForm):
    """In which language."""

    lang = ChoiceField(_l("Language"))

    def __init__(self, *told: Any, within: str, **more: Any) -> None:
        """`within` keeps the ids of several forms on one page apart."""
        super().__init__(*told, **more)
        for field in self:
            field.id = f"{within}-{field.id}"
            field.label.field_id = field.id
        self.lang.choices = [(code, LANGUAGE_NAMES[code]) for code in current_app.config["LANGUAGES"]]


class ProgrammeForm(PaperForm):
    """Which programme: the version guests hold unless another is named; the city's language beside it."""

    beside = ChoiceField(_l("Beside it"), name="with")
    version = ChoiceField(_l("Which version"))

    def offer(self, numbers: list[int]) -> None:
        """The versions there are, the newest first, and the draft."""
        city = current_app.config["CITY_LANGUAGE"]
        self.beside.choices = [("", _l("Nothing")), (city, LANGUAGE_NAMES[city])]
        told = [(str(number), _l("Version %(number)s", number=number)) for number in numbers]
        self.version.choices = [*told, (DRAFT, _l("Draft: as it stands now"))]


class SignForm(PaperForm):
    """For which day and how many vehicles; those assigned that day unless a number is given."""

    date = DayField(_l("Day"))
    vehicles = WholeNumberField(_l("How many vehicles"), least=1, most=MOST_VEHICLES)

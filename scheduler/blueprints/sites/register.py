"""What is asked of a new site: just enough to know it by."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.validators import Regexp

from scheduler.blueprints.fields import ChoicesField, LineField
from scheduler.blueprints.form import RoomForm
from scheduler.words.code_names import LANGUAGE_NAMES

CODE = r"[A-Z0-9]+(-[A-Z0-9]+)*"


class NewSiteForm(RoomForm):
    """A site that is not in the register so far."""

    code = LineField(
        _l("Code"),
        [Regexp(CODE + r"\Z", message=_l("Use capital letters, digits and single hyphens, such as WRC-J."))],
        most=20,
        is_required=True,
        description=_l("Programs know the site by it; it never changes."),
    )
    name = LineField(_l("Name"), most=200, is_required=True)
    name_native = LineField(_l("Name in the city's language"), most=200)
    owner_unit = LineField(_l("Who answers for it"), most=200)
    address = LineField(_l("Address"), most=500)
    languages = ChoicesField(_l("Languages of the guides"))

    def __init__(self, *told: Any, **more: Any) -> None:
        super().__init__(*told, **more)
        self.languages.choices = list(LANGUAGE_NAMES.items())

    def facts(self) -> dict[str, Any]:
        """The columns of the site to be."""
        names = ("code", "name", "name_native", "owner_unit", "address")
        told = {name: self[name].data or "" for name in names}
        return told | {"languages": frozenset(self.languages.data or ())}

"""What is typed into the search, and which kind of things to look for alone."""

from flask_babel import lazy_gettext as _l
from wtforms.widgets import HiddenInput

from scheduler.blueprints.fields import ChoiceField, SearchField, WholeNumberField
from scheduler.blueprints.form import AskedForm
from scheduler.words.search_words import KINDS


class SearchForm(AskedForm):
    q = SearchField(_l("Look for"), most=200)
    kind = ChoiceField(
        _l("Look among"), choices=[("", _l("Everything")), *KINDS.items()], widget=HiddenInput()
    )
    page = WholeNumberField(_l("Page"), widget=HiddenInput(), least=1, most=10_000)

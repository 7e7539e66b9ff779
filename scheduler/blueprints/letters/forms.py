"""What letters are looked for by; the address that is mended."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from scheduler.blueprints.fields import ChoiceField, EmailField, SearchField, WholeNumberField
from scheduler.blueprints.form import AskedForm, RoomForm
from scheduler.records.letter_search import LetterSearch, Standing
from scheduler.records.letters import LetterKind
from scheduler.records.site_lookup import every_site
from scheduler.words.letter_names import LETTER_KINDS, STANDINGS
from scheduler.words.names import choices_of
from scheduler.words.own_names import own_name

MOST_PAGES = 100_000
MOST_ID = 2**31 - 1


class LetterSearchForm(AskedForm):
    """The list's filters. How letters stand is chosen by tabs; `visit` and `delegation` come with links."""

    state = ChoiceField(_l("State"), choices=choices_of(STANDINGS, ""))
    q = SearchField(_l("Delegation"), most=100)
    site = ChoiceField(_l("Site"))
    address = SearchField(_l("Address contains"), most=254)
    kind = ChoiceField(lazy_pgettext("letter", "Kind"), choices=choices_of(LETTER_KINDS, _l("Any")))
    visit = WholeNumberField(_l("Visit"), least=1, most=MOST_ID)
    delegation = WholeNumberField(_l("Delegation"), least=1, most=MOST_ID)
    page = WholeNumberField(_l("Page"), least=1, most=MOST_PAGES)

    def __init__(self, *told: Any, **more: Any) -> None:
        super().__init__(*told, **more)
        self.sites = {site.id: own_name(site) for site in every_site()}
        self.site.choices = [("", _("Any")), *((str(number), name) for number, name in self.sites.items())]

    def search(self) -> LetterSearch:
        """What is looked for, once the form was found right."""
        return LetterSearch(
            standing=Standing(self.state.data) if self.state.data else None,
            kind=LetterKind(self.kind.data) if self.kind.data else None,
            delegation=self.q.data,
            address=self.address.data,
            site_id=int(self.site.data) if self.site.data else None,
            delegation_id=self.delegation.data,
            visit_id=self.visit.data,
        )


class AddressForm(RoomForm):
    """Another address for somebody whom a letter did not reach."""

    to = EmailField(lazy_pgettext("mail", "Address"), is_required=True)

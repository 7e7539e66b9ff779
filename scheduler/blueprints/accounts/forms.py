"""What can be written about an account: who it is, what it may do, its sites, its password."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import ValidationError

from scheduler.access import Role
from scheduler.actions.accounts import SHORTEST_PASSWORD
from scheduler.blueprints.fields import ChoicesField, EmailField, LineField, SecretField, TickField
from scheduler.blueprints.form import RoomForm
from scheduler.records.site_lookup import every_site
from scheduler.words.names import ROLES
from scheduler.words.own_names import own_name


class AccountForm(RoomForm):
    """Who somebody is and what they may do."""

    name = LineField(_l("Name"), is_required=True)
    roles = ChoicesField(_l("Roles"), is_required=True)
    site_ids = ChoicesField(
        _l("Sites they answer for"), coerce=int, description=_l("Only a site manager's sites matter.")
    )

    def __init__(self, *told: Any, **more: Any) -> None:
        super().__init__(*told, **more)
        self.roles.choices = list(ROLES.items())
        self.site_ids.choices = [(site.id, own_name(site)) for site in every_site()]

    def validate_site_ids(self, field: ChoicesField) -> None:
        if field.data and Role.MANAGER.value not in (self.roles.data or ()):
            raise ValidationError(_("Only site managers answer for sites: give that role too, or no site."))

    def facts(self) -> dict[str, Any]:
        return {
            "name": self.name.data,
            "roles": {Role(code) for code in self.roles.data},
            "site_ids": set(self.site_ids.data),
        }


class KnownAccountForm(AccountForm):
    """Somebody who is known."""

    is_active = TickField(_l("May sign in"))


class NewAccountForm(AccountForm):
    """Somebody new."""

    email = EmailField(_l("E-mail"), is_required=True)
    password = SecretField(
        _l("First password"), description=_l("At least twelve characters. They can change it themselves.")
    )


class ResetForm(RoomForm):
    """A new password for somebody who lost theirs."""

    password = SecretField(_l("New password"))

    def validate_password(self, field: SecretField) -> None:
        if field.data and len(field.data) < SHORTEST_PASSWORD:
            raise ValidationError(_("Too short: %(least)s characters at least.", least=SHORTEST_PASSWORD))

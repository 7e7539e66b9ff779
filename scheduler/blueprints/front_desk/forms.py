"""The forms of the front desk: signing in, one's own password, language and keys."""

from flask_babel import lazy_gettext as _l
from wtforms import Field, ValidationError
from wtforms.widgets import HiddenInput

from scheduler.blueprints.fields import ChoiceField, LineField, SecretField
from scheduler.blueprints.form import RoomForm


class SignInForm(RoomForm):
    email = LineField(_l("E-mail"), is_required=True, most=254)
    password = SecretField(_l("Password"))
    next = LineField(_l("Then to"), widget=HiddenInput(), most=2000)


class PasswordForm(RoomForm):
    old = SecretField(_l("Password now"))
    new = SecretField(_l("New password"))
    again = SecretField(_l("New password, once more"))

    def validate_again(self, field: Field) -> None:
        if field.data != self.new.data:
            raise ValidationError(_l("The two new passwords differ."))


class LanguageForm(RoomForm):
    language = ChoiceField(_l("Language of the pages"), is_required=True)


class KeyForm(RoomForm):
    label = LineField(_l("What the key is for"), is_required=True, most=200)

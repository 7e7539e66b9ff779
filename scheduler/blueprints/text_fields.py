"""Fields of text, one line or several. Take them from `fields.py`, where all fields are listed."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, Form, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError
from wtforms.widgets import EmailInput, PasswordInput, SearchInput, TelInput

from scheduler.core.lines import is_email, is_one_line

_NO_EMAIL = _l("Give one e-mail address, such as name@city.example.")
_NOT_PLAIN = _l(
    "Give an address of plain Latin letters, without accents: invitations to others do not arrive everywhere."
)


class Asking(Field):
    """Any of our fields: needed or not."""

    needed: type[Any] = InputRequired

    def __init__(
        self, label: Any = None, validators: Iterable[Any] = (), *, is_required: bool = False, **more: Any
    ) -> None:
        first = self.needed() if is_required else Optional()
        super().__init__(label, [first, *validators], **more)

    def typed(self, valuelist: list[str]) -> str:
        return valuelist[0].strip() if valuelist else ""


class TextField(Asking, StringField):
    """Text up to so many characters."""

    needed = DataRequired

    def __init__(self, *told: Any, most: int = 200, **more: Any) -> None:
        self.most = most
        super().__init__(*told, filters=[self.cleaned], **more)
        self.flags.maxlength = most

    @staticmethod
    def cleaned(text: str | None) -> str:
        """Without the spaces of any width around it; a line break at the end stays, to be refused."""
        return (text or "").strip(" \u00a0\u3000")

    def pre_validate(self, form: Form) -> None:
        if len(self.data) > self.most:
            raise ValidationError(
                _("Too long: %(length)s characters, %(most)s at most.", length=len(self.data), most=self.most)
            )


class LineField(TextField):
    """One line of text: no line breaks, no control characters."""

    def pre_validate(self, form: Form) -> None:
        if not is_one_line(self.data):
            raise ValidationError(_("Write this on one line, without control characters."))
        super().pre_validate(form)


class SearchField(LineField):
    """Words to look for."""

    widget = SearchInput()


class PhoneField(LineField):
    """A telephone number, as it is written."""

    widget = TelInput()


class EmailField(LineField):
    """One e-mail address."""

    widget = EmailInput()

    def __init__(self, *told: Any, **more: Any) -> None:
        super().__init__(*told, **{"most": 254} | more)

    def pre_validate(self, form: Form) -> None:
        super().pre_validate(form)
        if self.data and not is_email(self.data):
            raise ValidationError(_NO_EMAIL if self.data.isascii() else _NOT_PLAIN)


class ParagraphField(TextField, TextAreaField):
    """Text of several lines, without other control characters."""

    def __init__(self, *told: Any, **more: Any) -> None:
        super().__init__(*told, **{"most": 2000} | more)

    @staticmethod
    def cleaned(text: str | None) -> str:
        return (text or "").replace("\r\n", "\n").replace("\r", "\n").strip(" \n")

    def pre_validate(self, form: Form) -> None:
        if not is_one_line(self.data.replace("\n", " ").replace("\t", " ")):
            raise ValidationError(_("Leave out control characters."))
        super().pre_validate(form)


class SecretField(TextField):
    """A password: taken as it is, never shown again."""

    widget = PasswordInput()

    def __init__(self, *told: Any, **more: Any) -> None:
        super().__init__(*told, **{"most": 1000, "is_required": True} | more)

    @staticmethod
    def cleaned(text: str | None) -> str:
        return text or ""

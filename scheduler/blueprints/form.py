"""What every form of every room can do: tell which field an action found at fault, and how to answer.

    form = SomethingForm()
    if form.validate_on_submit():
        with form.refusable():
            done = do_something(…)
            return redirect(…, code=303)
    return render_template("room/something.html", form=form), form.status

A form whose fields must agree with each other says so in `check`: validators of a field that may be empty
are not asked when it is. Where a page holds several forms, `SomethingForm(within="something")` keeps the
ids of their fields apart; the names stay the same. `local_path` is for "and then back to there".
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm

from scheduler.actions.bookings import VisitRefused
from scheduler.actions.delegations import StillAwaited
from scheduler.actions.invalid import Invalid
from scheduler.actions.programmes import NothingToPublish
from scheduler.actions.versions import StaleVersion
from scheduler.core.lines import is_one_line
from scheduler.core.verdicts import Verdict
from scheduler.words.programme_words import nothing_to_publish_in_words
from scheduler.words.wording import invalid_in_words

Asked = TypeVar("Asked", bound="AskedForm")
Given = TypeVar("Given")


class RoomForm(FlaskForm):
    """A form that is sent. It keeps what was typed, and the verdict when the rules said no."""

    form_errors: list[str]
    verdict: Verdict | None = None
    is_refused = False

    def __init__(self, *told: Any, within: str = "", **more: Any) -> None:
        super().__init__(*told, **more)
        for field in self if within else ():
            field.id = f"{within}-{field.id}"
            field.label.field_id = field.id

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field alone, then what they say together."""
        super().validate(extra_validators)
        self.check()
        return not self.errors

    def check(self) -> None:
        """What the fields say together; a form that has something to check here complains."""

    @property
    def status(self) -> int:
        """How to answer with this form: 200 shown, 422 wrong shape, 409 refused by the rules or stale."""
        if self.is_refused:
            return 409
        return 422 if self.is_submitted() else 200

    @contextmanager
    def refusable(self) -> Iterator[None]:
        """Within it an action may say no: its no is kept on the form instead of raised."""
        try:
            yield
        except Invalid as wrong:
            self.blame(wrong)
        except StaleVersion as stale:
            self.blame_version(stale)
        except NothingToPublish as nothing:
            self.refuse(nothing_to_publish_in_words(nothing.number))
        except StillAwaited as awaited:
            self.refuse(
                ngettext(
                    "%(num)s visit is still awaited. Cancel or postpone it first.",
                    "%(num)s visits are still awaited. Cancel or postpone them first.",
                    awaited.visits,
                )
            )
        except VisitRefused as refused:
            self.is_refused, self.verdict = True, refused.verdict

    def blame(self, wrong: Invalid) -> None:
        """Write what an action found wrong beside the field it names, or above the form."""
        self.complain(invalid_in_words(wrong), wrong.field)

    def complain(self, sentence: str, field: str = "") -> None:
        """Put a sentence beside a field, or above the form when it has no such field."""
        if field in self:
            self[field].errors = [*self[field].errors, sentence]
        else:
            self.form_errors = [*self.form_errors, sentence]

    def refuse(self, sentence: str) -> None:
        """Say above the form what stands against it as things are."""
        self.is_refused = True
        self.complain(sentence)

    def blame_version(self, stale: StaleVersion) -> None:
        """Somebody was quicker. What was typed stays; sending it once more is then a decision."""
        self.refuse(
            _(
                "Somebody changed this while you had it open. What you typed is kept below: compare it with "
                "what is there now, then send it again if it should stand."
            )
        )
        if "version" in self:
            self["version"].raw_data, self["version"].data = None, stale.current


class AskedForm(FlaskForm):
    """A form of filters and choices: read from the address, changes nothing, needs no token."""

    class Meta(FlaskForm.Meta):
        csrf = False

    @classmethod
    def asked(cls: type[Asked], **more: Any) -> Asked:
        """The form as the address fills it."""
        return cls(formdata=request.args, **more)


def given(value: Given | None) -> Given:
    """What a required field holds once its form was found right."""
    assert value is not None
    return value


def local_path(address: str | None) -> str | None:
    """The address if it is a path of this very site, else None: nobody is sent elsewhere from here."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return None
    parts = urlsplit(address)
    is_plain = not parts.scheme and not parts.netloc and "\\" not in address and is_one_line(address)
    return address if is_plain else None

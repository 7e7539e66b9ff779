"""No field of any form or of the API takes what breaks a line of a mail or calendar, or hides in one."""

import inspect
from importlib import import_module
from pkgutil import walk_packages

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError, fields
from werkzeug.datastructures import MultiDict
from wtforms import Form, StringField

from scheduler import blueprints
from scheduler.blueprints.api.schemas import base, texts
from scheduler.blueprints.text_fields import (
    LineField,
    ParagraphField,
    SecretField,
    TextField,
)

# What ends a line somewhere: CR, LF, VT, FF, the separators, NEL, LS, PS; and other controls, half signs.
BREAKS = "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"
CONTROLS = "\x00\x01\x07\x08\x1b\x7f\x80\x9f"
# The shape that the others share, and passwords, which nobody ever reads.
UNSEEN = {TextField, SecretField}
hostile = st.builds(
    lambda before, sign, after: f"{before}x{sign}y{after}",
    st.text("aB ö한ع", max_size=5),
    st.sampled_from(BREAKS + CONTROLS),
    st.sampled_from(["", "Bcc: a@b.example", "BEGIN:VALARM", "\r\n\r\n<html>"]),
)


def modules():
    return [
        import_module(found.name) for found in walk_packages(blueprints.__path__, "scheduler.blueprints.")
    ]


def classes(kind):
    """Every class of a kind that a room of ours declares."""
    found = {
        each
        for module in modules()
        for _name, each in inspect.getmembers(module, inspect.isclass)
        if issubclass(each, kind) and each.__module__.startswith("scheduler.")
    }
    return sorted(found, key=lambda each: (each.__module__, each.__name__))


def told_fields(shape):
    """The fields of a body or query, those inside lists and objects too."""
    pending = list(shape._declared_fields.values())
    while pending:
        field = pending.pop()
        yield field
        pending += [getattr(field, name) for name in ("inner",) if hasattr(field, name)]


def test_every_text_of_the_api_is_one_of_ours():
    """A body or query takes no text but through `Line` and its kin, which refuse all of this."""
    plain = {
        f"{shape.__name__}: {type(field).__name__}"
        for shape in classes(base.Shape)
        for field in told_fields(shape)
        if isinstance(field, fields.String) and not isinstance(field, (texts.Line, fields.UUID))
    }
    # The kind of a thing on the board, which must be one of a few.
    assert plain == {"UndoIn: Kind"}


def test_every_text_of_a_form_is_one_of_ours():
    found = {
        f"{form.__name__}.{name}: {unbound.field_class.__name__}"
        for form in classes(Form)
        for name in dir(form)
        if (unbound := getattr(form, name)) is not None and hasattr(unbound, "field_class")
        if issubclass(unbound.field_class, StringField)
        if not issubclass(unbound.field_class, (LineField, ParagraphField, SecretField))
    }
    assert found == CARRIED_ALONG


# Hidden fields that a page hands itself: codes that must be known, what was packed and sealed before, keys of
# taps (a wrong one is replaced).
CARRIED_ALONG = {
    "ArriveForm.tap_key: HiddenField",
    "ImportForm.packed: HiddenField",
    "ImportForm.shown: HiddenField",
    "MarksForm.tap_key: HiddenField",
    "TapForm.tap_key: HiddenField",
    "UndoForm.tap_key: HiddenField",
    "WayForm.destination: HiddenField",
    "WayForm.origin: HiddenField",
}


@given(text=hostile)
@pytest.mark.parametrize("kind", [texts.Line, texts.Paragraphs, texts.Code, texts.SiteCode, texts.Email])
def test_no_text_of_the_api_takes_it(kind, text):
    if kind is texts.Paragraphs and _is_only_folded(text):
        return
    with pytest.raises(ValidationError):
        kind().deserialize(text)


@given(text=hostile)
@pytest.mark.parametrize(
    "kind", [each for each in classes(TextField) if each not in (TextField, SecretField)]
)
def test_no_text_of_a_form_takes_it(sqlite_app, kind, text):
    if issubclass(kind, ParagraphField) and _is_only_folded(text):
        return
    with sqlite_app.test_request_context():
        form = type("OneForm", (Form,), {"field": kind("Field")})(MultiDict({"field": text}))
        assert not form.validate()
        assert form.field.errors != []


def _is_only_folded(text):
    """Paragraphs have line breaks of their own, and TAB."""
    return not any(sign in text for sign in (BREAKS + CONTROLS).replace("\r", "").replace("\n", ""))

"""Every sentence stands in every language we speak, says the same, and no template speaks for itself."""

import re
from functools import cache
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from jinja2 import Environment

from scheduler.blueprints.front_desk.forms import SignInForm
from scheduler.config import SETTINGS
from tests.house.modules import PACKAGE, ROOT

# The sentences of the source are English; every other language has a catalogue.
LANGUAGES = sorted(set(SETTINGS["LANGUAGES"]) - {"en"})
# As `make translations` has them.
KEYWORDS = DEFAULT_KEYWORDS | parse_keywords(["_l", "lazy_gettext", "lazy_pgettext:1c,2", "counted:2,3"])
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
TEMPLATES = sorted((PACKAGE / "templates").rglob("*.html"))
TAG = re.compile(r"<[^>]*>")
SILENT = re.compile(r"<!--.*?-->|<code>.*?</code>", re.DOTALL)
WORD = re.compile(r"[A-Za-z]{2,}")
# What a macro puts into a tag of another one.
ATTRIBUTE = re.compile(r'[\w-]+="[^"]*"')
SPOKEN_ATTRIBUTE = re.compile(r'\s(?:alt|aria-label|placeholder|title)="([^"]*)"')


@cache
def sentences() -> set[tuple[str | None, str]]:
    """Every sentence of the source: its context, and its first form."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(ROOT, methods, options, keywords=KEYWORDS)
    catalogue = Catalog()
    for _name, _line, sentence, _comments, context in found:
        catalogue.add(sentence, context=context)
    return {key_of(message) for message in catalogue if message.id}


def key_of(message: Message) -> tuple[str | None, str]:
    forms = forms_of(message.id)
    return message.context, forms[0] if forms else ""


def forms_of(words: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def placeholders(words: str | list[str] | tuple[str, ...]) -> set[str]:
    return {name for form in forms_of(words) for name in PLACEHOLDER.findall(form)}


@cache
def catalogue_in(language: str) -> Catalog:
    with (path_of(language) / "messages.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def path_of(language: str):
    return PACKAGE / "translations" / language / "LC_MESSAGES"


@cache
def translated_in(language: str) -> dict[tuple[str | None, str], Message]:
    return {key_of(message): message for message in catalogue_in(language) if message.id}


def compiled(content: bytes) -> dict[tuple[str | None, str], object]:
    return {key_of(message): message.string for message in read_mo(BytesIO(content)) if message.id}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_stands_translated(language):
    stands = {key for key, m in translated_in(language).items() if all(forms_of(m.string)) and not m.fuzzy}
    assert sorted(sentences() - stands, key=str) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_translated_that_nobody_says(language):
    assert sorted(set(translated_in(language)) - sentences(), key=str) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_placeholders_of_its_sentence(language):
    differing = {
        key
        for key, message in translated_in(language).items()
        for number, form in enumerate(forms_of(message.string))
        if placeholders(message.id) - placeholders(form) - unsaid(message, number)
        or placeholders(form) - placeholders(message.id)
    }
    assert differing == set()


def unsaid(message: Message, form: int) -> set[str]:
    """Arabic says none, one and two by the word itself, without the number."""
    is_in_the_word = len(forms_of(message.string)) == 6 and form < 3
    return {"num"} if is_in_the_word else set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_compiled_as_it_stands(language):
    anew = BytesIO()
    write_mo(anew, catalogue_in(language))
    assert compiled((path_of(language) / "messages.mo").read_bytes()) == compiled(anew.getvalue())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE / "templates")))
def test_a_template_says_nothing_outside_a_translation(path):
    assert spoken(path.read_text(encoding="utf-8")) == []


def spoken(source: str) -> list[str]:
    """The words of a template that are neither code nor markup: between tags, in attributes read aloud."""
    told = "".join(
        value if kind == "data" else " "
        for _line, kind, value in Environment(autoescape=True).lex(source)
        if kind in ("data", "variable_begin", "block_begin")
    )
    shown = ATTRIBUTE.sub(" ", TAG.sub("\n", SILENT.sub(" ", told)))
    attributes = " ".join(SPOKEN_ATTRIBUTE.findall(told))
    return [line.strip() for line in (*shown.splitlines(), attributes) if WORD.search(line)]


def test_a_form_complains_in_the_readers_language(sqlite_app):
    with sqlite_app.test_request_context("/?lang=ko", method="POST", data={"email": ""}):
        form = SignInForm()
        form.validate()
        assert form.email.errors == ["이 항목은 필수입니다."]

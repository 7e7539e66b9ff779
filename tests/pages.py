"""A page as a test reads it, and what is wrong with its shape: labels, ids, tokens, inline style."""

from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
NO_LABEL = frozenset({"hidden", "submit", "button", "reset", "image"})


@dataclass
class Element:
    name: str
    attributes: dict[str, str]
    parents: tuple["Element", ...] = ()
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    def get(self, name: str) -> str | None:
        return self.attributes.get(name)

    def within(self, name: str) -> "Element | None":
        """The nearest parent of that name."""
        return next((parent for parent in reversed(self.parents) if parent.name == name), None)


class Page:
    """The text of a page and its elements. `"word" in page` asks whether the page says it."""

    def __init__(self, html: str, token: str = "") -> None:
        self.html, self._token = html, token

    def __contains__(self, words: str) -> bool:
        return words in self.text

    @cached_property
    def elements(self) -> list[Element]:
        reader = _Reader()
        reader.feed(self.html)
        reader.close()
        return reader.elements

    @cached_property
    def text(self) -> str:
        """All the words, each run of spaces as one."""
        body = self.all("body")
        return body[0].text if body else ""

    @cached_property
    def token(self) -> str:
        found = [e.get("value") for e in self.all("input") if e.get("name") == "csrf_token"]
        return self._token or (found[0] or "" if found else "")

    def with_token(self, token: str) -> "Page":
        return Page(self.html, token)

    def all(self, name: str, /, **attributes: str) -> list[Element]:
        wanted = {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}
        return [e for e in self.elements if e.name == name and wanted.items() <= e.attributes.items()]

    def form(self, action: str) -> Element:
        """The one form (the first of several) that is sent to this path."""
        forms = [e for e in self.all("form") if urlsplit(e.get("action") or "").path == action]
        assert forms, f"no form for {action}; there are {[e.get('action') for e in self.all('form')]}"
        return forms[0]

    def values_of(self, action: str) -> dict[str, Any]:
        """What a browser would send of that form, untouched."""
        form, values = self.form(action), {}
        for element in self.elements:
            name = element.get("name")
            belongs = form in element.parents or (element.get("form") or "-") == form.get("id")
            if not name or not belongs or element.name not in ("input", "select", "textarea"):
                continue
            value = _value_of(element, self)
            if value is not None and element.get("type") == "checkbox":
                values.setdefault(name, []).append(value)
            elif value is not None:
                values[name] = value
        return values


def _value_of(element: Element, page: Page) -> str | None:
    if element.name == "textarea":
        return "".join(element.words).removeprefix("\r\n").removeprefix("\n")
    if element.name == "select":
        options = [e for e in page.all("option") if element in e.parents]
        chosen = [e for e in options if "selected" in e.attributes] or options[:1]
        return chosen[0].get("value") if chosen else None
    if element.get("type") in ("checkbox", "radio") and "checked" not in element.attributes:
        return None
    if element.get("type") in ("submit", "file"):
        return None
    return element.get("value") or ""


def faults_of(page: Page) -> list[str]:
    """Everything that is wrong with the shape of a page."""
    return [*_frame_faults(page), *_label_faults(page), *_id_faults(page), *_form_faults(page)]


def _frame_faults(page: Page) -> list[str]:
    faults = []
    if len(page.all("h1")) != 1:
        faults.append(f"{len(page.all('h1'))} h1 instead of one")
    titles = [e for e in page.all("title") if e.within("svg") is None]
    if len(titles) != 1 or titles[0].text.startswith("·"):
        faults.append("no title of its own")
    if not page.all("html")[0].get("lang"):
        faults.append("no language")
    for element in page.elements:
        inline = [name for name in element.attributes if name == "style" or name.startswith("on")]
        if inline or element.name == "style" or (element.name == "script" and not _is_harmless(element)):
            faults.append(f"inline style or script at <{element.name} {element.attributes}>")
    return faults


def _is_harmless(script: Element) -> bool:
    """A file of ours, or a block of data, of which the browser runs nothing."""
    return bool(script.get("src")) or script.get("type") == "application/json"


def _label_faults(page: Page) -> list[str]:
    labelled = {e.get("for") for e in page.all("label") if e.text}
    faults = []
    for element in page.elements:
        if element.name not in ("input", "select", "textarea") or element.get("type") in NO_LABEL:
            continue
        around = element.within("label")
        has_words = (around is not None and around.text) or element.get("aria-label")
        if not has_words and element.get("id") not in labelled:
            faults.append(f"no label for {element.name} {element.get('name')}")
    for element in page.elements:
        if element.name in ("button", "a", "summary") and not (element.text or element.get("aria-label")):
            faults.append(f"a {element.name} without words: {element.attributes}")
    return faults


def _id_faults(page: Page) -> list[str]:
    ids = [e.get("id") for e in page.elements if e.get("id")]
    faults = [f"id {one} twice" for one in sorted({one for one in ids if ids.count(one) > 1})]
    for element in page.elements:
        for name in ("for", "aria-describedby", "aria-labelledby", "form"):
            for wanted in (element.get(name) or "").split():
                if wanted not in ids:
                    faults.append(f"{name}={wanted} points nowhere")
    return faults


def _form_faults(page: Page) -> list[str]:
    faults = []
    for form in page.all("form"):
        if (form.get("method") or "get").lower() != "post":
            continue
        inside = [e for e in page.all("input") if form in e.parents]
        if not any((e.get("name") or "").endswith("csrf_token") and e.get("value") for e in inside):
            faults.append(f"no token in the form for {form.get('action')}")
    return faults


class _Reader(HTMLParser):
    """Collects elements with their parents, and their words. Complains about tags that do not match."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, tuple(self.open))
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}, tuple(self.open)))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.open, f"</{tag}> was never opened, near {self.getpos()}"
        last = self.open.pop()
        assert last.name == tag, f"<{last.name} {last.attributes}> closed by </{tag}>, near {self.getpos()}"

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.words.append(data)

    def close(self) -> None:
        super().close()
        assert not self.open, f"left open: {[element.name for element in self.open]}"

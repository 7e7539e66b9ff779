"""Every kind of page that somebody can reach by following links: one example of each door."""

from collections import deque
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from flask import Flask
from playwright.sync_api import Page, Response
from werkzeug.exceptions import HTTPException

# Whatever a door is given in its address beyond these makes another page of it.
SAME_PAGE = {"lang", "date", "on", "next", "page", "view", "rows", "q", "delegation", "headcount", "state"}
HREFS = (
    "[...document.querySelectorAll('a[href^=\"/\"]:not([hreflang])')].map(link => link.getAttribute('href'))"
)


def pages_from(start: str, page: Page, *, base: str, app: Flask) -> Iterator[tuple[str, Response]]:
    """Open a page of each kind, beginning with `start`; (its address, its answer)."""
    seen, waiting = set(), deque([start])
    while waiting:
        address = waiting.popleft()
        kind = _kind(address, app)
        if kind is None or kind in seen:
            continue
        seen.add(kind)
        answer = page.goto(base + address)
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        yield address, answer
        waiting += [href.split("#")[0] for href in page.evaluate(HREFS)]


def _kind(address: str, app: Flask) -> tuple[str, frozenset[str]] | None:
    """The door, and what it is asked; None for what is no page of ours."""
    parts = urlsplit(address)
    try:
        endpoint, _values = app.url_map.bind("").match(parts.path)
    except HTTPException:
        return None
    is_file = endpoint == "static" or "." in parts.path.rpartition("/")[2]
    return None if is_file else (endpoint, frozenset(parse_qs(parts.query)) - SAME_PAGE)

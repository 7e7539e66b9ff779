"""What was understood of an upload, handed to the guest's own page and taken back unchanged.

It is signed with the app's key and packed; nothing of a list is kept until somebody says that it is right.
"""

from dataclasses import asdict
from typing import Any

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from scheduler.blueprints.portal.room import Guests
from scheduler.papers.delegate_list import DelegateList, ListedDelegate, RowFault

SECONDS = 24 * 60 * 60
# What one field of a form may hold (Flask's MAX_FORM_MEMORY_SIZE is 500,000 bytes).
MOST_BYTES = 390_000


class TooMuchText(Exception):
    """The list does not fit into a page."""


class SealBroken(Exception):
    """It is not what we handed out, not for this page, or older than a day."""


def sealed(guests: Guests, found: DelegateList, mark: str) -> str:
    """What was understood, and the mark of the list it was laid beside. Raises TooMuchText."""
    told = _serializer().dumps({"of": guests.feed.id, "list": asdict(found), "mark": mark})
    text = told if isinstance(told, str) else told.decode()
    if len(text) > MOST_BYTES:
        raise TooMuchText
    return text


def unsealed(guests: Guests, text: str) -> tuple[DelegateList, str]:
    """The same again. Raises SealBroken."""
    try:
        told: dict[str, Any] = _serializer().loads(text, max_age=SECONDS)
    except BadData as error:
        raise SealBroken from error
    if told["of"] != guests.feed.id:
        raise SealBroken
    kept = told["list"]
    people = [ListedDelegate(**each) for each in kept.pop("people")]
    faults = [RowFault(**each) for each in kept.pop("faults")]
    return DelegateList(people=people, faults=faults, **kept), told["mark"]


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="a guests' list of delegates")

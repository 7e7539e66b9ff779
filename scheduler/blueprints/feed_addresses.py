"""The addresses that the secret of a feed opens: its calendar for every program, and the page it opens."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from flask import url_for

from scheduler.records.feeds import FeedKind

GOOGLE = "https://calendar.google.com/calendar/r"
OUTLOOK = "https://outlook.office.com/calendar/0/addfromweb"
PAGES = {
    FeedKind.DELEGATION: "portal.programme",
    FeedKind.DELEGATE: "portal.programme",
    FeedKind.RESOURCE: "duties.day",
}


@dataclass(frozen=True)
class FeedAddresses:
    """Where a calendar is fetched, and the ways to subscribe to it.

    `page` is what the same secret opens beside the calendar, if anything: the guests' page, the page of the
    day.
    """

    calendar: str
    webcal: str
    google: str
    outlook: str
    page: str | None


def feed_addresses(kind: FeedKind, secret: str, *, name: str = "") -> FeedAddresses:
    """The addresses of a feed by its secret; `name` is what Outlook is to call it.

    `webcal` is the same address under another scheme, which calendar programs listen to; Google wants that
    one in its link, Outlook on the web the plain one.
    """
    calendar = url_for("calendar.feed", secret=secret, _external=True)
    webcal = "webcal:" + calendar.partition(":")[2]
    door = PAGES.get(kind)
    return FeedAddresses(
        calendar=calendar,
        webcal=webcal,
        google=f"{GOOGLE}?{urlencode({'cid': webcal}, quote_via=quote, safe='')}",
        outlook=f"{OUTLOOK}?{urlencode({'url': calendar, 'name': name}, quote_via=quote, safe='')}",
        page=url_for(door, secret=secret, _external=True) if door else None,
    )

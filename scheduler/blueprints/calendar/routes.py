"""Calendar feeds by secret address, and the word to robots that they may be read."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, current_app, request

from scheduler.access import Permission
from scheduler.actions.tokens import digest_of
from scheduler.blueprints.calendar.content import file_of, name_of, tag_of
from scheduler.blueprints.calendar.files import calendar_answer
from scheduler.clock import now
from scheduler.core.spans import Span
from scheduler.doors import allow
from scheduler.records.absence import NotFound
from scheduler.records.feed_files import Copy, Held, feed_and_copy, feed_now, keep_copy, one_moment
from scheduler.records.feed_lookup import Feed
from scheduler.records.feed_stops import Stretch
from scheduler.records.site_facts import zone_named

bp = Blueprint("calendar", __name__)

DAYS_BACK, DAYS_AHEAD, DAYS_AFTER_CALLING_OFF = 90, 366, 30
# Always asked again, never packed: programs have failed on packed feeds, and the 304 is cheap.
CACHING = "private, no-cache, no-transform"
# Who wants no bytes is asked for as if they held everything there will ever be.
EVERYTHING = Held(changed_at=datetime(9000, 1, 1, tzinfo=UTC))


@dataclass(frozen=True)
class Asked:
    """A feed asked for: the SHA-256 of its secret, the instant, the city's day then, the stretch shown."""

    digest: str
    at: datetime
    on: date
    stretch: Stretch


@bp.get("/calendar/<secret>.ics")
@allow(Permission.OPEN)
def feed(secret: str) -> Response:
    """The calendar of a secret address. Unchanged, it is answered with 304, or from the copy of last time."""
    asked = _asked(secret)
    try:
        found, numbers, copy = feed_and_copy(asked.digest, asked.stretch, _held())
    except NotFound:
        return _plain(404, "There is no such calendar.\n")
    if found.is_gone:
        return _plain(410, "This calendar was withdrawn. Ask the office for a new address.\n")
    tag = tag_of(found, numbers, asked.on)
    good = copy if copy is not None and copy.tag == tag else None
    if request.if_none_match.contains_weak(tag) or (good is not None and _is_of_their_date(good)):
        return _dressed(Response(status=304), tag, good.changed_at if good else None, asked.at)
    if good is not None and (good.data is not None or request.method == "HEAD"):
        return _dressed(_copied(found, good), tag, good.changed_at, asked.at)
    return _made(asked)


@bp.get("/robots.txt")
@allow(Permission.OPEN)
def robots() -> Response:
    """Some calendar services fetch nothing without this file. The feeds keep themselves out of searches."""
    return _plain(200, "User-agent: *\nDisallow: /api/\n")


@bp.after_request
def keep_secret(answer: Response) -> Response:
    """The address is a secret: no search engine lists it, no page that it leads to learns it."""
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _asked(secret: str) -> Asked:
    """Every feed shows the same stretch of days, on the city's calendar."""
    at, zone = now(), zone_named(current_app.config["CITY_ZONE"])
    today = at.astimezone(zone).date()
    first, last, lately = (
        _midnight(today + timedelta(days=days), zone)
        for days in (-DAYS_BACK, DAYS_AHEAD, -DAYS_AFTER_CALLING_OFF)
    )
    return Asked(digest_of(secret), at, today, Stretch(Span(first, last), lately))


def _held() -> Held:
    """What the asker says they have. Who names tags is not asked for dates (RFC 9110 13.1.3)."""
    if request.method == "HEAD" or request.if_none_match.star_tag:
        return EVERYTHING
    if "If-None-Match" in request.headers:
        return Held(tags=request.if_none_match.as_set(include_weak=True))
    since = request.if_modified_since
    return Held() if since is None else Held(changed_at=since)


def _is_of_their_date(copy: Copy) -> bool:
    since = request.if_modified_since
    return "If-None-Match" not in request.headers and since is not None and copy.changed_at <= since


def _copied(found: Feed, copy: Copy) -> Response:
    answer = calendar_answer(copy.data or b"", name_of(found), is_download=False)
    answer.content_length = copy.length
    return answer


def _made(asked: Asked) -> Response:
    """The feed put together, all of it as of one moment, and kept for the next one who asks."""
    with one_moment():
        found, numbers = feed_now(asked.digest, asked.stretch)
        tag, data = tag_of(found, numbers, asked.on), file_of(found, asked.stretch, asked.on)
    changed_at = keep_copy(found.id, tag, data, at=asked.at)
    return _dressed(calendar_answer(data, name_of(found), is_download=False), tag, changed_at, asked.at)


def _dressed(answer: Response, tag: str, changed_at: datetime | None, at: datetime) -> Response:
    """Its tag always; its date where a copy says since when it holds, but none to come (RFC 9110 8.8.2)."""
    answer.set_etag(tag)
    if changed_at is not None:
        answer.last_modified = min(changed_at, at)
    answer.headers["Cache-Control"] = CACHING
    return answer


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone)


def _plain(status: int, text: str) -> Response:
    return Response(text, status=status, content_type="text/plain; charset=utf-8")

"""Calendar feeds by secret address, and the word to robots that they may be read."""

from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, current_app, request
from flask_babel import force_locale
from werkzeug.http import is_resource_modified

from scheduler import calendar_texts, duty_texts
from scheduler.access import Permission
from scheduler.actions.calendar_files import Stop, duty_feed_file, feed_file
from scheduler.actions.tokens import digest_of
from scheduler.blueprints.calendar.files import calendar_answer
from scheduler.clock import now
from scheduler.core.spans import Span
from scheduler.doors import allow
from scheduler.frame import VERSION
from scheduler.records.absence import NotFound
from scheduler.records.feed_lookup import (
    Feed,
    Stretch,
    changed_at,
    duties_of,
    engagements_of,
    feed_opened_by,
    revision_of,
    visits_of,
)
from scheduler.records.site_facts import zone_named

bp = Blueprint("calendar", __name__)

DAYS_BACK, DAYS_AHEAD, DAYS_AFTER_CALLING_OFF = 90, 366, 30
# Always asked again, never packed: programs have failed on packed feeds, and the 304 is cheap.
CACHING = "private, no-cache, no-transform"


@bp.get("/calendar/<secret>.ics")
@allow(Permission.OPEN)
def feed(secret: str) -> Response:
    """A site's or a delegation's visits, somebody's duties. Unchanged: 304, for a site after one query."""
    try:
        found = feed_opened_by(digest_of(secret))
    except NotFound:
        return _plain(404, "There is no such calendar.\n")
    if found.revoked_at is not None:
        return _plain(410, "This calendar was withdrawn. Ask the office for a new address.\n")
    zone = zone_named(found.zone or current_app.config["CITY_ZONE"])
    today = now().astimezone(zone).date()
    stretch = _stretch(today, zone)
    tag = _tag(found, revision_of(found, stretch), today)
    answer = Response(status=304) if _is_known(tag) else _dated(found, tag, stretch=stretch, zone=zone)
    answer.set_etag(tag)
    answer.headers["Cache-Control"] = CACHING
    return answer


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


def _is_known(tag: str) -> bool:
    """Whether the asker has what this tag stands for; what it says of dates then counts no more."""
    return request.if_none_match.contains_weak(tag)


def _dated(found: Feed, tag: str, *, stretch: Stretch, zone: ZoneInfo) -> Response:
    """The feed, unless the asker knows no tag and has seen the newest change."""
    newest = _changed_at(found, stretch)
    is_seen = not is_resource_modified(request.environ, tag, last_modified=newest)
    answer = Response(status=304) if is_seen else _rendered(found, stretch, zone)
    answer.last_modified = newest
    return answer


def _rendered(found: Feed, stretch: Stretch, zone: ZoneInfo) -> Response:
    """Every subscriber reads the same bytes, so the language is the city's, not the asker's."""
    phrase = calendar_texts.for_guests if found.site_id is None else calendar_texts.for_site
    with force_locale(current_app.config["BABEL_DEFAULT_LOCALE"]):
        name = _name(found)
        if found.resource_id is not None:
            data = duty_feed_file(
                duties_of(found, stretch), duty_texts.for_resource, name=name, zone=zone.key
            )
        else:
            stops: list[Stop] = [*visits_of(found, stretch), *engagements_of(found, stretch)]
            data = feed_file(stops, phrase, name=name, zone=zone.key)
    return calendar_answer(data, name, is_download=False)


def _name(found: Feed) -> str:
    if found.resource_id is not None:
        return duty_texts.calendar_name(found.name)
    if found.site_id is None:
        return calendar_texts.programme_name(found.name)
    return calendar_texts.site_calendar_name(found.name)


def _stretch(today: date, zone: ZoneInfo) -> Stretch:
    first, last = today - timedelta(days=DAYS_BACK), today + timedelta(days=DAYS_AHEAD)
    span = Span(_midnight(first, zone), _midnight(last, zone))
    return Stretch(span, _midnight(today - timedelta(days=DAYS_AFTER_CALLING_OFF), zone))


def _tag(found: Feed, revision: tuple[int, ...], today: date) -> str:
    """Differs with anything the file shows: visits, guests, tours, the subject's own name, the day, us."""
    city = current_app.config["CITY_NAME"], current_app.config["BABEL_DEFAULT_LOCALE"]
    told = (VERSION, city, found.id, today, revision)
    return sha256(repr(told).encode()).hexdigest()[:32]


def _changed_at(found: Feed, stretch: Stretch) -> datetime:
    """The newest change; a new day moves the stretch, which is one too."""
    new_day = stretch.called_off_since + timedelta(days=DAYS_AFTER_CALLING_OFF)
    moments = [found.made_at, new_day.astimezone(UTC), changed_at(found, stretch)]
    return min(max(moment for moment in moments if moment is not None), now())


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone)


def _plain(status: int, text: str) -> Response:
    return Response(text, status=status, content_type="text/plain; charset=utf-8")

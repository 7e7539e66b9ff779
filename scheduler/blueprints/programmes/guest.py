"""The guest's page: the newest published version, whole, for whoever has the delegation's secret address."""

from flask import Response, make_response, render_template
from flask.typing import ResponseReturnValue

from scheduler.access import Permission
from scheduler.actions.tokens import digest_of
from scheduler.blueprints.programmes.room import bp
from scheduler.blueprints.programmes.sheet import differences_in_words, sheet_of
from scheduler.doors import allow
from scheduler.records.absence import NotFound
from scheduler.records.feed_lookup import feed_opened_by
from scheduler.records.programme_versions import newest_version, version_numbered

GONE = 410


@bp.get("/programme/<secret>")
@allow(Permission.OPEN)
def held(secret: str) -> ResponseReturnValue:
    """What the guests of one delegation hold now. The secret is that of their calendar link."""
    found = feed_opened_by(digest_of(secret))
    if found.delegation_id is None:
        raise NotFound("programme", "…")
    if found.revoked_at is not None:
        return _private(make_response(render_template("programmes/withdrawn.html"), GONE))
    newest = newest_version(found.delegation_id)
    if newest is None:
        return _private(make_response(render_template("programmes/none_yet.html", name=found.name)))
    before = [version_numbered(found.delegation_id, newest.number - 1).content] if newest.is_amended else []
    page = render_template(
        "programmes/held.html",
        published=newest,
        guests=newest.content["delegation"],
        sheet=sheet_of(newest.content, newest.differences),
        differences=differences_in_words(newest.differences, [*before, newest.content]),
    )
    return _private(make_response(page))


def _private(answer: Response) -> Response:
    """The address is a secret: no search engine lists it, no page that it leads to learns it."""
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer

"""The guests' programme to print: the newest published version, in their language or the one they ask for."""

from flask import Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.blueprints.papers.programme import programme_paper
from scheduler.blueprints.papers.room import paper_answer
from scheduler.blueprints.papers.source import source_of_version
from scheduler.blueprints.portal.room import Guests, bp, guests_behind
from scheduler.doors import allow
from scheduler.records.programme_versions import newest_version
from scheduler.words.letter_ways import office
from scheduler.words.paper_words import language_of_paper

CONFLICT = 409


class NoPaperYet(Exception):
    """Nothing was published yet, or nothing of it is for this delegate, or the visit was called off."""


@bp.get("/guests/<secret>/programme.pdf")
@allow(Permission.OPEN)
def programme_pdf(secret: str) -> Response:
    """What they hold as a paper; `?with=` the city's language sets that beside theirs."""
    guests = guests_behind(secret)
    return paper_answer(_paper(guests), _("Programme of %(name)s", name=guests.delegation.name))


def _paper(guests: Guests) -> bytes:
    published = newest_version(guests.delegation.id)
    if published is None or guests.is_called_off:
        raise NoPaperYet
    delegate_id = guests.delegate.id if guests.delegate else None
    source = source_of_version(guests.delegation, published, guests.at, delegate_id=delegate_id)
    if not source.content["stops"]:
        raise NoPaperYet
    city = current_app.config["CITY_LANGUAGE"]
    beside = city if request.args.get("with") == city else None
    return programme_paper(source, language_of_paper(), beside)


@bp.errorhandler(NoPaperYet)
def no_paper_yet(_error: NoPaperYet) -> ResponseReturnValue:
    title = _("There is no programme to print yet")
    words = _("It can be printed once the office has published it. Your page shows the plan as it is now.")
    secret = (request.view_args or {}).get("secret", "")
    return render_template("portal/gone.html", title=title, words=words, secret=secret, **office()), CONFLICT

"""One delegation's page, put together for every door that shows it."""

from collections.abc import Iterable
from typing import Any

from flask import current_app, render_template
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.blueprints.delegations.forms import KeptApartForm, LetterForm
from scheduler.blueprints.delegations.stay import days_of_stay
from scheduler.blueprints.feed_panels import feed_lines
from scheduler.blueprints.histories import entries
from scheduler.blueprints.letter_panels import count_of_delegation
from scheduler.blueprints.stay_pictures import stay_pictures
from scheduler.blueprints.typed import city_zone
from scheduler.clock import now
from scheduler.core.lifecycle import AWAITED
from scheduler.core.spans import Span
from scheduler.identity import actor
from scheduler.records.database import db
from scheduler.records.delegation_lists import visits_of
from scheduler.records.delegation_search import delegates_of, whole_delegation, wishes_of
from scheduler.records.delegations import Delegation, DelegationState
from scheduler.records.documents import Document
from scheduler.records.engagement_lookup import planned_engagements
from scheduler.records.feed_list import feeds_of_guests
from scheduler.records.journal_lines import lines_about
from scheduler.records.kept_apart_lookup import kept_apart_from
from scheduler.records.programme_lookup import itinerary
from scheduler.records.visits import Visit
from scheduler.records.waiting_lookup import waiting_list
from scheduler.words.instants import moment_in_words
from scheduler.words.lists import listed
from scheduler.words.names import country_name


def delegation_page(delegation_id: int, **shown: Any) -> str:
    """The page; `shown` replaces what a door has to say of its own (a form that came back, a new address)."""
    found = whole_delegation(delegation_id)
    delegates = db.session.scalars(delegates_of(found.id)).all()
    wishes = db.session.scalars(wishes_of(found.id)).all()
    visits, feeds = visits_of(found.id), feeds_of_guests(found.id)
    waited = waiting_list(delegation_id=found.id, since=found.registered_at)
    lines = lines_about(
        {
            "delegation": [found.id],
            "delegate": [each.id for each in delegates],
            "wish": [each.id for each in wishes],
            "visit": [each.id for each in visits],
            "waiting": [each.id for each in waited],
            "feed_link": [each.id for each in feeds],
        }
    )
    told = {
        "delegation": found,
        "stay": stay_in_words(found),
        "origin": origin(found),
        "delegates": delegates,
        "wishes": wishes,
        "days": days_of_stay(found, visits, planned_engagements(found.id), now()),
        "visits": visits,
        "pictures": stay_pictures(itinerary(found.id, city_zone()), has_slack=True, has_maps=False),
        "feeds": feed_lines(feeds),
        "history": entries(lines),
        "letter": db.session.get(Document, found.letter_document_id) if found.letter_document_id else None,
        "letters": count_of_delegation(found.id),
        "waiting": [each for each in waited if each.ended_at is None],
        "letter_form": LetterForm(formdata=None),
        "apart": kept_apart_from(found.id),
        "apart_form": KeptApartForm(found, formdata=None, within="apart"),
        "may_write": actor().may(Permission.WRITE_DELEGATIONS),
        "may_make_feeds": actor().may(Permission.MAKE_FEEDS),
        "may_book": actor().may(Permission.BOOK_VISITS) and found.state is DelegationState.REGISTERED,
    }
    return render_template("delegations/delegation.html", **(told | _mending(found, visits) | shown))


def _mending(found: Delegation, visits: Iterable[Visit]) -> dict[str, Any]:
    """What a repair could mend: visits to come outside the stay, or for another number than they are."""
    coming = [each for each in visits if each.state in AWAITED and each.starts_at > now()]
    of_others = [each for each in coming if each.part_id is None and each.headcount != found.headcount]
    stay = Span(found.arrives_at, found.departs_at)
    outside = [each for each in coming if not stay.holds(Span(each.starts_at, each.ends_at))]
    return {"coming": len(coming), "outside": len(outside), "of_others": len(of_others)}


def stay_in_words(found: Delegation) -> str:
    """From when to when they are here, on the city's clock."""
    zone = current_app.config["CITY_ZONE"]
    return _(
        "%(arrival)s to %(departure)s",
        arrival=moment_in_words(found.arrives_at, zone),
        departure=moment_in_words(found.departs_at, zone),
    )


def origin(found: Delegation) -> str:
    """The partner city and the country, as far as they are known."""
    parts = [found.partner.name if found.partner else "", country_name(found.country)]
    return listed(part for part in parts if part)

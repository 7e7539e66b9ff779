"""Where something carried over the board could be put down: what the rules say of every session shown."""

from typing import Any

from flask import request
from flask_babel import gettext as _
from werkzeug.exceptions import UnprocessableEntity

from scheduler.access import Actor
from scheduler.blueprints.board.forms import BoardWanted
from scheduler.blueprints.board.schemas import named
from scheduler.blueprints.board.telling import Teller
from scheduler.core.verdicts import Caution, Refusal, RefusalCode
from scheduler.records.availability import Offer, offers
from scheduler.records.carried import Carried, carried_visit, carried_wish
from scheduler.words.verdict_words import caution_in_words, refusal_in_words

# The sentences of these do not name the hour that was asked for: one serves for a whole day.
SAID_OF_DAYS = frozenset({"outside_hours", "notice_too_short"})


def item_asked(by: Actor) -> Carried:
    """The wish or visit that the address names. Answers 422 when it names nothing of the kind."""
    found = named(request.args.get("item"), ("visit", "wish"))
    if found is None:
        raise UnprocessableEntity(_("Name a visit or a wish, such as visit:7."))
    return carried(by, *found)


def carried(by: Actor, kind: str, number: int) -> Carried:
    """What is carried. Raises NotFound."""
    return carried_visit(by, number) if kind == "visit" else carried_wish(by, number)


def answers_for(item: Carried, wanted: BoardWanted) -> dict[str, Any]:
    """The rules' answers within the days shown and the stay; a fixed number of queries. Elsewhere the stay
    itself is the reason."""
    asked = wanted.archive()
    first = max(asked.first, item.stay.starts_at, wanted.at)
    last = min(asked.last, item.stay.ends_at)
    # A wish for one tour can be put down at one site alone.
    is_bound = item.standing is None and item.site_id is not None
    site_ids = [one for one in asked.site_ids if not is_bound or one == item.site_id]
    found = offers(site_ids, item.request, first, last, at=wanted.at) if first < last else []
    fitting = [offer for offer in found if item.may_be_served_by(offer.tour.code, offer.tour.topics)]
    answers = Sentences()
    stay = {"arrives_at": item.stay.starts_at, "departs_at": item.stay.ends_at}
    return {
        "answers": [answers.told(offer) for offer in fitting],
        "otherwise": [refusal_in_words(Refusal(RefusalCode.OUTSIDE_STAY, stay))],
        "row": f"delegation:{item.delegation_id}",
    }


class Sentences:
    """Puts offers into words, each sentence once."""

    def __init__(self) -> None:
        self._teller = Teller(may_book=True)
        self._said: dict[tuple[str, str], str] = {}

    def told(self, offer: Offer) -> dict[str, Any]:
        running = offer.running
        return {
            "row": f"site:{offer.site.id}",
            "session": f"session:{running.id}" if running.id is not None else None,
            "tour_code": offer.tour.code,
            "start": self._teller.instant(running.starts_at),
            "end": self._teller.instant(running.ends_at),
            "would_work": offer.would_work,
            "reasons": [self.say(refusal) for refusal in offer.refusals],
            "cautions": [self.say(caution) for caution in offer.cautions],
        }

    def say(self, reason: Refusal | Caution) -> str:
        code = reason.code.value
        facts = reason.facts
        if code in SAID_OF_DAYS:
            facts = {name: value for name, value in facts.items() if name != "starts_at"}
        key = code, repr(facts)
        if key not in self._said:
            self._said[key] = (
                caution_in_words(reason) if isinstance(reason, Caution) else refusal_in_words(reason)
            )
        return self._said[key]

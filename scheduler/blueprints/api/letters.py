"""Letters: those about a visit, one as it was sent, and help for those that did not arrive."""

from typing import Any

from flask import Response

from scheduler.access import Permission
from scheduler.actions.answers import Answered
from scheduler.actions.posting import send_again
from scheduler.actions.readdressing import readdress
from scheduler.blueprints.api.answering import answered, mail_file, told, writes
from scheduler.blueprints.api.paging import page_of_rows
from scheduler.blueprints.api.room import bp
from scheduler.blueprints.api.schemas.letters import AddressIn, LetterOut, LetterQuery, LettersOut
from scheduler.blueprints.api.schemas.visits import NothingIn
from scheduler.blueprints.letters.files import as_mail_file
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.letter_lookup import letter_numbered
from scheduler.records.letter_search import LetterSearch, letters_matching
from scheduler.records.visit_lookup import visit_seen_by

TELL = LetterOut()


@bp.get("/visits/<id:visit_id>/letters")
@bp.input(LetterQuery, location="query")
@bp.output(LettersOut)
@allow(Permission.READ_DELEGATIONS)
def list_letters_of_visit(visit_id: int, query_data: dict[str, Any]) -> Response:
    """List the letters about a visit and those on duty at it, the newest first."""
    found = visit_seen_by(actor(), visit_id)
    return told(page_of_rows(letters_matching(LetterSearch(visit_id=found.id)), query_data, TELL.dump))


@bp.get("/letters/<id:letter_id>")
@bp.output(LetterOut)
@allow(Permission.READ_DELEGATIONS)
def read_letter(letter_id: int) -> Response:
    """Read how a letter stands."""
    return told(_tell(letter_id))


@bp.get("/letters/<id:letter_id>.eml")
@mail_file
@allow(Permission.READ_DELEGATIONS)
def download_letter(letter_id: int) -> Response:
    """Save a letter as a mail, its secret addresses left out."""
    return as_mail_file(letter_numbered(letter_id))


@bp.post("/letters/<id:letter_id>/send")
@bp.input(NothingIn)
@bp.output(LetterOut)
@allow(Permission.POST_LETTERS)
@writes()
def send_letter_again(letter_id: int, json_data: dict[str, Any]) -> Response:
    """Try a letter once more that was given up or came back. 422 `needs_no_help` for any other."""

    def act() -> Answered:
        send_again(letter_id, by=actor(), at=now())
        return Answered(200, _tell(letter_id))

    return answered(act)


@bp.post("/letters/<id:letter_id>/address")
@bp.input(AddressIn, example={"to": "planning@hanoi.example"})
@bp.output(LetterOut)
@allow(Permission.POST_LETTERS)
@writes()
def mend_address(letter_id: int, json_data: dict[str, Any]) -> Response:
    """Give the person whom a letter did not reach another address, where it was typed.

    The new address is invited by a letter of its own, within moments; this letter is dropped. 422
    `address_of_account` where somebody signs in with the address.
    """

    def act() -> Answered:
        readdress(letter_id, json_data["to"], by=actor(), at=now())
        return Answered(200, _tell(letter_id))

    return answered(act)


def _tell(letter_id: int) -> dict[str, Any]:
    values: dict[str, Any] = TELL.dump(letter_numbered(letter_id))
    return values

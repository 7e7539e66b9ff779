"""The only map from refusals and absences to HTTP answers."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from apiflask.exceptions import HTTPError
from flask import Flask, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf.csrf import CSRFError
from gunicorn.http.errors import ParseException
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import HTTPException, SecurityError

from scheduler.access import NotPermitted
from scheduler.actions.answers import KeyUsedOtherwise
from scheduler.actions.batches import BatchRefused
from scheduler.actions.bookings import VisitRefused
from scheduler.actions.calendar_files import NobodyToInvite
from scheduler.actions.delegations import StillAwaited
from scheduler.actions.gate import MovedMeanwhile, SaidOtherwise
from scheduler.actions.invalid import Invalid
from scheduler.actions.links import LinkUsed, NothingToAsk
from scheduler.actions.places import PlaceInUse, PlaceOfSite
from scheduler.actions.plan_refusals import PlanBooked, PlanOvertaken, PlanStands
from scheduler.actions.programmes import NothingToPublish
from scheduler.actions.proposal_answers import ProposalSettled
from scheduler.actions.repair_acceptance import RepairRefused
from scheduler.actions.resources import WasAssigned
from scheduler.actions.shifts import ShiftRefused
from scheduler.actions.travel_files import TravelTableFaulty
from scheduler.actions.versions import StaleVersion
from scheduler.actions.waiting import PlacesAreFree
from scheduler.identity import is_api, is_script
from scheduler.problems import problem
from scheduler.records.absence import NotFound
from scheduler.words import law_words, plan_change_words, resource_words, together_words, wording
from scheduler.words.error_words import detail_in_words, title_in_words
from scheduler.words.gate_words import conflict_in_words
from scheduler.words.mail_words import settled_in_words
from scheduler.words.programme_words import nothing_to_publish_in_words
from scheduler.words.travel_words import in_use_in_words, line_fault_in_words


def set_up(app: Flask) -> None:
    """Give every known failure its answer; a program gets a problem document, a person a page."""
    for failure, answer in ANSWERS.items():
        app.register_error_handler(failure, answer)


def _answer(status: int, code: str, detail: str, **more: Any) -> ResponseReturnValue:
    if is_api() or is_script():
        return problem(status, code, detail=detail, **more)
    return render_template("error.html", status=status, title=title_in_words(status), detail=detail), status


def _refused(error: VisitRefused) -> ResponseReturnValue:
    return _answer(
        409, "refused", wording.verdict_in_one(error.verdict), **wording.verdict_values(error.verdict)
    )


def _batch_refused(error: BatchRefused) -> ResponseReturnValue:
    return _answer(
        409, "refused", together_words.batch_in_one(error), visits=together_words.batch_values(error)
    )


def _plan_overtaken(error: PlanOvertaken | RepairRefused) -> ResponseReturnValue:
    code, detail, told = plan_change_words.problem_in_words(error)
    return _answer(409, code, detail, **told)


def _plan_booked(error: PlanBooked | PlanStands) -> ResponseReturnValue:
    code, detail, told = plan_change_words.booked_before_in_words(error)
    return _answer(409, code, detail, **told)


def _shift_refused(error: ShiftRefused) -> ResponseReturnValue:
    return _answer(409, "refused", together_words.shift_in_one(error), **together_words.shift_values(error))


def _plainly(code: str, sentence: Any) -> Callable[[Exception], ResponseReturnValue]:
    """The answer to a conflict that has one sentence and no facts."""
    return lambda _error: _answer(409, code, str(sentence))


def _not_found(error: NotFound) -> ResponseReturnValue:
    return _answer(404, "not_found", _("There is nothing here by that name that you may see."))


def _stale(error: StaleVersion) -> ResponseReturnValue:
    detail = _("Somebody changed this since you read it. Read it again, then decide.")
    return _answer(
        412 if is_api() or is_script() else 409, "stale_version", detail, current_version=error.current
    )


def _not_permitted(error: NotPermitted) -> ResponseReturnValue:
    return _answer(
        403, "not_permitted", _("Your roles do not allow this."), permission=error.permission.value
    )


def _invalid(error: Invalid) -> ResponseReturnValue:
    told = wording.invalid_in_words(error)
    return _answer(422, "invalid", told, errors=[{"field": error.field, "code": error.code, "message": told}])


def _key_used(error: KeyUsedOtherwise) -> ResponseReturnValue:
    return _answer(422, "key_used_otherwise", _("This Idempotency-Key was used for another demand."))


def _still_awaited(error: StillAwaited) -> ResponseReturnValue:
    detail = ngettext(
        "%(num)d visit is still awaited. Cancel or postpone it first.",
        "%(num)d visits are still awaited. Cancel or postpone them first.",
        error.visits,
    )
    return _answer(409, "still_awaited", detail, visits=error.visits)


def _proposal_settled(error: ProposalSettled) -> ResponseReturnValue:
    return _answer(409, "proposal_settled", settled_in_words(error.state), state=error.state.value)


def _was_assigned(error: WasAssigned) -> ResponseReturnValue:
    return _answer(
        409, "was_assigned", resource_words.was_assigned_in_words(error.duties), duties=error.duties
    )


def _at_gate(code: str) -> Callable[[SaidOtherwise | MovedMeanwhile], ResponseReturnValue]:
    """The answer to a tap that runs against what stands there now."""
    return lambda error: _answer(409, code, conflict_in_words(error), **error.facts)


def _nothing_to_publish(error: NothingToPublish) -> ResponseReturnValue:
    return _answer(409, "nothing_to_publish", nothing_to_publish_in_words(error.number), version=error.number)


def _nothing_to_ask(_error: NothingToAsk) -> ResponseReturnValue:
    detail = _("Ask only about what still waits for an answer: at least one thing, and each of them to come.")
    return _answer(422, "nothing_to_ask", detail)


def _place_in_use(error: PlaceInUse) -> ResponseReturnValue:
    used = {name: getattr(error, name) for name in ("resources", "engagements")}
    return _answer(409, "place_in_use", in_use_in_words(error), **used)


def _faulty_table(error: TravelTableFaulty) -> ResponseReturnValue:
    detail = _("Nothing is saved. `errors` names every faulty line, and what would be right.")
    faults = [
        {"field": f"line {fault.line}", "code": fault.code, "message": line_fault_in_words(fault)}
        for fault in error.faults
    ]
    return _answer(422, "invalid", detail, errors=faults)


def _law(error: IntegrityError) -> ResponseReturnValue:
    """The database itself refused: the last resort held. Known laws have words; others are our own fault."""
    name = law_words.law_in(str(error.orig))
    if name is None:
        current_app.logger.exception("an unknown law of the database was broken")
        return _answer(500, "fault", _("Something went wrong on our side. Nothing was written."))
    return _answer(409, name, law_words.law_in_words(name))


def _http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if 300 <= status < 400:
        return error
    answer = _answer(status, _code_of(status), detail_in_words(error))
    if not isinstance(answer, Response):
        answer = current_app.make_response(answer)
    for name, value in error.get_headers(request.environ):
        if name.lower() in ("allow", "retry-after", "www-authenticate"):
            answer.headers[name] = value
    return answer


def _shape(error: HTTPError) -> ResponseReturnValue:
    """APIFlask's own: a body, query or header of the wrong shape."""
    faults = wording.shape_errors(error.detail)
    if error.status_code != 422:
        return _answer(error.status_code, _code_of(error.status_code), error.message or "")
    detail = _("Some of what was sent is at fault; `errors` says where, and what would be right.")
    return _answer(422, "invalid", detail, errors=faults)


def _csrf(error: CSRFError) -> ResponseReturnValue:
    return _answer(
        400, "form_expired", _("This form is no longer valid. Go back, reload the page, send it again.")
    )


def _untrusted(_error: SecurityError) -> ResponseReturnValue:
    """Called by a name that is not ours: no page can be made, since its links would carry that name."""
    return Response("This service is not known by that name.\n", status=400, content_type="text/plain")


def _unreadable(error: ParseException) -> ResponseReturnValue:
    """The server could not make out the body, such as a chunk of no length."""
    return _answer(400, "bad_request", _("The body of the request cannot be read. Send it again, whole."))


def _code_of(status: int) -> str:
    return HTTPStatus(status).phrase.lower().replace(" ", "_").replace("-", "_")


ANSWERS: dict[type[Exception], Any] = {
    VisitRefused: _refused,
    BatchRefused: _batch_refused,
    ShiftRefused: _shift_refused,
    PlanOvertaken: _plan_overtaken,
    PlanBooked: _plan_booked,
    PlanStands: _plan_booked,
    RepairRefused: _plan_overtaken,
    PlacesAreFree: _plainly("places_free", _l("Nobody needs to wait: there is room. Book it.")),
    ProposalSettled: _proposal_settled,
    SaidOtherwise: _at_gate("said_otherwise"),
    MovedMeanwhile: _at_gate("moved_meanwhile"),
    NotFound: _not_found,
    StaleVersion: _stale,
    NotPermitted: _not_permitted,
    Invalid: _invalid,
    KeyUsedOtherwise: _key_used,
    StillAwaited: _still_awaited,
    WasAssigned: _was_assigned,
    NobodyToInvite: _plainly(
        "nobody_to_invite",
        _l("The delegation has no contact with an e-mail address that can be invited. Give one first."),
    ),
    PlaceInUse: _place_in_use,
    PlaceOfSite: _plainly("place_of_site", _l("This is a site: change it where its site is changed.")),
    TravelTableFaulty: _faulty_table,
    NothingToPublish: _nothing_to_publish,
    NothingToAsk: _nothing_to_ask,
    LinkUsed: _plainly("link_used", _l("The link was answered before it could be taken back.")),
    IntegrityError: _law,
    CSRFError: _csrf,
    HTTPError: _shape,
    HTTPException: _http,
    ParseException: _unreadable,
    SecurityError: _untrusted,
}

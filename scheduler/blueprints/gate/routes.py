"""The room `gate`: where the QR code of a programme leads, for whoever reads it."""

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.gate_codes import GateCode, NotOurCode
from scheduler.blueprints.gate.found import Found, OldPaper, found_for, old_paper
from scheduler.blueprints.gate.links import gate_code_of, gate_url_of, named_by
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import known
from scheduler.language import speak_to_guests
from scheduler.papers.qr import qr_svg
from scheduler.records.absence import NotFound
from scheduler.records.delegations import Delegation
from scheduler.records.gate_lookup import delegation_at_gate
from scheduler.words.letter_ways import office

GONE = 410
bp = Blueprint("gate", __name__, url_prefix="/gate")
bp.add_app_template_global(gate_code_of)


class GuestsGone(Exception):
    """The code is ours, and those it names are no longer on record."""


@bp.get("/<code>")
@allow(Permission.OPEN)
def arrive(code: str) -> ResponseReturnValue:
    """Staff are led to the visit; guests are told what the code is for."""
    named, guests = _guests_named(code)
    somebody = known()
    if somebody is None or not somebody.actor.may(Permission.READ_ROSTER):
        return _for_guests(code, guests)
    found = found_for(somebody.actor, guests.id, now())
    paper = old_paper(named, found.codes)
    if len(found.of_today) == 1 and paper is None:
        return redirect(found.of_today[0].url, code=303)
    return _for_staff(guests, found, paper)


@bp.get("/<code>/qr.svg")
@allow(Permission.OPEN)
def picture(code: str) -> Response:
    """The QR code of a code that is ours; no other address is ever drawn."""
    named, guests = _guests_named(code)
    return Response(qr_svg(gate_url_of(guests, named.number)), content_type="image/svg+xml")


@bp.errorhandler(NotOurCode)
def not_ours(_fault_met: NotOurCode) -> ResponseReturnValue:
    words = _(
        "It is not of this city, or it was changed or not read whole. Scan it again, or look up the visit."
    )
    return _fault(_("This code opens nothing here"), words), 404


@bp.errorhandler(GuestsGone)
def guests_gone(_fault_met: GuestsGone) -> ResponseReturnValue:
    words = _(
        "This office wrote it, but the delegation is no longer on record. Its visits do not take place."
    )
    return _fault(_("This code is out of date"), words), GONE


def _guests_named(code: str) -> tuple[GateCode, Delegation]:
    named = named_by(code)
    try:
        return named, delegation_at_gate(named.delegation_id)
    except NotFound:
        raise GuestsGone from None


def _for_guests(code: str, guests: Delegation) -> str:
    speak_to_guests(guests)
    wanted = url_for("gate.arrive", code=code)
    sign_in_url = url_for("front_desk.sign_in", next=wanted)
    return render_template(
        "gate/guests.html", sign_in_url=sign_in_url, is_signed_in=known() is not None, **office()
    )


def _for_staff(guests: Delegation, found: Found, paper: OldPaper | None) -> str:
    return render_template("gate/visits.html", guests=guests, found=found, paper=paper, **office())


def _fault(title: str, words: str) -> str:
    return render_template(
        "gate/fault.html", title=title, words=words, is_signed_in=known() is not None, **office()
    )

"""The address behind the QR code of a programme: for pages, papers and whoever draws one."""

from flask import current_app, url_for

from scheduler.actions.gate_codes import GateCode, read_code, write_code
from scheduler.records.delegations import Delegation


def gate_code_of(delegation: Delegation, version: int) -> str:
    """The signed code of a delegation's programme in its version of this number; 0 for one not published."""
    return write_code(GateCode(delegation.id, version), city=_city(), key=_key())


def gate_url_of(delegation: Delegation, version: int) -> str:
    """The whole address that the QR code says: the public one wherever the city has one."""
    path = url_for("gate.arrive", code=gate_code_of(delegation, version))
    base = current_app.config["PUBLIC_URL"]
    return f"{base}{path}" if base else url_for("gate.arrive", code=path.rpartition("/")[2], _external=True)


def named_by(code: str) -> GateCode:
    """What a code names. Raises NotOurCode."""
    return read_code(code, city=_city(), key=_key())


def _city() -> str:
    """The office's address never changes, as its replies must go on arriving there."""
    return str(current_app.config["ORGANIZER_EMAIL"])


def _key() -> bytes:
    return str(current_app.secret_key).encode()

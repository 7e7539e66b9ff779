"""Problem documents (RFC 9457): how a program is told what went wrong."""

import json
from http import HTTPStatus
from typing import Any

from flask import Response

PROBLEM_TYPE = "application/problem+json"


def problem(status: int, code: str, *, detail: str = "", **more: Any) -> Response:
    """A problem document (RFC 9457): `type` names the kind, `code` repeats it, `detail` says what to do."""
    document = {
        "type": f"/api/problems/{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        **more,
    }
    body = json.dumps(document, ensure_ascii=False, default=str)
    return Response(body, status=status, content_type=PROBLEM_TYPE)

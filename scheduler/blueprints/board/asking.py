"""What every door of the board begins and ends with: the filters in the address, JSON back."""

import json
from typing import Any

from apiflask.exceptions import HTTPError
from flask import Response

from scheduler.blueprints.board.forms import BoardForm, BoardWanted
from scheduler.clock import now
from scheduler.identity import actor
from scheduler.records.boards import sites_on_board


def board_asked() -> tuple[BoardForm, BoardWanted]:
    """The form as the address fills it, and what it asks for as far as it is right."""
    form, sites = BoardForm.asked(), sites_on_board(actor())
    form.offer(sites)
    form.validate()
    return form, form.asked_for(sites, now())


def board_wanted() -> BoardWanted:
    """What the address asks for. Answers 422 when some of it is wrong."""
    form, wanted = board_asked()
    if form.errors:
        raise HTTPError(422, detail={"query": form.errors})
    return wanted


def in_json(told: dict[str, Any], status: int = 200) -> Response:
    """An answer to the script, as small as it gets."""
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return Response(body, status=status, content_type="application/json")

"""What a newcomer has looked at: kept in their own browser, since looking changes nothing in the archive."""

from flask import Response, request, session

from scheduler.identity import known

KEPT_AS = "first_steps"
# The door that was opened, and the steps that are done by it.
LOOKED_AT = {
    "delegations.programme": ("calendar",),
    "visits.calendar_file": ("calendar",),
    "rosters.roster": ("roster", "own_roster"),
    "weeks.week": ("week",),
    "subscriptions.index": ("own_calendar",),
    "board.board": ("board",),
    "programmes.programme": ("programme",),
    "search.search": ("search",),
}


def marks() -> list[str]:
    """The steps that were done by looking."""
    kept = session.get(KEPT_AS, [])
    return list(kept) if isinstance(kept, list) else []


def mark(code: str) -> None:
    """Remember that a step is done."""
    if code not in marks():
        session[KEPT_AS] = [*marks(), code]


def notice(response: Response) -> Response:
    """After each request: what somebody who is led has seen."""
    codes = LOOKED_AT.get(request.endpoint or "", ())
    if not codes or request.method != "GET" or response.status_code != 200:
        return response
    somebody = known()
    if somebody is not None and somebody.is_guided:
        for code in codes:
            mark(code)
    return response

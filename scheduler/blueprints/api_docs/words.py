"""What the documentation says of the API as a whole, and the parts that many operations share."""

from typing import Any

TITLE = "Delegation Scheduler API"
VERSION = "1"
DESCRIPTION = """\
May this delegation be at this place at this hour, and if not, why not, and what is the nearest thing that
works?

**Keys.** Send `Authorization: Bearer <token>`. Make one with `flask --app wsgi tokens create EMAIL`.

**Times** are RFC 3339 with an offset (`2026-12-14T10:00:00+09:00`); parts of a second are dropped. They come
back on the clock of the site. Where a query takes a day instead, it means the whole day in the city.

**Errors** are problem documents (RFC 9457, `application/problem+json`). `code` says what kind. 422 carries
`errors` with every field at fault. 409 `refused` is our no: `refusals` (what stands against it), `cautions`
(tick them in `acknowledge`, or send `["all"]`) and `alternatives` that would be accepted. What is not yours
to see answers 404.

**Versions.** Visits, engagements, delegations, sites, resources, approvals, wishes and delegates carry
`version`, also as `ETag`. Send it back as `If-Match`: 412 says that somebody else was quicker. On PATCH it is
compulsory (428); `*` means any. A published programme has a `number` and never changes.

**Asking again.** Send an `Idempotency-Key` with anything that writes, except when making feeds and links:
the same key and body give the first answer again (`Idempotent-Replayed: true`), another body 422. Refusals
are not stored. The secret address of a feed or link is not kept, so it cannot be told twice. Without a key,
an identical awaited visit is answered with 200 as it is.

**Lists** are `{"items": [...], "next": url or null}`; `page` counts from 1, `per_page` goes up to 200.

**Languages.** Codes stay; sentences follow `Accept-Language`.
"""
TAGS = {
    "sites": "Sites, their sessions, closures, other bookings and rosters",
    "delegations": "Delegations, their wishes and their members",
    "visits": "Visits and what happens to them",
    "programmes": "Engagements, parts, who attends, approvals, and the programme in its versions",
    "plans": "Plans: the best days a city can offer, with reasons for what finds no place",
    "resources": "Guides, interpreters, vehicles and liaison officers, and when they are away",
    "places": "Places, the travel table between them, and how long one way takes",
    "calendars": "Calendar files and feeds",
    "letters": "Letters: what was written to whom, and whether it arrived",
    "links": "Links by which people without an account answer",
    "answers": "What guests answer, the other times they ask for, and the mail that it comes by",
}
TAG_OF_ROOM = {
    "sites": "sites",
    "closures": "sites",
    "other_bookings": "sites",
    "rosters": "sites",
    "delegations": "delegations",
    "wishes": "delegations",
    "delegates": "delegations",
    "search": "delegations",
    "statistics": "delegations",
    "kept_apart": "delegations",
    "visits": "visits",
    "acts": "visits",
    "batches": "visits",
    "splits": "visits",
    "shifts": "visits",
    "waiting": "visits",
    "engagements": "programmes",
    "programmes": "programmes",
    "plans": "plans",
    "stay_frames": "plans",
    "repairs": "plans",
    "resources": "resources",
    "assignments": "resources",
    "places": "places",
    "travel": "places",
    "calendar_files": "calendars",
    "feeds": "calendars",
    "letters": "letters",
    "links": "links",
    "mail": "answers",
    "replies": "answers",
    "proposals": "answers",
}
PROBLEMS = {
    400: "The body is no JSON, or there is none where one is needed.",
    401: "No valid key was sent.",
    403: "The roles of this account do not allow it.",
    404: "There is nothing there that you may see.",
    405: "This address does not take this method.",
    409: "Refused: the rules or the state stand against it.",
    412: "The version in If-Match is no longer the one.",
    413: "The body is larger than a megabyte, or, of a mail, larger than twelve.",
    415: "The body is not sent as JSON, or, of a mail, not as message/rfc822.",
    422: "Something that was sent is at fault: `errors` says which field, and what would be right.",
    428: "If-Match is needed here.",
}
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "Your own name for this demand: sent again, it gives the first answer again.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[\\x21-\\x7e]+$"},
}
SEEN = {
    "name": "If-Match",
    "in": "header",
    "description": "The ETag of what you read, or * for any version.",
    "schema": {"type": "string"},
    "example": '"1"',
}
REASONS: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["code", "text", "facts"],
        "properties": {
            "code": {"type": "string"},
            "text": {"type": "string"},
            "facts": {"type": "object"},
        },
    },
}
PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "A problem document (RFC 9457).",
    "required": ["type", "title", "status", "detail", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "errors": {
            "type": "array",
            "description": "With 422: every field at fault.",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
        "refusals": REASONS,
        "cautions": REASONS,
        "alternatives": {
            "type": "array",
            "description": "The nearest sessions that would be accepted.",
            "items": {
                "type": "object",
                "properties": {
                    "site": {"type": "string"},
                    "tour_code": {"type": "string"},
                    "tour_session_id": {"type": ["integer", "null"]},
                    "starts_at": {"type": "string", "format": "date-time"},
                    "ends_at": {"type": "string", "format": "date-time"},
                    "places_left": {"type": "integer"},
                    "cautions": REASONS,
                },
            },
        },
        "visits": {
            "description": "What stands against several visits asked for at once: a verdict for each, by its "
            "`index` (or `visit_id`). With still_awaited: how many visits.",
            "anyOf": [{"type": "integer"}, {"type": "array", "items": {"type": "object"}}],
        },
        "engagements": {"type": "array", "items": {"type": "object"}},
        "current_version": {"type": "integer", "description": "With 412: the version by now."},
        "permission": {"type": "string", "description": "With 403: what this door asks for."},
    },
}

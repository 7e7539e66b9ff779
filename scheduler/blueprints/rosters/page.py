"""The page of a site's day: its lines, what is around them, what its script needs."""

from datetime import date, timedelta
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.prints import SinceLastPrint, lines_changed_since
from scheduler.blueprints.changing import refusals_of
from scheduler.blueprints.link_panels import panel_of_day
from scheduler.blueprints.rosters.forms import ActForm, DayForm, PrintForm
from scheduler.blueprints.rosters.live import live_page
from scheduler.blueprints.rosters.sheet import Returned, roster_rows, totals_in_words, tour_names
from scheduler.blueprints.site_frame import frame_of
from scheduler.blueprints.ways import roster_url
from scheduler.clock import now
from scheduler.identity import actor
from scheduler.records.rosters import roster_of
from scheduler.records.site_lookup import closures_on
from scheduler.records.sites import Site
from scheduler.words.instants import day_in_words, local_day, moment_in_words, short_day, span_in_words
from scheduler.words.print_words import print_in_words


def roster_page(
    site: Site, on: date, returned: Returned | None = None, faults: ActForm | DayForm | None = None
) -> str:
    """One day of one site. `returned` are forms that came back with faults."""
    at, day, returned = now(), timedelta(days=1), returned or {}
    found, today = roster_of(site, on), local_day(at, site.zone)
    since = lines_changed_since(found, before=_print_asked())
    rows = roster_rows(found, at, returned, since=since)
    return render_template(
        "rosters/roster.html",
        site=frame_of(site),
        facts=_facts(site, tour_names(found)),
        rows=rows,
        totals=totals_in_words(found),
        words=day_in_words(on),
        previous=(short_day(on - day), roster_url(site.code, on - day)),
        following=(short_day(on + day), roster_url(site.code, on + day)),
        today=(_("Today"), roster_url(site.code, today)) if on != today else None,
        pick=(url_for("rosters.choose_day", code=site.code), on.isoformat()),
        closures=[
            (span_in_words(c.starts_at, c.ends_at, site.zone), c.reason) for c in closures_on(site, on)
        ],
        printed=_("As it stood at %(when)s.", when=moment_in_words(at, site.zone)),
        faults=faults or next(iter(returned.values()), None),
        refusals=refusals_of(*returned.values()),
        links=panel_of_day(found, at),
        live=live_page(rows, at, site.zone),
        **_prints(site, on, since),
    )


def _prints(site: Site, on: date, since: SinceLastPrint) -> dict[str, Any]:
    """What was printed last, and the way to print now."""
    may_print = actor().may(Permission.READ_ROSTER, site_id=site.id)
    return {
        "last_print": print_in_words(since, site.zone),
        "print_form": PrintForm(formdata=None, within="print") if may_print else None,
        "print_url": url_for("rosters.print_sheet", code=site.code, on=on.isoformat()),
        "is_print": _print_asked() is not None,
    }


def _print_asked() -> int | None:
    """The print that is being made: its marks are those since the one before it."""
    asked = request.args.get("print", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else None


def _facts(site: Site, tours: list[str]) -> list[tuple[str, str]]:
    """What whoever receives the guests wants to have at hand."""
    return [
        (_("Tour"), tours[0] if len(tours) == 1 else ""),
        (_("Meeting point"), site.meeting_point),
        (_("Arrive early by"), _("%(minutes)s minutes", minutes=site.arrive_early_minutes)),
        (_("Photographs"), site.photo_rule),
        (_("Safety gear"), site.safety_gear),
    ]

"""One resource's page, put together for every door that shows it."""

from datetime import timedelta
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.blueprints.feed_panels import feed_lines
from scheduler.blueprints.histories import entries
from scheduler.blueprints.link_panels import panel_of_resource
from scheduler.blueprints.resources.forms import LeaveForm
from scheduler.blueprints.resources.sheet import around_in_words, duty_rows, hours_in_words, leave_rows
from scheduler.clock import now
from scheduler.core.spans import Span
from scheduler.identity import actor
from scheduler.records.feed_list import feeds_about
from scheduler.records.feeds import FeedKind
from scheduler.records.journal_lines import lines_about
from scheduler.records.resource_lookup import (
    duties_on_record,
    duties_touching,
    links_ever_made,
    whole_resource,
)
from scheduler.words.resource_words import spoken, was_assigned_in_words
from scheduler.words.site_words import validity_in_words

AHEAD = timedelta(days=120)


def resource_page(resource_id: int, **shown: Any) -> str:
    """The page; `shown` replaces what a door has to say of its own (a form that came back, new addresses)."""
    found, at = whole_resource(resource_id), now()
    feeds, on_record = feeds_about(FeedKind.RESOURCE, found.id), duties_on_record(found.id)
    lines = lines_about({"resource": [found.id], "feed_link": links_ever_made(found.id)})
    told = {
        "resource": found,
        "speaks": spoken(found.languages),
        "hours": hours_in_words(found) or [_("Whenever wanted: no working hours are set.")],
        "around": around_in_words(found),
        "active": validity_in_words(found.active_from, found.active_to) or _("without an end in sight"),
        "duties": duty_rows(duties_touching(found.id, Span(at, at + AHEAD)), found),
        "leave": leave_rows(found, at),
        "leave_form": LeaveForm(formdata=None, within="leave"),
        "feeds": feed_lines(feeds, found.zone),
        "history": entries(lines, of="resource"),
        "answer_panel": panel_of_resource(found.id, url_for("resources.resource", resource_id=found.id), at),
        "may_write": actor().may(Permission.WRITE_RESOURCES),
        "stays_because": was_assigned_in_words(on_record) if on_record else "",
    }
    return render_template("resources/resource.html", **(told | shown))

"""The room `weeks`: sites as rows, days as columns, who is where."""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.blueprints.load_picture import load_picture
from scheduler.blueprints.typed import city_zone
from scheduler.blueprints.weeks.forms import WeekForm
from scheduler.blueprints.weeks.sheet import columns, site_row
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.site_lookup import sites_seen_by
from scheduler.records.weeks import DAYS, week_of
from scheduler.words.instants import date_in_words

bp = Blueprint("weeks", __name__)
A_WEEK = timedelta(days=DAYS)


@bp.get("/week")
@allow(Permission.READ_SITES)
def week() -> ResponseReturnValue:
    """A week from Monday to Sunday; filters in the address."""
    sites, form, at = sites_seen_by(actor()), WeekForm.asked(), now()
    form.offer(sites)
    is_right = form.validate()
    today = at.astimezone(city_zone()).date()
    first = _monday(form.first.data if is_right and form.first.data else today)
    chosen = [site for site in sites if not is_right or form.site.data in (None, site.code)]
    topic = form.topic.data if is_right else None
    found = week_of(chosen, first, at=at, topic=topic, is_booked_only=is_right and form.booked.data)
    page = render_template(
        "weeks/week.html",
        form=form,
        first=first,
        words=_words(first),
        days=columns(first, today, {site.country for site in sites}),
        rows=[site_row(one, at) for one in found],
        load=load_picture(chosen[0], first, at) if is_right and form.site.data and chosen else None,
        previous=(_("Week before"), _url(form, first - A_WEEK)),
        following=(_("Week after"), _url(form, first + A_WEEK)),
        this_week=(_("This week"), _url(form, today)) if first != _monday(today) else None,
        is_filtered=bool(form.kept()),
    )
    return page, 200 if is_right else 422


def _monday(on: date) -> date:
    return on - timedelta(days=on.weekday())


def _words(first: date) -> str:
    last = first + timedelta(days=DAYS - 1)
    return _("%(first)s to %(last)s", first=date_in_words(first), last=date_in_words(last))


def _url(form: WeekForm, first: date) -> str:
    query: dict[str, Any] = {"from": first.isoformat()} | form.kept()
    return url_for("weeks.week", **query)

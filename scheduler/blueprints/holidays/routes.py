"""The room `holidays`: the calendar's public holidays, and single days over it. For administrators."""

from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.holidays import forget_holiday, name_holiday
from scheduler.blueprints.changing import tell_saved
from scheduler.blueprints.form import given
from scheduler.blueprints.holidays.forms import ForgetForm, HolidayForm
from scheduler.blueprints.typed import city_zone, day_in
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.records.absence import NotFound
from scheduler.records.holidays import public_holidays
from scheduler.records.site_lookup import countries_of_sites, one_off_holidays
from scheduler.words.instants import day_in_words

bp = Blueprint("holidays", __name__, url_prefix="/holidays")


@bp.get("")
@allow(Permission.WRITE_HOLIDAYS)
def index() -> ResponseReturnValue:
    """What counts as a holiday this year, and the entries made by hand."""
    return _page(HolidayForm())


@bp.post("")
@allow(Permission.WRITE_HOLIDAYS)
def name() -> ResponseReturnValue:
    """Name a day; the visits that it would break are shown first."""
    form = HolidayForm()
    if form.validate_on_submit():
        is_holiday = form.kind.data == "holiday"
        changed = form.save(
            lambda **how: name_holiday(
                given(form.on.data), form.name.data, is_holiday=is_holiday, source=form.source.data, **how
            )
        )
        if changed is not None:
            tell_saved(changed, _("The day is entered."))
            return redirect(url_for("holidays.index"), code=303)
    return _page(form), form.status


@bp.post("/<on>/remove")
@allow(Permission.WRITE_HOLIDAYS)
def forget(on: str) -> ResponseReturnValue:
    """Remove an entry; the visits that this would break are shown first."""
    day, form = _day(on), ForgetForm()
    if form.validate_on_submit():
        changed = form.save(lambda **how: forget_holiday(day, **how))
        if changed is not None:
            tell_saved(changed, _("The entry is removed."))
            return redirect(url_for("holidays.index"), code=303)
    page = render_template("holidays/forget.html", form=form, on=on, words=day_in_words(day))
    return page, form.status


def _page(form: HolidayForm) -> str:
    year = request.args.get("year", type=int) or now().astimezone(city_zone()).year
    year = min(max(year, 1950), 2100)
    first, last = date(year, 1, 1), date(year, 12, 31)
    countries = [
        (country, sorted(public_holidays(country, first, last).items())) for country in countries_of_sites()
    ]
    return render_template(
        "holidays/index.html", form=form, one_offs=one_off_holidays(), countries=countries, year=year
    )


def _day(on: str) -> date:
    try:
        return day_in(on)
    except ValueError:
        raise NotFound("holiday", on) from None

"""A site's week as a picture: how many places are taken, hour by hour, and the same in words."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import format_date, get_locale
from flask_babel import gettext as _
from markupsafe import Markup

from scheduler.pictures.heat_strip import HeatCell, HeatDay, HeatWords, heat_strip
from scheduler.records.site_loads import week_load
from scheduler.records.sites import Site
from scheduler.records.weeks import DAYS
from scheduler.words.instants import days_in_short, local_day
from scheduler.words.own_names import own_name
from scheduler.words.picture_words import hour_marks, is_mirrored, load_in_words

# Weekdays abbreviated are whole words in Arabic; a column is narrower than that.
WEEKDAY = {"ar": "EEEEEE"}


@dataclass(frozen=True)
class WeekLoad:
    """The picture (empty where the site is never open and nothing runs), and each day in words."""

    picture: Markup
    title: str
    days: list[tuple[date, list[str]]]


def load_picture(site: Site, first: date, at: datetime) -> WeekLoad:
    """Seven days of a site, from `first` on."""
    load = week_load(site.id, first, at=at)
    marks = hour_marks()
    cells = {
        day: {
            hour: HeatCell(places=each.places, taken=each.taken, is_closed=each.is_closed)
            for hour, each in hours.items()
        }
        for day, hours in load.items()
    }
    title = _(
        "%(site)s, %(days)s: places taken",
        site=own_name(site),
        days=days_in_short(first, first + timedelta(days=DAYS - 1)),
    )
    words = HeatWords(
        title=title,
        description=_("A column a day, a row an hour. The same stands below as a table."),
        hours=marks,
    )
    days = [_day(day, found, is_today=day == local_day(at, site.zone)) for day, found in cells.items()]
    picture = heat_strip(days, words, name=f"load-{site.id}", is_mirrored=is_mirrored())
    in_words = [
        (day, [load_in_words(marks[hour], cell) for hour, cell in found.items()])
        for day, found in cells.items()
    ]
    return WeekLoad(Markup(picture), title, in_words)  # noqa: S704 - Drawn by us, all words escaped.


def _day(day: date, cells: dict[int, HeatCell], *, is_today: bool) -> HeatDay:
    language = str(get_locale() or "").split("_")[0]
    weekday = str(format_date(day, WEEKDAY.get(language, "EEE")))
    return HeatDay(weekday=weekday, day=str(day.day), cells=cells, is_today=is_today)

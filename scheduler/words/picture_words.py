"""Pictures in words: what they are called, the notes in them, and what they say for who does not see them."""

from babel.units import format_unit
from flask_babel import get_locale, ngettext, pgettext
from flask_babel import gettext as _

from scheduler.core.slack import Spare
from scheduler.pictures.heat_strip import HeatCell

# A straight line is told to the hundred metres, and to the whole kilometre from ten on.
WHOLE_FROM_KM = 10
# Signs before a note in a picture, so that it is not told by its colour alone.
THIN, SHORT = "▲", "✕"


def is_mirrored() -> bool:
    """Whether the reader's time runs from right to left."""
    locale = get_locale()
    return locale is not None and locale.text_direction == "rtl"


def hour_marks() -> list[str]:
    """00:00 to 24:00, for an axis."""
    return [f"{hour:02d}:00" for hour in range(25)]


def kilometres(far: float) -> str:
    """3.2 km"""
    shape = "#,##0" if far >= WHOLE_FROM_KM else "#,##0.#" if far >= 0.1 else "#,##0.###"
    return format_unit(far, "length-kilometer", "short", shape, locale=get_locale() or "en")


def north() -> str:
    """The letter beside the arrow."""
    return pgettext("north, beside the arrow of a map", "N")


def way_in_words(minutes: int | None, far: float | None) -> str:
    """How long the way takes, and how far it is."""
    if minutes is None:
        words = _("The way is not known")
    elif minutes == 0:
        words = _("At the same place")
    elif far is None:
        words = ngettext("%(num)s minute on the way", "%(num)s minutes on the way", minutes)
    else:
        words = ngettext(
            "%(num)s minute on the way, %(far)s in a straight line",
            "%(num)s minutes on the way, %(far)s in a straight line",
            minutes,
            far=kilometres(far),
        )
    return str(words)


def spare_in_words(spare: Spare, slack_minutes: int | None) -> str:
    """What is to spare, with a word where it is too little; nothing where nobody knows."""
    if slack_minutes is None or spare is Spare.UNKNOWN:
        return ""
    if spare is Spare.SHORT:
        return ngettext("%(num)s minute too few", "%(num)s minutes too few", -slack_minutes)
    if spare is Spare.THIN:
        return ngettext(
            "only %(num)s minute to spare: too thin",
            "only %(num)s minutes to spare: too thin",
            slack_minutes,
        )
    return ngettext("%(num)s minute to spare", "%(num)s minutes to spare", slack_minutes)


def spare_note(spare: Spare, slack_minutes: int | None) -> str:
    """The same in so few words that they stand in a picture."""
    if slack_minutes is None or spare is Spare.UNKNOWN:
        return "?"
    if spare is Spare.SHORT:
        return _("%(sign)s %(minutes)s min short", sign=SHORT, minutes=-slack_minutes)
    if spare is Spare.THIN:
        return _("%(sign)s thin: %(minutes)s min", sign=THIN, minutes=slack_minutes)
    return minutes_note(slack_minutes)


def minutes_note(minutes: int) -> str:
    """A number of minutes in a picture."""
    return _("%(minutes)s min", minutes=minutes)


def load_in_words(hour: str, cell: HeatCell) -> str:
    """One hour of a site: how many places are taken, or why there is none."""
    if cell.places is None:
        return (
            _("%(hour)s: closed", hour=hour) if cell.is_closed else _("%(hour)s: nothing planned", hour=hour)
        )
    told = {"hour": hour, "taken": cell.taken, "places": cell.places}
    if cell.is_closed:
        return _("%(hour)s: closed, %(taken)s of %(places)s places taken", **told)
    return _("%(hour)s: %(taken)s of %(places)s places taken", **told)

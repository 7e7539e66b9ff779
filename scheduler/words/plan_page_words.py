"""What stands on the pages of plans and repairs besides reasons: choices, figures, sentences of progress."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from scheduler.planner.answers import Demand, DemandKind, Figures

PRIORITIES = {
    "5": _l("5: dearest"),
    "4": _l("4"),
    "3": _l("3: as usual"),
    "2": _l("2"),
    "1": _l("1: if it fits"),
}
BREAK_KINDS = {"meal": _l("Meal"), "prayer": _l("Prayer")}
# Why a job came to nothing, and what to do.
TROUBLES: Mapping[str, Any] = {
    "lost": _l("The planner was interrupted. Ask again; nothing is lost."),
    "out_of_memory": _l(
        "The question was too large for the planner. Wish for fewer things, or shorten the stay."
    ),
    "took_too_long": _l(
        "The planner found nothing in its time; that does not mean that nothing is possible. Ask again with"
        " more seconds, or wish for fewer things at once."
    ),
    "cannot_start": _l(
        "The planner cannot start on this machine. Tell whoever looks after it; ask again later."
    ),
    "nothing_left": _l("Nothing is left to plan: every wish is booked already, or the stay is over."),
    "fault": _l("The planner made a mistake. It is in the log of the machine. Ask again, or change a wish."),
}


# Of what a must that cannot be met by itself is told to stand against.
AGAINST = frozenset({DemandKind.STAY, DemandKind.HEADCOUNT, DemandKind.LANGUAGE})


def conflict_advice(demands: Sequence[Demand], *, is_smallest: bool) -> str:
    """What to let go of, as far as that is known."""
    if not is_smallest:
        return _("There may be a smaller set.")
    if len(demands) == 1:
        return _("Let go of it and the others can be met.")
    if any(demand.kind in AGAINST for demand in demands):
        return _("Nothing else that is asked for stands in its way. Wish for it less, or for something else.")
    return _("Let go of any one of them and the others can be met.")


def weekday_choices() -> list[tuple[str, str]]:
    """Monday to Sunday in short. 5 January 1970 was a Monday."""
    return [(str(day), format_date(date(1970, 1, 5 + day), "EEE")) for day in range(7)]


def trouble_in_words(code: str) -> str:
    """Why a job came to nothing; a code nobody knows is a fault."""
    return str(TROUBLES.get(code, TROUBLES["fault"]))


def minutes_in_words(minutes: int) -> str:
    """95 as 1 h 35 min."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)s min", minutes=minutes)
    if not rest:
        return _("%(hours)s h", hours=hours)
    return _("%(hours)s h %(minutes)s min", hours=hours, minutes=rest)


def minds_in_words(pins: int, bans: int) -> str:
    """What has been decided so far: 2 pinned, 1 banned."""
    pinned = ngettext("%(num)s pinned", "%(num)s pinned", pins)
    banned = ngettext("%(num)s banned", "%(num)s banned", bans)
    return _("%(pinned)s, %(banned)s", pinned=pinned, banned=banned)


def figures_in_words(figures: Figures) -> list[tuple[str, str, str]]:
    """A programme in numbers, in their order of importance: what is counted, how much, and a tone where it
    is not as it should be."""
    told = [
        (
            _("Musts kept"),
            _("%(kept)s of %(all)s", kept=figures.musts_kept, all=figures.musts) if figures.musts else "–",
            "warning" if figures.musts_kept < figures.musts else "",
        ),
        (
            _("Wishes by priority"),
            _("%(kept)s of %(all)s", kept=_plain(figures.priorities), all=figures.priorities_wished),
            "",
        ),
        (_("Points to confirm"), str(figures.cautions), "warning" if figures.cautions else ""),
        (_("On the way"), minutes_in_words(figures.travel_minutes), ""),
        (_("Idle between stops"), minutes_in_words(figures.idle_minutes), ""),
        (_("Fullest and emptiest day differ by"), visits_in_words(figures.imbalance), ""),
        (_("From each morning to the last stop, in all"), minutes_in_words(figures.finish_minutes), ""),
    ]
    return [(str(name), str(value), tone) for name, value, tone in told]


def visits_in_words(number: int) -> str:
    """2 visits."""
    return ngettext("%(num)s visit", "%(num)s visits", number)


def found_in_words(number: int, *, is_done: bool) -> str:
    """How many programmes there are, or are so far."""
    if is_done:
        return ngettext("%(num)s programme found", "%(num)s programmes found", number)
    if not number:
        return _("The planner is at work.")
    return ngettext("%(num)s programme found so far", "%(num)s programmes found so far", number)


def _plain(number: float) -> str:
    """4 or 4.5."""
    return f"{number:g}"

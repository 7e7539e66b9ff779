"""What the pages of repairs say besides the plan itself: what went wrong, and what came of accepting it."""

from collections.abc import Mapping
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from scheduler.core.disturbances import Disturbance, DisturbanceKind
from scheduler.words.instants import span_in_words
from scheduler.words.place_names import place_called

WHAT_IF: Mapping[DisturbanceKind, Any] = {
    DisturbanceKind.CLOSURE: _l("A site closes"),
    DisturbanceKind.ABSENCE: _l("A guide, interpreter or vehicle is away"),
    DisturbanceKind.STAY: _l("A delegation arrives or leaves at another time"),
    DisturbanceKind.HEADCOUNT: _l("More or fewer come"),
}

# The one button that enters what was rehearsed and asks for its repair.
FOR_REAL: Mapping[DisturbanceKind, Any] = {
    DisturbanceKind.CLOSURE: _l("Close for real and repair"),
    DisturbanceKind.ABSENCE: _l("Enter the leave and repair"),
    DisturbanceKind.STAY: _l("Change the stay and repair"),
    DisturbanceKind.HEADCOUNT: _l("Change the headcount and repair"),
}


def disturbance_in_words(told: Disturbance, *, who: str = "") -> str:
    """What went wrong or might, in a sentence; `who` is the delegation, or whoever is away."""
    when = ""
    if told.span is not None:
        zone = current_app.config["CITY_ZONE"]
        when = span_in_words(told.span.starts_at, told.span.ends_at, zone)
    if told.kind is DisturbanceKind.CLOSURE:
        site = place_called(told.site_code or "")
        if told.reason:
            return _("%(site)s closed, %(when)s: %(reason)s", site=site, when=when, reason=told.reason)
        return _("%(site)s closed, %(when)s", site=site, when=when)
    if told.kind is DisturbanceKind.ABSENCE:
        return _("%(who)s away, %(when)s", who=who, when=when)
    if told.kind is DisturbanceKind.STAY:
        if when:
            return _("%(who)s here %(when)s", who=who, when=when)
        return _("%(who)s comes or leaves at another time than was planned", who=who)
    return ngettext("%(who)s comes with %(num)s", "%(who)s comes with %(num)s", told.headcount or 0, who=who)


def accepted_in_words(visits: int, delegations: int, put_off: int) -> list[str]:
    """What was done, and who gets letters."""
    told = []
    if visits:
        told.append(
            ngettext(
                "%(num)s visit is changed as proposed or chosen.",
                "%(num)s visits are changed as proposed or chosen.",
                visits,
            )
        )
    if put_off:
        told.append(ngettext("%(num)s visit is put off.", "%(num)s visits are put off.", put_off))
    told.append(
        ngettext(
            "%(num)s delegation gets a letter about it; nobody else does.",
            "%(num)s delegations get letters about it; nobody else does.",
            delegations,
        )
    )
    return told

"""The page on which a stay is planned: what is ticked, read into what is kept, shown with its map."""

import re
from collections.abc import Sequence
from datetime import time
from typing import Any

from flask import render_template, request
from flask_babel import get_locale
from flask_babel import gettext as _
from markupsafe import Markup
from wtforms.fields.choices import SelectChoice

from scheduler.access import Permission
from scheduler.actions.plans import Terms
from scheduler.actions.stay_wishes import StayTold, WishTold
from scheduler.blueprints.delegations.page import stay_in_words
from scheduler.blueprints.plans.choosing import Choice, Row
from scheduler.blueprints.plans.forms import FrameForm, frame_data
from scheduler.core.wishes import Break, BreakKind, StayFrame
from scheduler.identity import actor
from scheduler.pictures.rivers import rivers
from scheduler.pictures.route_map import MapLook, MapWords
from scheduler.pictures.site_map import WIDE, SiteMark, site_map
from scheduler.records.delegations import Delegation, Need
from scheduler.records.engagement_lookup import all_places
from scheduler.records.site_facts import point_at
from scheduler.records.stay_frames import frame_of, kept_frame
from scheduler.words.own_names import own_name
from scheduler.words.picture_words import kilometres, north

# The lunch of a usual day, for whom nobody said anything yet.
LUNCH = Break(kind=BreakKind.MEAL, earliest=time(11, 30), latest=time(13, 30), minutes=60)


class PlanForm:
    """The rows and the frame as one form that comes back with everything typed."""

    def __init__(self, delegation: Delegation) -> None:
        self.delegation = delegation
        is_sent = request.method == "POST" and actor().may(Permission.WRITE_DELEGATIONS)
        places = [SelectChoice(place.code, own_name(place)) for place in all_places()]
        self.choice = Choice(delegation, is_sent=is_sent)
        if is_sent:
            self.frame = FrameForm(places)
        else:
            self.frame = FrameForm(places, formdata=None, data=frame_data(_frame_of(delegation.id)))

    def validate(self) -> bool:
        """Every ticked row and the frame; faults of rows are told above the form by the row's name."""
        is_right = self.frame.validate()
        for row in self.choice.chosen:
            if not row.form.validate():
                is_right = False
                self._tell(row, [text for found in row.form.errors.values() for text in found])
        if not self.choice.chosen:
            self.frame.complain(_("Tick at least one thing to see."))
        return self._follows_right() and is_right and bool(self.choice.chosen)

    def rearranged(self) -> bool:
        """Whether a button only added or took away a line of the frame; nothing is judged or kept then."""
        told = request.form.get("line", "")
        if told in set(BreakKind):
            self._add(BreakKind(told))
        elif found := re.fullmatch(r"breaks-[0-9]{1,4}", told):
            entries = self.frame.breaks.entries
            entries[:] = [entry for entry in entries if entry.name != found[0]]
        return bool(told)

    def told(self) -> StayTold:
        """What was ticked and typed, as the office keeps it."""
        rows = [row for row in self.choice.rows if not row.booked]
        gone = [row.wish.id for row in rows if row.wish and row.form.is_empty() and row.form.shown.raw_data]
        return StayTold(
            wishes=[_wish_told(row) for row in self.choice.chosen],
            taken_off=gone,
            frame=self.frame.frame(),
        )

    def terms(self, kept: Terms) -> Terms:
        """Pins and bans of the plan before, without the pins of what is wished no more."""
        gone = set(self.told().taken_off)
        return Terms(
            pins=tuple(pin for pin in kept.pins if pin.wish_id not in gone),
            bans=kept.bans,
            alternatives=kept.alternatives,
            seconds=kept.seconds,
        )

    def _follows_right(self) -> bool:
        """What comes after another has another that is ticked, and is not its own."""
        keys = {row.key for row in self.choice.chosen}
        wrong = [row for row in self.choice.chosen if row.form.after.data and not self._may_follow(row, keys)]
        for row in wrong:
            told = _("It can only come after something else that is ticked, too.")
            row.form.after.errors = [told]
            self._tell(row, [told])
        return not wrong

    def _may_follow(self, row: Row, keys: set[str]) -> bool:
        return row.form.after.data in keys - {row.key}

    def _tell(self, row: Row, errors: Sequence[str]) -> None:
        for error in errors:
            self.frame.complain(_("%(wish)s: %(fault)s", wish=row.name, fault=error))

    def _add(self, kind: BreakKind) -> None:
        if len(self.frame.breaks.entries) < (self.frame.breaks.max_entries or 0):
            told = frame_data(StayFrame(breaks=(LUNCH,)))["breaks"][0]
            self.frame.breaks.append_entry(told if kind is BreakKind.MEAL else {"kind": kind.value})


def plan_page(form: PlanForm, *, follows: int | None, minds: str) -> str:
    """The page; `minds` says what was pinned and banned in the plan that this one follows."""
    delegation, choice = form.delegation, form.choice
    breaks = [entry.form.kind.data for entry in form.frame.breaks]
    return render_template(
        "plans/new.html",
        delegation=delegation,
        stay=stay_in_words(delegation),
        form=form.frame,
        choice=choice,
        map=_map(choice),
        follows=follows,
        minds=minds,
        may_write=actor().may(Permission.WRITE_DELEGATIONS),
        needs_prayer=Need.PRAYER_ROOM in delegation.needs and BreakKind.PRAYER.value not in breaks,
    )


def _wish_told(row: Row) -> WishTold:
    what: dict[str, Any] = {}
    if row.wish is None:
        what = {"tour_id": row.tour.id if row.tour else None, "topic": "" if row.tour else row.topic}
    return WishTold(
        key=row.key,
        columns=row.form.columns() | what,
        wish_id=row.wish.id if row.wish else None,
        after=row.form.after.data,
    )


def _frame_of(delegation_id: int) -> StayFrame:
    """What was said of the days; a usual day with its lunch where nobody said anything."""
    return frame_of(delegation_id) if kept_frame(delegation_id) else StayFrame(breaks=(LUNCH,))


def _map(choice: Choice) -> Markup:
    """Every site that somebody said the place of, marked as chosen or booked where it is."""
    marks: dict[str, SiteMark] = {}
    for row in choice.rows:
        if row.tour is None:
            continue
        site = row.tour.site
        point = point_at(site.latitude, site.longitude)
        look = "is-booked" if row.booked else "" if row.form.is_empty() else "is-chosen"
        if point is not None and (site.code not in marks or look):
            marks[site.code] = SiteMark(
                number=row.number, code=site.code, name=row.title, point=point, look=look
            )
    words = MapWords(
        title=_("The sites of the city"),
        description=_("Numbered as in the list. A click on a mark ticks the site there."),
        north=north(),
        kilometres=kilometres,
        far=_("Dashed: farther out"),
    )
    look_of = MapLook(
        width=WIDE.width, height=WIDE.height, rivers=rivers(str(get_locale() or "en").split("_")[0])
    )
    drawn = site_map(list(marks.values()), words, name="sites-map", look=look_of)
    return Markup(drawn)  # noqa: S704 - Drawn by us, all words escaped.

"""Changes that visits may suffer from: who suffers is shown first, and saved only when its reader says so.

form = LimitsForm()
if form.validate_on_submit():
    changed = form.save(lambda **how: change_site(site.id, form.changes(), seen=form.version.data, **how))
    if changed is not None:
        return redirect(…, code=303)
return render_template("room/page.html", form=form), form.status
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from flask import flash, request
from flask_babel import gettext, ngettext
from flask_wtf import FlaskForm
from wtforms import FieldList

from scheduler.actions.clashes import Clashes
from scheduler.actions.sites import Changed
from scheduler.blueprints.form import RoomForm
from scheduler.blueprints.ways import visit_url
from scheduler.clock import now
from scheduler.core.verdicts import Refusal
from scheduler.identity import actor
from scheduler.records.visit_lookup import visits_numbered
from scheduler.records.visits import Visit
from scheduler.words.instants import local_day, moment_in_words
from scheduler.words.verdict_words import refusal_in_words
from scheduler.words.wording import verdict_values

SHOWN = "break_visits"
MOST_ROWS = 60


class Act(Protocol):
    """A change that can be tried first."""

    def __call__(self, **how: Any) -> Changed: ...


@dataclass(frozen=True)
class Suffering:
    """A visit that a change runs against, as the page shows it."""

    id: int
    when: str
    is_today: bool
    name: str
    name_native: str
    headcount: int
    state: str
    contact: str
    phone: str
    url: str | None
    reasons: list[str]


class ChangingForm(RoomForm):
    """A form of a change at a site. `concerned` are the visits it would run against, not yet agreed to."""

    concerned: tuple[Suffering, ...] = ()

    @property
    def status(self) -> int:
        return 409 if self.concerned else super().status

    def save(self, act: Act) -> Changed | None:
        """Do it when no visit suffers but those that the reader was shown; else keep those to be shown."""
        at = now()
        with self.refusable():
            tried = act(is_rehearsal=True, by=actor(), at=at)
            if set(tried.reasons) <= _shown():
                return act(by=actor(), at=at)
            self.concerned = tuple(suffering(tried.reasons))
        return None


class RowForm(FlaskForm):
    """One row of a form of rows. It is sent with the form it belongs to and needs no token of its own."""

    class Meta(FlaskForm.Meta):
        csrf = False

    def is_empty(self) -> bool:
        return not any(field.data for field in self)


class RowsField(FieldList):
    """Rows that are there and some empty ones; rows left empty are left out."""

    def __init__(self, *told: Any, **more: Any) -> None:
        super().__init__(*told, **{"max_entries": MOST_ROWS} | more)

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterable[int]:
        for key in formdata:
            if found := re.match(re.escape(prefix) + r"-([0-9]{1,4})-", key):
                yield int(found[1])

    def filled(self) -> list[Any]:
        """The rows with something in them."""
        return [entry.form for entry in self.entries if not entry.form.is_empty()]


def suffering(reasons: Clashes) -> list[Suffering]:
    """The visits of some reasons in order of hour, today's first."""
    rows = [_row(visit, reasons[visit.id]) for visit in visits_numbered(reasons.keys())]
    return sorted(rows, key=lambda row: not row.is_today)


def tell_saved(changed: Changed, words: str) -> None:
    """Say at the top of the next page what was done, and how many visits now clash or no longer do."""
    flash(words, "success")
    if changed.concerned:
        flash(
            ngettext(
                "%(num)s visit now clashes. It keeps its place and stays marked until somebody acts.",
                "%(num)s visits now clash. They keep their places and stay marked until somebody acts.",
                len(changed.concerned),
            ),
            "warning",
        )
    if changed.cleared:
        flash(
            ngettext(
                "%(num)s visit clashes no longer.", "%(num)s visits clash no longer.", len(changed.cleared)
            ),
            "info",
        )


def refusals_of(*forms: RoomForm) -> list[dict[str, Any]]:
    """What the rules said no to in these forms, with words."""
    verdicts = [form.verdict for form in forms if form.verdict is not None]
    return [refusal for verdict in verdicts for refusal in verdict_values(verdict)["refusals"]]


def _shown() -> set[int]:
    """The visits that the page named beside the button that was pressed."""
    return {int(number) for number in re.findall(r"[0-9]{1,9}", request.form.get(SHOWN, ""))}


def _row(visit: Visit, reasons: Iterable[Refusal]) -> Suffering:
    zone, who = visit.tour_session.tour.site.zone, visit.delegation
    return Suffering(
        id=visit.id,
        when=moment_in_words(visit.starts_at, zone),
        is_today=local_day(visit.starts_at, zone) == local_day(now(), zone),
        name=who.name,
        name_native=who.name_native,
        headcount=visit.headcount,
        state=visit.state,
        contact=who.contact_name or gettext("no contact on record"),
        phone=who.contact_phone,
        url=visit_url(visit.id),
        reasons=[refusal_in_words(reason) for reason in reasons],
    )

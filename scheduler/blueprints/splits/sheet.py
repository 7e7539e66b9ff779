"""The page of a split: the shares proposed or typed, each with the sessions near to choose from."""

from collections.abc import Sequence
from typing import Any

from flask import render_template
from wtforms.fields.choices import SelectChoice

from scheduler.actions.splits import Split
from scheduler.blueprints.splits.forms import SplitAskedForm, SplitForm
from scheduler.blueprints.stop_rows import row_answer, running_choice, session_key
from scheduler.blueprints.visits.answers import Answer
from scheduler.clock import now
from scheduler.core.facts import VisitRequest
from scheduler.core.splitting import nearest_runnings
from scheduler.core.verdicts import Verdict
from scheduler.records.delegations import Delegation
from scheduler.records.diary import diary_for


def form_of(
    proposal: Split, wanted: VisitRequest, choices: Sequence[SelectChoice], *, then: str
) -> SplitForm:
    """The form as a proposal fills it; `then` is where to go once all is booked."""
    rows = [
        {
            "name": piece.name,
            "headcount": piece.headcount,
            "session": session_key(proposal.tour_code, piece.running.starts_at) if piece.running else "",
        }
        for piece in proposal.pieces
    ]
    form = SplitForm(
        within="split",
        formdata=None,
        data={
            "division": proposal.division,
            "language": wanted.language or "",
            "wanted": choices[0].value if choices else "",
            "next": then,
            "pieces": rows,
        },
    )
    for row, piece in zip(form.rows(), proposal.pieces, strict=True):
        row.answer = row_answer(Verdict(cautions=piece.cautions))
    return form


def sessions_near(wanted: VisitRequest) -> list[SelectChoice]:
    """The sessions of the wanted tour near the wanted hour, that hour first. Raises NotFound."""
    diary = diary_for(wanted, now(), with_options=True)
    zone = diary.site.zone.key
    return [running_choice(diary.tour.code, running, zone) for running in nearest_runnings(diary)]


def split_page(
    delegation: Delegation,
    asked: SplitAskedForm | None,
    form: SplitForm | None,
    *,
    choices: Sequence[SelectChoice] = (),
    answer: Answer | None = None,
) -> str:
    """The page. Without a form the answer says why it cannot be split so."""
    rows: list[Any] = form.rows() if form is not None else []
    for row, verdict in zip(rows, form.verdicts if form is not None else (), strict=False):
        row.answer = row_answer(verdict)
    for entry in form.pieces if form is not None else ():
        entry.form.session.offer([*entry.form.answer.alternatives, *choices])
    return render_template(
        "splits/split.html",
        delegation=delegation,
        asked=asked,
        form=form,
        answer=answer or Answer(),
        left_out=sum(1 for row in rows if not row.session.data),
    )

"""One proposal's page, and proposals as lines of the tray: what is asked for, what the rules say to it."""

from dataclasses import dataclass
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from scheduler.access import Permission
from scheduler.actions.proposal_answers import verdict_on
from scheduler.blueprints.tray.forms import AcceptForm, DeclineForm
from scheduler.blueprints.tray.stops import About, about
from scheduler.blueprints.visits.answers import Answer, answer_in_words
from scheduler.blueprints.visits.errands import Errand, Which
from scheduler.clock import now
from scheduler.core.verdicts import Verdict
from scheduler.identity import actor
from scheduler.records.engagements import Engagement
from scheduler.records.proposal_lookup import proposal_numbered, state_now, stop_proposed
from scheduler.records.replies import Proposal, ProposalState
from scheduler.records.visits import Visit
from scheduler.words.instants import span_in_words
from scheduler.words.verdict_words import refusal_in_words

Stop = Visit | Engagement


@dataclass(frozen=True, kw_only=True)
class ProposalErrand(Errand):
    """A visit that is to move because a guest asked for it: one click on an alternative settles that, too."""

    proposal_id: int

    @property
    def action(self) -> str:
        return url_for("tray.accept", proposal_id=self.proposal_id)

    def hidden(self, which: Which) -> dict[str, Any]:
        return which.fields()


@dataclass(frozen=True, kw_only=True)
class ProposalLine:
    """One proposal among others. `tone` and `says` are the rules' answer in short; `is_plain` that one click
    would do."""

    id: int
    name: str
    about: About
    wanted: str
    comment: str
    tone: str
    says: str
    is_plain: bool

    @property
    def url(self) -> str:
        return url_for("tray.proposal", proposal_id=self.id)


def proposal_line(proposal: Proposal, stop: Stop) -> ProposalLine:
    """A proposal with the rules' answer right now."""
    verdict = verdict_on(proposal, stop, now())
    tone, says = in_short(verdict)
    return ProposalLine(
        id=proposal.id,
        name=name_of_asker(proposal),
        about=about(stop),
        wanted=wanted_in_words(proposal, stop),
        comment=proposal.comment,
        tone=tone,
        says=says,
        is_plain=tone == "success",
    )


def in_short(verdict: Verdict | None) -> tuple[str, str]:
    """What the rules say: the tone of it, and one sentence."""
    if verdict is None:
        return "neutral", _("A wish in words: the rules have nothing to weigh.")
    if verdict.refusals:
        return "error", " ".join(refusal_in_words(each) for each in verdict.refusals)
    if verdict.cautions:
        points = len(verdict.cautions)
        words = ngettext(
            "Possible, with one point to confirm.", "Possible, with %(num)s points to confirm.", points
        )
        return "warning", words
    return "success", _("The rules say yes.")


def proposal_page(proposal_id: int, *, form: AcceptForm | None = None, no: DeclineForm | None = None) -> str:
    """The page; a form that came back with its faults takes the place of a new one."""
    proposal = proposal_numbered(proposal_id)
    stop = stop_proposed(proposal)
    state = state_now(proposal, stop)
    verdict = verdict_on(proposal, stop, now()) if state is ProposalState.OPEN else None
    accept = form or AcceptForm(formdata=None)
    if accept.verdict is not None:
        verdict = accept.verdict
    return render_template(
        "tray/proposal.html",
        proposal=proposal,
        name=name_of_asker(proposal),
        about=about(stop),
        wanted=wanted_in_words(proposal, stop),
        state=state,
        answer=_answer(verdict, proposal, stop),
        is_weighed=verdict is not None,
        form=accept,
        decline_form=no or DeclineForm(formdata=None, within="decline"),
        may_accept=actor().may(Permission.BOOK_VISITS),
    )


def name_of_asker(proposal: Proposal) -> str:
    """Who asks, by name; a delegation's own page may have no name on it."""
    return proposal.name or proposal.address or _("Somebody of the delegation")


def wanted_in_words(proposal: Proposal, stop: Stop) -> str:
    """The time asked for on the stop's own clock, or nothing."""
    if proposal.starts_at is None or proposal.ends_at is None:
        return ""
    return span_in_words(proposal.starts_at, proposal.ends_at, about(stop).zone)


def _answer(verdict: Verdict | None, proposal: Proposal, stop: Stop) -> Answer:
    if not isinstance(stop, Visit):
        return answer_in_words(verdict)
    errand = ProposalErrand(
        delegation=stop.delegation,
        headcount=stop.headcount,
        language=stop.language,
        visit=stop,
        part=stop.part,
        proposal_id=proposal.id,
    )
    return answer_in_words(verdict, errand)

"""The page of a delegation's papers: what can be printed, in which language, and what is missing for it."""

from datetime import date

from flask import render_template
from werkzeug.datastructures import MultiDict

from scheduler.blueprints.papers.forms import DRAFT, PaperForm, ProgrammeForm, SignForm
from scheduler.blueprints.papers.names import cannot_be_printed
from scheduler.blueprints.typed import city_zone
from scheduler.clock import now
from scheduler.language import guest_language
from scheduler.records.database import db
from scheduler.records.delegation_search import delegates_of, whole_delegation
from scheduler.records.delegations import Delegation
from scheduler.records.programme_versions import versions_matching
from scheduler.words.instants import local_day

# What an address asks; None where a form is only shown.
Asked = MultiDict[str, str] | None


def programme_form(delegation: Delegation, asked: Asked) -> ProgrammeForm:
    """The newest version in the guests' language unless the address asks for another."""
    numbers = [version.number for version in db.session.scalars(versions_matching(delegation.id))]
    preset = {"lang": guest_language(delegation), "version": str(numbers[0]) if numbers else DRAFT}
    form = ProgrammeForm(formdata=_said(asked), data=preset, within="programme")
    form.offer(numbers)
    return form


def sign_form(delegation: Delegation, asked: Asked) -> SignForm:
    """For the first day of the stay, or today within it, unless the address asks for another."""
    data = {"lang": guest_language(delegation), "date": day_of_sign(delegation)}
    return SignForm(formdata=_said(asked), data=data, within="sign")


def _said(asked: Asked) -> Asked:
    """What the address says; a choice that came empty is as if it were not there."""
    return None if asked is None else MultiDict((name, told) for name, told in asked.items(True) if told)


def day_of_sign(delegation: Delegation) -> date:
    """For which day a sign is most likely wanted."""
    zone = city_zone().key
    first, last = (local_day(each, zone) for each in (delegation.arrives_at, delegation.departs_at))
    return min(max(first, local_day(now(), zone)), last)


def papers_page(delegation_id: int, returned: PaperForm | None = None) -> str:
    """The page; `returned` is a form that came back with faults."""
    delegation = whole_delegation(delegation_id)
    delegates = db.session.scalars(delegates_of(delegation.id)).all()
    programme = programme_form(delegation, None)
    told: dict[str, PaperForm] = {"programme": programme, "sign": sign_form(delegation, None)}
    for name, form in told.items():
        told[name] = returned if returned is not None and type(form) is type(returned) else form
    return render_template(
        "papers/papers.html",
        delegation=delegation,
        forms=told,
        faults=returned,
        delegates=delegates,
        unprintable=cannot_be_printed(delegates),
        is_published=len(programme.version.choices) > 1,
    )

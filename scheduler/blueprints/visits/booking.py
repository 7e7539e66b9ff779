"""The doors of booking: pick site, day and session; look at one closely; ask for it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.visits import request_visit
from scheduler.blueprints.visits.answers import answer_in_words
from scheduler.blueprints.visits.errands import Errand
from scheduler.blueprints.visits.forms import AskForm, LookForm, PickForm
from scheduler.blueprints.visits.pages import look_page, pick_page
from scheduler.blueprints.visits.room import bp
from scheduler.blueprints.visits.wishes import default_day, wish_named
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.absence import NotFound
from scheduler.records.availability import answer_to
from scheduler.records.delegation_lists import open_delegations
from scheduler.records.delegation_search import whole_delegation
from scheduler.records.delegations import Delegation
from scheduler.records.part_lookup import part_named, parts_of
from scheduler.records.parts import Part
from scheduler.records.site_lookup import site_seen_by, sites_seen_by
from scheduler.words.own_names import own_name


@bp.get("/book")
@allow(Permission.BOOK_VISITS)
def book() -> ResponseReturnValue:
    """Whose visit, where and when: each session of that day with its answer."""
    form = _pick_form()
    is_right = form.validate()
    if form.delegation.data is None or form.delegation.errors:
        status = 422 if form.errors else 200
        return render_template("visits/whose.html", form=form, delegations=open_delegations(now())), status
    delegation = whole_delegation(form.delegation.data)
    form.offer_parts(parts_of(delegation.id))
    is_right = form.validate()
    part = part_named(form.part.data if not form.part.errors else None, delegation.id)
    wish = wish_named(form.wish.data, delegation.id)
    on = form.on.data or default_day(delegation, wish, now())
    errand = Errand(
        delegation=delegation,
        headcount=form.headcount.data or _all_who_go(delegation, part, wish.headcount if wish else None),
        language=form.language.data if not form.language.errors else None,
        wish_id=wish.id if wish else None,
        part=part,
    )
    code = form.site.data or (wish.tour.site.code if wish and wish.tour else None)
    site = site_seen_by(actor(), code) if code and not form.site.errors else None
    page = pick_page(errand, site, on, form=form, topic=wish.topic if wish else "")
    return page, 200 if is_right else 422


@bp.get("/book/session")
@allow(Permission.BOOK_VISITS)
def choose() -> ResponseReturnValue:
    """One session closely: what the rules say, to hold it, to confirm what is in question, to override."""
    asked = LookForm.asked()
    if not asked.validate() or asked.delegation.data is None or not asked.names_a_session():
        raise NotFound("session", request.full_path)
    delegation = whole_delegation(asked.delegation.data)
    part = part_named(asked.part.data, delegation.id)
    headcount = asked.headcount.data or _all_who_go(delegation, part)
    form = AskForm(
        formdata=None,
        delegation_id=delegation.id,
        tour_session_id=asked.tour_session_id.data,
        tour_code=asked.tour_code.data,
        starts_at=asked.starts_at.data,
        headcount=headcount,
        language=asked.language.data,
        part_id=part.id if part else None,
    )
    errand = Errand(delegation=delegation, headcount=headcount, language=asked.language.data, part=part)
    diary, verdict = answer_to(form.asking(delegation.id), now())
    return look_page(errand, form, diary, answer_in_words(verdict, errand))


@bp.post("/book")
@allow(Permission.BOOK_VISITS)
def ask() -> ResponseReturnValue:
    """Book. A double click is harmless: the same request finds the same visit."""
    form = AskForm()
    is_right = form.validate()
    delegation = whole_delegation(form.delegation_id.data) if form.delegation_id.data else None
    if is_right and delegation is not None:
        with form.refusable():
            booked = request_visit(form.asking(delegation.id), by=actor(), at=now())
            words = _("The visit is booked.") if booked.is_new else _("This visit was booked already.")
            flash(words, "success" if booked.is_new else "info")
            return redirect(url_for("visits.visit", visit_id=booked.visit.id), code=303)
    if delegation is None or not form.names_a_session():
        return render_template("visits/whose.html", form=form, delegations=open_delegations(now())), 422
    errand = _errand(delegation, form)
    diary, verdict = answer_to(form.plainly(errand.asking()), now())
    return look_page(errand, form, diary, answer_in_words(form.verdict or verdict, errand)), form.status


def _pick_form() -> PickForm:
    form = PickForm.asked()
    form.site.choices = [
        ("", _("Every site")),
        *((site.code, own_name(site)) for site in sites_seen_by(actor())),
    ]
    return form


def _errand(delegation: Delegation, form: AskForm) -> Errand:
    headcount = form.headcount.data if not form.headcount.errors else None
    language = form.language.data if not form.language.errors else None
    part = part_named(form.part_id.data if not form.part_id.errors else None, delegation.id)
    headcount = headcount or _all_who_go(delegation, part)
    return Errand(delegation=delegation, headcount=headcount, language=language, part=part)


def _all_who_go(delegation: Delegation, part: Part | None, wished: int | None = None) -> int:
    """How many, where nobody said: the part, or as many as wish for it, or all."""
    return part.headcount if part is not None else wished or delegation.headcount

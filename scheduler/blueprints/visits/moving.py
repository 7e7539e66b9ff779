"""The doors of moving a visit: the same picker and the same rules as for booking one."""

from dataclasses import replace

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.visits import move_visit
from scheduler.blueprints.typed import city_zone
from scheduler.blueprints.visits.answers import answer_in_words
from scheduler.blueprints.visits.errands import Errand
from scheduler.blueprints.visits.forms import LookForm, MoveForm, PickForm
from scheduler.blueprints.visits.pages import look_page, pick_page
from scheduler.blueprints.visits.room import bp
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.availability import answer_to
from scheduler.records.site_lookup import site_seen_by, sites_seen_by
from scheduler.records.visit_lookup import visit_seen_by
from scheduler.records.visits import Visit
from scheduler.words.own_names import own_name


@bp.get("/visits/<int:visit_id>/move")
@allow(Permission.BOOK_VISITS)
def pick_move(visit_id: int) -> ResponseReturnValue:
    """Where to: the day of the visit and its site to begin with; or one session closely."""
    visit = visit_seen_by(actor(), visit_id)
    looked = LookForm.asked()
    if looked.validate() and looked.names_a_session():
        return _look(visit, looked)
    form = _pick_form()
    is_right = form.validate()
    errand = _errand(visit, form.headcount.data, form.language.data)
    on = form.on.data or visit.starts_at.astimezone(city_zone()).date()
    code = request.args.get("site", visit.tour_session.tour.site.code) if not form.site.errors else ""
    site = site_seen_by(actor(), code) if code else None
    return pick_page(errand, site, on, form=form), 200 if is_right else 422


@bp.post("/visits/<int:visit_id>/move")
@allow(Permission.BOOK_VISITS)
def move(visit_id: int) -> ResponseReturnValue:
    form, visit = MoveForm(), visit_seen_by(actor(), visit_id)
    if form.validate():
        with form.refusable():
            asking = replace(form.asking(visit.delegation_id), part_id=visit.part_id)
            move_visit(visit.id, asking, seen=form.version.data, by=actor(), at=now())
            flash(_("The visit is moved."), "success")
            return redirect(url_for("visits.visit", visit_id=visit.id), code=303)
    if not form.names_a_session():
        pick = _pick_form()
        errand = _errand(visit, None, None)
        on = visit.starts_at.astimezone(city_zone()).date()
        return pick_page(errand, visit.tour_session.tour.site, on, form=pick), 422
    visit = visit_seen_by(actor(), visit_id)
    errand = _errand(visit, form.headcount.data if not form.headcount.errors else None, form.language.data)
    diary, verdict = answer_to(form.plainly(errand.asking()), now())
    return look_page(errand, form, diary, answer_in_words(form.verdict or verdict, errand)), form.status


def _look(visit: Visit, looked: LookForm) -> ResponseReturnValue:
    errand = _errand(visit, looked.headcount.data, looked.language.data)
    form = MoveForm(
        formdata=None,
        version=visit.version,
        tour_session_id=looked.tour_session_id.data,
        tour_code=looked.tour_code.data,
        starts_at=looked.starts_at.data,
        headcount=errand.headcount,
        language=errand.language,
    )
    diary, verdict = answer_to(form.plainly(errand.asking()), now())
    return look_page(errand, form, diary, answer_in_words(verdict, errand))


def _errand(visit: Visit, headcount: int | None, language: str | None) -> Errand:
    return Errand(
        delegation=visit.delegation,
        headcount=headcount or visit.headcount,
        language=language or visit.language,
        visit=visit,
        part=visit.part,
    )


def _pick_form() -> PickForm:
    form = PickForm.asked()
    form.site.choices = [
        ("", _("Every site")),
        *((site.code, own_name(site)) for site in sites_seen_by(actor())),
    ]
    return form

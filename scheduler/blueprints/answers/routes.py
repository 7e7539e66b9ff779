"""The room `answers`: people without an account answer, once, what their link asks."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.duty_link_answers import answer_duty_link, duties_asked
from scheduler.actions.link_answers import QuestionChanged, answer_site_link, visits_asked
from scheduler.actions.links import LinkExpired, LinkGone, LinkRevoked, LinkUnknown, LinkUsed, link_opened_by
from scheduler.blueprints.answers.duty_forms import DutyAnswersForm, duty_form
from scheduler.blueprints.answers.forms import ALL, AnswersForm, VisitAnswersForm, visit_form
from scheduler.blueprints.answers.sheet import duty_cards, gone_duties, gone_visits, visit_cards
from scheduler.blueprints.changing import refusals_of
from scheduler.blueprints.link_lines import answer_lines
from scheduler.blueprints.typed import city_zone
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.records.assignments import Assignment
from scheduler.records.links import Link, LinkPurpose
from scheduler.records.visits import Visit
from scheduler.words.instants import moment_in_words
from scheduler.words.letter_ways import office
from scheduler.words.own_names import own_name

bp = Blueprint("answers", __name__, url_prefix="/answer")


@bp.record_once
def set_up(state: BlueprintSetupState) -> None:
    """The general check wants to see where a form was sent from, which this room tells nobody; its forms
    check their tokens themselves."""
    state.app.extensions["csrf"].exempt(bp)


@bp.after_request
def keep_secret(answer: Response) -> Response:
    """The address is a secret: no search engine lists it, no page that it leads to learns it."""
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


@bp.route("/<secret>", methods=["GET", "POST"])
@allow(Permission.OPEN)
def answer(secret: str) -> ResponseReturnValue:
    """What a link asks, and the answer to it."""
    link = link_opened_by(secret, now())
    return _about_visits(secret, link) if link.purpose is LinkPurpose.SITE else _about_duties(secret, link)


@bp.get("/<secret>/done")
@allow(Permission.OPEN)
def done(secret: str) -> ResponseReturnValue:
    """Thanks, and what was answered, for as long as the link would have lasted."""
    try:
        link_opened_by(secret, now())
    except LinkUsed as used:
        if used.link.expires_at <= now():
            raise
        return render_template("answers/done.html", link=used.link, lines=answer_lines(used.link), **office())
    return redirect(url_for("answers.answer", secret=secret), code=303)


def _about_visits(secret: str, link: Link) -> ResponseReturnValue:
    waiting, gone = visits_asked(link, now())
    form = visit_form(waiting)
    if form.validate_on_submit() and waiting:
        with form.refusable():
            try:
                answer_site_link(secret, form.answers(), answered_by=form.answered_by.data, at=now())
                return redirect(url_for("answers.done", secret=secret), code=303)
            except QuestionChanged:
                waiting, gone = visits_asked(link_opened_by(secret, now()), now())
                form = visit_form(waiting)
                form.show_anew()
    return _visits_page(link, form, gone), form.status if waiting else 200


def _about_duties(secret: str, link: Link) -> ResponseReturnValue:
    waiting, gone = duties_asked(link, now())
    form = duty_form(waiting)
    if form.validate_on_submit() and waiting:
        with form.refusable():
            try:
                answer_duty_link(secret, form.answers(), answered_by=form.answered_by.data, at=now())
                return redirect(url_for("answers.done", secret=secret), code=303)
            except QuestionChanged:
                waiting, gone = duties_asked(link_opened_by(secret, now()), now())
                form = duty_form(waiting)
                form.show_anew()
    return _duties_page(link, form, gone), form.status if waiting else 200


def _duties_page(link: Link, form: DutyAnswersForm, gone: Sequence[Assignment]) -> str:
    assert link.resource is not None
    return render_template(
        "answers/ask.html",
        title=_("Can %(name)s be there?", name=own_name(link.resource)),
        cards=duty_cards(link, form),
        gone=gone_duties(gone, now()),
        **_around(link, form),
    )


def _visits_page(link: Link, form: VisitAnswersForm, gone: Sequence[Visit]) -> str:
    assert link.site is not None
    return render_template(
        "answers/ask.html",
        title=_("May they come to %(site)s?", site=own_name(link.site)),
        cards=visit_cards(link, form),
        gone=gone_visits(link, gone, now()),
        **_around(link, form),
    )


def _around(link: Link, form: AnswersForm) -> dict[str, Any]:
    """What surrounds the questions: until when, whom to call, and the form itself."""
    return {
        "form": form,
        "agrees_to_the_rest": ALL if len(form.asked) > 1 else None,
        "refusals": refusals_of(form),
        "until": moment_in_words(link.expires_at, str(city_zone())),
        "soonest": f"{now().astimezone(city_zone()):%Y-%m-%dT%H:%M}",
        **office(),
    }


@bp.errorhandler(LinkUnknown)
def unknown(_error: LinkUnknown) -> ResponseReturnValue:
    title, words = _("There is no such link"), _("Check that the address is whole, or call the office.")
    return render_template("answers/gone.html", title=title, words=words, **office()), 404


@bp.errorhandler(LinkGone)
def gone_link(error: LinkGone) -> ResponseReturnValue:
    title, words = WHY_GONE[type(error)](error.link)
    return render_template("answers/gone.html", title=title, words=words, **office()), 410


def _used(link: Link) -> tuple[str, str]:
    assert link.answered_at is not None
    told = {"who": link.answered_by, "when": moment_in_words(link.answered_at, str(city_zone()))}
    words = _("%(who)s answered on %(when)s. A link is good for one answer. To change it, call the office.")
    return _("This was answered already"), words % told


def _expired(link: Link) -> tuple[str, str]:
    words = _(
        "It could be answered until %(when)s. Call the office: they can still take your answer, or send you "
        "another link.",
        when=moment_in_words(link.expires_at, str(city_zone())),
    )
    return _("This link has run out"), words


def _revoked(_link: Link) -> tuple[str, str]:
    words = _("The office withdrew it, perhaps because the plans changed. Call the office to hear more.")
    return _("This link was taken back"), words


WHY_GONE = {LinkUsed: _used, LinkExpired: _expired, LinkRevoked: _revoked}

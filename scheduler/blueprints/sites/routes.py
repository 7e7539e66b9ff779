"""The room `sites`: what we know of each place, how sure we are, when it is open, how many it bears."""

from datetime import date, timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.actions.feeds import make_feed
from scheduler.actions.site_register import register_site
from scheduler.actions.sites import change_site
from scheduler.blueprints.changing import tell_saved
from scheduler.blueprints.feed_panels import feed_lines, new_feed
from scheduler.blueprints.load_picture import load_picture
from scheduler.blueprints.site_frame import frame_of
from scheduler.blueprints.sites.forms import FactForm, FactsForm, LimitsForm, RulesForm, SourcedForm
from scheduler.blueprints.sites.hours import EMPTY_ROWS, HoursForm
from scheduler.blueprints.sites.register import NewSiteForm
from scheduler.blueprints.sites.sheet import fact_rows, site_rows, tour_rows
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.identity import actor
from scheduler.records.absence import NotFound
from scheduler.records.feed_list import feeds_about
from scheduler.records.feeds import FeedKind
from scheduler.records.site_lookup import site_seen_by, sites_with_facts, whole_site
from scheduler.records.sites import Site, SiteFact
from scheduler.records.tour_lookup import tours_of
from scheduler.words.instants import local_day
from scheduler.words.site_words import FACT_NAMES, fact_name

bp = Blueprint("sites", __name__, url_prefix="/sites")


@bp.get("")
@allow(Permission.READ_SITES)
def index() -> ResponseReturnValue:
    """Every site somebody sees."""
    sites = sites_with_facts(actor())
    return render_template(
        "sites/index.html",
        sites=site_rows(sites, now()),
        may_name_holidays=actor().may(Permission.WRITE_HOLIDAYS),
        may_register=actor().may(Permission.REGISTER_SITES),
    )


@bp.route("/new", methods=["GET", "POST"])
@allow(Permission.REGISTER_SITES)
def new() -> ResponseReturnValue:
    """Enter a site into the register."""
    form = NewSiteForm()
    if form.validate_on_submit():
        with form.refusable():
            made = register_site(form.facts(), by=actor(), at=now())
            flash(_("The site is added. Give it opening hours and a tour next."), "success")
            return redirect(url_for("sites.site", code=made.code), code=303)
    return render_template("sites/new.html", form=form), form.status


@bp.get("/<code>")
@allow(Permission.READ_SITES)
def site(code: str) -> ResponseReturnValue:
    """Everything about one site."""
    found = whole_site(actor(), code)
    tours, today = tours_of(found.id), _today(found)
    monday = today - timedelta(days=today.weekday())
    return render_template(
        "sites/site.html",
        site=frame_of(found),
        facts=fact_rows(found, tours, today),
        tours=tour_rows(tours),
        managers=[account.name for account in found.managers],
        feeds=feed_lines(feeds_about(FeedKind.SITE, found.id), found.zone),
        load=load_picture(found, monday, now()),
        week_url=url_for("weeks.week", site=found.code),
        site_id=found.id,
        may_make_feeds=actor().may(Permission.MAKE_FEEDS, site_id=found.id),
    )


@bp.route("/<code>/edit", methods=["GET", "POST"])
@allow(Permission.WRITE_SITES)
def edit(code: str) -> ResponseReturnValue:
    """Change the plain facts."""
    found = whole_site(actor(), code)
    form = FactsForm(obj=found, checked_on=_today(found))
    return _changed_or_shown(found, form, "sites/edit.html", done=_("The facts were changed."))


@bp.route("/<code>/hours", methods=["GET", "POST"])
@allow(Permission.WRITE_SITES)
def hours(code: str) -> ResponseReturnValue:
    """Change the opening hours, all rows at once."""
    found = whole_site(actor(), code)
    form = HoursForm(obj=found, checked_on=_today(found))
    if request.method == "GET":
        for _number in range(EMPTY_ROWS):
            form.hours.append_entry()
    return _changed_or_shown(found, form, "sites/hours.html", done=_("The opening hours were changed."))


@bp.route("/<code>/rules", methods=["GET", "POST"])
@allow(Permission.WRITE_SITES)
def rules(code: str) -> ResponseReturnValue:
    """Change the rules by which the site closes."""
    found = whole_site(actor(), code)
    form = RulesForm(obj=found, checked_on=_today(found))
    return _changed_or_shown(found, form, "sites/rules.html", done=_("The closing rules were changed."))


@bp.route("/<code>/limits", methods=["GET", "POST"])
@allow(Permission.WRITE_SITES)
def limits(code: str) -> ResponseReturnValue:
    """Change how many may be there at once."""
    found = whole_site(actor(), code)
    form = LimitsForm(obj=found, checked_on=_today(found))
    return _changed_or_shown(found, form, "sites/limits.html", done=_("The limits were changed."))


@bp.route("/<code>/facts/<name>", methods=["GET", "POST"])
@allow(Permission.WRITE_SITES)
def fact(code: str, name: str) -> ResponseReturnValue:
    """Change where a fact comes from, when it was checked, whether it is assumed."""
    found = whole_site(actor(), code)
    kept = _fact(found, name)
    form = FactForm(obj=kept, version=found.version)
    form.about = name
    done = _("The source of “%(fact)s” was changed.", fact=fact_name(name))
    return _changed_or_shown(found, form, "sites/fact.html", done=done, title=fact_name(name))


@bp.post("/<code>/facts/<name>/checked")
@allow(Permission.WRITE_SITES)
def checked(code: str, name: str) -> ResponseReturnValue:
    """Somebody looked it up today: it stands, and is no assumption."""
    found = whole_site(actor(), code)
    kept = _fact(found, name)
    source = (
        kept.source
        if kept is not None and not kept.is_assumption
        else _("Checked by %(who)s", who=actor().name or actor().email)
    )
    told = SiteFact(name=name, source=source, checked_on=_today(found), is_assumption=False)
    seen = request.form.get("version", 0, type=int)
    change_site(found.id, {"facts": {name: told}}, seen=seen, by=actor(), at=now())
    flash(_("“%(fact)s” is marked as checked today.", fact=fact_name(name)), "success")
    return redirect(url_for("sites.site", code=code, _anchor="facts"), code=303)


@bp.post("/<code>/feeds")
@allow(Permission.MAKE_FEEDS)
def make_link(code: str) -> ResponseReturnValue:
    """Make a secret calendar address and show it this once."""
    found = site_seen_by(actor(), code)
    made = new_feed(*make_feed(FeedKind.SITE, found.id, by=actor(), at=now()))
    return render_template("sites/feed.html", site=frame_of(found), made=made), 201


def _changed_or_shown(
    found: Site, form: SourcedForm, template: str, *, done: str, title: str = ""
) -> ResponseReturnValue:
    """Save a right form and lead back to the site; else show it with what is wrong and whom it would hurt."""
    site_id, code = found.id, found.code
    if form.validate_on_submit():
        changed = form.save(
            lambda **how: change_site(site_id, form.changes(found), seen=form.version.data, **how)
        )
        if changed is not None:
            tell_saved(changed, done)
            return redirect(url_for("sites.site", code=code), code=303)
    return render_template(template, site=frame_of(found), form=form, title=title), form.status


def _fact(found: Site, name: str) -> SiteFact | None:
    """What is kept of a fact; a fact nobody has written about yet must at least have a name we know."""
    kept = next((one for one in found.facts if one.name == name), None)
    if kept is None and name not in FACT_NAMES:
        raise NotFound("fact", name)
    return kept


def _today(found: Site) -> date:
    return local_day(now(), found.zone)

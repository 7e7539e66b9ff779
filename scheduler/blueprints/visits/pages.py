"""The pages of the picker: a day over all sites, a day at one site, one session looked at closely."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask import render_template

from scheduler.blueprints.typed import city_zone
from scheduler.blueprints.visits.answers import AlternativeWords, Answer, alternatives_in_words
from scheduler.blueprints.visits.errands import Errand
from scheduler.blueprints.visits.forms import PickForm, RequestForm
from scheduler.blueprints.visits.picker import TourChoices, Words, choices_at, refusals_in_words
from scheduler.blueprints.visits.ways_out import ways_out
from scheduler.clock import now
from scheduler.core.facts import Diary
from scheduler.core.opening import open_day
from scheduler.core.spans import day_span
from scheduler.core.verdicts import Refusal, RefusalCode
from scheduler.identity import actor
from scheduler.records.availability import answer_to, offers
from scheduler.records.site_facts import site_facts, zone_named
from scheduler.records.site_lookup import sites_seen_by
from scheduler.records.sites import Site
from scheduler.records.tour_lookup import tours_of, tours_with_codes
from scheduler.words.instants import day_in_words, hour, hours, short_day
from scheduler.words.own_names import own_name

# Longer stays are walked through by the day before and after.
MOST_DAYS_IN_A_ROW = 21


@dataclass(frozen=True)
class SiteDay:
    """A site on the day: how many of its sessions would work, and the first of them."""

    site: Site
    url: str
    working: int
    sessions: int
    first: str


@dataclass(frozen=True)
class DayLink:
    """A day of the stay to go to."""

    words: str
    url: str
    is_current: bool


def pick_page(errand: Errand, site: Site | None, on: date, *, form: PickForm, topic: str = "") -> str:
    """What is on offer that day: at one site, or how much there is at each."""
    tours = choices_at(site, on, errand, now()) if site else []
    works = any(tour.working for tour in tours)
    alternatives = alternatives_of_day(errand, site, on, tours) if site and not works else []
    return render_template(
        "visits/book.html",
        errand=errand,
        form=_filled(form, errand, site, on),
        site=site,
        on=on,
        days=day_links(errand, site, on),
        step=_steps(errand, site, on),
        tours=tours,
        closed=[] if tours or site is None else why_closed(site, on),
        look_form=errand.look_form(),
        alternatives=alternatives,
        nothing_near=bool(tours) and not works and not alternatives,
        sites=[] if site else _sites_on(errand, on, topic),
        topic=topic,
        all_sites_url=errand.day_url("", on) if site else None,
    )


def look_page(errand: Errand, form: RequestForm, diary: Diary, answer: Answer) -> str:
    """One session with all that can be said about it."""
    tour = tours_with_codes([diary.tour.code])[diary.tour.code]
    running, zone = diary.running, tour.site.zone
    on = diary.wanted_at.astimezone(zone_named(zone)).date()
    return render_template(
        "visits/choose.html",
        errand=errand,
        form=form,
        tour=tour,
        running=running,
        when=f"{day_in_words(on)}, "
        + (hours(running.starts_at, running.ends_at, zone) if running else hour(diary.wanted_at, zone)),
        answer=answer,
        ways=ways_out(errand, diary, answer),
        back_url=errand.day_url(tour.site.code, on),
    )


def alternatives_of_day(
    errand: Errand, site: Site, on: date, tours: Sequence[TourChoices]
) -> list[AlternativeWords]:
    """The nearest sessions that would work, when none of this day does: counted from noon."""
    codes = [tour.tour_code for tour in tours] or [tour.code for tour in tours_of(site.id)]
    if not codes:
        return []
    noon = datetime.combine(on, time(12), zone_named(site.zone))
    asking = errand.asking_for(codes[0], noon)
    _diary, verdict = answer_to(asking, now())
    return alternatives_in_words(verdict.alternatives, errand)


def why_closed(site: Site, on: date) -> list[Words]:
    """Why a site with no session that day has none, as far as a rule says so."""
    day = day_span(on, zone_named(site.zone))
    facts = site_facts([site.id], day.starts_at, day.ends_at)[site.id]
    reasons = list(open_day(facts, on).refusals)
    if not reasons and not open_day(facts, on).opens:
        reasons.append(Refusal(RefusalCode.OUTSIDE_HOURS, {"hours": [], "starts_at": day.starts_at}))
    return refusals_in_words(reasons)


def day_links(errand: Errand, site: Site | None, on: date) -> list[DayLink]:
    """Every day of the stay, when they are few enough to stand in a row."""
    first, last = (
        moment.astimezone(city_zone()).date()
        for moment in (errand.delegation.arrives_at, errand.delegation.departs_at)
    )
    if (last - first).days >= MOST_DAYS_IN_A_ROW:
        return []
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    code = site.code if site else None
    return [DayLink(short_day(day), errand.day_url(code, day), day == on) for day in days]


def _steps(errand: Errand, site: Site | None, on: date) -> dict[str, tuple[str, str]]:
    code = site.code if site else None
    before, after = on - timedelta(days=1), on + timedelta(days=1)
    return {
        "previous": (short_day(before), errand.day_url(code, before)),
        "next": (short_day(after), errand.day_url(code, after)),
    }


def _sites_on(errand: Errand, on: date, topic: str) -> list[SiteDay]:
    """Every site, those that show the wished topic first, with what it has that day."""
    sites = sites_seen_by(actor())
    day = day_span(on, city_zone())
    found = offers([site.id for site in sites], errand.asking(), day.starts_at, day.ends_at, at=now())
    listed = []
    for site in sites:
        here = [offer for offer in found if offer.site.id == site.id]
        working = [offer for offer in here if offer.would_work]
        first = hour(working[0].running.starts_at, site.zone) if working else ""
        shows = any(topic in offer.tour.topics for offer in here)
        row = SiteDay(site, errand.day_url(site.code, on), len(working), len(here), first)
        listed.append((not shows if topic else False, not working, own_name(site), row))
    return [row for *_order, row in sorted(listed, key=lambda each: each[:3])]


def _filled(form: PickForm, errand: Errand, site: Site | None, on: date) -> PickForm:
    """The form as the page answers it: what was left open is filled with what was taken for it."""
    for field, value in ((form.on, on), (form.headcount, errand.headcount)):
        if not field.errors:
            field.raw_data, field.data = None, value
    if site is not None:
        form.site.data = site.code
    return form

"""A programme in words for its paper, in the language of the moment: cover, days, remarks."""

from collections.abc import Iterator
from datetime import date, datetime

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from scheduler.blueprints.papers.names import both_names
from scheduler.blueprints.papers.route import route_svg
from scheduler.blueprints.papers.source import Content, Source
from scheduler.blueprints.papers.stops import accompanying, instants, stop_in_words
from scheduler.blueprints.portal.office import numbers_in_danger
from scheduler.blueprints.typed import city_zone
from scheduler.papers.programme import Pairs, ProgrammeDay, ProgrammePaper, programme_pdf
from scheduler.words.instants import city_of_zone, local_day, moment_in_words
from scheduler.words.letter_ways import office
from scheduler.words.lists import listed
from scheduler.words.paper_words import (
    END_MARK,
    city_in_words,
    is_official,
    language_of_paper,
    paper_day,
    paper_hours,
    paper_span,
    zone_in_words,
)


def programme_paper(source: Source, language: str, beside: str | None = None) -> bytes:
    """The PDF in a language; `beside` is a second one to stand next to it, if it is another."""
    second = None if beside == language else beside
    papers = []
    for each in filter(None, (language, second)):
        with force_locale(each):
            papers.append(_paper(source, is_beside=second is not None))
    return programme_pdf(papers[0], papers[1] if second else None, made_at=source.made_at)


def _paper(source: Source, *, is_beside: bool) -> ProgrammePaper:
    told, number = source.content["delegation"], source.published.number if source.published else None
    names = both_names(source.delegation, told["name"], told["name_native"], language=language_of_paper())
    return ProgrammePaper(
        language=language_of_paper(),
        title=_("Programme of %(name)s", name=names[0].words),
        city=city_in_words(),
        heading=_("Programme"),
        version="" if number is None else _("Version %(number)s", number=number),
        mark=_("(Amended)") if source.published and source.published.is_amended else "",
        draft="" if source.published else _("Draft, not published"),
        names=names,
        items=_items(source),
        columns=(_("Time"), _("What and where"), _("With you"), _("Please note")),
        days=tuple(_days(source, is_beside=is_beside)),
        remarks_title=_("Remarks"),
        remarks=tuple(_remarks(source)),
        end_mark=END_MARK if is_official() else "",
        qr_svg=source.code_svg,
        qr_words=_("At every site, show this code at the gate.") if source.code_svg else "",
    )


def _items(source: Source) -> Pairs:
    """What stands on the cover: in Korean as numbered items."""
    told, zone, published = source.content["delegation"], city_zone().key, source.published
    arrives_at, departs_at = (datetime.fromisoformat(told[name]) for name in ("arrives_at", "departs_at"))
    published_on = moment_in_words(published.published_at, zone) if published else ""
    items = (
        (_("Stay"), paper_span(arrives_at, departs_at, zone)),
        (_("Head of delegation"), source.delegation.head_post),
        (_("Headcount"), ngettext("%(num)s person", "%(num)s people", told["headcount"])),
        (_("Published on"), published_on),
        (_("Contact on the day"), _office()),
    )
    return tuple((label, value) for label, value in items if value)


def _office() -> str:
    told = office()
    return listed(filter(None, (told["office"], told["office_phone"], told["office_email"])))


def _days(source: Source, *, is_beside: bool) -> Iterator[ProgrammeDay]:
    zone = city_zone().key
    days: dict[date, list[Content]] = {}
    for stop in source.content["stops"]:
        days.setdefault(local_day(instants(stop)[0], zone), []).append(stop)
    for on, stops in sorted(days.items()):
        before = [None, *stops]
        map_svg, map_title = route_svg(source, stops, paper_day(on))
        yield ProgrammeDay(
            title=paper_day(on),
            companions=tuple(_companions(source, on)),
            stops=tuple(
                stop_in_words(source, stop, number, before[number - 1], is_beside=is_beside)
                for number, stop in enumerate(stops, 1)
            ),
            map_svg=map_svg,
            map_title=map_title,
            map_words=map_title,
        )


def _companions(source: Source, on: date) -> Iterator[str]:
    """Who stays with them over that day, and which vehicle."""
    zone = city_zone().key
    for duty in source.content["duties"]:
        starts_at, ends_at = instants(duty)
        if not local_day(starts_at, zone) <= on <= local_day(ends_at, zone):
            continue
        for kind, names in accompanying(source, duty["people"]):
            told = {"kind": kind, "names": names, "hours": paper_hours(starts_at, ends_at, zone)}
            if duty["part"]:
                yield _("%(kind)s: %(names)s, %(hours)s, for %(part)s", part=duty["part"]["name"], **told)
            else:
                yield _("%(kind)s: %(names)s, %(hours)s", **told)


def _remarks(source: Source) -> Iterator[str]:
    zone = city_zone().key
    arrives_at = datetime.fromisoformat(source.content["delegation"]["arrives_at"])
    clock = {"city": city_of_zone(zone), "zone": zone_in_words(arrives_at, zone)}
    yield _("All hours are those of %(city)s (%(zone)s).", **clock)
    countries = {site.country for site in source.named.sites.values()}
    if numbers := [f"{what} {number}" for what, number in numbers_in_danger(countries)]:
        yield _("In danger: %(numbers)s", numbers=listed(numbers))
    yield _("If something changes or you are late, call or write to: %(office)s", office=_office())

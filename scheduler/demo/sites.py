"""The seventeen sites of sites.csv with their facts and doubts, and the tours they show."""

import csv
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.core.facts import Dating
from scheduler.core.spans import day_span
from scheduler.records.database import db
from scheduler.records.sites import Site, SiteClosure, SiteFact, SiteHours
from scheduler.records.tours import RoundPattern, Tour

HERE = Path(__file__).parent
ZONE = ZoneInfo("Asia/Seoul")
CHECKED_ON = date(2026, 11, 21)
OPEN_DAYS = {"daily": range(7), "Mon-Fri": range(5), "Tue-Sun": range(1, 7)}
LANGUAGES = ("ko", "en", "zh", "ja", "vi", "ms", "id", "th")
MAIN_HOLIDAYS = ("1 January", "Seollal", "day of Seollal", "Chuseok", "day of Chuseok")
ASSUMED, DIFFERING = "assumption", "differ"


def lay_sites(at: datetime) -> list[Site]:
    """Put every site and its tours into the archive (not yet committed), in the order of the file."""
    with (HERE / "sites.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    arranged = tomllib.loads((HERE / "arrangements.toml").read_text(encoding="utf-8"))
    sites = [_site(row, arranged[row["code"]], at) for row in rows]
    db.session.add_all(sites)
    db.session.flush()
    for site, row in zip(sites, rows, strict=True):
        db.session.add_all(_tour(site, row, told) for told in arranged[site.code]["tours"])
    db.session.flush()
    return sites


def _site(row: Mapping[str, str], arranged: Mapping[str, Any], at: datetime) -> Site:
    closed = _words(row["closed_days"])
    contact_name, contact_email = arranged.get("contact", ("", ""))
    opens, closes = time.fromisoformat(row["open"]), time.fromisoformat(row["close"])
    return Site(
        code=row["code"],
        name=row["name_en"],
        name_native=row["name_ko"],
        owner_unit=row["owner_unit"],
        contact_name=contact_name,
        contact_email=contact_email,
        address=row["address"],
        latitude=float(row["lat"]),
        longitude=float(row["lon"]),
        zone=ZONE.key,
        notice_days=int(row["lead_days"]),
        people_at_once=arranged["people_at_once"],
        groups_at_once=arranged.get("groups_at_once"),
        turnaround_minutes=arranged["turnaround_minutes"],
        arrive_early_minutes=arranged["arrive_early_minutes"],
        languages=_languages(row["languages"]),
        meeting_point=arranged["meeting_point"],
        photo_rule=arranged["photo_rule"],
        safety_gear=arranged.get("safety_gear", ""),
        active_from=arranged.get("active_from"),
        closed_weekdays={"0"} if any(word.startswith("Monday") for word in closed) else set(),
        closed_on_public_holidays=any("holidays" in word for word in closed),
        closed_on_main_holidays=any(word in MAIN_HOLIDAYS for word in closed),
        hours=[SiteHours(weekday=day, opens=opens, closes=closes) for day in OPEN_DAYS[row["open_days"]]],
        closures=list(_dated_closures(closed, at)),
        facts=list(_facts(row, arranged, closed)),
    )


def _dated_closures(closed: Iterable[str], at: datetime) -> Iterator[SiteClosure]:
    """A day of the year on which a site is closed, this year and the next."""
    if "12 December" not in closed:
        return
    this_year = at.astimezone(ZONE).year
    for year in (this_year, this_year + 1):
        day = day_span(date(year, 12, 12), ZONE)
        yield SiteClosure(
            starts_at=day.starts_at, ends_at=day.ends_at, reason="Closed every 12 December", created_at=at
        )


def _facts(row: Mapping[str, str], arranged: Mapping[str, Any], closed: list[str]) -> Iterator[SiteFact]:
    """One fact a line: sourced ones with where they come from, the others marked as assumptions."""
    notes = {
        "closures": _closure_note(closed),
        "group_size": row["group_max_basis"],
        "languages": row["languages"],
        "coordinates": row["coord_basis"],
        "hours": row["fact_status"] if DIFFERING in row["fact_status"] else "",
    }
    names = ["address", "hours", "closures", "tour_length", "group_size", "rounds", "languages", "notice"]
    names += ["people_at_once", "reception", "coordinates"]
    sourced = set(arranged["sourced"])
    if ASSUMED not in row["coord_basis"] and DIFFERING not in row["coord_basis"]:
        sourced.add("coordinates")
    for name in names + sorted(sourced - set(names)):
        is_assumption = name not in sourced
        told = (notes.get(name, ""), "" if is_assumption else row["sources"])
        yield SiteFact(
            name=name,
            source="; ".join(text for text in told if text) or f"{ASSUMED} of the office",
            checked_on=arranged.get("checked_on", CHECKED_ON),
            is_assumption=is_assumption,
        )


def _closure_note(closed: list[str]) -> str:
    main = [word for word in closed if word in MAIN_HOLIDAYS]
    if main == ["1 January"]:
        closed = [
            *closed,
            "kept here by the rule for 1 January, Seollal and Chuseok; the source names 1 January",
        ]
    return "; ".join(closed)


def _tour(site: Site, row: Mapping[str, str], told: Mapping[str, Any]) -> Tour:
    largest = told.get("largest", int(row["group_max"]))
    is_window = "rounds" not in told
    tour = Tour(
        site_id=site.id,
        code=told["code"],
        name=told["name"],
        name_native=told["name_native"],
        shows=told["shows"],
        topics=set(told["topics"]),
        minutes=int(row["tour_min"]),
        smallest_group=told["smallest"],
        largest_group=largest,
        places=largest,
        needs_agreement=told.get("needs_agreement", is_window),
        needs_guide=told.get("needs_guide", False),
        dating=Dating.WINDOWS if is_window else Dating.ROUNDS,
    )
    weekend = told.get("weekend_rounds", told.get("rounds", ()))
    tour.patterns = [
        RoundPattern(weekdays=weekdays, starts=time.fromisoformat(starts))
        for rounds, weekdays in ((told.get("rounds", ()), set("01234")), (weekend, set("56")))
        for starts in rounds
    ]
    return tour


def _languages(text: str) -> set[str]:
    """The codes that stand alone in the words of the csv; what is in brackets is about interpreters."""
    plain = re.sub(r"\(.*?\)", "", text)
    return {code for code in LANGUAGES if re.search(rf"\b{code}\b", plain)}


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(";")]

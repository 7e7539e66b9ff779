"""What a code leads to: the visits to choose from, and how the guests' paper differs from the newest one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from scheduler.access import Actor
from scheduler.actions.gate_codes import GateCode
from scheduler.blueprints.programmes.sheet import Difference, differences_in_words
from scheduler.blueprints.ways import roster_url
from scheduler.core.amendments import amendments
from scheduler.core.lifecycle import CALLED_OFF, VisitState
from scheduler.records.absence import NotFound
from scheduler.records.gate_lookup import visits_at_sites_of
from scheduler.records.programme_versions import newest_version, version_numbered
from scheduler.records.programmes import ProgrammeVersion
from scheduler.records.visits import Visit
from scheduler.words.instants import local_day, span_in_words
from scheduler.words.own_names import own_name


@dataclass(frozen=True)
class Choice:
    """One visit to open: where, when, how many, in which state."""

    site: str
    when: str
    part: str
    headcount: int
    state: VisitState
    url: str


@dataclass(frozen=True)
class Found:
    """Today's visits at the reader's sites, the nearest first; those of other days; those called off."""

    of_today: list[Choice]
    other_days: list[Choice]
    off: list[Choice]
    codes: frozenset[str]


@dataclass(frozen=True)
class OldPaper:
    """The guests hold version `held`, and `newest` is published. What differs for the reader's sites; None
    where nobody knows, since their paper was never published."""

    held: int
    newest: int
    differences: list[Difference] | None


def found_for(by: Actor, delegation_id: int, at: datetime) -> Found:
    """What somebody may open of a delegation's visits."""
    visits = visits_at_sites_of(by, delegation_id)
    off = [visit for visit in visits if visit.state in CALLED_OFF]
    on = [visit for visit in visits if visit.state not in CALLED_OFF]
    today = sorted((visit for visit in on if _is_today(visit, at)), key=lambda visit: _distance(visit, at))
    codes = frozenset(visit.tour_session.tour.site.code for visit in visits)
    return Found(
        of_today=_choices(today),
        other_days=_choices([visit for visit in on if not _is_today(visit, at)]),
        off=_choices([visit for visit in off if _is_today(visit, at)]),
        codes=codes,
    )


def old_paper(named: GateCode, codes: Collection[str]) -> OldPaper | None:
    """How the paper with this code differs from the newest one at some sites; None when it is the newest."""
    newest = newest_version(named.delegation_id)
    if newest is None or named.number >= newest.number:
        return None
    try:
        held = version_numbered(named.delegation_id, named.number)
    except NotFound:
        return OldPaper(named.number, newest.number, None)
    return OldPaper(named.number, newest.number, _differences(held, newest, codes))


def _differences(
    held: ProgrammeVersion, newest: ProgrammeVersion, codes: Collection[str]
) -> list[Difference]:
    contents = [held.content, newest.content]
    here = {
        stop["key"]
        for content in contents
        for stop in content["stops"]
        if stop["place"] and stop["place"]["code"] in codes
    }
    told = [each for each in amendments(*contents) if each["key"] in here]
    return differences_in_words(told, contents)


def _choices(visits: Sequence[Visit]) -> list[Choice]:
    return [_choice(visit) for visit in visits]


def _choice(visit: Visit) -> Choice:
    site = visit.tour_session.tour.site
    day = local_day(visit.starts_at, site.zone)
    return Choice(
        site=own_name(site),
        when=span_in_words(visit.starts_at, visit.ends_at, site.zone),
        part=visit.part.name if visit.part else "",
        headcount=visit.headcount,
        state=visit.state,
        url=f"{roster_url(site.code, day)}#visit-{visit.id}",
    )


def _is_today(visit: Visit, at: datetime) -> bool:
    zone = visit.tour_session.tour.site.zone
    return local_day(visit.starts_at, zone) == local_day(at, zone)


def _distance(visit: Visit, at: datetime) -> float:
    """How far it is from its hours, in seconds: none while they last."""
    if visit.starts_at <= at < visit.ends_at:
        return 0.0
    return min(abs((visit.starts_at - at).total_seconds()), abs((visit.ends_at - at).total_seconds()))

"""What a programme's paper is made from: a published version as guests may see it, or a draft."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from scheduler.blueprints.gate.links import gate_url_of
from scheduler.blueprints.typed import city_zone
from scheduler.core.lifecycle import VisitState
from scheduler.papers.qr import qr_svg
from scheduler.records.delegations import Delegation
from scheduler.records.paper_lookup import Named, named_today
from scheduler.records.programme_content import content_of, named_in
from scheduler.records.programme_lookup import itinerary
from scheduler.records.programmes import ProgrammeVersion

Content = Mapping[str, Any]
# A hold is nobody's business but the office's and the site's.
NOT_FOR_GUESTS = (VisitState.HELD.value, VisitState.EXPIRED.value)


@dataclass(frozen=True, kw_only=True)
class Source:
    """One programme to print. `published` is None for a draft; `marks` says by key what a version changed;
    `at` is when it is printed."""

    content: Content
    delegation: Delegation
    at: datetime
    published: ProgrammeVersion | None = None
    marks: Mapping[str, str] = field(default_factory=dict)
    named: Named = field(default_factory=Named)
    code_svg: str = ""

    @property
    def made_at(self) -> datetime:
        return self.published.published_at if self.published else self.at


def source_of_version(
    delegation: Delegation, published: ProgrammeVersion, at: datetime, *, delegate_id: int | None = None
) -> Source:
    """A published version; of a single delegate the stops that are theirs."""
    content = _for_guests(published.content, delegate_id)
    return Source(
        content=content,
        delegation=delegation,
        at=at,
        published=published,
        marks={each["key"]: each["change"] for each in published.differences},
        named=_named(content),
        code_svg=qr_svg(gate_url_of(delegation, published.number)),
    )


def source_of_draft(delegation: Delegation, at: datetime) -> Source:
    """The stay as it stands now, for the office alone; a draft opens no gate."""
    content = _for_guests(content_of(itinerary(delegation.id, city_zone())), None)
    return Source(content=content, delegation=delegation, at=at, named=_named(content))


def _for_guests(content: Content, delegate_id: int | None) -> Content:
    stops = [stop for stop in content["stops"] if stop["state"] not in NOT_FOR_GUESTS]
    duties = content["duties"]
    if delegate_id is not None:
        stops = [stop for stop in stops if _is_theirs(stop, delegate_id)]
        duties = [duty for duty in duties if duty["part"] is None]
    return {**content, "stops": stops, "duties": duties}


def _is_theirs(stop: Content, delegate_id: int) -> bool:
    """Whether a stop is for everybody, or for this delegate by name."""
    attendees: Collection[int] = stop["attendees"]
    return delegate_id in attendees or (not attendees and stop["part"] is None)


def _named(content: Content) -> Named:
    places = [place for stop in content["stops"] for place in (stop["place"], stop["leaves_from"]) if place]
    _delegates, resources = named_in([dict(content)])
    return named_today({place["code"] for place in places}, resources)

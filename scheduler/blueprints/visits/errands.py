"""What somebody came to the picker for: to book for a delegation, or to move a visit; what to send where."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from flask import url_for

from scheduler.core.facts import VisitRequest
from scheduler.records.delegations import Delegation
from scheduler.records.parts import Part
from scheduler.records.visits import Visit


@dataclass(frozen=True, kw_only=True)
class Which:
    """Which tour session is meant: a dated one, or the window that starts then."""

    tour_session_id: int | None
    tour_code: str
    starts_at: datetime

    def fields(self) -> dict[str, Any]:
        """As a form or an address carries it."""
        if self.tour_session_id is not None:
            return {"tour_session_id": self.tour_session_id}
        return {"tour_code": self.tour_code, "starts_at": self.starts_at.isoformat()}


@dataclass(frozen=True, kw_only=True)
class Errand:
    """A delegation, or a part of it, that wants to go somewhere with so many people; `visit` is the one to be
    moved, if any."""

    delegation: Delegation
    headcount: int
    language: str | None = None
    visit: Visit | None = None
    wish_id: int | None = None
    part: Part | None = None

    @property
    def action(self) -> str:
        """Where the form is sent."""
        if self.visit is not None:
            return url_for("visits.move", visit_id=self.visit.id)
        return url_for("visits.ask")

    def asking(self) -> VisitRequest:
        """The request before a session is chosen."""
        return VisitRequest(
            headcount=self.headcount,
            delegation_id=self.delegation.id,
            language=self.language,
            visit_id=self.visit.id if self.visit is not None else None,
            part_id=self.part.id if self.part is not None else None,
        )

    def asking_for(self, tour_code: str, starts_at: datetime) -> VisitRequest:
        """The request for a tour at an instant."""
        return replace(self.asking(), tour_code=tour_code, starts_at=starts_at)

    def hidden(self, which: Which) -> dict[str, Any]:
        """What one click sends: the whole request, and the version that was read when a visit moves."""
        told = {"headcount": self.headcount, "language": self.language or ""} | which.fields()
        if self.visit is not None:
            return told | {"version": self.visit.version}
        if self.part is not None:
            told |= {"part_id": self.part.id}
        return told | {"delegation_id": self.delegation.id}

    def look_url(self, which: Which) -> str:
        """Where one session is looked at closely, to hold it, or to say why all the same."""
        if self.visit is not None:
            return url_for("visits.move", visit_id=self.visit.id, **self._kept(), **which.fields())
        return url_for("visits.choose", **self._kept(), **which.fields())

    def day_url(self, site_code: str | None, on: date) -> str:
        """The picker on a day, at a site or over all sites."""
        told = self._kept() | {"site": site_code or None, "on": on.isoformat()}
        if self.visit is not None:
            return url_for("visits.move", visit_id=self.visit.id, **told)
        return url_for("visits.book", wish=self.wish_id, **told)

    def look_form(self) -> tuple[str, dict[str, Any]]:
        """The address and the hidden values of a form that looks at a session closely."""
        if self.visit is not None:
            return url_for("visits.move", visit_id=self.visit.id), self._kept()
        return url_for("visits.choose"), self._kept()

    def _kept(self) -> dict[str, Any]:
        kept: dict[str, Any] = {"headcount": self.headcount}
        if self.language:
            kept["language"] = self.language
        if self.visit is None:
            kept["delegation"] = self.delegation.id
            if self.part is not None:
                kept["part"] = self.part.id
        return kept

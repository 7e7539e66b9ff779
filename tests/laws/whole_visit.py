"""SQL as somebody would type it about parts, engagements, people and vehicles, on a ground of its own."""

import itertools
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests import make
from tests.cast import AT, seoul
from tests.laws.by_hand import Hand

NUMBERS = itertools.count(1)
MUSEUM_OR_PLANT = "Museum or plant"


@dataclass
class Ground:
    """A site without limits, and forty-seven guests."""

    hand: Hand
    site: Any = field(default_factory=make.site)
    guests: Any = field(default_factory=lambda: make.delegation("Bangkok officials", headcount=47))

    def stop(
        self, kind: str, span: tuple[datetime, datetime], headcount: int = 5, part: int | str = "NULL"
    ) -> str:
        """The statement that writes a visit or an engagement of the guests."""
        if kind == "visit":
            return self.hand.visit(self.guests, self.session(span), headcount, part=part)
        return self.engagement(span, headcount, part)

    def session(self, span: tuple[datetime, datetime]) -> Any:
        """A session of a tour of its own."""
        tour = make.tour(self.site, f"T{next(NUMBERS)}", places=100, largest_group=100)
        return make.tour_session(tour, span[0], ends_at=span[1])

    def engagement(
        self,
        span: tuple[datetime, datetime],
        headcount: int = 5,
        part: int | str = "NULL",
        state: str = "planned",
    ) -> str:
        values = (
            f"'engagement-{next(NUMBERS)}', {self.guests.id}, {part}, 'meal', 'Lunch', {self._told(span)}, "
            f"'', {headcount}, '', '{state}', '', '', 0, {self.hand.instant(AT)}, 1"
        )
        return (
            "INSERT INTO engagement (uid, delegation_id, part_id, kind, title, starts_at, ends_at, host, "
            f"headcount, note, state, acknowledged, acknowledge_reason, sequence, stamped_at, version) "
            f"VALUES ({values})"
        )

    def part(self, headcount: int, division: str = MUSEUM_OR_PLANT, of: Any = None) -> str:
        """The statement that writes a part of the guests, or of others."""
        return (
            "INSERT INTO part (delegation_id, division, name, headcount) "
            f"VALUES ({(of or self.guests).id}, '{division}', 'Part {next(NUMBERS)}', {headcount})"
        )

    def new_part(self, headcount: int, division: str = MUSEUM_OR_PLANT, of: Any = None) -> int:
        return self.hand.number_of(self.part(headcount, division, of))

    def new_resource(self, kind: str = "guide", seats: int | str = "NULL") -> int:
        return self.hand.number_of(
            "INSERT INTO resource (kind, name, name_native, languages, seats, setup_minutes, "
            "wrap_up_minutes, zone, email, phone, note, version) "
            f"VALUES ('{kind}', 'Somebody', '', 'en', {seats}, 0, 0, 'Asia/Seoul', '', '', '', 1)"
        )

    def duty(self, resource: int, span: tuple[datetime, datetime], **given: Any) -> str:
        """The statement that writes an assignment: of the whole delegation and asked, unless given."""
        told = {"delegation_id": self.guests.id, "state": "'asked'"} | given
        now = self.hand.instant(AT)
        return (
            f"INSERT INTO assignment (uid, resource_id, starts_at, ends_at, note, answered_by, asked_at, "
            f"sequence, stamped_at, version, {', '.join(told)}) "
            f"VALUES ('duty-{next(NUMBERS)}', {resource}, {self._told(span)}, '', '', {now}, 0, {now}, 1, "
            f"{', '.join(str(value) for value in told.values())})"
        )

    def leave(self, resource: int, span: tuple[datetime, datetime]) -> str:
        return (
            "INSERT INTO resource_leave (resource_id, starts_at, ends_at, reason) "
            f"VALUES ({resource}, {self._told(span)}, 'ill')"
        )

    def moved(self, table: str, number: int, span: tuple[datetime, datetime]) -> str:
        """The statement that gives a row other times."""
        starts_at, ends_at = (self.hand.instant(at) for at in span)
        return f"UPDATE {table} SET starts_at = {starts_at}, ends_at = {ends_at} WHERE id = {number}"

    def _told(self, span: tuple[datetime, datetime]) -> str:
        return ", ".join(self.hand.instant(at) for at in span)


def hours(first: float, last: float) -> tuple[datetime, datetime]:
    """From one hour to another of 14 December; 10.5 is half past ten."""
    starts_at, ends_at = (seoul(14, int(at), round(at % 1 * 60)) for at in (first, last))
    return starts_at, ends_at

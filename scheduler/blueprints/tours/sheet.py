"""The rows that the pages of the room `tours` show."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from scheduler.records.tours import TourSession
from scheduler.words.instants import day_in_words, hours, local_day


@dataclass(frozen=True)
class SessionRow:
    """One dated session of a tour."""

    day: str
    time: str
    url: str
    places: int
    places_taken: int
    groups_taken: int


def session_rows(sessions: Iterable[TourSession], zone: str) -> list[SessionRow]:
    """Sessions in order, each with how full it is."""
    return [
        SessionRow(
            day=day_in_words(local_day(s.starts_at, zone)),
            time=hours(s.starts_at, s.ends_at, zone),
            url=url_for("sessions.session", tour_session_id=s.id),
            places=s.places,
            places_taken=s.places_taken,
            groups_taken=s.groups_taken,
        )
        for s in sessions
    ]

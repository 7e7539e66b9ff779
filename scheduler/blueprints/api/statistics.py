"""How many came: the figures of the reports."""

from datetime import date
from typing import Any

from flask import Response

from scheduler.access import Permission
from scheduler.blueprints.api.answering import told
from scheduler.blueprints.api.room import bp
from scheduler.blueprints.api.schemas.statistics import StatisticsOut, StatisticsQuery
from scheduler.blueprints.reports.figures import Report, report_of
from scheduler.blueprints.typed import city_zone
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.records.statistics import Days


@bp.get("/statistics")
@bp.input(StatisticsQuery, location="query")
@bp.output(StatisticsOut)
@allow(Permission.READ_DELEGATIONS)
def read_statistics(query_data: dict[str, Any]) -> Response:
    """Count teams, visits, persons and person-visits of a year or of any stretch of days."""
    at = now()
    return told(
        StatisticsOut().dump(_shown(report_of(_days(query_data, at.astimezone(city_zone()).year), at)))
    )


def _days(asked: dict[str, Any], this_year: int) -> Days:
    if asked.get("first") and asked.get("last"):
        return Days(asked["first"], asked["last"])
    year = asked.get("year") or this_year
    return Days(date(year, 1, 1), date(year, 12, 31))


def _shown(report: Report) -> dict[str, Any]:
    years = [{"first": days.first, "last": days.last, "tally": tally} for days, tally in report.years]
    names = ("days", "at", "total", "parts", "states", "without_visits")
    return {name: getattr(report, name) for name in names} | {"years": years}

"""The room `reports`: how many came, from where, to which sites, this year and before."""

from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal
from flask_babel import gettext as _

from scheduler.access import Permission
from scheduler.blueprints.exports.files import spreadsheet
from scheduler.blueprints.reports.bars import bars_of
from scheduler.blueprints.reports.figures import Report, days_in_words, report_of
from scheduler.blueprints.reports.forms import ReportForm
from scheduler.blueprints.reports.tables import first_heading, tables_of
from scheduler.blueprints.typed import city_zone
from scheduler.clock import now
from scheduler.doors import allow
from scheduler.words.instants import local_day, moment_in_words
from scheduler.words.report_words import MEANINGS, WAYS

bp = Blueprint("reports", __name__, url_prefix="/reports")
bp.add_app_template_filter(format_decimal, "figure")


@bp.get("")
@allow(Permission.READ_DELEGATIONS)
def index() -> ResponseReturnValue:
    """The figures of a year, or of any stretch of days."""
    form = ReportForm.asked()
    report, is_right = _report(form)
    if not _query():
        form.year.data = report.days.first.year
    asked = {"from": report.days.first.isoformat(), "to": report.days.last.isoformat()}
    page = render_template(
        "reports/report.html",
        form=form,
        report=report,
        first_heading=first_heading(report),
        bars=bars_of(report),
        words=days_in_words(report.days),
        years=[(days_in_words(days), told, _asked(days)) for days, told in report.years],
        as_of=moment_in_words(report.at, city_zone().key),
        meanings=MEANINGS,
        ways=WAYS,
        asked=asked,
    )
    return page, 200 if is_right else 422


@bp.get("/statistics.<any(xlsx, csv):kind>")
@allow(Permission.READ_DELEGATIONS)
def file(kind: str) -> Response:
    """The same figures as a spreadsheet."""
    report, is_right = _report(ReportForm.asked())
    if not is_right:
        return Response(status=303, headers={"Location": url_for("reports.index", **_query())})
    name = _("Statistics of visits, %(days)s", days=days_in_words(report.days))
    return spreadsheet(tables_of(report), name, kind)


def _report(form: ReportForm) -> tuple[Report, bool]:
    is_right, at = form.validate(), now()
    return report_of(form.days(local_day(at, city_zone().key)), at), is_right


def _asked(days: Any) -> str:
    return url_for("reports.index", **{"from": days.first.isoformat(), "to": days.last.isoformat()})


def _query() -> dict[str, Any]:
    return {name: request.args[name] for name in ("year", "from", "to") if name in request.args}

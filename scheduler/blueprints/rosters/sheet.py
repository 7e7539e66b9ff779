"""The rows of a roster's page, each with the acts that this person may do to it now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from scheduler.access import Permission
from scheduler.actions.lifecycle import PERMISSIONS, facts_of
from scheduler.blueprints.reply_lines import Tally, tallies
from scheduler.blueprints.rosters.forms import ActForm, ArriveForm, ConfirmForm, DeclineForm, NoShowForm
from scheduler.blueprints.ways import visit_url
from scheduler.core.lifecycle import AWAITED, Act, VisitState, acts_open
from scheduler.identity import actor
from scheduler.records.rosters import Roster
from scheduler.records.tours import OtherBooking, TourSession
from scheduler.records.visits import Visit
from scheduler.words.clash_words import clash_in_words
from scheduler.words.code_names import language_name
from scheduler.words.instants import hours, local_day
from scheduler.words.names import NEEDS, names_of

FORMS: Mapping[Act, type[ActForm]] = {
    Act.CONFIRM: ConfirmForm,
    Act.DECLINE: DeclineForm,
    Act.ARRIVE: ArriveForm,
    Act.NO_SHOW: NoShowForm,
}
# Who comes can be counted, and missed, from the morning of the day on.
ON_THE_DAY = frozenset({Act.ARRIVE, Act.NO_SHOW})
EXPECTED = frozenset({VisitState.REQUESTED, VisitState.CONFIRMED})


@dataclass(frozen=True, kw_only=True)
class Row:
    """One visit, or one other booking (then without a state), as the roster shows it."""

    time: str
    name: str
    headcount: int
    second_name: str = ""
    url: str | None = None
    session_url: str | None = None
    visit_id: int | None = None
    head_post: str = "–"
    language: str = ""
    needs: list[str] = field(default_factory=list)
    contact: str = ""
    phone: str = ""
    phone_url: str | None = None
    state: VisitState | None = None
    arrived: int | None = None
    is_clashing: bool = False
    is_next: bool = False
    note: str = ""
    along: Sequence[str] = ()
    replies: Tally | None = None
    reasons: list[str] = field(default_factory=list)
    forms: Mapping[str, ActForm] = field(default_factory=dict)
    record_url: str | None = None


Returned = Mapping[tuple[int, Act], ActForm]


def roster_rows(roster: Roster, at: datetime, returned: Returned) -> list[Row]:
    """Visits and other bookings in order of hour. `returned` are forms that came back with faults."""
    zone, expected, replies = roster.site.zone, next_expected(roster, at), tallies(roster.visits)
    rows = []
    for visit in roster.visits:
        row = _row_of(visit, roster, at, returned, is_next=visit is expected)
        rows.append((visit.starts_at, replace(row, replies=replies.get(f"visit-{visit.id}"))))
    rows += [(booking.tour_session.starts_at, _other_row(booking, zone)) for booking in roster.other_bookings]
    in_order = [row for _starts_at, row in sorted(rows, key=lambda pair: pair[0])]
    return in_order if len(tour_names(roster)) > 1 else [replace(row, note="") for row in in_order]


def _row_of(visit: Visit, roster: Roster, at: datetime, returned: Returned, *, is_next: bool) -> Row:
    row = visit_row(visit, roster.site.zone, at, returned=returned, is_next=is_next)
    return replace(row, along=roster.along.get(visit.id, ()))


def tour_names(roster: Roster) -> list[str]:
    """What is shown that day. One tour is named above the rows, several in them."""
    sessions = [visit.tour_session for visit in roster.visits]
    sessions += [booking.tour_session for booking in roster.other_bookings]
    return sorted({tour_session.tour.name for tour_session in sessions})


def next_expected(roster: Roster, at: datetime) -> Visit | None:
    """Who comes next today: the first whose hour is not over and who has not arrived."""
    if roster.on != local_day(at, roster.site.zone):
        return None
    return next((v for v in roster.visits if v.state in EXPECTED and v.ends_at > at), None)


def still_to_come(roster: Roster, at: datetime) -> tuple[list[Row], list[Row]]:
    """The visits and other bookings of a day that are not over, without anything to press."""
    zone = roster.site.zone
    awaited = [v for v in roster.visits if v.state in AWAITED and v.ends_at > at]
    others = [b for b in roster.other_bookings if b.tour_session.ends_at > at]
    return [visit_row(v, zone, at, is_for_reading=True) for v in awaited], [
        _other_row(b, zone) for b in others
    ]


def totals_in_words(roster: Roster) -> str:
    """How many visits and people the day brings."""
    visits = sum(visit.state.occupies for visit in roster.visits)
    told = [
        ngettext("%(num)s visit", "%(num)s visits", visits),
        ngettext("%(num)s other booking", "%(num)s other bookings", len(roster.other_bookings))
        if roster.other_bookings
        else "",
        ngettext("%(num)s person in all", "%(num)s people in all", roster.expected),
    ]
    return " · ".join(words for words in told if words)


def visit_row(
    visit: Visit,
    zone: str,
    at: datetime,
    *,
    returned: Returned | None = None,
    is_next: bool = False,
    is_for_reading: bool = False,
) -> Row:
    """A visit's row."""
    who, forms = visit.delegation, {} if is_for_reading else _forms(visit, zone, at, returned or {})
    return Row(
        time=hours(visit.starts_at, visit.ends_at, zone),
        name=who.name,
        second_name=visit.part.name if visit.part is not None else who.name_native,
        url=visit_url(visit.id),
        session_url=_session_url(visit.tour_session),
        visit_id=visit.id,
        headcount=visit.headcount,
        head_post=who.head_post or "–",
        language=_language(visit),
        needs=names_of(NEEDS, who.needs),
        contact=who.contact_name,
        phone=who.contact_phone,
        phone_url=_telephone(who.contact_phone),
        state=visit.state,
        arrived=visit.arrived_count,
        is_clashing=visit.is_clashing,
        is_next=is_next,
        note=visit.tour_session.tour.name,
        reasons=clash_in_words(visit.clash),
        forms=forms,
        record_url=_record_url(visit, at),
    )


def _other_row(booking: OtherBooking, zone: str) -> Row:
    s = booking.tour_session
    return Row(
        time=hours(s.starts_at, s.ends_at, zone),
        name=booking.name,
        headcount=booking.headcount,
        session_url=_session_url(s),
        note=s.tour.name,
    )


def _forms(visit: Visit, zone: str, at: datetime, returned: Returned) -> dict[str, ActForm]:
    """The forms of the acts that are open, theirs to do, and in time."""
    forms = {}
    for act in FORMS:
        if (visit.id, act) in returned:
            forms[act.value] = returned[visit.id, act]
        elif _may_do(act, visit, zone, at):
            forms[act.value] = FORMS[act](
                formdata=None,
                within=f"visit-{visit.id}-{act.value}",
                version=visit.version,
                count=visit.arrived_count or visit.headcount,
            )
    return forms


def _may_do(act: Act, visit: Visit, zone: str, at: datetime) -> bool:
    by = actor()
    if not by.may(PERMISSIONS[act], site_id=visit.site_id) or act not in acts_open(facts_of(visit), at):
        return False
    if act is Act.CONFIRM:
        return visit.site_id in by.site_ids
    return act not in ON_THE_DAY or local_day(visit.starts_at, zone) <= local_day(at, zone)


def _record_url(visit: Visit, at: datetime) -> str | None:
    """Who may record the owner's word without being the owner does so on the visit's own page."""
    by = actor()
    may_record = by.may(Permission.RECORD_AGREEMENT) and visit.site_id not in by.site_ids
    return visit_url(visit.id) if may_record and Act.CONFIRM in acts_open(facts_of(visit), at) else None


def _session_url(tour_session: TourSession) -> str | None:
    return url_for("sessions.session", tour_session_id=tour_session.id)


def _language(visit: Visit) -> str:
    spoken = language_name(visit.language) if visit.language else "–"
    if visit.delegation.has_interpreter:
        return _("%(language)s, own interpreter", language=spoken)
    return spoken


def _telephone(number: str) -> str | None:
    plain = "".join(sign for sign in number if sign.isascii() and (sign.isdigit() or sign == "+"))
    return f"tel:{plain}" if plain else None

"""What tells a feed of now from that of yesterday: the numbers and versions of all that it shows, as a text.

A site's visits are counted by the database itself (`site.revision`), so the feeds of a site and of the whole
division need not look at their visits at all. The others list theirs with their versions.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal_column,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from scheduler.records.assignments import Assignment
from scheduler.records.delegations import Delegate, Delegation
from scheduler.records.duty_feeds import duties_shown
from scheduler.records.engagements import Engagement
from scheduler.records.feed_stops import engagements_shown, visits_shown
from scheduler.records.feeds import FeedKind
from scheduler.records.parts import Part
from scheduler.records.places import Place
from scheduler.records.sites import Site
from scheduler.records.tours import Tour, TourSession
from scheduler.records.visits import Visit

Text = ColumnElement[str]
SUBJECT = bindparam("subject", type_=Integer)
# More versions than anything will ever have.
VERSIONS = literal_column(str(2**24), BigInteger)
# Written into the questions themselves: every parameter costs on every asking.
_NOTHING, _DOT = literal_column("''", String), literal_column("'.'", String)


class _AllOf(FunctionElement[str]):
    """All texts of a column, with commas between them."""

    inherit_cache = True
    type = String()


@compiles(_AllOf, "sqlite")
def _in_sqlite(element: _AllOf, compiler: SQLCompiler, **more: Any) -> str:
    return f"group_concat({compiler.process(element.clauses, **more)}, ',')"


@compiles(_AllOf, "postgresql")
def _in_postgresql(element: _AllOf, compiler: SQLCompiler, **more: Any) -> str:
    return f"string_agg({compiler.process(element.clauses, **more)}, ',')"


def _revision(entry: Any) -> Any:
    """A letter may raise an entry's sequence without touching its version; neither ever falls."""
    return entry.version + entry.sequence


def numbers_of_site(site_id: Any) -> Text:
    """The numbers of a site's feed, without a look at its visits."""
    own = select(_joined(Site.version, Site.revision)).where(Site.id == site_id).correlate_except(Site)
    tours = select(func.sum(Tour.version)).where(Tour.site_id == site_id).correlate_except(Tour)
    return _joined(own.scalar_subquery(), tours.scalar_subquery())


def _of_guests(kind: FeedKind) -> Text:
    """A delegation's own version tells its name and languages; those of sites and tours tell theirs."""
    theirs = select(Delegate.delegation_id).where(Delegate.id == SUBJECT).scalar_subquery()
    whose = theirs if kind is FeedKind.DELEGATE else SUBJECT
    visits = _listed(
        (Visit.id, _revision(Visit), Tour.version, Site.version),
        select()
        .join_from(Visit, TourSession, TourSession.id == Visit.tour_session_id)
        .join(Tour, Tour.id == TourSession.tour_id)
        .join(Site, Site.id == Visit.site_id)
        .where(visits_shown(kind, SUBJECT)),
    )
    own = select(Delegation.version).where(Delegation.id == whose).scalar_subquery()
    return _joined(own, visits, _engagements(kind))


def _of_officer() -> Text:
    """There are many visits: each is told by one number, made of its own and of versions that only rise. The
    sites are few: all of them are told by two sums."""
    visits = (
        select(
            (cast(Visit.id, BigInteger) * VERSIONS + _revision(Visit) + Delegation.version).label("numbers")
        )
        .join_from(Delegation, Visit, Visit.delegation_id == Delegation.id)
        .where(Delegation.officer_id == SUBJECT, visits_shown(FeedKind.DIVISION, SUBJECT))
        .order_by(Visit.id)
        .subquery()
    )
    listed = select(_AllOf(cast(visits.c.numbers, String))).scalar_subquery()
    return _joined(listed, _engagements(FeedKind.OFFICER), *_of_all_sites())


def _of_division() -> Text:
    """Every change of a visit or its guests raises the revision of its site."""
    revisions = select(func.sum(Site.revision)).scalar_subquery()
    return _joined(revisions, _engagements(FeedKind.DIVISION), *_of_all_sites())


def _of_resource() -> Text:
    versions = (_revision(Assignment), Delegation.version, Part.headcount, Visit.version)
    return _listed(
        (Assignment.id, *versions, Tour.version, Site.version),
        select()
        .join_from(Assignment, Delegation, Delegation.id == Assignment.delegation_id)
        .outerjoin(Part, Part.id == Assignment.part_id)
        .outerjoin(Visit, Visit.id == Assignment.visit_id)
        .outerjoin(TourSession, TourSession.id == Visit.tour_session_id)
        .outerjoin(Tour, Tour.id == TourSession.tour_id)
        .outerjoin(Site, Site.id == Visit.site_id)
        .where(duties_shown(SUBJECT)),
    )


def _engagements(kind: FeedKind) -> Text:
    """With the places they name, which may be sites, and the delegation whose name they tell."""
    there, site, their_site = aliased(Place), aliased(Site), aliased(Site)
    versions = (_revision(Engagement), Place.version, site.version, there.version, their_site.version)
    return _listed(
        (Engagement.id, *versions, Delegation.version),
        select()
        .join_from(Engagement, Delegation, Delegation.id == Engagement.delegation_id)
        .outerjoin(Place, Place.id == Engagement.place_id)
        .outerjoin(site, site.id == Place.site_id)
        .outerjoin(there, there.id == Engagement.destination_id)
        .outerjoin(their_site, their_site.id == there.site_id)
        .where(engagements_shown(kind, SUBJECT)),
    )


def _of_all_sites() -> tuple[Text, Text]:
    sites, tours = (select(func.sum(table.version)).scalar_subquery() for table in (Site, Tour))
    return sites, tours


def _listed(numbers: Sequence[Any], rows: Select[Any]) -> Text:
    """The numbers of all rows, always in the same order: "1.3.2,4.1.2"."""
    listed = rows.add_columns(_joined(*numbers).label("numbers")).order_by(numbers[0]).subquery()
    return select(_AllOf(listed.c.numbers)).scalar_subquery()


def _joined(*numbers: Any) -> Text:
    """Numbers with dots between them; what is not there is nothing."""
    texts = [func.coalesce(cast(number, String), _NOTHING) for number in numbers]
    joined: Text = texts[0]
    for text in texts[1:]:
        joined = joined + _DOT + text
    return joined


# What is asked of each kind of feed, for its `subject` within a stretch; the busy times of the same are told
# by the same numbers.
NUMBERS: Mapping[FeedKind, Select[tuple[str]]] = {
    FeedKind.SITE: select(numbers_of_site(SUBJECT)),
    FeedKind.DELEGATION: select(_of_guests(FeedKind.DELEGATION)),
    FeedKind.DELEGATE: select(_of_guests(FeedKind.DELEGATE)),
    FeedKind.RESOURCE: select(_of_resource()),
    FeedKind.OFFICER: select(_of_officer()),
    FeedKind.DIVISION: select(_of_division()),
}

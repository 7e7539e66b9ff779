"""The whole visit: people and vehicles, parts, engagements, travel, waiting, programmes, links.

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-22 06:12:51.598282

"""

import sqlalchemy as sa
from alembic import op

from scheduler.migrations.laws import lay_down, take_up
from scheduler.records.database import UtcDateTime

# revision identifiers, used by Alembic.
revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Both engines take these as they are; made otherwise, SQLite would have to copy whole tables.
ADDED = {
    "delegation": ["revision INTEGER DEFAULT 0 NOT NULL"],
    "tour": ["needs_guide BOOLEAN DEFAULT false NOT NULL"],
    "visit": ["part_id INTEGER CONSTRAINT fk_visit_part_id REFERENCES part (id)"],
}
GO_WITH_PARTS = ("visit", "engagement", "assignment")
PLACES = """
    INSERT INTO place (code, site_id, name, name_native, address, latitude, longitude, version)
    SELECT code, site_id, name, name_native, address, latitude, longitude, 1 FROM site_as_place ORDER BY site_id
"""


def upgrade():
    op.create_table(
        "place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_native", sa.String(length=200), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "latitude IS NULL OR latitude BETWEEN -90 AND 90", name=op.f("ck_place_latitude_range")
        ),
        sa.CheckConstraint(
            "longitude IS NULL OR longitude BETWEEN -180 AND 180", name=op.f("ck_place_longitude_range")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_place_site_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("code", name=op.f("uq_place_code")),
        sa.UniqueConstraint("site_id", name=op.f("uq_place_site_id")),
    )
    op.create_table(
        "resource",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "guide",
                "interpreter",
                "vehicle",
                "liaison_officer",
                name="resource_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_native", sa.String(length=200), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("most_a_day", sa.Integer(), nullable=True),
        sa.Column("setup_minutes", sa.Integer(), nullable=False),
        sa.Column("wrap_up_minutes", sa.Integer(), nullable=False),
        sa.Column("base_id", sa.Integer(), nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=50), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("active_from", sa.Date(), nullable=True),
        sa.Column("active_to", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'vehicle') = (seats IS NOT NULL)", name=op.f("ck_resource_seats_of_vehicles")
        ),
        sa.CheckConstraint(
            "most_a_day IS NULL OR most_a_day BETWEEN 1 AND 50", name=op.f("ck_resource_most_a_day_sensible")
        ),
        sa.CheckConstraint(
            "seats IS NULL OR seats BETWEEN 1 AND 500", name=op.f("ck_resource_seats_sensible")
        ),
        sa.CheckConstraint("setup_minutes BETWEEN 0 AND 240", name=op.f("ck_resource_setup_sensible")),
        sa.CheckConstraint("wrap_up_minutes BETWEEN 0 AND 240", name=op.f("ck_resource_wrap_up_sensible")),
        sa.ForeignKeyConstraint(["base_id"], ["place.id"], name=op.f("fk_resource_base_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource")),
    )
    op.create_table(
        "travel_time",
        sa.Column("origin_id", sa.Integer(), nullable=False),
        sa.Column("destination_id", sa.Integer(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint("hour BETWEEN -1 AND 23", name=op.f("ck_travel_time_hour_range")),
        sa.CheckConstraint("minutes BETWEEN 0 AND 1440", name=op.f("ck_travel_time_minutes_sensible")),
        sa.CheckConstraint("origin_id <> destination_id", name=op.f("ck_travel_time_goes_somewhere")),
        sa.ForeignKeyConstraint(
            ["destination_id"], ["place.id"], name=op.f("fk_travel_time_destination_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["origin_id"], ["place.id"], name=op.f("fk_travel_time_origin_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("origin_id", "destination_id", "hour", name=op.f("pk_travel_time")),
    )
    op.create_index(op.f("ix_travel_time_destination_id"), "travel_time", ["destination_id"], unique=False)
    op.create_table(
        "approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delegation_id", sa.Integer(), nullable=False),
        sa.Column("document_number", sa.String(length=100), nullable=False),
        sa.Column("approved_by", sa.String(length=200), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=False),
        sa.Column(
            "disclosure",
            sa.Enum(
                "public",
                "partial",
                "closed",
                name="disclosure",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("co_signed", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("entered_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_approval_delegation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_approval_document_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["account.id"], name=op.f("fk_approval_entered_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
    )
    op.create_index(op.f("ix_approval_delegation_id"), "approval", ["delegation_id"], unique=False)
    op.create_table(
        "kept_apart",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delegation_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("delegation_id < other_id", name=op.f("ck_kept_apart_lower_first")),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_kept_apart_delegation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["delegation.id"], name=op.f("fk_kept_apart_other_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_apart")),
        sa.UniqueConstraint("delegation_id", "other_id", name=op.f("uq_kept_apart_delegation_id_other_id")),
    )
    op.create_index(op.f("ix_kept_apart_other_id"), "kept_apart", ["other_id"], unique=False)
    op.create_table(
        "link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "site", "duties", name="link_purpose", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("resource_id", sa.Integer(), nullable=True),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("answered_by", sa.String(length=200), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "(purpose = 'site' AND site_id IS NOT NULL AND resource_id IS NULL) OR (purpose = 'duties' AND resource_id IS NOT NULL AND site_id IS NULL)",
            name=op.f("ck_link_of_whom"),
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_link_made_by_id")),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resource.id"], name=op.f("fk_link_resource_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_link_site_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint("digest", name=op.f("uq_link_digest")),
    )
    op.create_index(op.f("ix_link_resource_id"), "link", ["resource_id"], unique=False)
    op.create_index(op.f("ix_link_site_id"), "link", ["site_id"], unique=False)
    op.create_table(
        "part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delegation_id", sa.Integer(), nullable=False),
        sa.Column("division", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=False),
        sa.CheckConstraint("headcount BETWEEN 1 AND 5000", name=op.f("ck_part_headcount_sensible")),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_part_delegation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_part")),
        sa.UniqueConstraint(
            "delegation_id", "division", "name", name=op.f("uq_part_delegation_id_division_name")
        ),
    )
    op.create_index(op.f("ix_part_delegation_id"), "part", ["delegation_id"], unique=False)
    op.create_table(
        "resource_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("starts < ends", name=op.f("ck_resource_hours_hours_forward")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_resource_hours_weekday_range")),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resource.id"], name=op.f("fk_resource_hours_resource_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource_hours")),
    )
    op.create_index(op.f("ix_resource_hours_resource_id"), "resource_hours", ["resource_id"], unique=False)
    op.create_table(
        "resource_leave",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_resource_leave_leave_forward")),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resource.id"], name=op.f("fk_resource_leave_resource_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource_leave")),
    )
    op.create_index(
        op.f("ix_resource_leave_resource_id_starts_at"),
        "resource_leave",
        ["resource_id", "starts_at"],
        unique=False,
    )
    op.create_table(
        "resource_site",
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resource.id"], name=op.f("fk_resource_site_resource_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_resource_site_site_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("resource_id", "site_id", name=op.f("pk_resource_site")),
    )
    op.create_table(
        "engagement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=100), nullable=False),
        sa.Column("delegation_id", sa.Integer(), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "meeting",
                "courtesy_call",
                "meal",
                "prayer",
                "transfer",
                "free_time",
                name="engagement_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("destination_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("host", sa.String(length=200), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "cancelled",
                name="engagement_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("acknowledged", sa.Text(), nullable=False),
        sa.Column("acknowledge_reason", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("stamped_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "destination_id IS NULL OR kind = 'transfer'", name=op.f("ck_engagement_transfers_go_somewhere")
        ),
        sa.CheckConstraint("headcount BETWEEN 1 AND 5000", name=op.f("ck_engagement_headcount_sensible")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_engagement_engagement_forward")),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_engagement_delegation_id")
        ),
        sa.ForeignKeyConstraint(["destination_id"], ["place.id"], name=op.f("fk_engagement_destination_id")),
        sa.ForeignKeyConstraint(["part_id"], ["part.id"], name=op.f("fk_engagement_part_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_engagement_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_engagement")),
        sa.UniqueConstraint("uid", name=op.f("uq_engagement_uid")),
    )
    op.create_index(
        op.f("ix_engagement_delegation_id_starts_at"),
        "engagement",
        ["delegation_id", "starts_at"],
        unique=False,
    )
    op.create_table(
        "part_member",
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.Column("delegate_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delegate_id"], ["delegate.id"], name=op.f("fk_part_member_delegate_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["part_id"], ["part.id"], name=op.f("fk_part_member_part_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("part_id", "delegate_id", name=op.f("pk_part_member")),
    )
    op.create_table(
        "programme_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delegation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("differences", sa.JSON(), nullable=False),
        sa.Column("approval_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_programme_version_number_from_one")),
        sa.ForeignKeyConstraint(
            ["approval_id"], ["approval.id"], name=op.f("fk_programme_version_approval_id")
        ),
        sa.ForeignKeyConstraint(
            ["delegation_id"],
            ["delegation.id"],
            name=op.f("fk_programme_version_delegation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["account.id"], name=op.f("fk_programme_version_published_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_version")),
        sa.UniqueConstraint(
            "delegation_id", "number", name=op.f("uq_programme_version_delegation_id_number")
        ),
    )
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=100), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("delegation_id", sa.Integer(), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=True),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "accepted",
                "refused",
                "released",
                name="duty_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.String(length=200), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("stamped_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "headcount IS NULL OR headcount BETWEEN 1 AND 5000", name=op.f("ck_assignment_headcount_sensible")
        ),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_assignment_duty_forward")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["account.id"], name=op.f("fk_assignment_asked_by_id")),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_assignment_delegation_id")
        ),
        sa.ForeignKeyConstraint(["part_id"], ["part.id"], name=op.f("fk_assignment_part_id")),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name=op.f("fk_assignment_resource_id")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_assignment_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint("uid", name=op.f("uq_assignment_uid")),
    )
    op.create_index(
        op.f("ix_assignment_delegation_id_starts_at"),
        "assignment",
        ["delegation_id", "starts_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_assignment_resource_id_starts_at"), "assignment", ["resource_id", "starts_at"], unique=False
    )
    op.create_index(op.f("ix_assignment_visit_id"), "assignment", ["visit_id"], unique=False)
    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delegate_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("engagement_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(visit_id IS NULL) <> (engagement_id IS NULL)", name=op.f("ck_attendance_of_one_stop")
        ),
        sa.ForeignKeyConstraint(
            ["delegate_id"], ["delegate.id"], name=op.f("fk_attendance_delegate_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagement.id"], name=op.f("fk_attendance_engagement_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name=op.f("fk_attendance_visit_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint(
            "delegate_id", "engagement_id", name=op.f("uq_attendance_delegate_id_engagement_id")
        ),
        sa.UniqueConstraint("delegate_id", "visit_id", name=op.f("uq_attendance_delegate_id_visit_id")),
    )
    op.create_index(op.f("ix_attendance_engagement_id"), "attendance", ["engagement_id"], unique=False)
    op.create_index(op.f("ix_attendance_visit_id"), "attendance", ["visit_id"], unique=False)
    op.create_table(
        "waiting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tour_session_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("delegation_id", sa.Integer(), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=True),
        sa.Column("headcount", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("hold_hours", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "promoted",
                "withdrawn",
                "lapsed",
                name="waiting_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'promoted') = (visit_id IS NOT NULL)", name=op.f("ck_waiting_promoted_has_visit")
        ),
        sa.CheckConstraint("headcount BETWEEN 1 AND 5000", name=op.f("ck_waiting_headcount_sensible")),
        sa.CheckConstraint("hold_hours BETWEEN 1 AND 720", name=op.f("ck_waiting_hold_hours_sensible")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["account.id"], name=op.f("fk_waiting_asked_by_id")),
        sa.ForeignKeyConstraint(["delegation_id"], ["delegation.id"], name=op.f("fk_waiting_delegation_id")),
        sa.ForeignKeyConstraint(["part_id"], ["part.id"], name=op.f("fk_waiting_part_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_waiting_site_id")),
        sa.ForeignKeyConstraint(
            ["tour_session_id"], ["tour_session.id"], name=op.f("fk_waiting_tour_session_id")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_waiting_visit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting")),
    )
    op.create_index(op.f("ix_waiting_delegation_id"), "waiting", ["delegation_id"], unique=False)
    op.create_index(
        "ix_waiting_open",
        "waiting",
        ["site_id", "tour_session_id"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(op.f("ix_waiting_tour_session_id"), "waiting", ["tour_session_id"], unique=False)
    for table, column in ADDED.items():
        for told in column:
            op.execute(f"ALTER TABLE {table} ADD COLUMN {told}")
    for table in GO_WITH_PARTS:
        op.create_index(op.f(f"ix_{table}_part_id"), table, ["part_id"])
    feeds_of_resources()
    lay_down("0002")
    op.execute(PLACES)


def downgrade():
    take_up("0002")
    feeds_of_sites_and_delegations()
    for table in GO_WITH_PARTS:
        op.drop_index(op.f(f"ix_{table}_part_id"), table_name=table)
    for table, column in reversed(ADDED.items()):
        for told in reversed(column):
            op.execute(f"ALTER TABLE {table} DROP COLUMN {told.split()[0]}")
    op.drop_index(op.f("ix_waiting_tour_session_id"), table_name="waiting")
    op.drop_index(
        "ix_waiting_open",
        table_name="waiting",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.drop_index(op.f("ix_waiting_delegation_id"), table_name="waiting")
    op.drop_table("waiting")
    op.drop_index(op.f("ix_attendance_visit_id"), table_name="attendance")
    op.drop_index(op.f("ix_attendance_engagement_id"), table_name="attendance")
    op.drop_table("attendance")
    op.drop_index(op.f("ix_assignment_visit_id"), table_name="assignment")
    op.drop_index(op.f("ix_assignment_resource_id_starts_at"), table_name="assignment")
    op.drop_index(op.f("ix_assignment_delegation_id_starts_at"), table_name="assignment")
    op.drop_table("assignment")
    op.drop_table("programme_version")
    op.drop_table("part_member")
    op.drop_index(op.f("ix_engagement_delegation_id_starts_at"), table_name="engagement")
    op.drop_table("engagement")
    op.drop_table("resource_site")
    op.drop_index(op.f("ix_resource_leave_resource_id_starts_at"), table_name="resource_leave")
    op.drop_table("resource_leave")
    op.drop_index(op.f("ix_resource_hours_resource_id"), table_name="resource_hours")
    op.drop_table("resource_hours")
    op.drop_index(op.f("ix_part_delegation_id"), table_name="part")
    op.drop_table("part")
    op.drop_index(op.f("ix_link_site_id"), table_name="link")
    op.drop_index(op.f("ix_link_resource_id"), table_name="link")
    op.drop_table("link")
    op.drop_index(op.f("ix_kept_apart_other_id"), table_name="kept_apart")
    op.drop_table("kept_apart")
    op.drop_index(op.f("ix_approval_delegation_id"), table_name="approval")
    op.drop_table("approval")
    op.drop_index(op.f("ix_travel_time_destination_id"), table_name="travel_time")
    op.drop_table("travel_time")
    op.drop_table("resource")
    op.drop_table("place")


def feeds_of_resources():
    """Feeds may be a resource's from now on."""
    kinds = ["site", "delegation", "resource"]
    of_what = (
        "(kind = 'site') = (site_id IS NOT NULL) AND (kind = 'delegation') = (delegation_id IS NOT NULL) "
        "AND (kind = 'resource') = (resource_id IS NOT NULL)"
    )
    _remake_feeds(kinds, of_what)


def feeds_of_sites_and_delegations():
    """As they were before; feeds of resources are lost."""
    op.execute("DELETE FROM feed_link WHERE kind = 'resource'")
    of_what = (
        "(kind = 'site' AND site_id IS NOT NULL AND delegation_id IS NULL) OR "
        "(kind = 'delegation' AND delegation_id IS NOT NULL AND site_id IS NULL)"
    )
    _remake_feeds(["site", "delegation"], of_what)


def _remake_feeds(kinds, of_what):
    """A table of few rows, made anew: SQLite cannot change a check."""
    op.execute("CREATE TABLE feed_link_before AS SELECT * FROM feed_link")
    op.drop_table("feed_link")
    kind = sa.Enum(*kinds, name="feed_kind", native_enum=False, create_constraint=True, length=32)
    op.create_table(
        "feed_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", kind, nullable=False),
        *(sa.Column(f"{whose}_id", sa.Integer(), nullable=True) for whose in kinds),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(of_what, name=op.f("ck_feed_link_of_what")),
        *(
            sa.ForeignKeyConstraint(
                [f"{whose}_id"], [f"{whose}.id"], name=op.f(f"fk_feed_link_{whose}_id"), ondelete="CASCADE"
            )
            for whose in kinds
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_feed_link_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_link")),
        sa.UniqueConstraint("digest", name=op.f("uq_feed_link_digest")),
    )
    kept = "id, kind, site_id, delegation_id, digest, made_by_id, made_at, revoked_at"
    op.execute(f"INSERT INTO feed_link ({kept}) SELECT {kept} FROM feed_link_before")
    op.execute("DROP TABLE feed_link_before")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "SELECT setval(pg_get_serial_sequence('feed_link', 'id'), coalesce(max(id), 1), max(id) IS NOT NULL) "
            "FROM feed_link"
        )

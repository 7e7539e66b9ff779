"""The spine: every table, and the triggers that refuse what must never be true.

Revision ID: 0001
Revises:
Create Date: 2026-11-22 03:12:56.705915

"""

import sqlalchemy as sa
from alembic import op

from scheduler.migrations.laws import lay_down, take_up
from scheduler.records.database import UtcDateTime

# revision identifiers, used by Alembic.
revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_account_email_lower")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
    )
    op.create_table(
        "one_off_holiday",
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("is_holiday", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("on", name=op.f("pk_one_off_holiday")),
    )
    op.create_table(
        "partner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
        sa.UniqueConstraint("name", "country", name=op.f("uq_partner_name_country")),
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("failed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failure")),
    )
    op.create_index(
        op.f("ix_sign_in_failure_address_failed_at"),
        "sign_in_failure",
        ["address", "failed_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_sign_in_failure_email_failed_at"), "sign_in_failure", ["email", "failed_at"], unique=False
    )
    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=False),
        sa.Column(
            "relation",
            sa.Enum(
                "sister",
                "friendly",
                "declaration",
                "mou",
                name="relation",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("signed_on", sa.String(length=10), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "signed_on IS NULL OR length(signed_on) IN (4, 7, 10)",
            name=op.f("ck_agreement_signed_on_precision"),
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partner.id"], name=op.f("fk_agreement_partner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    op.create_index(op.f("ix_agreement_partner_id"), "agreement", ["partner_id"], unique=False)
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_answer_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("account_id", "key", name=op.f("uq_answer_account_id_key")),
    )
    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_api_token_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("digest", name=op.f("uq_api_token_digest")),
    )
    op.create_index(op.f("ix_api_token_account_id"), "api_token", ["account_id"], unique=False)
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("kept_by_id", sa.Integer(), nullable=True),
        sa.Column("kept_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["kept_by_id"], ["account.id"], name=op.f("fk_document_kept_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.String(length=254), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_journal_account_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
    )
    op.create_index(op.f("ix_journal_at"), "journal", ["at"], unique=False)
    op.create_index(op.f("ix_journal_subject_subject_id"), "journal", ["subject", "subject_id"], unique=False)
    op.create_table(
        "delegation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_native", sa.String(length=200), nullable=False),
        sa.Column("partner_id", sa.Integer(), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "inspection",
                "training",
                "official_visit",
                "working_visit",
                "courtesy_call",
                "staff_exchange",
                "citizens_exchange",
                name="delegation_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("head_post", sa.String(length=200), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("has_interpreter", sa.Boolean(), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("arrives_at", UtcDateTime(), nullable=False),
        sa.Column("departs_at", UtcDateTime(), nullable=False),
        sa.Column("contact_name", sa.String(length=200), nullable=False),
        sa.Column("contact_email", sa.String(length=254), nullable=False),
        sa.Column("contact_phone", sa.String(length=50), nullable=False),
        sa.Column(
            "letter_channel",
            sa.Enum(
                "embassy",
                "foreign_city",
                "ministry",
                "international_body",
                "other_division",
                "email",
                "telephone",
                name="letter_channel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("letter_on", sa.Date(), nullable=True),
        sa.Column("letter_reference", sa.String(length=200), nullable=False),
        sa.Column("letter_document_id", sa.Integer(), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "registered",
                "closed",
                "cancelled",
                name="delegation_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("registered_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("arrives_at < departs_at", name=op.f("ck_delegation_stay_forward")),
        sa.CheckConstraint("headcount BETWEEN 1 AND 5000", name=op.f("ck_delegation_headcount_sensible")),
        sa.ForeignKeyConstraint(
            ["letter_document_id"], ["document.id"], name=op.f("fk_delegation_letter_document_id")
        ),
        sa.ForeignKeyConstraint(["officer_id"], ["account.id"], name=op.f("fk_delegation_officer_id")),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_delegation_partner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
    )
    op.create_index(op.f("ix_delegation_partner_id"), "delegation", ["partner_id"], unique=False)
    op.create_index(
        op.f("ix_delegation_state_arrives_at"), "delegation", ["state", "arrives_at"], unique=False
    )
    op.create_table(
        "site",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_native", sa.String(length=200), nullable=False),
        sa.Column("owner_unit", sa.String(length=200), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("notice_days", sa.Integer(), nullable=False),
        sa.Column("people_at_once", sa.Integer(), nullable=True),
        sa.Column("groups_at_once", sa.Integer(), nullable=True),
        sa.Column("turnaround_minutes", sa.Integer(), nullable=False),
        sa.Column("arrive_early_minutes", sa.Integer(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("meeting_point", sa.Text(), nullable=False),
        sa.Column("photo_rule", sa.Text(), nullable=False),
        sa.Column("safety_gear", sa.Text(), nullable=False),
        sa.Column("closed_weekdays", sa.Text(), nullable=False),
        sa.Column("closed_on_public_holidays", sa.Boolean(), nullable=False),
        sa.Column("closed_on_main_holidays", sa.Boolean(), nullable=False),
        sa.Column("closure_moves_after_holiday", sa.Boolean(), nullable=False),
        sa.Column("active_from", sa.Date(), nullable=True),
        sa.Column("active_to", sa.Date(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("limits_journal_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "groups_at_once IS NULL OR groups_at_once > 0", name=op.f("ck_site_groups_at_once_positive")
        ),
        sa.CheckConstraint("notice_days BETWEEN 0 AND 365", name=op.f("ck_site_notice_sensible")),
        sa.CheckConstraint(
            "people_at_once IS NULL OR people_at_once > 0", name=op.f("ck_site_people_at_once_positive")
        ),
        sa.CheckConstraint("turnaround_minutes BETWEEN 0 AND 1440", name=op.f("ck_site_turnaround_sensible")),
        sa.ForeignKeyConstraint(
            ["limits_journal_id"], ["journal.id"], name=op.f("fk_site_limits_journal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
        sa.UniqueConstraint("code", name=op.f("uq_site_code")),
    )
    op.create_table(
        "delegate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delegation_id", sa.Integer(), nullable=False),
        sa.Column("name_native", sa.String(length=200), nullable=False),
        sa.Column("name_roman", sa.String(length=200), nullable=False),
        sa.Column(
            "name_order",
            sa.Enum(
                "family_first",
                "given_first",
                name="name_order",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("print_as", sa.String(length=200), nullable=False),
        sa.Column("post", sa.String(length=200), nullable=False),
        sa.Column("organisation", sa.String(length=200), nullable=False),
        sa.Column("precedence", sa.Integer(), nullable=False),
        sa.Column("precedence_reason", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_delegate_delegation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegate")),
    )
    op.create_index(op.f("ix_delegate_delegation_id"), "delegate", ["delegation_id"], unique=False)
    op.create_table(
        "feed_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "site", "delegation", name="feed_kind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("delegation_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'site' AND site_id IS NOT NULL AND delegation_id IS NULL) OR (kind = 'delegation' AND delegation_id IS NOT NULL AND site_id IS NULL)",
            name=op.f("ck_feed_link_of_what"),
        ),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_feed_link_delegation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_feed_link_made_by_id")),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_feed_link_site_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_link")),
        sa.UniqueConstraint("digest", name=op.f("uq_feed_link_digest")),
    )
    op.create_table(
        "site_closure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_site_closure_closure_forward")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["account.id"], name=op.f("fk_site_closure_closed_by_id")),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_site_closure_site_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_closure")),
    )
    op.create_index(
        op.f("ix_site_closure_site_id_starts_at"), "site_closure", ["site_id", "starts_at"], unique=False
    )
    op.create_table(
        "site_fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=50), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("is_assumption", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_site_fact_site_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_fact")),
        sa.UniqueConstraint("site_id", "name", name=op.f("uq_site_fact_site_id_name")),
    )
    op.create_table(
        "site_hours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("opens < closes", name=op.f("ck_site_hours_hours_forward")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_site_hours_weekday_range")),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_site_hours_site_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_hours")),
    )
    op.create_index(op.f("ix_site_hours_site_id"), "site_hours", ["site_id"], unique=False)
    op.create_table(
        "site_manager",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_site_manager_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_site_manager_site_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "site_id", name=op.f("pk_site_manager")),
    )
    op.create_index(op.f("ix_site_manager_site_id"), "site_manager", ["site_id"], unique=False)
    op.create_table(
        "tour",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_native", sa.String(length=200), nullable=False),
        sa.Column("shows", sa.Text(), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("smallest_group", sa.Integer(), nullable=False),
        sa.Column("largest_group", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("needs_agreement", sa.Boolean(), nullable=False),
        sa.Column(
            "dating",
            sa.Enum("rounds", "windows", name="dating", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("people_at_once", sa.Integer(), nullable=True),
        sa.Column("groups_at_once", sa.Integer(), nullable=True),
        sa.Column("active_from", sa.Date(), nullable=True),
        sa.Column("active_to", sa.Date(), nullable=True),
        sa.Column("limits_journal_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "groups_at_once IS NULL OR groups_at_once > 0", name=op.f("ck_tour_groups_at_once_positive")
        ),
        sa.CheckConstraint("minutes BETWEEN 5 AND 720", name=op.f("ck_tour_length_sensible")),
        sa.CheckConstraint(
            "people_at_once IS NULL OR people_at_once > 0", name=op.f("ck_tour_people_at_once_positive")
        ),
        sa.CheckConstraint("places BETWEEN 1 AND 5000", name=op.f("ck_tour_places_sensible")),
        sa.CheckConstraint("smallest_group BETWEEN 1 AND largest_group", name=op.f("ck_tour_group_sizes")),
        sa.ForeignKeyConstraint(
            ["limits_journal_id"], ["journal.id"], name=op.f("fk_tour_limits_journal_id")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_tour_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tour")),
        sa.UniqueConstraint("code", name=op.f("uq_tour_code")),
        sa.UniqueConstraint("id", "site_id", name=op.f("uq_tour_id_site_id")),
    )
    op.create_index(op.f("ix_tour_site_id"), "tour", ["site_id"], unique=False)
    op.create_table(
        "round_pattern",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tour_id", sa.Integer(), nullable=False),
        sa.Column("weekdays", sa.Text(), nullable=False),
        sa.Column("starts", sa.Time(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tour_id"], ["tour.id"], name=op.f("fk_round_pattern_tour_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_pattern")),
    )
    op.create_index(op.f("ix_round_pattern_tour_id"), "round_pattern", ["tour_id"], unique=False)
    op.create_table(
        "tour_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tour_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("clear_at", UtcDateTime(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("places_taken", sa.Integer(), server_default="0", nullable=False),
        sa.Column("groups_taken", sa.Integer(), server_default="0", nullable=False),
        sa.Column("limits_journal_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("groups_taken >= 0", name=op.f("ck_tour_session_groups_taken_not_negative")),
        sa.CheckConstraint("places >= 0", name=op.f("ck_tour_session_places_not_negative")),
        sa.CheckConstraint("places_taken >= 0", name=op.f("ck_tour_session_places_taken_not_negative")),
        sa.CheckConstraint(
            "starts_at < ends_at AND ends_at <= clear_at", name=op.f("ck_tour_session_times_forward")
        ),
        sa.ForeignKeyConstraint(
            ["limits_journal_id"], ["journal.id"], name=op.f("fk_tour_session_limits_journal_id")
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_tour_session_site_id")),
        sa.ForeignKeyConstraint(
            ["tour_id", "site_id"], ["tour.id", "tour.site_id"], name=op.f("fk_tour_session_tour_id_site_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tour_session")),
        sa.UniqueConstraint(
            "id", "site_id", "starts_at", "ends_at", name=op.f("uq_tour_session_id_site_id_starts_at_ends_at")
        ),
        sa.UniqueConstraint("tour_id", "starts_at", name=op.f("uq_tour_session_tour_id_starts_at")),
    )
    op.create_index(
        op.f("ix_tour_session_site_id_starts_at"), "tour_session", ["site_id", "starts_at"], unique=False
    )
    op.create_table(
        "wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delegation_id", sa.Integer(), nullable=False),
        sa.Column("tour_id", sa.Integer(), nullable=True),
        sa.Column("topic", sa.String(length=50), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("preferred_times", sa.JSON(), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("tour_id IS NOT NULL OR topic <> ''", name=op.f("ck_wish_says_what")),
        sa.CheckConstraint("priority BETWEEN 1 AND 5", name=op.f("ck_wish_priority_range")),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_wish_delegation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["tour_id"], ["tour.id"], name=op.f("fk_wish_tour_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish")),
    )
    op.create_index(op.f("ix_wish_delegation_id"), "wish", ["delegation_id"], unique=False)
    op.create_table(
        "other_booking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tour_session_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=False),
        sa.Column("booked_by_id", sa.Integer(), nullable=True),
        sa.Column("booked_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("headcount BETWEEN 1 AND 5000", name=op.f("ck_other_booking_headcount_sensible")),
        sa.ForeignKeyConstraint(["booked_by_id"], ["account.id"], name=op.f("fk_other_booking_booked_by_id")),
        sa.ForeignKeyConstraint(
            ["tour_session_id"], ["tour_session.id"], name=op.f("fk_other_booking_tour_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_other_booking")),
    )
    op.create_index(
        op.f("ix_other_booking_tour_session_id"), "other_booking", ["tour_session_id"], unique=False
    )
    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=100), nullable=False),
        sa.Column("delegation_id", sa.Integer(), nullable=False),
        sa.Column("tour_session_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "held",
                "requested",
                "confirmed",
                "carried_out",
                "closed",
                "declined",
                "cancelled",
                "postponed",
                "no_show",
                "expired",
                name="visit_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("hold_until", UtcDateTime(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("stamped_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("acknowledged", sa.JSON(), nullable=False),
        sa.Column("acknowledge_reason", sa.Text(), nullable=False),
        sa.Column("overridden", sa.JSON(), nullable=False),
        sa.Column("override_reason", sa.Text(), nullable=False),
        sa.Column("agreement", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("offered_times", sa.JSON(), nullable=False),
        sa.Column("ended_by", sa.String(length=200), nullable=False),
        sa.Column("ended_reason", sa.Text(), nullable=False),
        sa.Column("arrived_count", sa.Integer(), nullable=True),
        sa.Column("arrived_at", UtcDateTime(), nullable=True),
        sa.Column("is_clashing", sa.Boolean(), nullable=False),
        sa.Column("clash", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint("state <> 'held' OR hold_until IS NOT NULL", name=op.f("ck_visit_hold_ends")),
        sa.CheckConstraint("headcount BETWEEN 1 AND 5000", name=op.f("ck_visit_headcount_sensible")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["account.id"], name=op.f("fk_visit_asked_by_id")),
        sa.ForeignKeyConstraint(["delegation_id"], ["delegation.id"], name=op.f("fk_visit_delegation_id")),
        sa.ForeignKeyConstraint(
            ["tour_session_id", "site_id", "starts_at", "ends_at"],
            ["tour_session.id", "tour_session.site_id", "tour_session.starts_at", "tour_session.ends_at"],
            name="fk_visit_tour_session",
            onupdate="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.UniqueConstraint("uid", name=op.f("uq_visit_uid")),
    )
    op.create_index(
        "ix_visit_clashing",
        "visit",
        ["site_id"],
        unique=False,
        sqlite_where=sa.text("is_clashing"),
        postgresql_where=sa.text("is_clashing"),
    )
    op.create_index(
        op.f("ix_visit_delegation_id_starts_at"), "visit", ["delegation_id", "starts_at"], unique=False
    )
    op.create_index(
        "ix_visit_held",
        "visit",
        ["site_id", "hold_until"],
        unique=False,
        sqlite_where=sa.text("state = 'held'"),
        postgresql_where=sa.text("state = 'held'"),
    )
    op.create_index(
        "ix_visit_requested",
        "visit",
        ["asked_at"],
        unique=False,
        sqlite_where=sa.text("state = 'requested'"),
        postgresql_where=sa.text("state = 'requested'"),
    )
    op.create_index(op.f("ix_visit_site_id_starts_at"), "visit", ["site_id", "starts_at"], unique=False)
    op.create_index(op.f("ix_visit_tour_session_id"), "visit", ["tour_session_id"], unique=False)
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "invitation",
                "change",
                "cancellation",
                name="letter_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("stamped_at", UtcDateTime(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("waiting", name="letter_state", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.Column("uid", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name=op.f("fk_letter_visit_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint(
            "visit_id", "sequence", "stamped_at", name=op.f("uq_letter_visit_id_sequence_stamped_at")
        ),
    )
    op.create_index(op.f("ix_letter_state_written_at"), "letter", ["state", "written_at"], unique=False)
    lay_down("0001")


def downgrade():
    take_up("0001")
    op.drop_index(op.f("ix_letter_state_written_at"), table_name="letter")
    op.drop_table("letter")
    op.drop_index(op.f("ix_visit_tour_session_id"), table_name="visit")
    op.drop_index(op.f("ix_visit_site_id_starts_at"), table_name="visit")
    op.drop_index(
        "ix_visit_requested",
        table_name="visit",
        sqlite_where=sa.text("state = 'requested'"),
        postgresql_where=sa.text("state = 'requested'"),
    )
    op.drop_index(
        "ix_visit_held",
        table_name="visit",
        sqlite_where=sa.text("state = 'held'"),
        postgresql_where=sa.text("state = 'held'"),
    )
    op.drop_index(op.f("ix_visit_delegation_id_starts_at"), table_name="visit")
    op.drop_index(
        "ix_visit_clashing",
        table_name="visit",
        sqlite_where=sa.text("is_clashing"),
        postgresql_where=sa.text("is_clashing"),
    )
    op.drop_table("visit")
    op.drop_index(op.f("ix_other_booking_tour_session_id"), table_name="other_booking")
    op.drop_table("other_booking")
    op.drop_index(op.f("ix_wish_delegation_id"), table_name="wish")
    op.drop_table("wish")
    op.drop_index(op.f("ix_tour_session_site_id_starts_at"), table_name="tour_session")
    op.drop_table("tour_session")
    op.drop_index(op.f("ix_round_pattern_tour_id"), table_name="round_pattern")
    op.drop_table("round_pattern")
    op.drop_index(op.f("ix_tour_site_id"), table_name="tour")
    op.drop_table("tour")
    op.drop_index(op.f("ix_site_manager_site_id"), table_name="site_manager")
    op.drop_table("site_manager")
    op.drop_index(op.f("ix_site_hours_site_id"), table_name="site_hours")
    op.drop_table("site_hours")
    op.drop_table("site_fact")
    op.drop_index(op.f("ix_site_closure_site_id_starts_at"), table_name="site_closure")
    op.drop_table("site_closure")
    op.drop_table("feed_link")
    op.drop_index(op.f("ix_delegate_delegation_id"), table_name="delegate")
    op.drop_table("delegate")
    op.drop_table("site")
    op.drop_index(op.f("ix_delegation_state_arrives_at"), table_name="delegation")
    op.drop_index(op.f("ix_delegation_partner_id"), table_name="delegation")
    op.drop_table("delegation")
    op.drop_index(op.f("ix_journal_subject_subject_id"), table_name="journal")
    op.drop_index(op.f("ix_journal_at"), table_name="journal")
    op.drop_table("journal")
    op.drop_table("document")
    op.drop_index(op.f("ix_api_token_account_id"), table_name="api_token")
    op.drop_table("api_token")
    op.drop_table("answer")
    op.drop_index(op.f("ix_agreement_partner_id"), table_name="agreement")
    op.drop_table("agreement")
    op.drop_index(op.f("ix_sign_in_failure_email_failed_at"), table_name="sign_in_failure")
    op.drop_index(op.f("ix_sign_in_failure_address_failed_at"), table_name="sign_in_failure")
    op.drop_table("sign_in_failure")
    op.drop_table("partner")
    op.drop_table("one_off_holiday")
    op.drop_table("account")

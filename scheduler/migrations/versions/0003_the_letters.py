"""The letters: an outbox of notes, letters to single people, mails that come in, replies, feeds of every kind.

Revision ID: 0003
Revises: 0002
Create Date: 2026-11-22 09:45:12.000000

"""

import sqlalchemy as sa
from alembic import op

from scheduler.records.database import UtcDateTime

# revision identifiers, used by Alembic.
revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Both engines take these as they are; made otherwise, SQLite would have to copy whole tables.
ADDED = {
    "site": [
        "contact_name VARCHAR(200) DEFAULT '' NOT NULL",
        "contact_email VARCHAR(254) DEFAULT '' NOT NULL",
    ],
    "delegation": ["list_closed_at {instant}"],
    "link": ["seed VARCHAR(32) DEFAULT '' NOT NULL"],
}
OLD_KINDS = ("site", "delegation", "resource")
KEPT = "id, kind, site_id, delegation_id, resource_id, digest, made_by_id, made_at, revoked_at"


def upgrade():
    instant = "DATETIME" if op.get_bind().dialect.name == "sqlite" else "TIMESTAMP WITH TIME ZONE"
    for table, columns in ADDED.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} ADD COLUMN {column.format(instant=instant)}")
    op.create_index(op.f("ix_delegation_officer_id"), "delegation", ["officer_id"], unique=False)
    _make_what_is_new()
    # What waited to be told still has to be: nothing was ever posted.
    op.execute(
        "INSERT INTO outbox (visit_id, written_at) SELECT visit_id, max(written_at) FROM letter GROUP BY visit_id"
    )
    op.drop_index(op.f("ix_letter_state_written_at"), table_name="letter")
    op.drop_table("letter")
    _make_letters()
    op.execute("CREATE TABLE feed_link_before AS SELECT * FROM feed_link")
    op.drop_table("feed_link")
    _make_feeds()
    op.execute(f"INSERT INTO feed_link ({KEPT}, seed, told_to) SELECT {KEPT}, '', '' FROM feed_link_before")
    op.execute("DROP TABLE feed_link_before")
    _go_on_counting_feeds()
    _make_feed_files()


def downgrade():
    for table in (
        "hand_state",
        "feed_file",
        "proposal",
        "reply",
        "outbox",
        "address_alias",
        "mail",
        "letter",
    ):
        op.drop_table(table)
    op.execute("DELETE FROM feed_link WHERE kind NOT IN ('site', 'delegation', 'resource')")
    op.execute("CREATE TABLE feed_link_before AS SELECT * FROM feed_link")
    op.drop_table("feed_link")
    _make_old_feeds()
    op.execute(f"INSERT INTO feed_link ({KEPT}) SELECT {KEPT} FROM feed_link_before")
    op.execute("DROP TABLE feed_link_before")
    _go_on_counting_feeds()
    _make_old_letters()
    op.drop_index(op.f("ix_delegation_officer_id"), table_name="delegation")
    for table, columns in ADDED.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column.split()[0]}")


def _go_on_counting_feeds():
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "SELECT setval(pg_get_serial_sequence('feed_link', 'id'), coalesce(max(id), 1), max(id) IS NOT NULL) "
            "FROM feed_link"
        )


def _make_old_letters():
    kinds = ["invitation", "change", "cancellation"]
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*kinds, name="letter_kind", native_enum=False, create_constraint=True, length=32),
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


def _make_old_feeds():
    of_what = (
        "(kind = 'site') = (site_id IS NOT NULL) AND (kind = 'delegation') = (delegation_id IS NOT NULL) "
        "AND (kind = 'resource') = (resource_id IS NOT NULL)"
    )
    kind = sa.Enum(*OLD_KINDS, name="feed_kind", native_enum=False, create_constraint=True, length=32)
    op.create_table(
        "feed_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", kind, nullable=False),
        *(sa.Column(f"{whose}_id", sa.Integer(), nullable=True) for whose in OLD_KINDS),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(of_what, name=op.f("ck_feed_link_of_what")),
        *(
            sa.ForeignKeyConstraint(
                [f"{whose}_id"], [f"{whose}.id"], name=op.f(f"fk_feed_link_{whose}_id"), ondelete="CASCADE"
            )
            for whose in OLD_KINDS
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_feed_link_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_link")),
        sa.UniqueConstraint("digest", name=op.f("uq_feed_link_digest")),
    )


def _make_letters():
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "invitation",
                "change",
                "cancellation",
                "withdrawal",
                "again",
                "declined_counter",
                "reminder",
                "roster",
                "link",
                name="letter_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "side",
            sa.Enum(
                "guest",
                "site",
                "office",
                "duty",
                name="letter_side",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("engagement_id", sa.Integer(), nullable=True),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("delegation_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("delegate_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("occasion", sa.String(length=200), nullable=True),
        sa.Column("uid", sa.String(length=100), nullable=True),
        sa.Column("method", sa.String(length=16), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("stamped_at", UtcDateTime(), nullable=True),
        sa.Column("starts_at", UtcDateTime(), nullable=True),
        sa.Column("ends_at", UtcDateTime(), nullable=True),
        sa.Column("seen", sa.String(length=64), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("in_reply_to", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("calendar", sa.LargeBinary(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "posting",
                "posted",
                "returned",
                "given_up",
                "dropped",
                name="letter_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("may_have_gone", sa.Boolean(), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("claimed_until", UtcDateTime(), nullable=True),
        sa.Column("claimed_by", sa.String(length=100), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("posted_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_letter_assignment_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["delegate_id"], ["delegate.id"], name=op.f("fk_letter_delegate_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_letter_delegation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagement.id"], name=op.f("fk_letter_engagement_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_letter_site_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name=op.f("fk_letter_visit_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("message_id", name=op.f("uq_letter_message_id")),
        sa.UniqueConstraint("occasion", name=op.f("uq_letter_occasion")),
    )
    op.create_index(op.f("ix_letter_delegation_id"), "letter", ["delegation_id"], unique=False)
    op.create_index(op.f("ix_letter_state_due_at"), "letter", ["state", "due_at"], unique=False)
    op.create_index(op.f("ix_letter_uid_address_id"), "letter", ["uid", "address", "id"], unique=False)
    op.create_index(op.f("ix_letter_visit_id"), "letter", ["visit_id"], unique=False)


def _make_feeds():
    op.create_table(
        "feed_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "site",
                "delegation",
                "delegate",
                "resource",
                "officer",
                "division",
                "busy",
                name="feed_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("delegation_id", sa.Integer(), nullable=True),
        sa.Column("delegate_id", sa.Integer(), nullable=True),
        sa.Column("resource_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("seed", sa.String(length=32), nullable=False),
        sa.Column("told_to", sa.String(length=254), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "(kind IN ('site', 'busy') AND site_id IS NOT NULL AND delegation_id IS NULL AND delegate_id IS NULL AND resource_id IS NULL AND account_id IS NULL) OR (kind IN ('delegation', 'busy') AND site_id IS NULL AND delegation_id IS NOT NULL AND delegate_id IS NULL AND resource_id IS NULL AND account_id IS NULL) OR (kind IN ('delegate', 'busy') AND site_id IS NULL AND delegation_id IS NULL AND delegate_id IS NOT NULL AND resource_id IS NULL AND account_id IS NULL) OR (kind IN ('resource', 'busy') AND site_id IS NULL AND delegation_id IS NULL AND delegate_id IS NULL AND resource_id IS NOT NULL AND account_id IS NULL) OR (kind IN ('officer', 'busy') AND site_id IS NULL AND delegation_id IS NULL AND delegate_id IS NULL AND resource_id IS NULL AND account_id IS NOT NULL) OR (kind IN ('division', 'busy') AND site_id IS NULL AND delegation_id IS NULL AND delegate_id IS NULL AND resource_id IS NULL AND account_id IS NULL)",
            name=op.f("ck_feed_link_of_what"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_feed_link_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["delegate_id"], ["delegate.id"], name=op.f("fk_feed_link_delegate_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_feed_link_delegation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_feed_link_made_by_id")),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resource.id"], name=op.f("fk_feed_link_resource_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_feed_link_site_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_link")),
        sa.UniqueConstraint("digest", name=op.f("uq_feed_link_digest")),
    )
    op.create_index(op.f("ix_feed_link_account_id"), "feed_link", ["account_id"], unique=False)
    op.create_index(op.f("ix_feed_link_delegate_id"), "feed_link", ["delegate_id"], unique=False)
    op.create_index(op.f("ix_feed_link_delegation_id"), "feed_link", ["delegation_id"], unique=False)
    op.create_index(op.f("ix_feed_link_resource_id"), "feed_link", ["resource_id"], unique=False)


def _make_feed_files():
    op.create_table(
        "feed_file",
        sa.Column("feed_link_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tag", sa.String(length=64), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["feed_link_id"], ["feed_link.id"], name=op.f("fk_feed_file_feed_link_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("feed_link_id", name=op.f("pk_feed_file")),
    )


def _make_what_is_new():
    op.create_table(
        "hand_state",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("well_at", UtcDateTime(), nullable=True),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_hand_state")),
    )
    op.create_table(
        "address_alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("alias", sa.String(length=254), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_address_alias_made_by_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_alias")),
        sa.UniqueConstraint("address", "alias", name=op.f("uq_address_alias_address_alias")),
    )
    op.create_table(
        "reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=100), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("engagement_id", sa.Integer(), nullable=True),
        sa.Column("delegation_id", sa.Integer(), nullable=True),
        sa.Column("delegate_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "participation",
            sa.Enum(
                "NEEDS-ACTION",
                "ACCEPTED",
                "DECLINED",
                "TENTATIVE",
                "DELEGATED",
                name="participation",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("stamped_at", UtcDateTime(), nullable=False),
        sa.Column("for_starts_at", UtcDateTime(), nullable=False),
        sa.Column("for_ends_at", UtcDateTime(), nullable=False),
        sa.Column("is_former", sa.Boolean(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "mail", "page", name="reply_channel", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["delegate_id"], ["delegate.id"], name=op.f("fk_reply_delegate_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_reply_delegation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagement.id"], name=op.f("fk_reply_engagement_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name=op.f("fk_reply_visit_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
        sa.UniqueConstraint("uid", "address", name=op.f("uq_reply_uid_address")),
    )
    op.create_index(op.f("ix_reply_delegation_id"), "reply", ["delegation_id"], unique=False)
    op.create_index(op.f("ix_reply_engagement_id"), "reply", ["engagement_id"], unique=False)
    op.create_index(op.f("ix_reply_visit_id"), "reply", ["visit_id"], unique=False)
    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=500), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("sender", sa.String(length=254), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "applied",
                "noted",
                "settled",
                name="mail_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("doubt", sa.String(length=40), nullable=False),
        sa.Column("method", sa.String(length=16), nullable=False),
        sa.Column("uid", sa.String(length=255), nullable=False),
        sa.Column("attendee", sa.String(length=254), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("engagement_id", sa.Integer(), nullable=True),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("delegation_id", sa.Integer(), nullable=True),
        sa.Column("settled_by", sa.String(length=254), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_mail_assignment_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_mail_delegation_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagement.id"], name=op.f("fk_mail_engagement_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name=op.f("fk_mail_visit_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint("message_id", "digest", name=op.f("uq_mail_message_id_digest")),
    )
    op.create_index(op.f("ix_mail_state_received_at"), "mail", ["state", "received_at"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("engagement_id", sa.Integer(), nullable=True),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("delegation_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("resource_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "CASE WHEN visit_id IS NULL THEN 0 ELSE 1 END + CASE WHEN engagement_id IS NULL THEN 0 ELSE 1 END + CASE WHEN assignment_id IS NULL THEN 0 ELSE 1 END + CASE WHEN delegation_id IS NULL THEN 0 ELSE 1 END + CASE WHEN site_id IS NULL THEN 0 ELSE 1 END + CASE WHEN place_id IS NULL THEN 0 ELSE 1 END + CASE WHEN resource_id IS NULL THEN 0 ELSE 1 END + CASE WHEN account_id IS NULL THEN 0 ELSE 1 END = 1",
            name=op.f("ck_outbox_about_one"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_outbox_account_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_outbox_assignment_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_outbox_delegation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagement.id"], name=op.f("fk_outbox_engagement_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_outbox_place_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resource.id"], name=op.f("fk_outbox_resource_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_outbox_site_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name=op.f("fk_outbox_visit_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("engagement_id", sa.Integer(), nullable=True),
        sa.Column("delegation_id", sa.Integer(), nullable=False),
        sa.Column("delegate_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=True),
        sa.Column("ends_at", UtcDateTime(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("for_starts_at", UtcDateTime(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "mail", "page", name="proposal_channel", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("mail_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "accepted",
                "declined",
                "overtaken",
                name="proposal_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("settled_by", sa.String(length=254), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("(starts_at IS NULL) = (ends_at IS NULL)", name=op.f("ck_proposal_whole_span")),
        sa.CheckConstraint(
            "(visit_id IS NULL) <> (engagement_id IS NULL)", name=op.f("ck_proposal_of_one_stop")
        ),
        sa.CheckConstraint("starts_at IS NULL OR starts_at < ends_at", name=op.f("ck_proposal_forward")),
        sa.ForeignKeyConstraint(
            ["delegate_id"], ["delegate.id"], name=op.f("fk_proposal_delegate_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_proposal_delegation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["engagement_id"], ["engagement.id"], name=op.f("fk_proposal_engagement_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["mail_id"], ["mail.id"], name=op.f("fk_proposal_mail_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name=op.f("fk_proposal_visit_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    op.create_index(op.f("ix_proposal_delegation_id"), "proposal", ["delegation_id"], unique=False)
    op.create_index(op.f("ix_proposal_engagement_id"), "proposal", ["engagement_id"], unique=False)
    op.create_index(op.f("ix_proposal_state_made_at"), "proposal", ["state", "made_at"], unique=False)
    op.create_index(op.f("ix_proposal_visit_id"), "proposal", ["visit_id"], unique=False)

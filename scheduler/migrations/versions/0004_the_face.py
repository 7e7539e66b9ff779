"""The face: taps at the gate that count once, what the last print of a sheet said, first steps of a newcomer.

Revision ID: 0004
Revises: 0003
Create Date: 2026-11-22 12:50:07.000000

"""

import sqlalchemy as sa
from alembic import op

from scheduler.records.database import UtcDateTime

# revision identifiers, used by Alembic.
revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# Both engines take these as they are; made otherwise, SQLite would have to copy whole tables.
ADDED = {
    "visit": [
        "photographs VARCHAR(32) DEFAULT 'unknown' NOT NULL CONSTRAINT ck_visit_photographs "
        "CHECK (photographs IN ('unknown', 'allowed', 'not_allowed'))",
        "gate_note VARCHAR(500) DEFAULT '' NOT NULL",
    ],
    "account": ["is_guided BOOLEAN DEFAULT true NOT NULL"],
}


def upgrade():
    for table, columns in ADDED.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    op.add_column("letter", sa.Column("paper", sa.LargeBinary(), nullable=True))
    op.execute("ALTER TABLE letter ADD COLUMN paper_name VARCHAR(200) DEFAULT '' NOT NULL")
    # Whoever works here already knows the way.
    op.execute("UPDATE account SET is_guided = false")
    _make_taps()
    _make_prints()


def downgrade():
    op.drop_table("sheet_print")
    op.drop_table("gate_tap")
    for column in ("paper_name", "paper"):
        op.execute(f"ALTER TABLE letter DROP COLUMN {column}")
    for table, columns in ADDED.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column.split()[0]}")


def _make_taps():
    said = ("arrived", "count", "note", "photographs", "undo")
    op.create_table(
        "gate_tap",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column(
            "said",
            sa.Enum(*said, name="said", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("said_at", UtcDateTime(), nullable=False),
        sa.Column("taken_at", UtcDateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_gate_tap_account_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visit.id"], name=op.f("fk_gate_tap_visit_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gate_tap")),
        sa.UniqueConstraint("key", name=op.f("uq_gate_tap_key")),
    )
    op.create_index(op.f("ix_gate_tap_visit_id_id"), "gate_tap", ["visit_id", "id"], unique=False)


def _make_prints():
    op.create_table(
        "sheet_print",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "printed", "mailed", name="print_way", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("printed_at", UtcDateTime(), nullable=False),
        sa.Column("printed_by_id", sa.Integer(), nullable=True),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["printed_by_id"], ["account.id"], name=op.f("fk_sheet_print_printed_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["site.id"], name=op.f("fk_sheet_print_site_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_print")),
    )
    op.create_index(
        op.f("ix_sheet_print_site_id_day_id"), "sheet_print", ["site_id", "day", "id"], unique=False
    )

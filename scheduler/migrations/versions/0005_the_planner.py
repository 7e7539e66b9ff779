"""The planner: more that a wish may ask, the frame of a stay's days, and plans as jobs.

Revision ID: 0005
Revises: 0004
Create Date: 2026-11-22 16:20:41.000000

"""

import sqlalchemy as sa
from alembic import op

from scheduler.records.database import UtcDateTime

# revision identifiers, used by Alembic.
revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# Both engines take these as they are; made otherwise, SQLite would have to copy the whole table.
ADDED = [
    "is_must BOOLEAN DEFAULT false NOT NULL",
    "either VARCHAR(50) DEFAULT '' NOT NULL",
    "after_wish_id INTEGER CONSTRAINT fk_wish_after_wish_id REFERENCES wish (id)",
    "not_first_day BOOLEAN DEFAULT false NOT NULL",
    "not_last_day BOOLEAN DEFAULT false NOT NULL",
    "fallback_tour_id INTEGER CONSTRAINT fk_wish_fallback_tour_id REFERENCES tour (id)",
]


def upgrade():
    for column in ADDED:
        op.execute(f"ALTER TABLE wish ADD COLUMN {column}")
    op.create_index(op.f("ix_wish_after_wish_id"), "wish", ["after_wish_id"], unique=False)
    _make_frames()
    _make_plans()


def downgrade():
    op.drop_table("plan")
    op.drop_table("stay_frame")
    op.drop_index(op.f("ix_wish_after_wish_id"), table_name="wish")
    for column in reversed(ADDED):
        op.execute(f"ALTER TABLE wish DROP COLUMN {column.split()[0]}")


def _make_frames():
    op.create_table(
        "stay_frame",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delegation_id", sa.Integer(), nullable=False),
        sa.Column("day_starts", sa.Time(), nullable=False),
        sa.Column("day_ends", sa.Time(), nullable=False),
        sa.Column("base_place_id", sa.Integer(), nullable=True),
        sa.Column("most_a_day", sa.Integer(), nullable=False),
        sa.Column("breaks", sa.JSON(), nullable=False),
        sa.CheckConstraint("day_starts < day_ends", name=op.f("ck_stay_frame_day_forward")),
        sa.CheckConstraint("most_a_day BETWEEN 1 AND 6", name=op.f("ck_stay_frame_most_a_day_sensible")),
        sa.ForeignKeyConstraint(
            ["base_place_id"], ["place.id"], name=op.f("fk_stay_frame_base_place_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_stay_frame_delegation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stay_frame")),
        sa.UniqueConstraint("delegation_id", name=op.f("uq_stay_frame_delegation_id")),
    )
    op.create_index(op.f("ix_stay_frame_base_place_id"), "stay_frame", ["base_place_id"], unique=False)


def _make_plans():
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", _codes("plan_kind", "programme", "repair"), nullable=False),
        sa.Column("delegation_id", sa.Integer(), nullable=True),
        sa.Column("closure_id", sa.Integer(), nullable=True),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("state", _codes("plan_state", "waiting", "working", "done", "failed"), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("trouble", sa.String(length=50), nullable=False),
        sa.Column("worker", sa.String(length=80), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=True),
        sa.Column("beat_at", UtcDateTime(), nullable=True),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("booked", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("booked_by_id", sa.Integer(), nullable=True),
        sa.Column("booked_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("progress BETWEEN 0 AND 100", name=op.f("ck_plan_progress_percent")),
        sa.CheckConstraint(
            "kind <> 'programme' OR delegation_id IS NOT NULL", name=op.f("ck_plan_programme_of_somebody")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["account.id"], name=op.f("fk_plan_asked_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["booked_by_id"], ["account.id"], name=op.f("fk_plan_booked_by_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["closure_id"], ["site_closure.id"], name=op.f("fk_plan_closure_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["delegation_id"], ["delegation.id"], name=op.f("fk_plan_delegation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["follows_id"], ["plan.id"], name=op.f("fk_plan_follows_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
    )
    for columns in (
        ["state", "id"],
        ["delegation_id", "id"],
        ["digest"],
        ["asked_at"],
        ["closure_id"],
        ["follows_id"],
    ):
        op.create_index(op.f(f"ix_plan_{'_'.join(columns)}"), "plan", columns, unique=False)


def _codes(name, *codes):
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=32)

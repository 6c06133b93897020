"""What the office proposes of seats and the committee decides; bodies that were closed."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = depends_on = None


def upgrade() -> None:
    op.add_column("bodies", sa.Column("closed_on", sa.Date(), nullable=True))
    op.create_table(
        "seat_proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(length=10), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=True),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=20), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=True),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.Column("proposer_id", sa.Integer(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_proposals")),
        sa.ForeignKeyConstraint(["seat_id"], ["seats.id"], name=op.f("fk_seat_proposals_seat_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_seat_proposals_person_id")),
        sa.ForeignKeyConstraint(["successor_id"], ["people.id"], name=op.f("fk_seat_proposals_successor_id")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_seat_proposals_body_id")),
        sa.ForeignKeyConstraint(["proposer_id"], ["people.id"], name=op.f("fk_seat_proposals_proposer_id")),
    )
    op.create_index(op.f("ix_seat_proposals_person_id"), "seat_proposals", ["person_id"])
    op.create_index(op.f("ix_seat_proposals_state"), "seat_proposals", ["state"])


def downgrade() -> None:
    op.drop_table("seat_proposals")
    op.drop_column("bodies", "closed_on")

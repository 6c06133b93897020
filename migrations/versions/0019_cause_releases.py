"""Unkept pledges that two people let stand in public with a name, for a time."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = depends_on = None


def upgrade() -> None:
    op.create_table(
        "cause_releases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=10), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("scope", sa.String(length=10), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("hear_until", sa.Date(), nullable=False),
        sa.Column("reply", sa.String(length=300), nullable=False),
        sa.Column("proposer_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("decider_id", sa.Integer(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cause_releases")),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_cause_releases_pledge_id")),
        sa.ForeignKeyConstraint(["proposer_id"], ["people.id"], name=op.f("fk_cause_releases_proposer_id")),
        sa.ForeignKeyConstraint(["decider_id"], ["people.id"], name=op.f("fk_cause_releases_decider_id")),
    )
    op.create_index(op.f("ix_cause_releases_pledge_id"), "cause_releases", ["pledge_id"])
    op.create_index(op.f("ix_cause_releases_state"), "cause_releases", ["state"])


def downgrade() -> None:
    op.drop_table("cause_releases")

"""Receipts that come before the letter is written down as sent."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = depends_on = None


def upgrade() -> None:
    op.create_table(
        "early_receipts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("stand_in", sa.String(40)),
        sa.Column("receipt", sa.String(40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_early_receipts")),
    )
    op.create_index(op.f("ix_early_receipts_number"), "early_receipts", ["number"])
    op.create_index(op.f("ix_early_receipts_stand_in"), "early_receipts", ["stand_in"])


def downgrade() -> None:
    op.drop_table("early_receipts")

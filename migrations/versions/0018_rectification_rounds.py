"""Rounds of a rectification: answer, check, the rater's verdict; and who wants to hear of its end."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = depends_on = None


def upgrade() -> None:
    op.create_table(
        "rectification_rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rectification_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=500), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("opinion", sa.String(length=300), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("verdict", sa.String(length=12), nullable=False),
        sa.Column("verdict_words", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification_rounds")),
        sa.UniqueConstraint("rectification_id", "no", name=op.f("uq_rectification_rounds_rectification_id_no")),
        sa.ForeignKeyConstraint(["rectification_id"], ["rectifications.id"], name=op.f("fk_rectification_rounds_rectification_id")),
        sa.ForeignKeyConstraint(["answered_by"], ["people.id"], name=op.f("fk_rectification_rounds_answered_by")),
    )
    op.create_table(
        "rectification_followers",
        sa.Column("rectification_id", sa.Integer(), nullable=False),
        sa.Column("contact", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("rectification_id", "contact", name=op.f("pk_rectification_followers")),
        sa.ForeignKeyConstraint(["rectification_id"], ["rectifications.id"], name=op.f("fk_rectification_followers_rectification_id")),
    )
    op.create_index(op.f("ix_rectifications_state"), "rectifications", ["state"])


def downgrade() -> None:
    op.drop_index(op.f("ix_rectifications_state"), "rectifications")
    op.drop_table("rectification_followers")
    op.drop_table("rectification_rounds")

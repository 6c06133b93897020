"""Publicity log; windows that two may keep."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = depends_on = None


def upgrade() -> None:
    op.add_column("service_windows", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.create_table(
        "publicity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("place", sa.String(length=60), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("print_id", sa.Integer(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publicity")),
        sa.ForeignKeyConstraint(["branch_id"], ["bodies.id"], name=op.f("fk_publicity_branch_id")),
        sa.ForeignKeyConstraint(["print_id"], ["prints.id"], name=op.f("fk_publicity_print_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_publicity_person_id")),
    )
    op.create_index(op.f("ix_publicity_branch_id"), "publicity", ["branch_id"])


def downgrade() -> None:
    op.drop_table("publicity")
    op.drop_column("service_windows", "version")

"""Print log of plates."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = depends_on = None


def upgrade() -> None:
    op.create_table(
        "prints",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("printed_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(length=40), nullable=False),
        sa.Column("layout", sa.String(length=10), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("plates", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prints")),
    )
    op.create_index(op.f("ix_prints_printed_at"), "prints", ["printed_at"])
    op.create_table(
        "printed_plates",
        sa.Column("print_id", sa.Integer(), nullable=False),
        sa.Column("plate_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("print_id", "plate_id", name=op.f("pk_printed_plates")),
        sa.ForeignKeyConstraint(["print_id"], ["prints.id"], name=op.f("fk_printed_plates_print_id")),
        sa.ForeignKeyConstraint(["plate_id"], ["plates.id"], name=op.f("fk_printed_plates_plate_id")),
    )
    op.create_index(op.f("ix_printed_plates_plate_id"), "printed_plates", ["plate_id"])


def downgrade() -> None:
    op.drop_table("printed_plates")
    op.drop_table("prints")

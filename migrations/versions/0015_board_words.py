"""The words by which published pledges are found; the clock enters those of pledges published before."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = depends_on = None


def upgrade() -> None:
    op.create_table(
        "board_words",
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("written", sa.Text(), nullable=False),
        sa.Column("sounds", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("pledge_id", name=op.f("pk_board_words")),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_board_words_pledge_id")),
    )


def downgrade() -> None:
    op.drop_table("board_words")

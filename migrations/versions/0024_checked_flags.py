"""Flags that a person has looked at."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = depends_on = None


def upgrade() -> None:
    op.add_column("flags", sa.Column("state", sa.String(10), nullable=False, server_default="raised"))
    op.add_column("flags", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("flags", sa.Column("finding", sa.String(500), nullable=False, server_default=""))
    op.create_index(op.f("ix_flags_state"), "flags", ["state"])


def downgrade() -> None:
    op.drop_index(op.f("ix_flags_state"), "flags")
    with op.batch_alter_table("flags") as flags:
        flags.drop_column("finding")
        flags.drop_column("version")
        flags.drop_column("state")

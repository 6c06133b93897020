"""The print log takes in papers without plates."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE prints RENAME COLUMN plates TO pieces")
    op.add_column("prints", sa.Column("about", sa.String(length=120), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("prints", "about")
    op.execute("ALTER TABLE prints RENAME COLUMN pieces TO plates")

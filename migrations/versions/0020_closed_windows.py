"""Windows that were closed: their past stays, nobody rates them any more."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = depends_on = None


def upgrade() -> None:
    op.add_column("service_windows", sa.Column("closed_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("service_windows") as windows:
        windows.drop_column("closed_on")

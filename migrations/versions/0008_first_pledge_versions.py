"""Data: every pledge that stands published becomes its own first version."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = depends_on = None


def upgrade() -> None:
    op.execute(
        "INSERT INTO pledge_versions"
        " (pledge_id, no, published_on, why, theme, dimension, content, measures, standard, deadline, slogan, addressees)"
        " SELECT id, 1, published_on, '', theme, dimension, content, measures, standard, deadline, slogan, addressees"
        " FROM pledges WHERE published_on IS NOT NULL AND state IN ('published', 'fulfilled', 'excused_with_reason')"
    )


def downgrade() -> None:
    op.execute("DELETE FROM pledge_versions")

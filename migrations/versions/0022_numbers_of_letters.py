"""Letters are looked up by WeChat's number only once they have one: a hundred thousand that wait need no entry each."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = depends_on = None

_NUMBERED = sa.text("message_id IS NOT NULL")


def upgrade() -> None:
    op.drop_index(op.f("ix_letters_message_id"), "letters")
    op.create_index(op.f("ix_letters_message_id"), "letters", ["message_id"], sqlite_where=_NUMBERED, postgresql_where=_NUMBERED)


def downgrade() -> None:
    op.drop_index(op.f("ix_letters_message_id"), "letters")
    op.create_index(op.f("ix_letters_message_id"), "letters", ["message_id"])

"""Fewer indexes on the way of a rating: each new row wrote three pages that only the hourly tidying or a bound contact needs."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = depends_on = None

_BOUND = sa.text("person_id IS NOT NULL")


def upgrade() -> None:
    op.drop_index(op.f("ix_contacts_person_id"), "contacts")
    op.drop_index(op.f("ix_contacts_person_id_account"), "contacts")
    names = ["person_id", "account"]
    op.create_index(op.f("ix_contacts_person_id_account"), "contacts", names, unique=True, sqlite_where=_BOUND, postgresql_where=_BOUND)
    op.drop_index(op.f("ix_inbox_at"), "inbox")
    op.drop_index(op.f("ix_watches_ends_at"), "watches")


def downgrade() -> None:
    op.create_index(op.f("ix_watches_ends_at"), "watches", ["ends_at"])
    op.create_index(op.f("ix_inbox_at"), "inbox", ["at"])
    op.drop_index(op.f("ix_contacts_person_id_account"), "contacts")
    op.create_index(op.f("ix_contacts_person_id_account"), "contacts", ["person_id", "account"], unique=True)
    op.create_index(op.f("ix_contacts_person_id"), "contacts", ["person_id"])

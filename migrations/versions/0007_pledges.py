"""Kinds, addressees, progress and published versions of pledges; amendments, progress entries, batches."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = depends_on = None


def _wording() -> list[sa.Column]:
    return [
        sa.Column("theme", sa.String(length=60), nullable=False),
        sa.Column("dimension", sa.String(length=20), nullable=False),
        sa.Column("content", sa.String(length=300), nullable=False),
        sa.Column("measures", sa.String(length=300), nullable=False),
        sa.Column("standard", sa.String(length=300), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("slogan", sa.String(length=40), nullable=False),
        sa.Column("addressees", sa.JSON(), nullable=False),
    ]


def upgrade() -> None:
    for column in (
        sa.Column("dimension", sa.String(length=20), nullable=False, server_default=""),
        sa.Column("addressees", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("kind", sa.String(length=10), nullable=False, server_default="post"),
        sa.Column("meeting", sa.String(length=60), nullable=False, server_default=""),
        sa.Column("opinion", sa.String(length=300), nullable=False, server_default=""),
        sa.Column("percent", sa.SmallInteger(), nullable=False, server_default="0"),
    ):
        op.add_column("pledges", column)
    op.create_table(
        "pledge_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.SmallInteger(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        *_wording(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge_versions")),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_pledge_versions_pledge_id")),
        sa.UniqueConstraint("pledge_id", "no", name=op.f("uq_pledge_versions_pledge_id_no")),
    )
    op.create_table(
        "pledge_amendments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("base_no", sa.SmallInteger(), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("opinion", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_wording(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge_amendments")),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_pledge_amendments_pledge_id")),
        sa.UniqueConstraint("pledge_id", "base_no", name=op.f("uq_pledge_amendments_pledge_id_base_no")),
    )
    op.create_index(op.f("ix_pledge_amendments_state"), "pledge_amendments", ["state"])
    op.create_table(
        "pledge_progress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("percent", sa.SmallInteger(), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge_progress")),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_pledge_progress_pledge_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_pledge_progress_person_id")),
    )
    op.create_index(op.f("ix_pledge_progress_pledge_id"), "pledge_progress", ["pledge_id"])
    op.create_table(
        "pledge_batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("campaign", sa.String(length=40), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("opinion", sa.String(length=300), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge_batches")),
        sa.ForeignKeyConstraint(["branch_id"], ["bodies.id"], name=op.f("fk_pledge_batches_branch_id")),
        sa.UniqueConstraint("code", name=op.f("uq_pledge_batches_code")),
    )
    op.create_index(op.f("ix_pledge_batches_branch_id"), "pledge_batches", ["branch_id"])
    op.create_table(
        "pledge_batch_rows",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.SmallInteger(), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=False),
        sa.Column("opinion", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("batch_id", "pledge_id", name=op.f("pk_pledge_batch_rows")),
        sa.ForeignKeyConstraint(["batch_id"], ["pledge_batches.id"], name=op.f("fk_pledge_batch_rows_batch_id")),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_pledge_batch_rows_pledge_id")),
    )
    op.create_index(op.f("ix_pledge_batch_rows_pledge_id"), "pledge_batch_rows", ["pledge_id"])
    waits = sa.text("decision = ''")
    op.create_index("ix_pledge_batch_rows_waiting", "pledge_batch_rows", ["pledge_id"], unique=True, sqlite_where=waits, postgresql_where=waits)


def downgrade() -> None:
    for table in ("pledge_batch_rows", "pledge_batches", "pledge_progress", "pledge_amendments", "pledge_versions"):
        op.drop_table(table)
    for column in ("percent", "opinion", "meeting", "kind", "addressees", "dimension"):
        op.drop_column("pledges", column)

"""Objections, checks of citizens' words, key works."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = depends_on = None


def upgrade() -> None:
    op.create_table(
        "objections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event", sa.LargeBinary(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer()),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("privacy", sa.String(length=12), nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("contact", sa.String(length=32)),
        sa.Column("phone_sealed", sa.LargeBinary()),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("due_words", sa.String(length=300), nullable=False),
        sa.Column("answer", sa.String(length=500), nullable=False),
        sa.Column("answered_by", sa.Integer()),
        sa.Column("released_on", sa.Date()),
        sa.Column("text_public", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objections")),
        sa.UniqueConstraint("event", name=op.f("uq_objections_event")),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_objections_pledge_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["bodies.id"], name=op.f("fk_objections_branch_id")),
        sa.ForeignKeyConstraint(["answered_by"], ["people.id"], name=op.f("fk_objections_answered_by")),
    )
    for column in ("pledge_id", "branch_id", "state"):
        op.create_index(op.f(f"ix_objections_{column}"), "objections", [column])
    op.create_table(
        "text_checks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thing", sa.String(length=20), nullable=False),
        sa.Column("thing_id", sa.Integer(), nullable=False),
        sa.Column("contact", sa.String(length=32)),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("verdict", sa.String(length=100), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("judged_by", sa.Integer()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_checks")),
        sa.UniqueConstraint("thing", "thing_id", name=op.f("uq_text_checks_thing_thing_id")),
        sa.ForeignKeyConstraint(["judged_by"], ["people.id"], name=op.f("fk_text_checks_judged_by")),
    )
    op.create_index("ix_text_checks_state_due_at", "text_checks", ["state", "due_at"])
    _works()


def _works() -> None:
    op.create_table(
        "works",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("branch_id", sa.Integer()),
        sa.Column("section", sa.String(length=60), nullable=False),
        sa.Column("summary", sa.String(length=300), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("delay_words", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("published_on", sa.Date()),
        sa.Column("updated_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_works")),
        sa.UniqueConstraint("code", name=op.f("uq_works_code")),
        sa.ForeignKeyConstraint(["branch_id"], ["bodies.id"], name=op.f("fk_works_branch_id")),
    )
    op.create_index(op.f("ix_works_branch_id"), "works", ["branch_id"])
    op.create_index(op.f("ix_works_state"), "works", ["state"])
    op.create_table(
        "work_milestones",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("work_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("planned", sa.Date(), nullable=False),
        sa.Column("expected", sa.Date()),
        sa.Column("actual", sa.Date()),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_milestones")),
        sa.ForeignKeyConstraint(["work_id"], ["works.id"], name=op.f("fk_work_milestones_work_id")),
    )
    op.create_index(op.f("ix_work_milestones_work_id"), "work_milestones", ["work_id"])
    op.create_table(
        "work_pledges",
        sa.Column("work_id", sa.Integer(), nullable=False),
        sa.Column("pledge_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("work_id", "pledge_id", name=op.f("pk_work_pledges")),
        sa.ForeignKeyConstraint(["work_id"], ["works.id"], name=op.f("fk_work_pledges_work_id")),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_work_pledges_pledge_id")),
    )
    op.create_index(op.f("ix_work_pledges_pledge_id"), "work_pledges", ["pledge_id"])


def downgrade() -> None:
    for table in ("work_pledges", "work_milestones", "works", "text_checks", "objections"):
        op.drop_table(table)

"""Todos with their submissions, receipts and extensions; the state of a campaign."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("campaigns") as campaigns:
        campaigns.add_column(sa.Column("state", sa.String(length=12), nullable=False, server_default="prepared"))
        campaigns.add_column(sa.Column("started_on", sa.Date(), nullable=True))
    with op.batch_alter_table("campaigns") as campaigns:
        campaigns.alter_column("state", server_default=None)
        campaigns.create_index(op.f("ix_campaigns_state"), ["state"])
    _todos()
    _submissions()
    _extensions()


def _todos() -> None:
    op.create_table(
        "todos",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=24), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("window_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("firm", sa.Boolean(), nullable=False),
        sa.Column("due_words", sa.String(length=400), nullable=False),
        sa.Column("own_day", sa.Boolean(), nullable=False),
        sa.Column("handed_in_on", sa.Date(), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("paused_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_todos")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_todos_campaign_id")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_todos_task_id")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_todos_body_id")),
        sa.ForeignKeyConstraint(["window_id"], ["service_windows.id"], name=op.f("fk_todos_window_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_todos_person_id")),
        sa.UniqueConstraint("task_id", "subject", name=op.f("uq_todos_task_id_subject")),
    )
    op.create_index(op.f("ix_todos_campaign_id"), "todos", ["campaign_id"])
    op.create_index(op.f("ix_todos_subject"), "todos", ["subject"])
    op.create_index("ix_todos_state_due_on", "todos", ["state", "due_on"])


def _submissions() -> None:
    op.create_table(
        "submissions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("todo_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("receipt_year", sa.Integer(), nullable=False),
        sa.Column("receipt_no", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("meeting", sa.JSON(), nullable=True),
        sa.Column("handed_in_by", sa.Integer(), nullable=True),
        sa.Column("handed_in_at", sa.DateTime(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
        sa.ForeignKeyConstraint(["todo_id"], ["todos.id"], name=op.f("fk_submissions_todo_id")),
        sa.ForeignKeyConstraint(["handed_in_by"], ["people.id"], name=op.f("fk_submissions_handed_in_by")),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_submissions_decided_by")),
        sa.UniqueConstraint("todo_id", "no", name=op.f("uq_submissions_todo_id_no")),
        sa.UniqueConstraint("receipt_year", "receipt_no", name=op.f("uq_submissions_receipt_year_receipt_no")),
    )
    op.create_index(op.f("ix_submissions_handed_in_at"), "submissions", ["handed_in_at"])
    op.create_table(
        "receipt_counters",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_receipt_counters")),
    )


def _extensions() -> None:
    op.create_table(
        "extensions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("todo_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extensions")),
        sa.ForeignKeyConstraint(["todo_id"], ["todos.id"], name=op.f("fk_extensions_todo_id")),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_extensions_asked_by")),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name=op.f("fk_extensions_decided_by")),
    )
    op.create_index(op.f("ix_extensions_state"), "extensions", ["state"])
    op.create_index(op.f("ix_extensions_todo_id"), "extensions", ["todo_id"])


def downgrade() -> None:
    op.drop_table("extensions")
    op.drop_table("receipt_counters")
    op.drop_table("submissions")
    op.drop_table("todos")
    with op.batch_alter_table("campaigns") as campaigns:
        campaigns.drop_index(op.f("ix_campaigns_state"))
        campaigns.drop_column("started_on")
        campaigns.drop_column("state")

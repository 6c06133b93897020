"""Letters carried by the hundred; consents, closed quotas; the daily round of reminders, its due times and the clock on duty."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = depends_on = None


def upgrade() -> None:
    op.drop_index(op.f("ix_letters_state_due_at"), "letters")
    op.create_index("ix_letters_state_due_at_id", "letters", ["state", "due_at", "id"])
    op.add_column("letters", sa.Column("until", sa.DateTime()))
    op.add_column("letters", sa.Column("spare", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("letters", sa.Column("doubts", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("letters", sa.Column("message_id", sa.String(length=40)))
    op.add_column("letters", sa.Column("receipt", sa.String(length=40)))
    op.create_index(op.f("ix_letters_message_id"), "letters", ["message_id"])
    with op.batch_alter_table("letters") as letters:
        letters.alter_column("claimed_by", existing_type=sa.String(length=40), type_=sa.String(length=60))
    op.create_table(
        "message_consents",
        sa.Column("contact", sa.String(length=32), nullable=False),
        sa.Column("template_id", sa.String(length=64), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("lost", sa.Integer(), nullable=False),
        sa.Column("hinted_at", sa.DateTime()),
        sa.Column("proved_at", sa.DateTime()),
        sa.Column("refused_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("contact", "template_id", name=op.f("pk_message_consents")),
        sa.ForeignKeyConstraint(["contact"], ["contacts.mark"], name=op.f("fk_message_consents_contact"), ondelete="CASCADE"),
        sa.CheckConstraint("accepted >= used + lost", name=op.f("ck_message_consents_never_negative")),
    )
    op.create_table(
        "holds",
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("daily", sa.Boolean(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("way", name=op.f("pk_holds")),
    )
    op.create_table(
        "slots",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=False),
        sa.Column("done_by", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("name", "due_at", name=op.f("pk_slots")),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("holder", sa.String(length=60), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    op.create_table(
        "reminders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("todo_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("moment", sa.String(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("letter", sa.String(length=100)),
        sa.Column("passed", sa.String(length=60), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint("todo_id", "person_id", "due_on", "moment", name=op.f("uq_reminders_todo_id_person_id_due_on_moment")),
        sa.ForeignKeyConstraint(["todo_id"], ["todos.id"], name=op.f("fk_reminders_todo_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_reminders_person_id")),
    )
    op.create_index("ix_reminders_day", "reminders", ["day"])
    op.create_index(op.f("ix_reminders_person_id"), "reminders", ["person_id"])


def downgrade() -> None:
    for name in ("reminders", "leases", "slots"):
        op.drop_table(name)
    op.drop_table("holds")
    op.drop_table("message_consents")
    with op.batch_alter_table("letters") as letters:
        letters.alter_column("claimed_by", existing_type=sa.String(length=60), type_=sa.String(length=40))
    op.drop_index(op.f("ix_letters_message_id"), "letters")
    for name in ("receipt", "message_id", "doubts", "spare", "until"):
        op.drop_column("letters", name)
    op.drop_index("ix_letters_state_due_at_id", "letters")
    op.create_index(op.f("ix_letters_state_due_at"), "letters", ["state", "due_at"])

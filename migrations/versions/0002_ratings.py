"""Ratings with their tallies and rectifications, pledges, letters, steps, inbox, sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = depends_on = None

_APPEND_ONLY = {
    "sqlite": [
        "CREATE TRIGGER steps_no_update BEFORE UPDATE ON steps BEGIN SELECT RAISE(ABORT, 'steps are append-only'); END",
        "CREATE TRIGGER steps_no_delete BEFORE DELETE ON steps BEGIN SELECT RAISE(ABORT, 'steps are append-only'); END",
    ],
    "postgresql": [
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'steps are append-only'; END $$",
        "CREATE TRIGGER steps_append_only BEFORE UPDATE OR DELETE ON steps FOR EACH ROW EXECUTE FUNCTION refuse_change()",
        "CREATE TRIGGER steps_no_truncate BEFORE TRUNCATE ON steps FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    ],
}


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def upgrade() -> None:
    op.create_table(
        "chain_heads",
        sa.Column("name", sa.String(length=10), nullable=False),
        sa.Column("no", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_chain_heads")),
    )
    op.create_table(
        "conversations",
        sa.Column("contact", sa.String(length=32), nullable=False),
        sa.Column("topic", sa.String(length=20), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("contact", name=op.f("pk_conversations")),
    )
    op.create_index(op.f("ix_conversations_ends_at"), "conversations", ["ends_at"])
    op.create_table(
        "editions",
        sa.Column("name", sa.String(length=10), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_editions")),
    )
    op.create_table(
        "inbox",
        sa.Column("mark", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("answer", sa.String(length=2000), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_inbox")),
    )
    op.create_index(op.f("ix_inbox_at"), "inbox", ["at"])
    op.create_table(
        "repeatables",
        sa.Column("mark", sa.LargeBinary(), nullable=False),
        sa.Column("request", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_repeatables")),
    )
    op.create_index(op.f("ix_repeatables_at"), "repeatables", ["at"])
    op.create_table(
        "steps",
        sa.Column("no", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(length=40), nullable=False),
        sa.Column("seat", sa.String(length=20), nullable=False),
        sa.Column("thing", sa.String(length=20), nullable=False),
        sa.Column("thing_id", sa.BigInteger(), nullable=False),
        sa.Column("verb", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("target", sa.String(length=20), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("no", name=op.f("pk_steps")),
    )
    op.create_table(
        "watches",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_watches")),
    )
    op.create_index(op.f("ix_watches_ends_at"), "watches", ["ends_at"])
    op.create_table(
        "letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("once", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("contact", sa.String(length=32), nullable=True),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.String(length=40), nullable=True),
        sa.Column("claimed_at", sa.DateTime(), nullable=True),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("channel", sa.String(length=16), nullable=True),
        sa.Column("outcome", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_letters_person_id")),
        sa.UniqueConstraint("once", name=op.f("uq_letters_once")),
    )
    op.create_index(op.f("ix_letters_person_id"), "letters", ["person_id"])
    op.create_index(op.f("ix_letters_state_due_at"), "letters", ["state", "due_at"])
    op.create_table(
        "figures",
        sa.Column("window_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("standing", sa.String(length=10), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("up_to", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("window_id", "level", "standing", name=op.f("pk_figures")),
        sa.ForeignKeyConstraint(["window_id"], ["service_windows.id"], name=op.f("fk_figures_window_id")),
    )
    op.create_table(
        "flags",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("once", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("window_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("detail", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flags")),
        sa.ForeignKeyConstraint(["window_id"], ["service_windows.id"], name=op.f("fk_flags_window_id")),
        sa.UniqueConstraint("once", name=op.f("uq_flags_once")),
    )
    op.create_table(
        "pledges",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("campaign", sa.String(length=40), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("window_id", sa.Integer(), nullable=True),
        sa.Column("theme", sa.String(length=60), nullable=False),
        sa.Column("content", sa.String(length=300), nullable=False),
        sa.Column("measures", sa.String(length=300), nullable=False),
        sa.Column("standard", sa.String(length=300), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("slogan", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledges")),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_pledges_author_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["bodies.id"], name=op.f("fk_pledges_branch_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["bodies.id"], name=op.f("fk_pledges_unit_id")),
        sa.ForeignKeyConstraint(["window_id"], ["service_windows.id"], name=op.f("fk_pledges_window_id")),
        sa.UniqueConstraint("code", name=op.f("uq_pledges_code")),
    )
    op.create_index(op.f("ix_pledges_author_id"), "pledges", ["author_id"])
    op.create_index(op.f("ix_pledges_branch_id"), "pledges", ["branch_id"])
    op.create_index(op.f("ix_pledges_state"), "pledges", ["state"])
    op.create_index(op.f("ix_pledges_window_id"), "pledges", ["window_id"])
    op.create_table(
        "sessions",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("contact", sa.String(length=32), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_sessions")),
        sa.ForeignKeyConstraint(["contact"], ["contacts.mark"], name=op.f("fk_sessions_contact")),
    )
    op.create_index(op.f("ix_sessions_contact"), "sessions", ["contact"])
    op.create_index(op.f("ix_sessions_ends_at"), "sessions", ["ends_at"])
    op.create_table(
        "tallies",
        sa.Column("window_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("standing", sa.String(length=10), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("window_id", "day", "level", "standing", name=op.f("pk_tallies")),
        sa.ForeignKeyConstraint(["window_id"], ["service_windows.id"], name=op.f("fk_tallies_window_id")),
    )
    op.create_table(
        "ratings",
        sa.Column("id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("event", sa.LargeBinary(), nullable=False),
        sa.Column("window_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=True),
        sa.Column("options_version", sa.SmallInteger(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("privacy", sa.String(length=12), nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("origin", sa.String(length=16), nullable=False),
        sa.Column("standing", sa.String(length=10), nullable=False),
        sa.Column("changes", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ratings")),
        sa.ForeignKeyConstraint(["window_id"], ["service_windows.id"], name=op.f("fk_ratings_window_id")),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_ratings_post_id")),
        sa.UniqueConstraint("event", name=op.f("uq_ratings_event")),
    )
    op.create_table(
        "rectifications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rating_id", sa.BigInteger(), nullable=False),
        sa.Column("window_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("callback_due", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("due_words", sa.String(length=300), nullable=False),
        sa.Column("answer", sa.String(length=500), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectifications")),
        sa.ForeignKeyConstraint(["rating_id"], ["ratings.id"], name=op.f("fk_rectifications_rating_id")),
        sa.ForeignKeyConstraint(["window_id"], ["service_windows.id"], name=op.f("fk_rectifications_window_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_rectifications_owner_id")),
        sa.UniqueConstraint("rating_id", name=op.f("uq_rectifications_rating_id")),
    )
    op.create_index(op.f("ix_rectifications_window_id"), "rectifications", ["window_id"])
    op.execute("INSERT INTO chain_heads (name, no, digest) VALUES ('steps', 0, " + ("X''" if _is_sqlite() else "''") + ")")
    op.execute("INSERT INTO editions (name, n) VALUES ('public', 1)")
    for statement in _APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("rectifications")
    op.drop_table("ratings")
    op.drop_table("tallies")
    op.drop_table("sessions")
    op.drop_table("pledges")
    op.drop_table("flags")
    op.drop_table("figures")
    op.drop_table("letters")
    op.drop_table("watches")
    op.drop_table("steps")
    op.drop_table("repeatables")
    op.drop_table("inbox")
    op.drop_table("editions")
    op.drop_table("conversations")
    op.drop_table("chain_heads")
    if not _is_sqlite():
        op.execute("DROP FUNCTION refuse_change")

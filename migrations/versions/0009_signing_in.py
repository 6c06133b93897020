"""Sign-in to the console."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = depends_on = None


def upgrade() -> None:
    op.create_table(
        "desk_sessions",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("acting", sa.String(length=40), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_desk_sessions")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_desk_sessions_person_id")),
    )
    op.create_index(op.f("ix_desk_sessions_person_id"), "desk_sessions", ["person_id"])
    op.create_index(op.f("ix_desk_sessions_ends_at"), "desk_sessions", ["ends_at"])
    op.create_table(
        "sign_in_codes",
        sa.Column("mark", sa.LargeBinary(), nullable=False),
        sa.Column("browser", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_sign_in_codes")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_sign_in_codes_person_id")),
        sa.UniqueConstraint("browser", name=op.f("uq_sign_in_codes_browser")),
    )
    op.create_index(op.f("ix_sign_in_codes_ends_at"), "sign_in_codes", ["ends_at"])
    op.create_table(
        "passwords",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=40), nullable=False),
        sa.Column("hash", sa.String(length=200), nullable=False),
        sa.Column("totp_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("totp_step", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_passwords")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_passwords_person_id")),
        sa.UniqueConstraint("login", name=op.f("uq_passwords_login")),
    )
    op.create_table(
        "wrong_tries",
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(), nullable=False),
        sa.Column("locked_until", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_wrong_tries")),
    )
    op.create_index(op.f("ix_wrong_tries_last_at"), "wrong_tries", ["last_at"])


def downgrade() -> None:
    for table in ("wrong_tries", "passwords", "sign_in_codes", "desk_sessions"):
        op.drop_table(table)

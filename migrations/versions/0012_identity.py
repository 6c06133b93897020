"""Invitations, binding requests, what members let the public see; the day of unbinding; one phone of each account a person."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = depends_on = None


def upgrade() -> None:
    op.add_column("people", sa.Column("unbound_on", sa.Date(), nullable=True))
    op.create_index(op.f("ix_contacts_person_id_account"), "contacts", ["person_id", "account"], unique=True)
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("issuer_id", sa.Integer(), nullable=True),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_invitations_person_id")),
        sa.ForeignKeyConstraint(["issuer_id"], ["people.id"], name=op.f("fk_invitations_issuer_id")),
        sa.UniqueConstraint("digest", name=op.f("uq_invitations_digest")),
    )
    op.create_index(op.f("ix_invitations_person_id"), "invitations", ["person_id"])
    op.create_index(op.f("ix_invitations_ends_at"), "invitations", ["ends_at"])
    op.create_table(
        "binding_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("said_name", sa.String(length=40), nullable=False),
        sa.Column("doubt", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_binding_requests")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_binding_requests_person_id")),
    )
    op.create_index(op.f("ix_binding_requests_contact"), "binding_requests", ["contact"])
    op.create_index(op.f("ix_binding_requests_person_id"), "binding_requests", ["person_id"])
    op.create_index(op.f("ix_binding_requests_state"), "binding_requests", ["state"])
    op.create_table(
        "disclosures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=20), nullable=False),
        sa.Column("form", sa.String(length=10), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosures")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_disclosures_person_id")),
    )
    op.create_index(op.f("ix_disclosures_person_id"), "disclosures", ["person_id"])


def downgrade() -> None:
    op.drop_table("disclosures")
    op.drop_table("binding_requests")
    op.drop_table("invitations")
    op.drop_index(op.f("ix_contacts_person_id_account"), "contacts")
    op.drop_column("people", "unbound_on")

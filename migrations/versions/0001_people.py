"""Bodies, people, seats, addresses; windows, posts, duties, plates."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = depends_on = None


def upgrade() -> None:
    op.create_table(
        "bodies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("track", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bodies")),
        sa.ForeignKeyConstraint(["parent_id"], ["bodies.id"], name=op.f("fk_bodies_parent_id")),
        sa.UniqueConstraint("name", name=op.f("uq_bodies_name")),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("section_id", sa.Integer(), nullable=True),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_index", sa.LargeBinary(), nullable=True),
        sa.Column("public_form", sa.String(length=10), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.ForeignKeyConstraint(["branch_id"], ["bodies.id"], name=op.f("fk_people_branch_id")),
        sa.ForeignKeyConstraint(["section_id"], ["bodies.id"], name=op.f("fk_people_section_id")),
    )
    op.create_index(op.f("ix_people_branch_id"), "people", ["branch_id"])
    op.create_index(op.f("ix_people_phone_index"), "people", ["phone_index"])
    op.create_table(
        "contacts",
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("account", sa.String(length=10), nullable=False),
        sa.Column("openid_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("follows", sa.Boolean(), nullable=False),
        sa.Column("heard_at", sa.DateTime(), nullable=True),
        sa.Column("gone_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_contacts")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_contacts_person_id")),
    )
    op.create_index(op.f("ix_contacts_person_id"), "contacts", ["person_id"])
    op.create_table(
        "seats",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=20), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seats")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_seats_person_id")),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_seats_body_id")),
    )
    op.create_index(op.f("ix_seats_person_id"), "seats", ["person_id"])
    op.create_table(
        "service_windows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("place", sa.String(length=60), nullable=False),
        sa.Column("hours", sa.String(length=60), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("section_id", sa.Integer(), nullable=True),
        sa.Column("head_id", sa.Integer(), nullable=True),
        sa.Column("is_model", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_windows")),
        sa.ForeignKeyConstraint(["branch_id"], ["bodies.id"], name=op.f("fk_service_windows_branch_id")),
        sa.ForeignKeyConstraint(["section_id"], ["bodies.id"], name=op.f("fk_service_windows_section_id")),
        sa.ForeignKeyConstraint(["head_id"], ["people.id"], name=op.f("fk_service_windows_head_id")),
        sa.UniqueConstraint("name", name=op.f("uq_service_windows_name")),
    )
    op.create_index(op.f("ix_service_windows_number"), "service_windows", ["number"])
    op.create_table(
        "window_services",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("window_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("standard", sa.String(length=200), nullable=False),
        sa.Column("promised_limit", sa.String(length=40), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_window_services")),
        sa.ForeignKeyConstraint(["window_id"], ["service_windows.id"], name=op.f("fk_window_services_window_id")),
    )
    op.create_index(op.f("ix_window_services_window_id"), "window_services", ["window_id"])
    op.create_table(
        "posts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("window_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=40), nullable=False),
        sa.Column("is_pioneer", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
        sa.ForeignKeyConstraint(["window_id"], ["service_windows.id"], name=op.f("fk_posts_window_id")),
    )
    op.create_index(op.f("ix_posts_window_id"), "posts", ["window_id"])
    op.create_table(
        "duties",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duties")),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_duties_post_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_duties_person_id")),
    )
    op.create_index(op.f("ix_duties_person_id"), "duties", ["person_id"])
    op.create_index(op.f("ix_duties_post_id"), "duties", ["post_id"])
    op.create_table(
        "plates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plates")),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name=op.f("fk_plates_post_id")),
        sa.UniqueConstraint("code", name=op.f("uq_plates_code")),
        sa.UniqueConstraint("post_id", "serial", name=op.f("uq_plates_post_id_serial")),
    )
    op.create_index(op.f("ix_plates_post_id"), "plates", ["post_id"])


def downgrade() -> None:
    op.drop_table("plates")
    op.drop_table("duties")
    op.drop_table("posts")
    op.drop_table("window_services")
    op.drop_table("service_windows")
    op.drop_table("seats")
    op.drop_table("contacts")
    op.drop_table("people")
    op.drop_table("bodies")

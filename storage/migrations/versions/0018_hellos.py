"""Hellos: somebody is asked to look in on a person."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Moment

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "hellos",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("house_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("taken_by", Id, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_hellos_person_id_people", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["house_id"], ["houses.id"], name="fk_hellos_house_id_houses", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_hellos"),
    )
    op.create_index("ix_hellos_person_id_opened_at", "hellos", ["person_id", "opened_at"])
    op.create_table(
        "hello_asks",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("hello_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("declined", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hello_id"], ["hellos.id"], name="fk_hello_asks_hello_id_hellos", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_hello_asks"),
        sa.UniqueConstraint("hello_id", "person_id", name="uq_hello_asks_hello_id_person_id"),
    )
    op.create_index("ix_hello_asks_person_id", "hello_asks", ["person_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("hello_asks")
    op.drop_index("ix_hellos_person_id_opened_at", table_name="hellos")
    op.drop_table("hellos")

"""Check-ins that come more seldom: their results, how often they come, and what a house has switched off."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Moment

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and let every time so far come each week."""
    op.create_table(
        "results",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("instrument", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("answers_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_results_person_id_people", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_results"),
    )
    op.create_index("ix_results_person_id_at", "results", ["person_id", "at"])
    op.create_table(
        "switches",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("house_id", Id, nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["house_id"], ["houses.id"], name="fk_switches_house_id_houses", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_switches"),
        sa.UniqueConstraint("house_id", "name", name="uq_switches_house_id_name"),
    )
    with op.batch_alter_table("schedules") as table:
        table.add_column(sa.Column("weeks", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("schedules") as table:
        table.alter_column("weeks", server_default=None)


def downgrade() -> None:
    """Drop them."""
    with op.batch_alter_table("schedules") as table:
        table.drop_column("weeks")
    op.drop_table("switches")
    op.drop_index("ix_results_person_id_at", table_name="results")
    op.drop_table("results")

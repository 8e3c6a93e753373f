"""The house pulse: counts that nobody stands behind, and who took part in which month."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "pulse_tallies",
        sa.Column("house_id", Id, autoincrement=False, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("side", sa.String(length=16), nullable=False),
        sa.Column("item", sa.String(length=32), nullable=False),
        sa.Column("value", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["house_id"], ["houses.id"], name="fk_pulse_tallies_house_id_houses", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("house_id", "month", "side", "item", "value", name="pk_pulse_tallies"),
    )
    op.create_table(
        "pulse_parts",
        sa.Column("person_id", Id, autoincrement=False, nullable=False),
        sa.Column("house_id", Id, autoincrement=False, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_pulse_parts_person_id_people", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["house_id"], ["houses.id"], name="fk_pulse_parts_house_id_houses", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "house_id", "month", name="pk_pulse_parts"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("pulse_parts")
    op.drop_table("pulse_tallies")

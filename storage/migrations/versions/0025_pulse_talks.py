"""That a house has talked about the question of a pulse."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, LocalDate, Moment

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "pulse_talks",
        sa.Column("house_id", Id, autoincrement=False, nullable=False),
        sa.Column("month", LocalDate(), nullable=False),
        sa.Column("item", sa.String(length=32), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["house_id"], ["houses.id"], name="fk_pulse_talks_house_id_houses", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("house_id", "month", name="pk_pulse_talks"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("pulse_talks")

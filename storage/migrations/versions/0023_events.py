"""What is on in a house."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, LocalDate, Moment

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "events",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("house_id", Id, nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("day", LocalDate(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("added_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["house_id"], ["houses.id"], name="fk_events_house_id_houses", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
    )
    op.create_index("ix_events_house_id", "events", ["house_id"])


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("events")

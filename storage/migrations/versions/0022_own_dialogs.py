"""Dialogs that a house wrote itself."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Moment

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "own_dialogs",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("house_id", Id, nullable=False),
        sa.Column("author_id", Id, nullable=True),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["house_id"], ["houses.id"], name="fk_own_dialogs_house_id_houses", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_own_dialogs"),
    )
    op.create_index("ix_own_dialogs_house_id", "own_dialogs", ["house_id"])
    op.create_index("ix_own_dialogs_state", "own_dialogs", ["state"])


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("own_dialogs")

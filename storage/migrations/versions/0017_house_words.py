"""Words that mean something of their own in one house."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Moment

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "house_words",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("house_id", Id, nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("means", sa.String(length=16), nullable=False),
        sa.Column("added_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["house_id"], ["houses.id"], name="fk_house_words_house_id_houses", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_house_words"),
    )
    op.create_index("ix_house_words_house_id", "house_words", ["house_id"])


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("house_words")

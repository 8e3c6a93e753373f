"""Trust: staff's own trail, wrong codes, and the house a letter is written for."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Moment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and the column."""
    op.create_table(
        "trail",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("house_id", Id, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("actor_hash", sa.LargeBinary(), nullable=True),
        sa.Column("about_hash", sa.LargeBinary(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["house_id"], ["houses.id"], name="fk_trail_house_id_houses", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_trail"),
        sa.UniqueConstraint("house_id", "number", name="uq_trail_house_id_number"),
    )
    op.create_table(
        "guesses",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("who_hash", sa.LargeBinary(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_guesses"),
    )
    op.create_index("ix_guesses_at", "guesses", ["at"])
    op.create_index("ix_guesses_who_hash_at", "guesses", ["who_hash", "at"])
    op.add_column("outbox", sa.Column("house_id", Id, nullable=True))


def downgrade() -> None:
    """Drop them."""
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("house_id")
    op.drop_table("guesses")
    op.drop_table("trail")

"""Group chats that belong to a house."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Moment

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "groups",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("house_id", Id, nullable=False),
        sa.Column("purpose", sa.String(16), nullable=False),
        sa.Column("chat_hash", sa.LargeBinary(), nullable=False),
        sa.Column("former_hash", sa.LargeBinary(), nullable=True),
        sa.Column("chat_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("title_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("locale", sa.String(16), nullable=False),
        sa.Column("linked_by", Id, nullable=True),
        sa.Column("linked_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["house_id"], ["houses.id"], name="fk_groups_house_id_houses", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_groups"),
        sa.UniqueConstraint("chat_hash", name="uq_groups_chat_hash"),
        sa.UniqueConstraint("former_hash", name="uq_groups_former_hash"),
    )
    op.create_index("ix_groups_house_id", "groups", ["house_id"])


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("groups")

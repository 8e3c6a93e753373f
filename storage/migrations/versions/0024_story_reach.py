"""For whom a story was told: its house, or its network. What is there was told to its house."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column."""
    with op.batch_alter_table("stories") as stories:
        stories.add_column(sa.Column("reach", sa.String(length=16), nullable=False, server_default="house"))
    with op.batch_alter_table("stories") as stories:
        stories.alter_column("reach", server_default=None)


def downgrade() -> None:
    """Take it away again. What was told to the network is for its house alone then."""
    with op.batch_alter_table("stories") as stories:
        stories.drop_column("reach")

"""How long people want to be remembered after they left."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column."""
    op.add_column("people", sa.Column("remember_days", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Take it away again."""
    with op.batch_alter_table("people") as people:
        people.drop_column("remember_days")

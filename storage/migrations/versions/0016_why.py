"""Why a call was opened by words: which rule spoke, and about which of them."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column."""
    op.add_column("alerts", sa.Column("why_sealed", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    """Take it away again."""
    with op.batch_alter_table("alerts") as alerts:
        alerts.drop_column("why_sealed")

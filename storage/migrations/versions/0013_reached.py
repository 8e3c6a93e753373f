"""Whom a call has reached, what was said with it, and what helped."""

import sqlalchemy as sa
from alembic import op

from storage.types import Moment

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the columns."""
    op.add_column("alerts", sa.Column("voice_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("alerts", sa.Column("helped", sa.Text(), nullable=True))
    op.add_column("alert_asks", sa.Column("reached", sa.String(length=8), nullable=True))
    op.add_column("alert_asks", sa.Column("reached_at", Moment(), nullable=True))
    op.create_index("ix_alert_asks_outbox_id", "alert_asks", ["outbox_id"])


def downgrade() -> None:
    """Take them away again."""
    op.drop_index("ix_alert_asks_outbox_id", "alert_asks")
    with op.batch_alter_table("alert_asks") as asks:
        asks.drop_column("reached_at")
        asks.drop_column("reached")
    with op.batch_alter_table("alerts") as alerts:
        alerts.drop_column("helped")
        alerts.drop_column("voice_sealed")

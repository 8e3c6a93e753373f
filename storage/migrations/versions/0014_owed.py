"""Which replies are owed: found by an index over those few."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_OWED = sa.text("kind = 'reply' AND state IN ('unsure', 'expired', 'refused')")


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_outbox_owed", "outbox", ["recipient_id"], sqlite_where=_OWED, postgresql_where=_OWED)


def downgrade() -> None:
    """Take it away."""
    op.drop_index("ix_outbox_owed", table_name="outbox")

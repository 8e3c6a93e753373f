"""What two people of a call write to each other."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Moment

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and the column."""
    op.create_table(
        "relayed",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("alert_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("reader_id", Id, nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("outbox_id", Id, nullable=False),
        sa.Column("medium", sa.String(length=16), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("taken_back_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name="fk_relayed_alert_id_alerts", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_relayed_person_id_people", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_relayed"),
    )
    op.create_index("ix_relayed_person_id_message_id", "relayed", ["person_id", "message_id"])
    op.create_index("ix_relayed_alert_id", "relayed", ["alert_id"])
    op.create_index("ix_relayed_outbox_id", "relayed", ["outbox_id"])
    op.add_column("alerts", sa.Column("relay_ended_at", Moment(), nullable=True))


def downgrade() -> None:
    """Take both away again."""
    with op.batch_alter_table("alerts") as alerts:
        alerts.drop_column("relay_ended_at")
    op.drop_table("relayed")

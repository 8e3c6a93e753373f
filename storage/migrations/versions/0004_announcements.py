"""Announcements and their recipients."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "announcements",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("house_id", Id, nullable=False),
        sa.Column("author_id", Id, nullable=False),
        sa.Column("letter_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("confirmed_at", Moment(), nullable=True),
        sa.Column("finished_at", Moment(), nullable=True),
        sa.Column("status_outbox_id", Id, nullable=True),
        sa.ForeignKeyConstraint(
            ["house_id"], ["houses.id"], name="fk_announcements_house_id_houses", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_announcements"),
    )
    op.create_index("ix_announcements_house_id_created_at", "announcements", ["house_id", "created_at"])
    op.create_index("ix_announcements_state", "announcements", ["state"])
    op.create_table(
        "recipients",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("announcement_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=True),
        sa.Column("outbox_id", Id, nullable=True),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcements.id"],
            name="fk_recipients_announcement_id_announcements",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_recipients_person_id_people", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_recipients"),
        sa.UniqueConstraint("announcement_id", "person_id", name="uq_recipients_announcement_id_person_id"),
    )
    op.create_index("ix_recipients_outbox_id", "recipients", ["outbox_id"])
    op.create_index("ix_recipients_person_id", "recipients", ["person_id"])


def downgrade() -> None:
    """Drop them, the dependent ones first."""
    op.drop_table("recipients")
    op.drop_table("announcements")

"""Announcements in full: to whom, when, what they ask, what came back, and who may make them."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Moment

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_NEW = (
    ("audience", sa.Text(), "{}"),
    ("asks", sa.String(length=16), "nothing"),
    ("repeats", sa.String(length=16), "never"),
    ("lasts_minutes", sa.Integer(), "1440"),
    ("revision", sa.Integer(), "0"),
)
"""What those that are there already get, then the value is no default any more."""


def upgrade() -> None:
    """Add the columns and make the tables."""
    with op.batch_alter_table("announcements") as announcements:
        announcements.drop_column("status_outbox_id")
        announcements.add_column(sa.Column("planned_for", sa.String(length=32), nullable=True))
        for name, kind, value in _NEW:
            announcements.add_column(sa.Column(name, kind, nullable=False, server_default=value))
    with op.batch_alter_table("announcements") as announcements:
        for name, _, _ in _NEW:
            announcements.alter_column(name, server_default=None)
    with op.batch_alter_table("recipients") as recipients:
        recipients.add_column(sa.Column("house_id", Id, nullable=True))
        recipients.add_column(sa.Column("not_before", Moment(), nullable=True))
        recipients.add_column(sa.Column("taking_back_id", Id, nullable=True))
        recipients.add_column(sa.Column("answer", sa.String(length=16), nullable=True))
        recipients.add_column(sa.Column("todo", sa.String(length=16), nullable=True))
        for name in ("reminded", "reacted"):
            recipients.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("recipients") as recipients:
        for name in ("reminded", "reacted"):
            recipients.alter_column(name, server_default=None)
    op.create_index("ix_recipients_taking_back_id", "recipients", ["taking_back_id"])
    op.create_index(
        "ix_recipients_announcement_id_outcome_not_before", "recipients", ["announcement_id", "outcome", "not_before"]
    )
    op.create_table(
        "announcing",
        sa.Column("house_id", Id, autoincrement=False, nullable=False),
        sa.Column("who", sa.String(length=16), nullable=False),
        sa.Column("second_yes", sa.Boolean(), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=False),
        sa.Column("quiet_until", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["house_id"], ["houses.id"], name="fk_announcing_house_id_houses", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("house_id", name="pk_announcing"),
    )
    op.create_table(
        "announcement_replies",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("announcement_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("by_author", sa.Boolean(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcements.id"],
            name="fk_announcement_replies_announcement_id_announcements",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_announcement_replies_person_id_people", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_announcement_replies"),
    )
    op.create_index("ix_announcement_replies_person_id", "announcement_replies", ["person_id"])
    op.create_index(
        "ix_announcement_replies_announcement_id_person_id", "announcement_replies", ["announcement_id", "person_id"]
    )


def downgrade() -> None:
    """Drop them, the dependent ones first."""
    op.drop_table("announcement_replies")
    op.drop_table("announcing")
    op.drop_index("ix_recipients_announcement_id_outcome_not_before", "recipients")
    op.drop_index("ix_recipients_taking_back_id", "recipients")
    with op.batch_alter_table("recipients") as recipients:
        for name in ("reacted", "reminded", "todo", "answer", "taking_back_id", "not_before", "house_id"):
            recipients.drop_column(name)
    with op.batch_alter_table("announcements") as announcements:
        for name in ("revision", "lasts_minutes", "repeats", "planned_for", "asks", "audience"):
            announcements.drop_column(name)
        announcements.add_column(sa.Column("status_outbox_id", Id, nullable=True))

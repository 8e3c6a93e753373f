"""Care: times, prompts, check-ins, practices, alerts."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "schedules",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("local_minutes", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("paused_until", Moment(), nullable=True),
        sa.Column("next_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_schedules_person_id_people", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_schedules"),
        sa.UniqueConstraint("person_id", "kind", name="uq_schedules_person_id_kind"),
    )
    op.create_index("ix_schedules_next_at", "schedules", ["next_at"])
    op.create_table(
        "prompts",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("planned_at", Moment(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("outbox_id", Id, nullable=True),
        sa.Column("settled_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_prompts_person_id_people", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_prompts"),
    )
    op.create_index("ix_prompts_outbox_id", "prompts", ["outbox_id"])
    op.create_index("ix_prompts_person_id_planned_at", "prompts", ["person_id", "planned_at"])
    op.create_table(
        "checkins",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("answers_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_checkins_person_id_people", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_checkins"),
    )
    op.create_index("ix_checkins_person_id_at", "checkins", ["person_id", "at"])
    op.create_table(
        "practices",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("skill", sa.String(length=64), nullable=False),
        sa.Column("started_at", Moment(), nullable=False),
        sa.Column("finished_at", Moment(), nullable=False),
        sa.Column("answers_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_practices_person_id_people", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_practices"),
    )
    op.create_index("ix_practices_person_id_finished_at", "practices", ["person_id", "finished_at"])
    op.create_table(
        "alerts",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("house_id", Id, nullable=False),
        sa.Column("severity", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("line_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("source_update", Id, nullable=True),
        sa.Column("opened_at", Moment(), nullable=False),
        sa.Column("taken_by", Id, nullable=True),
        sa.Column("taken_at", Moment(), nullable=True),
        sa.Column("with_at", Moment(), nullable=True),
        sa.Column("ended_at", Moment(), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["house_id"], ["houses.id"], name="fk_alerts_house_id_houses", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_alerts_person_id_people", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_alerts"),
        sa.UniqueConstraint("source_update", name="uq_alerts_source_update"),
    )
    op.create_index("ix_alerts_house_id_opened_at", "alerts", ["house_id", "opened_at"])
    op.create_index(
        "ix_alerts_open",
        "alerts",
        ["opened_at"],
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("ix_alerts_person_id", "alerts", ["person_id"])
    op.create_table(
        "alert_asks",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("alert_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("outbox_id", Id, nullable=True),
        sa.Column("answer", sa.String(length=16), nullable=True),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alerts.id"], name="fk_alert_asks_alert_id_alerts", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_alert_asks"),
        sa.UniqueConstraint("alert_id", "person_id", "step", name="uq_alert_asks_alert_id_person_id_step"),
    )
    op.create_index("ix_alert_asks_person_id", "alert_asks", ["person_id"])
    op.create_table(
        "alert_events",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("alert_id", Id, nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("person_id", Id, nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alerts.id"], name="fk_alert_events_alert_id_alerts", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_alert_events"),
    )
    op.create_index("ix_alert_events_alert_id_at", "alert_events", ["alert_id", "at"])


def downgrade() -> None:
    """Drop them, the dependent ones first."""
    op.drop_table("alert_events")
    op.drop_table("alert_asks")
    op.drop_table("alerts")
    op.drop_table("practices")
    op.drop_table("checkins")
    op.drop_table("prompts")
    op.drop_table("schedules")

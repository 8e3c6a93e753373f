"""Who is on call, who is away, and whom calls for help ask in which order."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Moment

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "rotas",
        sa.Column("house_id", Id, autoincrement=False, nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("handover", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("set_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["house_id"], ["houses.id"], name="fk_rotas_house_id_houses", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("house_id", name="pk_rotas"),
    )
    op.create_table(
        "rota_people",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("house_id", Id, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.ForeignKeyConstraint(
            ["house_id"], ["rotas.house_id"], name="fk_rota_people_house_id_rotas", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_rota_people"),
        sa.UniqueConstraint("house_id", "place", name="uq_rota_people_house_id_place"),
    )
    op.create_table(
        "stand_ins",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("house_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("instead_of", Id, nullable=True),
        sa.Column("starts_at", Moment(), nullable=False),
        sa.Column("ends_at", Moment(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["house_id"], ["houses.id"], name="fk_stand_ins_house_id_houses", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_stand_ins"),
    )
    op.create_index("ix_stand_ins_house_id_ends_at", "stand_ins", ["house_id", "ends_at"])
    op.create_table(
        "availability",
        sa.Column("person_id", Id, autoincrement=False, nullable=False),
        sa.Column("away_until", Moment(), nullable=True),
        sa.Column("quiet_from", sa.Integer(), nullable=True),
        sa.Column("quiet_until", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_availability_person_id_people", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name="pk_availability"),
    )
    op.create_table(
        "test_calls",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("house_id", Id, nullable=False),
        sa.Column("planned_at", Moment(), nullable=False),
        sa.Column("sent_at", Moment(), nullable=True),
        sa.Column("answered_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["house_id"], ["houses.id"], name="fk_test_calls_house_id_houses", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_test_calls_person_id_people", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_test_calls"),
    )
    op.create_index("ix_test_calls_person_id_planned_at", "test_calls", ["person_id", "planned_at"])
    op.create_table(
        "alert_plans",
        sa.Column("house_id", Id, autoincrement=False, nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.Column("repeats", sa.Integer(), nullable=False),
        sa.Column("set_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["house_id"], ["houses.id"], name="fk_alert_plans_house_id_houses", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("house_id", name="pk_alert_plans"),
    )
    op.create_table(
        "alert_wishes",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("other_id", Id, nullable=False),
        sa.Column("wish", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("made_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["other_id"], ["people.id"], name="fk_alert_wishes_other_id_people", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_alert_wishes_person_id_people", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_alert_wishes"),
        sa.UniqueConstraint("person_id", "other_id", name="uq_alert_wishes_person_id_other_id"),
    )
    op.create_index("ix_alert_wishes_other_id", "alert_wishes", ["other_id"])


def downgrade() -> None:
    """Drop them, the dependent ones first."""
    for table in (
        "alert_wishes", "alert_plans", "test_calls", "availability", "stand_ins", "rota_people", "rotas",
    ):  # fmt: skip
        op.drop_table(table)

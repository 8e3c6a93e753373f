"""The keys, houses, and people in them."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Moment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "data_keys",
        sa.Column("subject_id", Id, autoincrement=False, nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("master", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("subject_id", name="pk_data_keys"),
    )
    op.create_index("ix_data_keys_master", "data_keys", ["master"])
    op.create_table(
        "lookup_keys",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("master", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_lookup_keys"),
    )
    op.create_table(
        "houses",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("name_hash", sa.LargeBinary(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("naloxone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_houses"),
        sa.UniqueConstraint("name_hash", name="uq_houses_name_hash"),
    )
    op.create_table(
        "people",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("telegram_hash", sa.LargeBinary(), nullable=False),
        sa.Column("lookup_key", sa.Integer(), nullable=False),
        sa.Column("telegram_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("reach", sa.String(length=16), nullable=False),
        sa.Column("messages_stopped", sa.Boolean(), nullable=False),
        sa.Column("joined_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("telegram_hash", name="uq_people_telegram_hash"),
    )
    op.create_table(
        "memberships",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("house_id", Id, nullable=False),
        sa.Column("standing", sa.String(length=16), nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("until", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["house_id"], ["houses.id"], name="fk_memberships_house_id_houses", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_memberships_person_id_people", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_memberships"),
    )
    op.create_index("ix_memberships_house_id_until", "memberships", ["house_id", "until"])
    op.create_index("ix_memberships_person_id", "memberships", ["person_id"])
    op.create_table(
        "grants",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("house_id", Id, nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("until", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["house_id"], ["houses.id"], name="fk_grants_house_id_houses", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_grants_person_id_people", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_grants"),
    )
    op.create_index("ix_grants_house_id_role", "grants", ["house_id", "role"])
    op.create_index("ix_grants_person_id", "grants", ["person_id"])
    op.create_table(
        "consents",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("purpose", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_consents_person_id_people", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_consents"),
    )
    op.create_index("ix_consents_person_id_purpose", "consents", ["person_id", "purpose"])
    op.create_table(
        "invites",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("house_id", Id, nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("created_by", Id, nullable=True),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("used_at", Moment(), nullable=True),
        sa.Column("used_by", Id, nullable=True),
        sa.Column("revoked_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(["house_id"], ["houses.id"], name="fk_invites_house_id_houses", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_invites"),
        sa.UniqueConstraint("code_hash", name="uq_invites_code_hash"),
    )
    op.create_index("ix_invites_house_id", "invites", ["house_id"])


def downgrade() -> None:
    """Drop them, the dependent ones first."""
    op.drop_table("invites")
    op.drop_table("consents")
    op.drop_table("grants")
    op.drop_table("memberships")
    op.drop_table("people")
    op.drop_table("houses")
    op.drop_table("lookup_keys")
    op.drop_table("data_keys")

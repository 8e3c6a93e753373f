"""Homes run together, and roles over all of them."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Moment

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and let an invite be for a network."""
    op.create_table(
        "networks",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("name_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_networks"),
        sa.UniqueConstraint("name_hash", name="uq_networks_name_hash"),
    )
    op.create_table(
        "network_houses",
        sa.Column("house_id", Id, autoincrement=False, nullable=False),
        sa.Column("network_id", Id, nullable=False),
        sa.ForeignKeyConstraint(
            ["house_id"], ["houses.id"], name="fk_network_houses_house_id_houses", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name="fk_network_houses_network_id_networks", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("house_id", name="pk_network_houses"),
    )
    op.create_index("ix_network_houses_network_id", "network_houses", ["network_id"])
    op.create_table(
        "network_grants",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("network_id", Id, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("since", Moment(), nullable=False),
        sa.Column("until", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_network_grants_person_id_people", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name="fk_network_grants_network_id_networks", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_network_grants"),
    )
    op.create_index("ix_network_grants_person_id", "network_grants", ["person_id"])
    op.create_index("ix_network_grants_network_id_role", "network_grants", ["network_id", "role"])
    with op.batch_alter_table("invites") as invites:
        invites.add_column(sa.Column("network_id", Id, nullable=True))
        invites.create_foreign_key(
            "fk_invites_network_id_networks", "networks", ["network_id"], ["id"], ondelete="CASCADE"
        )


def downgrade() -> None:
    """Take them away again."""
    with op.batch_alter_table("invites") as invites:
        invites.drop_constraint("fk_invites_network_id_networks", type_="foreignkey")
        invites.drop_column("network_id")
    op.drop_table("network_grants")
    op.drop_table("network_houses")
    op.drop_table("networks")

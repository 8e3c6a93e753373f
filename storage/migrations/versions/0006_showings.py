"""Who was shown what about whom; people who want their data kept but not used."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and the column."""
    op.create_table(
        "showings",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("about_id", Id, nullable=False),
        sa.Column("viewer_id", Id, nullable=False),
        sa.Column("what", sa.String(length=32), nullable=False),
        sa.Column("why", sa.String(length=32), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["about_id"], ["people.id"], name="fk_showings_about_id_people", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_showings"),
    )
    op.create_index("ix_showings_about_id_at", "showings", ["about_id", "at"])
    op.create_index("ix_showings_at", "showings", ["at"])
    op.add_column("people", sa.Column("restricted_at", Moment(), nullable=True))


def downgrade() -> None:
    """Take both away again."""
    with op.batch_alter_table("people") as people:
        people.drop_column("restricted_at")
    op.drop_table("showings")

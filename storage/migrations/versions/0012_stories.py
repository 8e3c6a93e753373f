"""How somebody here did it: stories and tips, and what others say to them."""

import sqlalchemy as sa
from alembic import op

from storage.types import Id, Moment

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "stories",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("house_id", Id, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("about", sa.String(length=64), nullable=False),
        sa.Column("signed", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("told_at", Moment(), nullable=False),
        sa.Column("shown_at", Moment(), nullable=True),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["house_id"], ["houses.id"], name="fk_stories_house_id_houses", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_stories_person_id_people", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_stories"),
    )
    op.create_index("ix_stories_house_id_state_kind_about", "stories", ["house_id", "state", "kind", "about"])
    op.create_index("ix_stories_person_id", "stories", ["person_id"])
    op.create_table(
        "story_voices",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("story_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("says", sa.String(length=16), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_story_voices_person_id_people", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name="fk_story_voices_story_id_stories", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_story_voices"),
        sa.UniqueConstraint("story_id", "person_id", "says", name="uq_story_voices_story_id_person_id_says"),
    )
    op.create_index("ix_story_voices_person_id", "story_voices", ["person_id"])


def downgrade() -> None:
    """Drop them, the dependent one first."""
    op.drop_table("story_voices")
    op.drop_table("stories")

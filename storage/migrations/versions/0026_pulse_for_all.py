"""The house pulse comes to mentors and staff, too, who joined before it did.

Whoever joins now begins with it. Those who were there before are given its time once: a Friday at four, where they
live, every four weeks. Whoever was asked it lately and is asked no more has switched it off, and it stays off.
The first moment lies in the past, so that the bot itself finds the next one (a prompt that is too old is never sent);
the id is that of a grant, which no other schedule can have.
"""

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Give them its time."""
    op.execute(
        """
        INSERT INTO schedules (id, person_id, kind, local_minutes, days, weeks, next_at)
        SELECT MIN(grants.id), grants.person_id, 'house_pulse', 960, 16, 4, MIN(grants.since)
        FROM grants
        WHERE grants.role IN ('mentor', 'staff')
          AND grants.until IS NULL
          AND NOT EXISTS (
            SELECT 1 FROM schedules AS theirs
            WHERE theirs.person_id = grants.person_id AND theirs.kind = 'house_pulse'
          )
          AND NOT EXISTS (
            SELECT 1 FROM prompts WHERE prompts.person_id = grants.person_id AND prompts.kind = 'house_pulse'
          )
        GROUP BY grants.person_id
        """
    )


def downgrade() -> None:
    """Nothing to take back: what somebody chose since cannot be told apart from what was given."""

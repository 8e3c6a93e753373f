"""Where each person stands in their dialog."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.models.progress import ProgressRow
from storage.repositories.base import Repository
from storage.repositories.outbox_statements import is_owed
from storage.types import Moment, one_of, table_of

_STATE = "progress.state"

_progress = table_of(ProgressRow)

_LOAD = select(
    _progress.c.person_id,
    _progress.c.turn,
    _progress.c.dialog,
    _progress.c.state_sealed,
    _progress.c.touched_at,
    _progress.c.nudged,
    is_owed(_progress.c.person_id).label("owed"),
).where(one_of(_progress.c.person_id, "ids"))
_LOCK = (
    select(_progress.c.person_id, _progress.c.turn)
    .where(one_of(_progress.c.person_id, "ids"))
    .order_by(_progress.c.person_id)
    .with_for_update()
)
# PostgreSQL's `ON CONFLICT` is SQLite's too, word for word.
_BEGIN = insert(_progress).on_conflict_do_nothing().returning(_progress.c.person_id)
_GO_ON = (
    update(_progress)
    .where(_progress.c.person_id == bindparam("person"))
    .values(
        turn=bindparam("new_turn"),
        dialog=bindparam("new_dialog"),
        node=bindparam("new_node"),
        revision=bindparam("new_revision"),
        state_sealed=bindparam("new_state"),
        touched_at=bindparam("now", type_=Moment()),
        nudged=bindparam("new_nudged"),
        membership_id=bindparam("new_membership"),
    )
)
_IDLE = (
    select(_progress.c.person_id)
    .where(
        _progress.c.dialog.is_not(None),
        _progress.c.touched_at < bindparam("before", type_=Moment()),
        _progress.c.nudged == bindparam("was_nudged"),
    )
    .order_by(_progress.c.touched_at)
    .limit(bindparam("limit"))
)


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredProgress:
    """One person's place. `state` is the whole Progress as JSON; `turn` rises with every save; `dialog` is open.

    `owed` says that a reply to them was given up, and is to be shown when they are next in touch.
    """

    person_id: int
    turn: int
    state: bytes
    touched_at: datetime
    nudged: bool = False
    owed: bool = False
    dialog: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class NewProgress:
    """A place to save: `turn` is the new one, `expected` the one it was made from (0: there was none).

    `dialog`, `node`, `revision` and `membership_id` stand beside the sealed state for those who count.
    """

    person_id: int
    expected: int
    turn: int
    state: bytes
    touched_at: datetime
    dialog: str | None = None
    node: str | None = None
    revision: int | None = None
    nudged: bool = False
    membership_id: int | None = None


class Progresses(Repository):
    """Everyone's place, saved only over the turn it was made from."""

    async def load(self, person_ids: Iterable[int]) -> dict[int, StoredProgress]:
        """The places of these people, by person; who has none yet is missing."""
        rows = await self._all(_LOAD, {"ids": sorted(set(person_ids))})
        keys = await self._keys.of(row.person_id for row in rows)
        return {
            row.person_id: StoredProgress(
                person_id=row.person_id,
                turn=row.turn,
                state=keys[row.person_id].open(_STATE, row.person_id, row.state_sealed),
                touched_at=row.touched_at,
                nudged=row.nudged,
                owed=row.owed,
                dialog=row.dialog,
            )
            for row in rows
            if row.person_id in keys
        }

    async def save(self, items: Sequence[NewProgress]) -> set[int]:
        """Save each place whose expected turn still stands; the people for whom it did not.

        At most one item a person. Raises Forgotten for somebody deleted meanwhile.
        """
        keys = await self._keys.all_of(item.person_id for item in items)
        turns = {
            row.person_id: row.turn for row in await self._all(_LOCK, {"ids": sorted(i.person_id for i in items)})
        }
        lost = set()
        begun: list[tuple[NewProgress, bytes]] = []
        gone_on: list[tuple[NewProgress, bytes]] = []
        for item in items:
            if turns.get(item.person_id, 0) != item.expected:
                lost.add(item.person_id)
                continue
            sealed = keys[item.person_id].seal(_STATE, item.person_id, item.state)
            (gone_on if item.person_id in turns else begun).append((item, sealed))
        await self._many(_GO_ON, [_change(item, sealed) for item, sealed in gone_on])
        if begun:
            # Nobody's row could be locked, so another process may have begun the same ones: the insert tells.
            rows = [_row(item, sealed) for item, sealed in begun]
            won = set((await self._statements.execute(_BEGIN, rows)).scalars())
            lost.update(item.person_id for item, _ in begun if item.person_id not in won)
        return lost

    async def idle(self, before: datetime, limit: int, *, nudged: bool) -> list[int]:
        """People whose dialog nobody touched since a moment, longest first; already nudged, or not yet."""
        rows = await self._all(_IDLE, {"before": before, "limit": limit, "was_nudged": nudged})
        return [row.person_id for row in rows]


def _row(item: NewProgress, sealed: bytes) -> dict[str, object]:
    return {
        "person_id": item.person_id,
        "turn": item.turn,
        "dialog": item.dialog,
        "node": item.node,
        "revision": item.revision,
        "state_sealed": sealed,
        "touched_at": item.touched_at,
        "nudged": item.nudged,
        "membership_id": item.membership_id,
    }


def _change(item: NewProgress, sealed: bytes) -> dict[str, object]:
    return {
        "person": item.person_id,
        "new_turn": item.turn,
        "new_dialog": item.dialog,
        "new_node": item.node,
        "new_revision": item.revision,
        "new_state": sealed,
        "now": item.touched_at,
        "new_nudged": item.nudged,
        "new_membership": item.membership_id,
    }

"""Scheduled messages, one row a firing."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy import bindparam, insert, select, update

from storage.models.prompts import PromptRow
from storage.repositories.base import Repository, values_of
from storage.types import Moment, one_of, table_of

PromptOutcome: TypeAlias = Literal["waiting", "asked", "not_asked", "answered", "snoozed", "skipped"]

_prompts = table_of(PromptRow)

_ADD = insert(_prompts)
_SETTLED = {"outcome": bindparam("new_outcome"), "settled_at": bindparam("now", type_=Moment())}
_SETTLE = (
    update(_prompts)
    .where(_prompts.c.id == bindparam("prompt"), one_of(_prompts.c.outcome, "was", str))
    .values(_SETTLED)
)
_LINK = update(_prompts).where(_prompts.c.id == bindparam("prompt")).values(outbox_id=bindparam("letter"))
_SETTLE_BY_OUTBOX = (
    update(_prompts)
    .where(_prompts.c.outbox_id == bindparam("letter"), _prompts.c.outcome == "waiting")
    .values(_SETTLED)
)
_BY_OUTBOX = select(_prompts).where(one_of(_prompts.c.outbox_id, "ids"))
_WAITING = select(_prompts.c.id).where(_prompts.c.id == bindparam("prompt"), _prompts.c.outcome == "waiting")
_OF = (
    select(_prompts)
    .where(
        _prompts.c.person_id == bindparam("person"),
        _prompts.c.planned_at >= bindparam("since", type_=Moment()),
    )
    .order_by(_prompts.c.planned_at, _prompts.c.id)
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Prompt:
    """One firing of a schedule. Not asked is not unanswered: only an `asked` one can be that."""

    id: int
    person_id: int
    kind: str
    planned_at: datetime
    outcome: PromptOutcome = "waiting"
    outbox_id: int | None = None
    settled_at: datetime | None = None


class Prompts(Repository):
    """Firings and what became of them."""

    async def add_many(self, prompts: Sequence[Prompt]) -> None:
        """Firings, with the letters that ask."""
        await self._many(_ADD, [values_of(prompt) for prompt in prompts])

    async def settle(
        self,
        prompt_id: int,
        outcome: PromptOutcome,
        now: datetime,
        *,
        was: Collection[PromptOutcome] = ("waiting", "asked", "snoozed"),
    ) -> bool:
        """What became of a firing; False when its outcome is none of those it may come from."""
        values = {"prompt": prompt_id, "new_outcome": outcome, "now": now, "was": sorted(was)}
        return await self._count(_SETTLE, values) == 1

    async def link(self, prompt_id: int, letter_id: int) -> None:
        """The letter that asks. What becomes of it becomes of the firing."""
        await self._many(_LINK, [{"prompt": prompt_id, "letter": letter_id}])

    async def settle_by_outbox(self, outcomes: Mapping[int, PromptOutcome], now: datetime) -> None:
        """What the postman's work means for the waiting firings, by the id of their letter."""
        await self._many(
            _SETTLE_BY_OUTBOX,
            [
                {"letter": letter_id, "new_outcome": outcome, "now": now}
                for letter_id, outcome in sorted(outcomes.items())
            ],
        )

    async def is_waiting(self, prompt_id: int) -> bool:
        """Whether a firing still waits to be asked: what was settled meanwhile has nothing left to ask."""
        return await self._first(_WAITING, {"prompt": prompt_id}) is not None

    async def by_outbox(self, letter_ids: Iterable[int]) -> dict[int, Prompt]:
        """The firings behind these letters, by letter."""
        rows = await self._all(_BY_OUTBOX, {"ids": sorted(set(letter_ids))})
        return {row.outbox_id: Prompt(**row._mapping) for row in rows}

    async def of(self, person_id: int, since: datetime) -> list[Prompt]:
        """A person's firings planned since a moment, oldest first."""
        rows = await self._all(_OF, {"person": person_id, "since": since})
        return [Prompt(**row._mapping) for row in rows]

"""Telephones on a bad day: the sandbox's faults, without HTTP, for many thousand letters in a minute."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.delivery.letters import Letter, Outcome, Unsure
from bot.sandbox.faults import Faults
from bot.sandbox.wire import bad_request, forbidden
from bot.telegram.errors import classify_answer
from tests.reliability.bench import Telephones

MIX = (
    "429", "500", "502", "timeout_before", "timeout_after", "reset_before", "reset_after", "403",
    "400_chat_not_found", "migrate",
)  # fmt: skip
"""Every fault of the sandbox but one: what is merely slow is no fault where nothing takes time."""

_CERTAIN = frozenset({"403", "400_chat_not_found", "migrate"})
_AFTER = frozenset({"timeout_after", "reset_after"})


@dataclass(slots=True)
class BadDay(Telephones):
    """Calls to everybody but the `spared` fail now and then, each in its own way; the `gone` are found no more."""

    faults: Faults = field(default_factory=Faults)
    spared: set[int] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)

    def worsen(self, seed: int, rate: float) -> None:
        """From now on each kind strikes so often; those that close a chat for good, or all of them, more seldom."""
        self.faults.reseed(seed)
        for kind in MIX:
            rare = kind in _CERTAIN or kind == "429"
            self.faults.add({"id": kind, "kind": kind, "rate": rate / 10 if rare else rate, "retry_after": 1})

    def lift(self) -> None:
        """All is well again, but for those who are gone."""
        self.faults.rules.clear()

    async def send(self, chat_id: int, letter: Letter, **more: Any) -> Outcome:  # Any: as in the one before
        """A new message, perhaps; whether we are told is another matter."""
        return await self._call("sendMessage", chat_id, lambda: super(BadDay, self).send(chat_id, letter, **more))

    async def edit(self, chat_id: int, message_id: int, letter: Letter) -> Outcome:
        """Another text in the same place, perhaps."""
        return await self._call(
            "editMessageText", chat_id, lambda: super(BadDay, self).edit(chat_id, message_id, letter)
        )

    async def take_back(self, chat_id: int, message_ids: Sequence[int]) -> Outcome:
        """The messages are gone, perhaps."""
        return await self._call(
            "deleteMessages", chat_id, lambda: super(BadDay, self).take_back(chat_id, message_ids)
        )

    async def _call(self, method: str, chat_id: int, does: Any) -> Outcome:  # Any: a call that is made once, or not
        await asyncio.sleep(0)
        if chat_id in self.gone:
            return _refused(bad_request("chat not found"))
        if chat_id in self.blocked:
            return _refused(forbidden("bot was blocked by the user"))
        fault = None if chat_id in self.spared else self.faults.strike(method, chat_id)
        refusal = fault.refusal(chat_id) if fault is not None else None
        if refusal is not None:
            return _refused(refusal)
        outcome: Outcome = await does() if fault is None or fault.kind in _AFTER else Unsure(fault.kind)
        return outcome if fault is None else Unsure(fault.kind)


def _refused(error: Any) -> Outcome:  # Any: the sandbox's error, read as the answer it becomes on the wire
    return classify_answer(error.code, error.description, error.parameters)

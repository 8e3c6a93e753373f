"""Simulated people: they read their phone, answer what is there, and wait when nothing is."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

import aiohttp

from bot.clock import Clock
from bot.sandbox.client import Telephones
from bot.sandbox.phone import Bubble, Sent
from bot.sandbox.wire import ControlError
from tests.reliability.scripts import SAID_AT_WRONG_TURN, Rule, Script

_LOOK = 2.0
"""Seconds of one long look at the phone."""


@dataclass(slots=True, kw_only=True)
class Human:
    """Somebody with a phone; the id is also that of the chat. `think` is the longest they take to answer, in
    seconds; after `patience` seconds of nothing they ask whether anybody is there.
    """

    phones: Telephones
    clock: Clock
    chance: Random
    id: int
    name: str
    think: float
    patience: float
    updates: list[int] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    silences: list[str] = field(default_factory=list)
    out_of_step: bool = False
    stage: str = "not begun"
    _said: dict[int, Bubble] = field(default_factory=dict)
    _seq: int = 0
    _answered: set[tuple[int, Rule]] = field(default_factory=set)

    async def play(self, script: Script, *, since: int | None = None) -> int:
        """Does it to the end. Only messages above the id `since` count (all that are new, if none is given).

        Returns that id.
        """
        floor = max(self._said, default=0) if since is None else since
        self.stage = f"{script.name}: beginning"
        if script.opening is not None:
            await self.write(script.opening)
        heard = self.clock.pace()
        while not any(self._reads(words, floor) for words in script.ends):
            acted = await self._answer(script, floor)
            if acted or await self.look():
                heard = self.clock.pace()
            elif self.clock.pace() - heard > self.patience:
                self.silences.append(self.stage)
                await self.write("hello?")
                heard = self.clock.pace()
        self.done[script.name] += 1
        self.stage = f"{script.name}: done"
        return floor

    async def see(self, words: str, floor: int, *, within: float | None = None) -> bool:
        """Waits for these words in a message newer than `floor`; False if they don't come in time."""
        since = self.clock.pace()
        self.stage = f"waiting for {words!r}"
        while not self._reads(words, floor):
            if within is not None and self.clock.pace() - since > within:
                return False
            await self.look()
        return True

    async def write(self, text: str) -> None:
        """Writes to the bot."""
        self._note(await _for_sure(lambda: self.phones.send(self.id, text)))

    async def look(self) -> bool:
        """Looks at the phone until something changes, or a while; whether it did."""
        view = await self.phones.chat(self.id, after=self._seq, wait=_LOOK)
        self._seq = max(self._seq, view.seq)
        for bubble in view.messages:
            if bubble.from_bot:
                self._said[bubble.id] = bubble
                self.out_of_step |= any(words in bubble.text for words in SAID_AT_WRONG_TURN)
        return bool(view.messages)

    async def press(self, bubble: Bubble, label: str) -> bool:
        """Presses a button; False where it was taken away just now."""
        try:
            self._note(await _for_sure(lambda: self.phones.tap(self.id, bubble.id, label)))
        except ControlError:
            return False
        return True

    @property
    def bubbles(self) -> list[Bubble]:
        """What the bot said and has not taken back, the latest change last."""
        return sorted((each for each in self._said.values() if not each.deleted), key=lambda each: each.raw["seq"])

    def _note(self, sent: Sent) -> None:
        if sent.update_id is not None:
            self.updates.append(sent.update_id)

    def _reads(self, words: str, floor: int) -> bool:
        return any(bubble.id > floor and words in bubble.text for bubble in self._said.values())

    async def _answer(self, script: Script, floor: int) -> bool:
        """Answers the message that changed last, if it asks something that was not answered yet."""
        for bubble in reversed(self.bubbles):
            if bubble.id <= floor:
                continue
            for rule in script.rules:
                label = next((each for each in bubble.labels if rule.press and each.startswith(rule.press)), None)
                if rule.reads not in bubble.text or (label is None and rule.write is None):
                    continue
                if (bubble.id, rule) in self._answered:
                    return False
                self._answered.add((bubble.id, rule))
                self.stage = f"{script.name}: {rule.reads!r}"
                await asyncio.sleep(self.chance.uniform(0, self.think))
                if label is not None:
                    if not await self.press(bubble, label):
                        self._answered.discard((bubble.id, rule))
                        await self.look()
                elif rule.write is not None:
                    await self.write(rule.write)
                return True
        return False


async def _for_sure(act: Callable[[], Awaitable[Sent]]) -> Sent:
    """Acts; where the sandbox had just hung up an idle connection, on a new one."""
    for _ in range(3):
        with suppress(aiohttp.ClientConnectionError):
            return await act()
    return await act()


async def respond(human: Human, choose: Callable[[tuple[str, ...]], str | None]) -> None:
    """Answers calls for help until cancelled: `choose` picks a button among the labels of a card, or none."""
    answered: set[tuple[int, tuple[str, ...]]] = set()
    while True:
        for bubble in human.bubbles:
            label = choose(bubble.labels)
            if label is not None and (bubble.id, bubble.labels) not in answered:
                answered.add((bubble.id, bubble.labels))
                await asyncio.sleep(human.chance.uniform(0, human.think))
                await human.press(bubble, label)
        await human.look()

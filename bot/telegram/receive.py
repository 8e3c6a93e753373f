"""Long polling that confirms nothing before it is committed.

`getUpdates` with an offset tells Telegram to forget what came before it, so the offset is raised only when the
door has committed every one of them. Updates come as raw JSON and are parsed each apart.
"""

import asyncio
import re
from collections.abc import Sequence
from typing import Any, Final, Protocol

import structlog
from telegram.error import TelegramError

from bot.conversation.door import Door
from bot.delivery.letters import Outcome, Wait
from bot.telegram.errors import TelegramRefusesUs, classify, classify_answer
from bot.telegram.parse import ALLOWED_UPDATES, Parsed, parse, update_id_of
from bot.telegram.transport import AiohttpRequest
from storage.problems import StorageProblem

log = structlog.get_logger(__name__)

POLL_SECONDS: Final = 50
"""How long Telegram holds an empty answer; its own ceiling."""

_LIMIT: Final = 100
_UPDATE_ID: Final = re.compile(rb'"update_id"\s*:\s*(\d{1,18})\b')
_BACK_OFF: Final = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
_ANSWERS: Final = 64
"""Taps being answered at once at most."""


class Answers(Protocol):
    """Whoever lets a pressed button rest."""

    async def answer_tap(self, callback_id: str) -> Outcome: ...  # noqa: D102


class Poller:
    """Asks Telegram for updates and hands them to the door, until cancelled.

    It is cancelled between batches only: `stop` lets the batch in hand be finished.
    """

    def __init__(self, *, url: str, door: Door, answers: Answers, username: str) -> None:
        self._url = f"{url}/getUpdates"
        self._door = door
        self._answers = answers
        self._username = username
        self._request = AiohttpRequest(connections=2, read_timeout=POLL_SECONDS + 15)
        self._offset: int | None = None
        self._limit = _LIMIT
        self._working = asyncio.Lock()
        self._answering: set[asyncio.Task[None]] = set()
        self.polled = asyncio.Event()

    async def run(self) -> None:
        """Polls for ever. Raises TelegramRefusesUs when Telegram won't have us at all (a wrong token)."""
        await self._request.initialize()
        failures = 0
        try:
            while True:
                updates = await self._fetch()
                if updates is None:
                    await asyncio.sleep(_BACK_OFF[min(failures, len(_BACK_OFF) - 1)])
                    failures += 1
                    continue
                failures = 0
                self.polled.set()
                if updates:
                    async with self._working:
                        await self._hand_over(updates)
        finally:
            await self._request.shutdown()

    async def rest(self) -> None:
        """Returns when no batch is in hand."""
        async with self._working:
            pass
        if self._answering:
            await asyncio.wait(self._answering, timeout=1)

    async def _fetch(self) -> list[Any] | None:
        """The next updates; None when it has to be tried again. (Any: they are whatever came in.)"""
        values: dict[str, object] = {
            "timeout": POLL_SECONDS,
            "limit": self._limit,
            "allowed_updates": list(ALLOWED_UPDATES),
        }
        if self._offset is not None:
            values["offset"] = self._offset
        try:
            status, payload = await self._request.call(self._url, values)
        except TelegramError as error:
            log.warning("poll.failed", outcome=type(classify(error)).__name__)
            return None
        try:
            answer = AiohttpRequest.parse_json_payload(payload)
        except TelegramError:
            return self._unreadable(payload)
        self._limit = _LIMIT if not answer.get("result") else self._limit
        if answer.get("ok") and isinstance(answer.get("result"), list):
            return list(answer["result"])
        try:
            outcome = classify_answer(status, str(answer.get("description", "")), answer.get("parameters"))
        except TelegramRefusesUs as refusal:
            if status != 409:
                raise
            # Another poller: one of two machines during a hand-over, or a second `hearth run`.
            log.warning("poll.refused", why=str(refusal))
            return None
        if isinstance(outcome, Wait):
            await asyncio.sleep(outcome.seconds)
        log.warning("poll.failed", outcome=type(outcome).__name__)
        return None

    def _unreadable(self, payload: bytes) -> list[Any] | None:
        """An answer that is no JSON to us, perhaps for one update in it: they are fetched one by one until that one
        has come, and is set aside by its id. None when there is no update in it at all (a proxy's page, say).
        """
        named = _UPDATE_ID.search(payload)
        log.error("poll.unreadable", size=len(payload), update_id=named and int(named[1]), limit=self._limit)
        if named is None:
            return None
        if self._limit > 1:
            self._limit = 1
            return []
        self._limit = _LIMIT
        return [{"update_id": int(named[1])}]

    async def _hand_over(self, updates: Sequence[Any]) -> None:
        parsed = [parse(raw, username=self._username) for raw in updates]
        for each in parsed:
            if each.callback_id is not None:
                self._answer(each)
        while True:
            try:
                await self._door.take([each.inbound for each in parsed])
            except StorageProblem as problem:
                # Only a failing database confirms nothing: the same updates are tried until it is back.
                log.error("door.closed", problem=str(problem))
                await asyncio.sleep(1)
            else:
                break
        known = [each for each in map(update_id_of, updates) if each is not None]
        if known:
            self._offset = max(known) + 1
        else:
            await asyncio.sleep(_BACK_OFF[-2])  # nothing in it had an id, so nothing can be confirmed

    def _answer(self, parsed: Parsed) -> None:
        """Lets the button rest. It is a courtesy: if it fails, the button only spins a little longer."""
        if len(self._answering) < _ANSWERS and parsed.callback_id is not None:
            task = asyncio.create_task(self._answer_one(parsed.callback_id))
            self._answering.add(task)
            task.add_done_callback(self._answering.discard)

    async def _answer_one(self, callback_id: str) -> None:
        try:
            await self._answers.answer_tap(callback_id)
        except TelegramRefusesUs:
            log.warning("tap.unanswered")

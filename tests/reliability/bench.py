"""A bot without HTTP: inputs go in at the door, and telephones are dictionaries. Quick enough for many turns."""

import asyncio
import json
import shutil
import sqlite3
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bot.app import App, build
from bot.clock import SystemClock
from bot.conversation.inbound import Inbound, ReachChanged, Sender
from bot.delivery.letters import Letter, Outcome, Reason, Refused, Sent, Unsure
from bot.house.invites import make_invite
from bot.ids import RandomIds
from bot.policy import Role
from bot.settings import read_settings
from bot.telegram.parse import parse
from bot.telegram.transport import AiohttpRequest
from dialogs.library import Library
from storage.repositories.alerts import Alert
from tests.reliability.house import HOUSE, Newcomer, found
from tests.reliability.processes import TOKEN

BEGINS = datetime(2027, 3, 3, 14, 0, tzinfo=UTC)
"""A Wednesday, nine o'clock in New York."""

CAST = {
    "Ana": (1001, Role.PARTICIPANT),
    "Ben": (1002, Role.PARTICIPANT),
    "Maria": (1003, Role.MENTOR),
    "Tom": (1004, Role.MENTOR),
    "Sam": (1005, Role.STAFF),
}
_YES = ("Go on · Seguir", "Yes, I am", "Go on", "Yes, keep them", "Yes, tell a mentor", "Yes, they may read it")
_PATIENCE = 20.0


@dataclass(slots=True)
class Telephones:
    """What stands on everybody's screen; the postman's carrier. Who `blocked` us can't be written to.

    Texts with a word of `poison` in them are refused as bad requests, and noted in `refused`.
    """

    screens: defaultdict[int, dict[int, Letter]] = field(default_factory=lambda: defaultdict(dict))
    blocked: set[int] = field(default_factory=set)
    poison: set[str] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)
    rang: list[tuple[int, str]] = field(default_factory=list)
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    # Any: the pictures and documents of later capabilities are of no interest here.
    async def send(self, chat_id: int, letter: Letter, **_: Any) -> Outcome:
        """A new message."""
        if chat_id in self.blocked:
            return Refused(Reason.BLOCKED)
        if any(word in letter.text for word in self.poison):
            self.refused.append(letter.text)
            return Refused(Reason.BAD_REQUEST)
        number = next(self.numbers)
        self.screens[chat_id][number] = letter
        self.rang.append((chat_id, letter.text))
        return Sent(number)

    async def edit(self, chat_id: int, message_id: int, letter: Letter) -> Outcome:
        """Another text in the same place."""
        if chat_id in self.blocked:
            return Refused(Reason.BLOCKED)
        if message_id not in self.screens[chat_id]:
            return Refused(Reason.NOTHING_TO_EDIT)
        self.screens[chat_id][message_id] = letter
        return Sent(message_id)

    async def edit_markup(self, chat_id: int, message_id: int, *_: Any) -> Outcome:
        """The buttons go."""
        before = self.screens[chat_id].get(message_id)
        if before is not None and before.text:
            self.screens[chat_id][message_id] = Letter(text=before.text)
        return Sent(message_id)

    async def set_commands(self, *_: Any, **__: Any) -> Outcome:
        """Nothing to see."""
        return Sent()

    async def pin(self, *_: Any, **__: Any) -> Outcome:
        """Nothing to see."""
        return Sent()

    async def take_back(self, chat_id: int, message_ids: Sequence[int]) -> Outcome:
        """The messages are gone."""
        for each in message_ids:
            self.screens[chat_id].pop(each, None)
        return Sent()

    def buttons(self, chat_id: int) -> list[tuple[int, str, str]]:
        """Every button on a screen, oldest first: message, label, data."""
        return [
            (number, button.label, button.data)
            for number, letter in sorted(self.screens[chat_id].items())
            for row in letter.buttons
            for button in row
        ]


class Line:
    """A process's own connection to the telephones; once it is cut, nothing it says arrives."""

    def __init__(self, phones: Telephones) -> None:
        self.cut = False
        self._phones = phones

    # Any: it stands in for whatever the telephones can do.
    def __getattr__(self, name: str) -> Any:
        """What the telephones do, unless it is too late."""
        return self._lost if self.cut else getattr(self._phones, name)

    async def _lost(self, *_: Any, **__: Any) -> Outcome:
        return Unsure("the line is dead")


class StillClock(SystemClock):
    """Stands still until it is moved, so that the same day goes the same way again. Its pace is real."""

    def now(self) -> datetime:
        """The beginning, and what was added to it."""
        return BEGINS + self.offset


class Bench:
    """A house with its cast, a bot, and a clock to move.

    After everything that comes in it `waits` until all is quiet, at most so many seconds (`patience`).
    """

    def __init__(
        self, folder: Path, template: Path, library: Library, *, phones: Telephones | None = None, pace: int = 1000
    ) -> None:
        self.clock = StillClock()
        self.phones = phones or Telephones()
        self.patience = _PATIENCE
        self.waits = True
        self.file = folder / "hearth.db"
        shutil.copy(template, self.file)
        self.rows: Mapping[int, int] = {}
        self._library = library
        self._settings = read_settings(
            _env_file=None,
            bot_token=TOKEN,
            database_url=f"sqlite+aiosqlite:///{self.file}",
            sends_per_second=pace,
            sends_per_chat=1000,
            chat_burst=1000,
            synchronous="OFF",
        )
        self._line = Line(self.phones)
        self._updates = count(1)
        self._running = AsyncExitStack()
        self._app: App | None = None

    @property
    def app(self) -> App:
        """The bot."""
        assert self._app is not None
        return self._app

    async def start(self) -> None:
        """The bot runs; the first time, the cast moves in."""
        self._line = line = Line(self.phones)
        with patch("bot.app.Sender", lambda _: line), patch("bot.app.AiohttpRequest", _Agreeable):
            self._app = await self._running.enter_async_context(
                build(self._settings, clock=self.clock, library=self._library, poll=False)
            )
        if not self.rows:
            ids = RandomIds(self.clock.now)
            people = [Newcomer(telegram_id=number, name=name, role=role) for name, (number, role) in CAST.items()]
            self.rows = await found(self.app.database, ids, self.clock.now(), people)

    async def stop(self) -> None:
        """The bot is asked to stop."""
        self._app = None
        await self._running.aclose()

    async def dies(self) -> None:
        """The process is gone at this very moment, with what it had in hand, and another finds what was committed."""
        self._line.cut = True
        found = self.file.with_stem(f"{self.file.stem}x")
        with closing(sqlite3.connect(self.file)) as dead, closing(sqlite3.connect(found)) as living:
            dead.backup(living)
        await self.stop()  # on a file that nobody reads any more
        self.file = found
        self._settings = self._settings.model_copy(update={"database_url": f"sqlite+aiosqlite:///{found}"})
        await self.start()

    # what people do

    async def writes(self, who: int, text: str) -> None:
        """A text or a command."""
        await self.update({"message": {"message_id": 1, **_from(who), "text": text}})

    async def taps(self, who: int, message_id: int, data: str) -> None:
        """A button's data comes back, be it on the screen or not."""
        message = {"message_id": message_id, **_from(who)}
        await self.update({"callback_query": {"id": "1", "from": message["from"], "message": message, "data": data}})

    async def taps_label(self, who: int, *labels: str) -> bool:
        """The newest button with each of these labels, one after the other; False at the first that is not there."""
        for label in labels:
            found = next((each for each in reversed(self.phones.buttons(who)) if each[1] == label), None)
            if found is None:
                return False
            await self.taps(who, found[0], found[2])
        return True

    async def blocks(self, who: int, *, blocked: bool) -> None:
        """Telegram's own “Stop and block”, or back again."""
        (self.phones.blocked.add if blocked else self.phones.blocked.discard)(who)
        sender = Sender(telegram_id=who, first_name="?")
        await self._take(Inbound(given=ReachChanged(blocked), sender=sender, update_id=next(self._updates)))

    async def comes_in(self, who: int, name: str, role: Role) -> bool:
        """Opens a fresh invite, and says yes to whatever is asked; whether the house has welcomed them."""
        async with self.app.database.write() as work:
            ids = RandomIds(self.clock.now)
            code = await make_invite(work, ids, self.clock.now(), house_name=HOUSE, role=role)
            await work.commit()
        heard = len(self.phones.rang)
        await self.writes(who, f"/start {code}")
        for label in (*_YES, name, "09:00 New York", "9 pm"):
            await self.taps_label(who, label)
        return any(chat == who and "You're in" in text for chat, text in self.phones.rang[heard:])

    async def update(self, body: Mapping[str, object]) -> None:
        """An update, as it would come from Telegram."""
        raw = {"update_id": next(self._updates), **body}
        await self._take(parse(raw, username="bot").inbound)

    async def later(self, by: timedelta) -> None:
        """The clock moves (back, too), and what is due by then happens."""
        self.clock.offset += by
        await self.quiet()

    async def quiet(self) -> None:
        """Everything that is due is done, and everything that is said has arrived."""
        async with asyncio.timeout(self.patience):
            while True:
                self.app.postman.nudge()
                await self.app.ticks.at_once()
                while self.app.busy:  # noqa: ASYNC110 - the bot runs on this very loop
                    await asyncio.sleep(0)
                if not self._due():
                    return

    async def _take(self, inbound: Inbound) -> None:
        await self.app.door.take([inbound])
        if self.waits:
            await self.quiet()

    # what is so

    async def open_alerts(self) -> list[Alert]:
        """Every open call for help."""
        async with self.app.database.read() as work:
            return await work.alerts.open_all()

    def ask(self, statement: str, *values: object) -> list[tuple[Any, ...]]:  # Any: whatever the columns hold
        """What the database says, in its own words."""
        with closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)) as file:
            return file.execute(statement, values).fetchall()

    def _due(self) -> bool:
        now = round(self.clock.now().timestamp() * 1_000_000)
        (due,) = self.ask(
            "SELECT (SELECT count(*) FROM timers WHERE due_at <= ?)"
            " + (SELECT count(*) FROM outbox WHERE state = 'sending' OR (state = 'waiting' AND not_before <= ?))",
            now,
            now,
        )
        return bool(due[0])


class _Agreeable(AiohttpRequest):
    """A Bot API that says yes to everything that is asked at the start."""

    async def do_request(self, url: str, *_: Any, **__: Any) -> tuple[int, bytes]:
        """Who we are, or just yes."""
        me = {"id": 123, "is_bot": True, "first_name": "Hearth", "username": "bot"}
        return 200, json.dumps({"ok": True, "result": me if url.endswith("/getMe") else True}).encode()


def _from(who: int) -> dict[str, object]:
    name = next((name for name, (number, _) in CAST.items() if number == who), "Zoe")
    return {
        "date": 0,
        "chat": {"id": who, "type": "private"},
        "from": {"id": who, "is_bot": False, "first_name": name, "language_code": "en"},
    }


@asynccontextmanager
async def at_the_bench(folder: Path, template: Path, library: Library) -> AsyncIterator[Bench]:
    """A running bench, at which everybody has pressed START."""
    bench = Bench(folder, template, library)
    await bench.start()
    try:
        for number, _ in CAST.values():
            await bench.writes(number, "/start")
        yield bench
    finally:
        await bench.stop()

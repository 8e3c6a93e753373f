"""A house on a machine of its own: the sandbox, the bot, the clock, and the people a story is about."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta

from bot.app import App, build
from bot.clock import SystemClock
from bot.house.invites import make_invite
from bot.ids import RandomIds
from bot.membership import retention
from bot.policy import Role
from bot.sandbox.client import Telephones
from bot.sandbox.limits import Limits
from bot.sandbox.server import Sandbox
from bot.settings import Settings, read_settings
from dialogs.library import Library
from tests.support.membership import Newcomer, let_in, role_of
from tests.support.somebody import PATIENCE, Somebody

MORNING = datetime(2027, 3, 3, 14, 0, tzinfo=UTC)
"""A Wednesday, nine o'clock in New York, where the house stands."""

NAME, ZONE = "Maple House", "America/New_York"


class House:
    """What a story happens in. The bot is the real one, on real HTTP; its clock follows the sandbox's."""

    def __init__(self, sandbox: Sandbox, phones: Telephones, settings: Settings, library: Library) -> None:
        self.sandbox = sandbox
        self.phones = phones
        self.settings = settings
        self.everybody: list[Somebody] = []
        self._library = library
        self._running = AsyncExitStack()
        self._app: App | None = None

    @property
    def app(self) -> App:
        """The bot as it runs."""
        assert self._app is not None, "the bot is not running just now"
        return self._app

    @property
    def now(self) -> datetime:
        """The time in the story."""
        return self.sandbox.exchange.clock.now()

    # the bot

    async def wakes(self) -> None:
        """The bot starts (again), with the same settings and a clock of its own."""
        self._app = await self._running.enter_async_context(
            build(self.settings, clock=SystemClock(), library=self._library)
        )

    async def sleeps(self) -> None:
        """The bot stops, as on SIGTERM."""
        self._app = None
        await self._running.aclose()

    async def restarts(self) -> None:
        """The bot stops, and starts again."""
        await self.sleeps()
        await self.wakes()

    async def rewritten(self, library: Library) -> None:
        """The bot starts again, and what it says was written anew meanwhile."""
        await self.calm()
        self._library = library
        await self.restarts()

    # the clock

    async def later(self, *, minutes: float = 0, seconds: float = 0, hours: float = 0, days: float = 0) -> None:
        """So much later: the sandbox's clock is moved, the bot has followed, and all that was due is done."""
        await self.calm()
        await self.phones.advance(timedelta(minutes=minutes, seconds=seconds, hours=hours, days=days).total_seconds())
        await self._followed()

    async def at(self, clock_time: str) -> None:
        """The next time it is HH:MM at the house."""
        await self.calm()
        await self.phones.next(clock_time, ZONE)
        await self._followed()

    async def _followed(self) -> None:
        if self._app is None:
            return
        async with asyncio.timeout(PATIENCE):
            while self.app.clock.offset != self.sandbox.exchange.clock.offset:
                await self.phones.clock()
        await self.app.ticks.at_once()
        await self.at_rest()

    async def at_rest(self) -> None:
        """Everything that came is answered, and every answer has arrived."""
        try:
            async with asyncio.timeout(PATIENCE):
                # Asking is a round trip, in which the bot goes on; nothing here is a matter of how long.
                while await self.phones.pending() or self.app.busy or await self._something_is_due():
                    pass
        except TimeoutError:
            app = self.app
            busy = {"door": app.door.busy, "postman": app.postman.busy, "ticks": app.ticks.busy}
            raise AssertionError(f"the bot does not come to rest: {busy}") from None

    async def tidies(self) -> None:
        """What has been kept long enough goes, as it does once an hour."""
        async with self.app.database.write() as work:
            await retention.tidy(work, self.app.clock.now())
            await work.commit()

    async def _something_is_due(self) -> bool:
        """Whether a letter or a timer waits for this very moment; a timer need not wait for the next tick."""
        now = self.app.clock.now()
        async with self.app.database.read() as work:
            letter, timers = await work.outbox.next_not_before(), await work.timers.due(now, 1)
        if timers:
            await self.app.ticks.at_once()
        return bool(timers) or (letter is not None and letter <= now) or self.app.busy

    async def calm(self) -> None:
        """At rest, if the bot is awake at all."""
        if self._app is not None:
            await self.at_rest()

    # the people

    async def people(self, *who: str) -> list[Somebody]:
        """People who belong to the house already: “Ana the participant”, “Sam of staff”."""
        newcomers = [Newcomer(name=each.split()[0], role=role_of(each.split()[-1])) for each in who]
        came = [await self.stranger(each.name) for each in newcomers]
        await self.let_in(newcomers, came)
        for each in came:
            await each.opens()
        for each in came:
            await each.reads("Good to see you")
            await each.reads(f"Hi {each.name}. What would you like?")
        await self.at_rest()
        return came

    async def crowd(self, size: int) -> list[Somebody]:
        """So many participants at once, in quiet: their chats are open, and nothing was said yet."""
        came = [await self.stranger(f"Kim{number}") for number in range(size)]
        for each in came:
            self.sandbox.exchange.world.chats[each.id].open = True
        await self.let_in([Newcomer(name=each.name, role=Role.PARTICIPANT) for each in came], came)
        return came

    async def let_in(self, newcomers: Sequence[Newcomer], people: Sequence[Somebody]) -> None:
        """Writes them into the house's book, as if they had joined long ago."""
        await let_in(self.app, NAME, ZONE, {person.id: new for person, new in zip(people, newcomers, strict=True)})

    async def stranger(self, name: str, *, language: str = "en") -> Somebody:
        """Somebody with a phone whom the bot does not know."""
        person = await self.phones.user(name, language_code=language)
        somebody = Somebody(self.phones, person.id, name, self.calm)
        self.everybody.append(somebody)
        return somebody

    async def invite(self, role: str, *, house: str = NAME) -> str:
        """A fresh invite's code, as `hearth invite` makes it."""
        async with self.app.database.write() as work:
            ids = RandomIds(self.app.clock.now)
            code = await make_invite(work, ids, self.app.clock.now(), house_name=house, role=Role(role), zone=ZONE)
            await work.commit()
        return code

    async def nothing_was_missed(self) -> None:
        """Raises AssertionError, with names, if anything was said that nobody read."""
        await self.calm()
        missed = [
            f"{person.name} never read: {bubble.text or bubble.caption}"
            for person in self.everybody
            for bubble in await person.unread()
        ]
        assert not missed, "\n".join(missed)


@asynccontextmanager
async def open_house(database_url: str, library: Library) -> AsyncIterator[House]:
    """A house nobody lives in yet, early on a Wednesday; Telegram's flood limits are off."""
    clock = SystemClock()
    clock.offset = MORNING - clock.now()
    async with Sandbox(clock=clock, limits=Limits(off=True)) as sandbox, Telephones(sandbox.url) as phones:
        settings = read_settings(
            _env_file=None,
            bot_token="1000001:a-token-of-no-value",
            bot_api_url=sandbox.url,
            database_url=database_url,
            secret_keys=None if database_url.startswith("sqlite") else "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE",
            sends_per_second=1000,
            sends_per_chat=1000,
            chat_burst=1000,
            synchronous="OFF",
        )
        house = House(sandbox, phones, settings, library)
        await house.wakes()
        try:
            yield house
        finally:
            await house.sleeps()

"""A small world for the stories: real storage, real content, and people who sit down at desks."""

import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.app import register_all
from bot.conversation.conversation import Conversation
from bot.conversation.desk import Desk
from bot.conversation.desks import Table, clear_desks, set_desks
from bot.conversation.inbound import CommandGiven, Given, Inbound, Sender
from bot.conversation.libraries import Libraries
from bot.conversation.registry import Registry
from bot.house import invites
from bot.policy import Role
from dialogs.inputs import ChoicePressed, TextSent
from dialogs.library import Library
from dialogs.values import Plain, Value
from storage.database import Database

NOON_IN_NEW_YORK = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
"""A Monday."""

ANA = Sender(telegram_id=1, first_name="Ana", language="en")
BEN = Sender(telegram_id=2, first_name="Ben", language="es-MX")


@dataclass
class CountingIds:
    """Ids that count, and codes that can be told apart."""

    _count: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1_000))

    def new(self) -> int:
        return next(self._count)

    def code(self) -> str:
        return f"CODE{next(self._count)}ABCD2345"

    def chance(self, below: int) -> int:
        """The last there is: nothing is replaced by chance."""
        return below - 1


def full_registry() -> Registry:
    """Everything that a dialog may ask and cause."""
    registry = Registry()
    register_all(registry)
    return registry


@dataclass
class World:
    """Time stands still until a story moves `now`."""

    database: Database
    library: Library
    now: datetime = NOON_IN_NEW_YORK
    ids: CountingIds = field(default_factory=CountingIds)
    registry: Registry = field(default_factory=full_registry)

    @asynccontextmanager
    async def at_desk(self, who: Sender, **answers: Plain) -> AsyncIterator[Desk]:
        """One turn's desk for somebody; what was done at it is committed when they rise."""
        async with self.database.write() as work:
            table = Table(work=work, libraries=Libraries(self.library), ids=self.ids, now=self.now)
            [desk] = await set_desks(table, [Inbound(given=TextSent("-"), sender=who)])
            desk.answers = answers
            yield desk
            await clear_desks(work, [desk])
            await work.commit()

    async def do(self, who: Sender, action: str, **arguments: Value) -> None:
        """One action, as a dialog would cause it."""
        async with self.at_desk(who) as desk:
            await self.registry.actions[action].perform(desk, arguments)

    async def ask(self, who: Sender, fact: str, **answers: Plain) -> Value:
        """One fact, with these answers given so far."""
        async with self.at_desk(who, **answers) as desk:
            return await self.registry.facts[fact].tell(desk)

    async def invited(self, role: Role, house: str = "Maple House") -> str:
        """The code of a fresh invite."""
        async with self.database.write() as work:
            code = await invites.make_invite(
                work, self.ids, self.now, house_name=house, role=role, zone="America/New_York"
            )
            await work.commit()
        return code

    async def joined(
        self, who: Sender, role: Role, house: str = "Maple House", zone: str = "America.New_York"
    ) -> None:
        """Somebody comes into a house by a fresh invite."""
        code = await self.invited(role, house)
        await self.do(who, "join", code=code, name=who.first_name, zone=zone)

    async def say(self, who: Sender, given: Given) -> Sequence[str]:
        """What the real dialogs answer: the words of each message that is not merely a change of buttons."""
        async with self.at_desk(who) as desk:
            await Conversation(self.library, self.registry).turn(desk, Inbound(given=given, sender=who))
            return [each.errand.letter.text for each in desk.outgoing if each.errand.letter.text not in ("", "-")]

    async def press(self, who: Sender, choice: str) -> Sequence[str]:
        """They press a button of the question that is open."""
        async with self.at_desk(who) as desk:
            turn = desk.progress.turn
        return await self.say(who, ChoicePressed(turn, choice))

    async def write(self, who: Sender, text: str) -> Sequence[str]:
        """They write something."""
        return await self.say(who, TextSent(text))

    async def command(self, who: Sender, command: str, argument: str = "") -> Sequence[str]:
        """They give a command."""
        return await self.say(who, CommandGiven(command, argument))

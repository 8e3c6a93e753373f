"""Restarts, a turn that fails, a database that is away: what was said is answered, once, and SOS goes out."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from unittest.mock import patch

import pytest

from bot.conversation.registry import Registry
from storage.database import Database
from storage.problems import StorageProblem
from storage.unit_of_work import UnitOfWork
from tests.support.house import House


async def test_a_restart_in_the_middle_of_everything_goes_on_where_it_stopped(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await sam.writes("/announce")
    await sam.reads("What would you like to tell everyone")
    await ana.presses("🆘 SOS")
    await ana.reads("I've asked Maria")
    await ana.reads("I'm asking Maria right now.")
    await maria.reads("Ana is asking")
    await house.at_rest()
    await house.sleeps()
    await sam.writes("Soup tonight.")
    await maria.taps("I'm on it")
    await house.wakes()
    await ana.reads("Maria is on it.")
    await sam.reads("This is how it will look:", "Soup tonight.")
    await house.restarts()
    await house.later(minutes=10)
    await maria.reads("Are you with Ana?")
    await maria.reads("You're on it.")
    await sam.reads("Still there? We can go on whenever you like.")


async def test_a_restart_says_nothing_twice(house: House) -> None:
    [ana] = await house.people("Ana the participant")
    await ana.writes("/checkin")
    await ana.reads("How are you right now?")
    await house.restarts()
    await house.restarts()
    await ana.taps("🙂")
    await ana.sees("How strong is any craving right now?")


@pytest.fixture
async def with_a_broken(house: House) -> Callable[[str], None]:
    """Breaks a fact or an action of the bot as it runs."""

    async def fail(*_: object) -> None:
        raise RuntimeError("broken for this story")

    def break_it(name: str) -> None:
        registry: Registry = house.app.door._conversation.registry
        if name in registry.facts:
            registry.facts[name] = replace(registry.facts[name], tell=fail)
        else:
            registry.actions[name] = replace(registry.actions[name], perform=fail)

    return break_it


async def test_a_turn_that_fails_costs_only_itself(house: House, with_a_broken: Callable[[str], None]) -> None:
    ana, ben = await house.people("Ana the participant", "Ben the participant")
    with_a_broken("week_any")
    await house.phones.send(ana.id, "/week")
    await house.phones.send(ben.id, "/skills")
    await ana.reads("Something went wrong on our side. Your words are kept, and staff will hear of it.")
    await ben.reads("What would you like to try?")
    await ana.writes("/skills")
    await ana.reads("What would you like to try?")


async def test_sos_goes_out_even_when_its_dialog_fails(house: House, with_a_broken: Callable[[str], None]) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    with_a_broken("sos_nobody")
    await ana.presses("🆘 SOS")
    await maria.reads("Ana is asking for somebody, now.")
    await ana.reads("I've asked Maria")
    await ana.reads("Something went wrong on our side.", "SOS still works.")
    await maria.taps("I'm on it")
    await ana.reads("Maria is on it.")


@asynccontextmanager
async def database_away() -> AsyncIterator[asyncio.Event]:
    """No write succeeds while this is entered; the event tells that one was tried."""
    tried = asyncio.Event()

    @asynccontextmanager
    async def refuse(_: Database) -> AsyncIterator[UnitOfWork]:
        tried.set()
        raise StorageProblem("The database is away.")
        yield

    with patch.object(Database, "write", refuse):
        yield tried


async def test_a_failing_database_confirms_nothing_and_loses_nothing(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    async with database_away() as tried:
        await house.phones.send(ana.id, "🆘 SOS")
        await tried.wait()
        assert await house.phones.pending() == 1
        assert await maria.unread() == []
    await maria.reads("Ana is asking for somebody, now.")
    await ana.reads("I've asked Maria")
    await ana.reads("I'm asking Maria right now.")

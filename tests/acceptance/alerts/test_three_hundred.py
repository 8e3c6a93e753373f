"""A night on which three hundred people of ten houses call within the same minute."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.ids import RandomIds
from bot.policy import Role
from dialogs.library import Library
from tests.reliability.bench import Bench, at_the_bench
from tests.reliability.house import Newcomer, found

HOUSES, EACH = range(10), 30
"""Houses, and the people of each who call."""

_PATIENCE = 120.0
"""Seconds of a busy machine after which something must hang."""


@pytest.fixture
async def bench(tmp_path: Path, sqlite_template: Path, library: Library) -> AsyncIterator[Bench]:
    """A bot without HTTP, and ten houses: in each thirty people, a mentor and one of staff."""
    async with at_the_bench(tmp_path, sqlite_template, library) as bench:
        bench.patience = _PATIENCE
        for number in HOUSES:
            people = [
                Newcomer(telegram_id=caller(number, n), name=f"Kim{number}x{n}x", role=Role.PARTICIPANT)
                for n in range(EACH)
            ]
            people += [
                Newcomer(telegram_id=mentor(number), name=f"Maria{number}", role=Role.MENTOR),
                Newcomer(telegram_id=staff(number), name=f"Sam{number}", role=Role.STAFF),
            ]
            await found(
                bench.app.database, RandomIds(bench.clock.now), bench.clock.now(), people, name=f"House {number}"
            )
        yield bench


def caller(house: int, n: int) -> int:
    """The chat of one who calls."""
    return 10_000 + house * 100 + n


def mentor(house: int) -> int:
    """The chat of the mentor who takes what they can."""
    return 10_000 + house * 100 + 90


def staff(house: int) -> int:
    """The chat of staff."""
    return 10_000 + house * 100 + 91


class Heard:
    """What rang so far, by phone."""

    def __init__(self, bench: Bench) -> None:
        self._by_chat: defaultdict[int, list[str]] = defaultdict(list)
        for chat, text in bench.phones.rang:
            self._by_chat[chat].append(text)

    def __call__(self, chat: int, *parts: str) -> int:
        """How many messages on a phone hold all of these words."""
        return sum(all(each in text for each in parts) for text in self._by_chat[chat])


async def everybody_calls(bench: Bench) -> None:
    """All of them press SOS before anybody got an answer."""
    bench.waits = False
    await asyncio.gather(*(bench.writes(caller(house, n), "🆘 SOS") for house in HOUSES for n in range(EACH)))
    bench.waits = True
    await bench.quiet()


async def takes(bench: Bench, house: int, n: int) -> None:
    """The mentor of a house taps “I'm on it” on the card of one of them."""
    name = f"Kim{house}x{n}x is asking"
    card = next(i for i, letter in bench.phones.screens[mentor(house)].items() if name in letter.text)
    data = next(data for i, label, data in bench.phones.buttons(mentor(house)) if (i, label) == (card, "I'm on it"))
    await bench.taps(mentor(house), card, data)


async def test_three_hundred_call_at_once_and_each_hears_the_truth(bench: Bench) -> None:
    with capture_logs() as logs:
        await everybody_calls(bench)
        alerts = await bench.open_alerts()
        assert len(alerts) == len(HOUSES) * EACH
        heard = Heard(bench)
        for house in HOUSES:
            for n in range(EACH):
                assert heard(caller(house, n), f"I've asked Maria{house}") == 1
                assert heard(mentor(house), f"Kim{house}x{n}x is asking", f"House {house}") == 1
            # Nobody hears of another house, and staff's turn has not come.
            assert heard(mentor(house), "is asking") == EACH
            assert heard(staff(house), "is asking") == 0

        # One mentor of each house takes three; those three hear it, and the others nothing that isn't so.
        bench.waits = False
        for n in range(3):
            await asyncio.gather(*(takes(bench, house, n) for house in HOUSES))
        bench.waits = True
        await bench.quiet()
        heard = Heard(bench)
        for house in HOUSES:
            for n in range(EACH):
                assert heard(caller(house, n), f"Maria{house} is on it") == (n < 3)

        # The others' calls climb to staff, all in the same moment.
        await bench.later(timedelta(minutes=5, seconds=1))
        heard = Heard(bench)
        for house in HOUSES:
            for n in range(EACH):
                assert heard(staff(house), f"Kim{house}x{n}x is asking") == (n >= 3)
                assert heard(caller(house, n), f"asking Sam{house} too") == (n >= 3)

        # Nobody answers: they are told so, with numbers; whoever has somebody is not.
        await bench.later(timedelta(minutes=5, seconds=1))
        heard = Heard(bench)
        for house in HOUSES:
            for n in range(EACH):
                assert heard(caller(house, n), "haven't reached anybody yet", "988") == (n >= 3)
        assert len(await bench.open_alerts()) == len(HOUSES) * EACH
        await bench.app.auditor.look()
    assert bench.app.auditor.well
    assert not [
        each for each in logs if each["log_level"] in {"warning", "critical"} or each["event"] == "turn.failed"
    ]

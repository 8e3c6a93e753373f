"""A name and a sentence, lived with for a day and then deleted, stand nowhere in the file, nor in the log."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import structlog

from bot.logs import set_up_logs
from tests.acceptance.trust.test_deletion import goes
from tests.support.house import House

NAME, SENTENCE = "Wilhelmina", "xylophones at the harbour"


@contextmanager
def logging_as_when_hearth_runs() -> Iterator[None]:
    """Within it all is logged to standard error; afterwards as it was, for a test's standard error is closed."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    set_up_logs()
    try:
        yield
    finally:
        structlog.reset_defaults()
        root.handlers[:] = handlers
        root.setLevel(level)


async def test_a_planted_name_and_sentence_stand_nowhere(house: House, capfd: pytest.CaptureFixture[str]) -> None:
    with logging_as_when_hearth_runs():
        ana, maria, sam = await house.people(f"{NAME} the participant", "Maria the mentor", "Sam of staff")
        await ana.presses("🆘 SOS")
        await ana.sees("write a line about what's going on")
        await ana.writes(SENTENCE)
        await maria.sees(SENTENCE)
        await ana.writes(f"Nobody hears {SENTENCE}")
        await ana.writes("/complain")
        await ana.taps("Write to staff", "Sam")
        await ana.writes(SENTENCE)
        await ana.taps("Send it")
        await sam.reads(NAME, SENTENCE)
        await house.later(hours=24)
        await goes(ana)
        await house.later(minutes=1)
        await house.sleeps()
        path = house.settings.database_url.removeprefix("sqlite+aiosqlite:///")
        for ending in ("", "-wal", "-shm"):
            written = read(path + ending)
            for planted in (NAME, SENTENCE, str(ana.id)):
                assert planted.encode() not in written
        written_down = capfd.readouterr()
        for planted in (NAME, SENTENCE, str(ana.id)):
            assert planted not in written_down.err + written_down.out
    await house.wakes()
    for each in house.everybody:
        await each.has_read_everything()


def read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - a URL's path, with an ending
            return file.read()
    except FileNotFoundError:
        return b""

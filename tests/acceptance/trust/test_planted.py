"""Names and sentences, planted and lived with, stand nowhere in the database's files, nor in the log."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import structlog
from sqlalchemy import make_url

from bot.logs import set_up_logs
from tests.acceptance.trust.test_deletion import goes
from tests.support.house import ZONE, House
from tests.support.somebody import Somebody

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
        stand_nowhere((NAME, SENTENCE, str(ana.id)), files_of(house), capfd)
    await house.wakes()
    await everything_was_read(house)


MONTH = {
    "name": "Wilhelmina",
    "mentor": "Balthasar",
    "staff": "Kunigunde",
    "note": "marmalade on the windowsill",
    "call": "xylophones at the harbour",
    "good": "a heron on the chimney",
    "cause": "the neighbour's wheelbarrow",
    "sign": "counting the floorboards twice",
    "announcement": "the samovar is descaled",
    "complaint": "lukewarm gooseberries again",
    "ordinary": "the ferry left without a trombone",
}


@pytest.mark.timeout(900)
async def test_of_a_month_in_the_house_no_planted_word_is_found_on_either_database(
    house_on_either: House, capfd: pytest.CaptureFixture[str]
) -> None:
    house = house_on_either
    with logging_as_when_hearth_runs():
        maria, sam = await house.people(f"{MONTH['mentor']} the mentor", f"{MONTH['staff']} of staff")
        ana = await house.stranger(MONTH["name"])
        code = await house.invite("participant")
        await ana.opens(code)
        await ana.taps("Go on · Seguir", "Yes, I am", "Go on", "Yes, keep them", "Yes, tell a mentor")
        await ana.taps("Yes, they may read it", MONTH["name"], "09:00 New York", "9 pm")
        await ana.sees("You're in.")
        await plans(ana)
        for day in range(1, 31):
            await house.at("21:00")
            await checks_in(ana, day)
            if day % 7 == 1:
                await a_week_of_it(ana, maria, sam)
            await everything_was_read(house)
        await house.sleeps()
        files = files_of(house)
        assert ZONE.encode() in files  # what is public is there to be found
        stand_nowhere((*MONTH.values(), code), files, capfd)  # their numbers are short here: see test_secrecy
    await house.wakes()
    await ana.writes("/my_plan")
    await ana.reads(MONTH["sign"])  # it was all there, and is
    await everything_was_read(house)


async def plans(ana: Somebody) -> None:
    """The first part of a safety plan."""
    await ana.writes("/my_plan")
    await ana.taps("Let's begin")
    await ana.writes(MONTH["sign"])
    await ana.taps(*["Leave it for now"] * 5)


async def checks_in(ana: Somebody, day: int) -> None:
    """A whole check-in, with a line of their own."""
    await ana.reads("a moment for you?")
    await ana.taps("😐", str(day % 7), "8", "Go on")
    await ana.writes(f"{MONTH['note']}, day {day}")
    await ana.taps("That's enough for today")


async def a_week_of_it(ana: Somebody, mentor: Somebody, staff: Somebody) -> None:
    """Good things, a call with words, an announcement, a complaint, and words that fit nowhere."""
    await ana.writes("/skills")
    await ana.taps("All the others", "Three good things", "5", "All right")
    await ana.writes(MONTH["good"])
    await ana.writes(MONTH["cause"])
    await ana.taps("No more today", "3")
    await ana.presses("🆘 SOS")
    await ana.writes(MONTH["call"])
    await mentor.sees(MONTH["name"], MONTH["call"])
    await mentor.taps("I'm on it", "I'm with them", "It's over")
    await staff.writes("/announce")
    await staff.writes(MONTH["announcement"])
    await staff.taps("Send to 2")
    await ana.sees(MONTH["announcement"])
    await ana.writes("/complain")
    await ana.taps("Write to staff", MONTH["staff"])
    await ana.writes(MONTH["complaint"])
    await ana.taps("Send it")
    await staff.sees(MONTH["complaint"])
    await ana.writes(MONTH["ordinary"])


async def everything_was_read(house: House) -> None:
    """Whatever else was said is no part of this story."""
    for each in house.everybody:
        await each.has_read_everything()


def stand_nowhere(planted: Iterable[str], files: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    """None of these words in the files, nor in what was logged and printed."""
    logged = "".join(capfd.readouterr())
    for each in planted:
        assert each.encode() not in files
        assert each not in logged


def files_of(house: House) -> bytes:
    """All that the database keeps on the disk: its file and journals, or PostgreSQL's whole folder with its log."""
    url = make_url(house.settings.database_url)
    if url.get_backend_name() == "postgresql":
        paths = [each for each in Path(str(url.query["host"])).rglob("*") if each.is_file()]
    else:
        paths = [Path(f"{url.database}{ending}") for ending in ("", "-wal", "-shm")]
    return b"".join(path.read_bytes() for path in paths if path.exists())

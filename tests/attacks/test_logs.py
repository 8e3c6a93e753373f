"""Names, words and tokens are planted in every error there is; none comes out in a log or at the terminal."""

import ast
import asyncio
import io
import logging
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr
from pathlib import Path

import aiohttp
import pytest
import structlog
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError
from telegram.error import BadRequest, TelegramError

from bot.logs import TECHNICAL, set_up_logs, trail_of, where
from storage.engines import make_engine, parse_url

NAME, TOKEN = "Wilhelmina", "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw9"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What goes to standard error while the logs are set up as `hearth run` does."""
    handlers, level = logging.root.handlers[:], logging.root.level
    stream = io.StringIO()
    with redirect_stderr(stream):
        set_up_logs()
        yield stream
    structlog.reset_defaults()
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)


def nothing_of_them(said: str) -> bool:
    return NAME not in said and TOKEN not in said and TOKEN.partition(":")[2] not in said


def an_error(message: str = f"{NAME} wrote this with {TOKEN}") -> Exception:
    try:
        try:
            raise KeyError(message)  # noqa: TRY301 - it has to be raised
        except KeyError as error:
            raise RuntimeError(f"on the way: {message}") from error
    except RuntimeError as error:
        return error


async def of_sqlalchemy(folder: Path) -> Exception:
    engine = make_engine(parse_url(f"sqlite:///{folder / 'x.db'}"))
    try:
        async with engine.begin() as connection:
            await connection.execute(text("CREATE TABLE t (a TEXT UNIQUE)"))
            for _ in range(2):
                await connection.execute(text("INSERT INTO t VALUES (:a)"), {"a": NAME})
    except IntegrityError as error:
        return error
    finally:
        await engine.dispose()
    raise AssertionError("it should have failed")


async def of_aiohttp() -> Exception:
    async with aiohttp.ClientSession() as session:
        try:
            await session.get(f"http://127.0.0.1:1/bot{TOKEN}/sendMessage?text={NAME}")
        except aiohttp.ClientError as error:
            return error
    raise AssertionError("it should have failed")


async def every_error(folder: Path) -> list[Exception]:
    telegram: list[Exception] = [TelegramError(f"{NAME} at /bot{TOKEN}/x"), BadRequest(f"can't parse “{NAME}”")]
    return [an_error(), await of_sqlalchemy(folder), await of_aiohttp(), *telegram]


async def test_an_error_in_our_own_log_is_a_class_and_a_place(written: io.StringIO, tmp_path: Path) -> None:
    log = structlog.get_logger("test")
    for error in await every_error(tmp_path):
        log.error("turn.failed", exc_info=error, error=type(error).__name__, at=where(error))
        try:
            raise error  # noqa: TRY301 - it has to be raised
        except Exception:
            log.exception("turn.failed")
            log.error("turn.failed", exc_info=True, stack_info=True)
    said = written.getvalue()
    assert said.count("turn.failed") == 15
    assert "IntegrityError" in said
    assert nothing_of_them(said)


def test_words_under_a_key_nobody_knows_are_kept_out_and_numbers_stay(written: io.StringIO) -> None:
    log = structlog.get_logger("test")
    log.warning("x.y", name=NAME, text=NAME, whom={"a": NAME}, line=[NAME], update_id=7, alerts=[1, 2])
    log.warning("x.y", problem=f"see /bot{TOKEN}/getUpdates and {TOKEN}")
    said = written.getvalue()
    assert nothing_of_them(said)
    assert "update_id=7" in said
    assert "alerts=[1, 2]" in said
    assert "[token]" in said


async def test_what_libraries_log_is_kept_to_its_place(written: io.StringIO, tmp_path: Path) -> None:
    for name in ("asyncio", "aiohttp.client", "sqlalchemy.pool", "telegram.ext", "apscheduler.executors", "uvicorn"):
        library = logging.getLogger(name)
        library.warning("INSERT INTO people VALUES (%s)", NAME)
        library.error(f"{NAME} with {TOKEN}")
        for error in await every_error(tmp_path):
            library.error("it failed: %s", error, exc_info=error, stack_info=True)
    said = written.getvalue()
    assert nothing_of_them(said)
    assert "apscheduler.executors error at tests/attacks/test_logs.py" in said
    assert "IntegrityError at" in said


async def test_a_task_that_nobody_waited_for_tells_nothing(written: io.StringIO) -> None:
    context = {"message": f"Task exception of {NAME}", "exception": an_error()}
    asyncio.get_running_loop().default_exception_handler(context)
    assert "RuntimeError at" in written.getvalue()
    assert nothing_of_them(written.getvalue())


async def test_an_error_of_the_database_quotes_no_value(tmp_path: Path) -> None:
    error = await of_sqlalchemy(tmp_path)
    assert isinstance(error, StatementError)
    assert NAME not in str(error)
    assert nothing_of_them(trail_of(error))


def test_an_error_is_told_with_all_that_led_to_it_but_without_its_text() -> None:
    told = trail_of(an_error())
    assert told.index("KeyError") < told.index("RuntimeError")
    assert "tests/attacks/test_logs.py" in told
    assert nothing_of_them(told)


CRASH = """
import sys, threading
from bot import __main__ as hearth
def run():
    name = "Wilhelmina"
    raise RuntimeError(f"INSERT INTO people VALUES ('{name}')")
class Bad:
    def __del__(self):
        run()
def crash():
    thread = threading.Thread(target=run); thread.start(); thread.join()
    Bad()
    run()
hearth.app.command("crash")(crash)
sys.argv = ["hearth", "crash"]
hearth.main()
"""


def test_a_command_that_crashes_prints_no_text_of_the_error() -> None:
    ended = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", CRASH], capture_output=True, text=True, cwd=ROOT, check=False, timeout=60
    )
    assert ended.returncode == 1
    assert "Something broke that should not." in ended.stderr
    assert ended.stderr.count("RuntimeError") == 3
    assert nothing_of_them(ended.stdout + ended.stderr)
    assert "INSERT" not in ended.stderr


def log_calls() -> Iterator[tuple[str, ast.Call]]:
    for file in sorted((ROOT / "bot").rglob("*.py")):
        if "sandbox" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id="log"))):
                    yield f"{file.relative_to(ROOT)}:{node.lineno}", node
                case _:
                    pass


def test_our_own_events_are_fixed_words_and_their_keys_are_known() -> None:
    """A word under a key that is not in TECHNICAL would be kept out; what is a number is so by its name."""
    numbers = {"id", "update_id", "alert", "alerts", "size", "hours", "rows", "people", "seconds", "mistakes"}
    for place, call in log_calls():
        assert isinstance(call.args[0], ast.Constant), f"{place}: an event is a fixed word"
        unknown = {keyword.arg for keyword in call.keywords} - TECHNICAL - numbers
        assert not unknown, f"{place}: {unknown} is neither a number nor among bot.logs.TECHNICAL"

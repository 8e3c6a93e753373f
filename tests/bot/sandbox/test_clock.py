"""Moving the sandbox's clock."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.clock import SystemClock
from bot.sandbox import Sandbox
from bot.sandbox.client import Telephones
from bot.sandbox.phone import Person
from bot.sandbox.timekeeping import Timekeeper
from bot.sandbox.wire import ControlError, Json
from tests.bot.sandbox.conftest import Api


def moved(start: str, request: Json) -> datetime:
    """Where a clock that stood at `start` stands after a move, to the second."""
    keeper = Timekeeper(SystemClock())
    keeper.move({"to": start})
    keeper.move(request)
    now = keeper.clock.now() + timedelta(milliseconds=50)
    return now.replace(microsecond=0)


@pytest.mark.parametrize(
    ("start", "request_", "expected"),
    [
        ("2026-03-01T10:00:00Z", {"advance": 90}, "2026-03-01T10:01:30Z"),
        ("2026-03-01T10:00:00Z", {"tomorrow": "09:00", "zone": "America/New_York"}, "2026-03-02T14:00:00Z"),
        ("2026-03-07T18:00:00Z", {"tomorrow": "09:00", "zone": "America/New_York"}, "2026-03-08T13:00:00Z"),
        ("2026-03-01T10:00:00Z", {"next": "20:00", "zone": "Europe/Berlin"}, "2026-03-01T19:00:00Z"),
        ("2026-03-01T19:30:00Z", {"next": "20:00", "zone": "Europe/Berlin"}, "2026-03-02T19:00:00Z"),
    ],
)
def test_a_move_goes_where_it_says_across_summer_time_too(start: str, request_: Json, expected: str) -> None:
    assert moved(start, request_) == datetime.fromisoformat(expected)


@pytest.mark.parametrize(
    "request_", [{}, {"to": "noon"}, {"to": "2026-03-01T10:00:00"}, {"next": "20:00", "zone": "Mars/North"}]
)
def test_a_move_to_nowhere_is_refused(request_: Json) -> None:
    with pytest.raises(ControlError):
        Timekeeper(SystemClock()).move(request_)


async def test_messages_are_dated_by_the_moved_clock(api: Api, phones: Telephones, ana: Person) -> None:
    target = datetime(2030, 1, 1, 12, tzinfo=UTC)
    await phones.move_to(target)
    message = await api.ok("sendMessage", chat_id=ana.id, text="x")
    assert abs(message["date"] - target.timestamp()) < 5


async def test_who_follows_the_clock_is_told_at_once(sandbox: Sandbox, phones: Telephones, api: Api) -> None:
    version = (await phones.clock()).version

    async def follow() -> Json:
        address = f"{sandbox.control}/clock?version={version}&wait=50"
        async with api.session.get(address) as response:
            answer: Json = await response.json()
            return answer

    following = asyncio.create_task(follow())
    await asyncio.sleep(0)
    moved_to = await phones.next("09:00", "America/New_York")
    async with asyncio.timeout(5):
        assert (await following)["version"] == moved_to.version == version + 1
    local = moved_to.now.astimezone(ZoneInfo("America/New_York"))
    assert (local.hour, local.minute) == (9, 0)

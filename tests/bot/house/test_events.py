"""What is on: found on its own days and no others, where the house stands."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.registry import NotAllowedError
from bot.house.events import MOST, on_day
from bot.policy import Role
from dialogs.values import Option
from storage.problems import Conflict
from storage.repositories.events import Event
from tests.bot.membership.world import ANA, BEN, World

FIRST = date(2027, 3, 1)
AT = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)

lines = st.builds(
    lambda number, days, ahead, minutes: Event(
        id=number,
        house_id=1,
        words="a line",
        days=0 if ahead is not None else days,
        day=None if ahead is None else FIRST + timedelta(days=ahead),
        minutes=minutes,
        added_at=AT,
    ),
    number=st.integers(1, 10**6),
    days=st.integers(1, 127),
    ahead=st.none() | st.integers(0, 20),
    minutes=st.none() | st.integers(0, 1439),
)


@given(events=st.lists(lines, max_size=8), ahead=st.integers(0, 20))
def test_each_line_is_on_on_its_days_and_in_the_order_of_its_time(events: list[Event], ahead: int) -> None:
    day = FIRST + timedelta(days=ahead)
    found = on_day(events, day)
    for each in events:
        assert (each in found) == (each.day == day if each.day else bool(each.days >> day.weekday() & 1))
    timed = [each.minutes for each in found if each.minutes is not None]
    assert timed == sorted(timed)
    assert all(each.minutes is None for each in found[len(timed) :])


async def test_today_is_today_where_the_house_stands(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    await world.joined(BEN, Role.STAFF)
    await world.do(BEN, "add_event", words="Cards", days=("mon",), day=None, time="8 pm")
    world.now = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # a Tuesday in London, a Monday evening in New York
    assert await world.ask(ANA, "today_any") is True
    world.now = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
    assert await world.ask(ANA, "today_any") is False


async def test_there_is_room_for_so_many_and_what_is_over_makes_room(world: World) -> None:
    await world.joined(BEN, Role.STAFF)
    days = await world.ask(BEN, "event_day_options")
    assert isinstance(days, tuple)
    assert isinstance(days[0], Option)
    for _ in range(MOST):
        await world.do(BEN, "add_event", words="Cards", days=None, day=days[0].key, time=None)
    assert await world.ask(BEN, "events_full") is True
    with pytest.raises(Conflict):
        await world.do(BEN, "add_event", words="Chess", days=("mon",), day=None, time=None)
    world.now += timedelta(days=1)
    assert await world.ask(BEN, "events_full") is False


@pytest.mark.parametrize(
    ("days", "day", "time"),
    [(None, None, None), (("mon",), "2026-11-25", None), (("someday",), None, None), (("mon",), None, "soonish")],
)
async def test_what_is_no_day_or_no_time_is_refused(
    world: World, days: tuple[str, ...] | None, day: str | None, time: str | None
) -> None:
    await world.joined(BEN, Role.STAFF)
    with pytest.raises(ValueError, match=r"day|tuple"):
        await world.do(BEN, "add_event", words="Cards", days=days, day=day, time=time)


async def test_a_line_of_another_house_is_nobodys_to_take_off(world: World) -> None:
    await world.joined(BEN, Role.STAFF)
    with pytest.raises(NotAllowedError):
        await world.do(BEN, "remove_event", event="cards")
    with pytest.raises(Conflict):
        await world.do(BEN, "remove_event", event="123")

"""Calls on nights when everything goes wrong at once."""

import asyncio
from datetime import datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.clock import Clock
from bot.delivery.letters import Letter
from bot.delivery.outgoing import Errand, Outgoing
from bot.delivery.promises import Kind
from bot.ids import RandomIds
from bot.schedule.audit import Auditor
from tests.acceptance.alerts.test_rota import presses_sos
from tests.support.house import House


async def test_a_double_tap_takes_it_once(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await ana.presses("🆘 SOS")
    await ana.has_read_everything()
    card = await maria.reads("Ana is asking")
    await asyncio.gather(maria.taps_once_more(card, "I'm on it"), maria.taps_once_more(card, "I'm on it"))
    await ana.reads("Maria is on it.")
    await maria.sees("You're on it.")


async def test_the_mentor_blocked_the_bot_and_nobody_waits_for_them(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await maria.blocks_the_bot()
    await ana.presses("🆘 SOS")
    await sam.reads("Ana is asking")
    await ana.sees("I've asked Sam")
    await ana.has_read_everything()


async def test_a_house_with_staff_only_asks_staff(house: House) -> None:
    ana, sam = await house.people("Ana the participant", "Sam of staff")
    await ana.presses("🆘 SOS")
    await ana.reads("I've asked Sam")
    await ana.has_read_everything()
    await sam.reads("Ana is asking")
    await sam.taps("I'm on it")
    await ana.reads("Sam is on it.")


async def test_a_line_of_4096_characters_reaches_those_asked_as_far_as_it_fits(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await ana.presses("🆘 SOS")
    await ana.has_read_everything()
    await maria.reads("Ana is asking")
    await ana.writes("help " * 819 + "x")
    await ana.reads("I've passed it on")
    card = await maria.sees("Ana is asking", "“help help")
    assert len(card.text) <= 4096
    assert card.labels


@pytest.mark.parametrize("moment", range(6))
async def test_the_bot_may_stop_at_every_step(house: House, moment: int) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")

    async def stops(at: int) -> None:
        if at == moment:
            await house.restarts()

    await ana.presses("🆘 SOS")
    await stops(0)
    await ana.reads("I've asked Maria")
    await ana.reads("I'm asking Maria")
    await maria.reads("Ana is asking")
    await stops(1)
    await house.later(minutes=3)
    await stops(2)
    await sam.reads("Ana is asking")
    await ana.reads("I'm asking Sam too")
    await maria.taps("I'm on it")
    await stops(3)
    await ana.reads("Maria is on it.")
    await sam.reads("you can rest")
    await maria.taps("I'm with them")
    await stops(4)
    await ana.reads("Maria is with you now.")
    await maria.taps("It's over")
    await stops(5)
    await ana.reads("This call is over")


async def test_when_telegram_puts_us_off_everybody_is_told_all_the_same(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await house.phones.fault("429", chat_id=maria.id, retry_after=1, count=2)
    await ana.presses("🆘 SOS")
    await house.later(seconds=5)
    await maria.reads("Ana is asking")
    await ana.reads("I've asked Maria")
    await ana.has_read_everything()


class _Later:
    """A clock that is ahead, for the auditor alone: everybody else has done nothing about it yet."""

    def __init__(self, clock: Clock, ahead: timedelta) -> None:
        self._clock, self._ahead = clock, ahead

    def now(self) -> datetime:
        return self._clock.now() + self._ahead

    def pace(self) -> float:
        return self._clock.pace()


async def looks(house: House, *, ahead: timedelta) -> set[str]:
    """What the auditor finds so much later, if nothing moves until then."""
    app = house.app
    clock = _Later(app.clock, ahead)
    auditor = Auditor(database=app.database, door=app.door, postman=app.postman, clock=clock, heartbeat_url=None)
    with capture_logs() as logs:
        await auditor.look()
    found = {str(each["event"]) for each in logs if each["log_level"] == "critical"}
    assert auditor.well is not bool(found)
    return found


async def test_a_letter_of_a_call_that_nobody_sends_on_is_found_and_staff_are_warned(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await presses_sos(house, ana)
    await maria.reads("Ana is asking")
    now = house.app.clock.now()
    async with house.app.database.write() as work:
        [alert] = await work.alerts.open_all()
        letter = Outgoing(
            id=RandomIds(house.app.clock.now).new(),
            kind=Kind.ALERT,
            errand=Errand(letter=Letter(text="🔔")),
            recipient_id=alert.person_id,
            purpose="alert",
            not_before=now,
            created_at=now,
        )
        # Claimed by a postman that is no more, whose lease has not run out for anybody else yet.
        lapses = now + timedelta(hours=1)
        await work.outbox.add_many([letter.stored(owner="a postman that is no more", lease_until=lapses)])
        await work.commit()
    assert await looks(house, ahead=timedelta(seconds=1)) == set()
    assert "letters.stuck" in await looks(house, ahead=timedelta(hours=1, minutes=2))
    await sam.reads("Something in Hearth stands still")


async def test_a_timer_that_nobody_looks_after_is_found_and_staff_are_warned(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await presses_sos(house, ana)
    await maria.reads("Ana is asking")
    # Its step has three minutes; within a minute after that, somebody has done what was due.
    assert await looks(house, ahead=timedelta(minutes=3, seconds=50)) == set()
    assert await looks(house, ahead=timedelta(minutes=4, seconds=10)) == {"ticks.late"}
    await sam.reads("Something in Hearth stands still")


async def test_the_auditor_mends_what_is_adrift_and_staff_read_that_something_stands_still(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await ana.presses("🆘 SOS")
    await ana.has_read_everything()
    await maria.reads("Ana is asking")
    async with house.app.database.write() as work:
        [alert] = await work.alerts.open_all()
        await work.timers.cancel(alert.id)
        await work.commit()
    with capture_logs() as logs:
        await house.app.auditor.look()
    assert not house.app.auditor.well
    assert "alerts.adrift" in {each["event"] for each in logs}
    await sam.reads("Something in Hearth stands still")
    await sam.reads("Ana is asking")
    await house.app.auditor.look()
    assert house.app.auditor.well
    await ana.has_read_everything()

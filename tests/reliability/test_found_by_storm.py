"""What storms, faults and fuzz brought to light, each as small as it could be made."""

from unittest.mock import patch

from bot.conversation.conversation import Conversation
from bot.conversation.desk import Desk
from bot.conversation.inbound import Inbound, Sender
from dialogs.inputs import TextSent
from storage.unit_of_work import UnitOfWork
from tests.reliability.bench import Bench
from tests.support.house import House
from tests.support.somebody import Somebody


async def test_breath_that_was_stopped_does_not_overwrite_what_came_after(house: House) -> None:
    (ana,) = await house.people("Ana the participant")
    await ana.writes("/skills")
    await ana.taps("Slow breathing", "7", "I'm ready", "Stop here")
    await ana.sees("How tense are you now?")

    await house.later(seconds=4)

    assert (await ana.last()).text.startswith("How tense are you now?")


async def test_an_announcement_that_could_not_be_sent_in_time_has_an_outcome(house: House) -> None:
    sam, ana = await house.people("Sam of staff", "Ana the participant")
    await house.phones.fault("429", chat_id=ana.id, retry_after=3600)
    await sam.writes("/announce")
    await sam.sees("What would you like to tell everyone")
    await sam.writes("The boiler is fixed.")
    await sam.taps("Send to 1")

    await house.later(hours=25)
    await house.later(seconds=5)  # the card comes up to date

    await sam.sees("Got it: 0 of 1", "Ana: could not be reached in time")


async def test_an_announcement_on_its_way_when_the_bot_stops_is_not_sent_again(house: House) -> None:
    sam, ana = await house.people("Sam of staff", "Ana the participant")
    await house.phones.fault("timeout_after", chat_id=ana.id, method="sendMessage")
    await sam.writes("/announce")
    await sam.sees("What would you like to tell everyone")
    await sam.writes("The boiler is fixed.")
    await sam.taps("Send to 1")
    await ana.reads("The boiler is fixed.")  # it is there, and Telegram has not said so

    await house.sleeps()
    await house.phones.lift_faults()
    await house.wakes()
    await house.later(minutes=2)

    assert not [bubble for bubble in await ana.unread() if "The boiler is fixed." in bubble.text]


async def test_staff_who_come_after_a_call_was_exhausted_are_asked(house: House) -> None:
    (ana,) = await house.people("Ana the participant")
    await ana.presses("🆘 SOS")
    await ana.reads("right now I can't reach anybody")
    (sam,) = await house.people("Sam of staff")

    await house.later(minutes=6)

    await sam.reads("Ana has been asking")


async def test_a_mentor_who_seemed_unreachable_and_writes_is_asked_again(house: House) -> None:
    ana, maria, _sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await house.phones.fault("400_chat_not_found", chat_id=maria.id, count=1)
    await maria.writes("/help")
    await house.at_rest()
    await maria.writes("/help")
    await maria.reads("/skills for hard moments")

    await ana.presses("🆘 SOS")

    await maria.reads("Ana is asking for somebody")


async def test_somebody_who_travels_west_is_not_asked_twice_on_one_day(house: House) -> None:
    (ana,) = await house.people("Ana the participant")
    await _menu_to(ana, "🕗 Check-in time")
    await ana.taps("8 am")
    await house.at("08:00")
    await ana.reads("a moment for you?")
    await house.later(minutes=40)  # she leaves it unanswered

    await _menu_to(ana, "🌍 Time zone")
    await ana.taps("Somewhere else")
    await ana.writes("Los Angeles")
    await _the_first_that_fits(ana)
    await ana.has_read_everything()
    await house.later(hours=3)

    assert not [bubble for bubble in await ana.unread() if "a moment for you?" in bubble.text]
    await house.at("11:00")  # eight in Los Angeles, the next day
    await ana.reads("a moment for you?")


async def _menu_to(somebody: Somebody, label: str) -> None:
    await somebody.has_read_everything()
    await somebody.presses("☰ Menu")
    await somebody.reads("What would you like?")
    await somebody.taps("⚙️ Settings", label)


async def _the_first_that_fits(somebody: Somebody) -> None:
    offered = await somebody.sees("Which one fits?")
    await somebody.taps(offered.labels[0])
    await somebody.sees("Your times follow that clock from now on.")


async def test_somebody_with_a_dialog_half_done_can_leave_the_house(house: House) -> None:
    (ana,) = await house.people("Ana the participant")
    await ana.writes("/checkin")
    await ana.taps("🙂", "3", "8", "Go on", "Nothing today")
    await ana.sees("something good for you, or somebody to talk to?")
    await ana.writes("/stop")
    await ana.taps("I want to leave the house", "Yes, leave")

    await ana.sees("You have left.")


async def test_a_bot_that_dies_soon_after_it_starts_gets_further_each_time(bench: Bench) -> None:
    """A batch too large to be committed in the time there is would be begun again and again, and never ended."""
    sizes: list[int] = []
    whole = Conversation.turn

    async def counted(self: Conversation, desk: Desk, inbound: Inbound) -> None:
        if not begun or desk.work is not begun[-1]:
            begun.append(desk.work)
            sizes.append(0)
        sizes[-1] += 1
        await whole(self, desk, inbound)

    begun: list[UnitOfWork] = []
    await bench.stop()
    await bench.start()
    crowd = [
        Inbound(given=TextSent("hello"), sender=Sender(telegram_id=each, first_name="Zoe")) for each in range(7, 27)
    ]
    with patch.object(Conversation, "turn", counted):
        await bench.app.door.take(crowd)

    assert sizes == [1, 2, 4, 8, 5]

"""Whoever answers calls from now on lets the chat ring, and hears at once how that is; who didn't is known."""

from tests.acceptance.alerts.test_rota_wishes import is_watched
from tests.support.house import House
from tests.support.somebody import Somebody


async def joins_as_mentor(house: House) -> Somebody:
    """Tom opens a mentor's invite and says yes to everything."""
    tom = await house.stranger("Tom")
    await tom.opens(await house.invite("mentor"))
    await tom.taps("Go on · Seguir", "Yes, I am", "Go on", "Tom", "09:00 New York")
    await tom.reads("You're in. Thank you for being there")
    return tom


async def test_a_new_mentor_lets_the_chat_ring_and_hears_at_once_how_that_is(house: House) -> None:
    [sam] = await house.people("Sam of staff")
    await is_watched(house)
    tom = await joins_as_mentor(house)
    await tom.taps("iPhone")
    await tom.sees("tap my name at the top", "Do Not Disturb")
    await tom.taps("Done, let it ring")
    await tom.sees("Now lock your phone")
    assert not await tom.unread()
    await house.later(seconds=15)
    await tom.reads("🔔 This is only a test. Nobody is waiting for you.")
    await tom.taps("It rang")
    await tom.sees("Good, you can be reached.")
    # It was the fortnight's: none comes the next morning, nor for two weeks; and staff have nothing to look at.
    await house.at("11:00")
    await house.later(days=12)
    await house.at("11:00")
    assert not any("only a test" in bubble.text for bubble in await tom.unread())
    assert not any("Tom did not tap" in bubble.text for bubble in await sam.unread())
    await sam.has_read_everything()


async def test_a_phone_that_slept_is_rung_once_more_in_the_morning_and_staff_hear_of_it(house: House) -> None:
    [sam] = await house.people("Sam of staff")
    await is_watched(house)
    tom = await joins_as_mentor(house)
    await tom.taps("Android", "Done, let it ring")
    await tom.sees("Now lock your phone")
    await house.later(seconds=15)
    await tom.reads("This is only a test.")
    await house.at("11:00")
    await tom.reads("This is only a test.")
    await sam.has_read_everything()
    await house.later(days=1)
    await house.at("10:00")
    await sam.reads("Worth a look in Maple House", "Tom did not tap the test call")
    # Once they hear it, there is nothing to look at any more.
    await tom.writes("/ring")
    await tom.taps("It rings already")
    await tom.sees("Now lock your phone")
    await house.later(seconds=15)
    await tom.reads("This is only a test.")
    await tom.taps("It rang")
    await tom.sees("Good, you can be reached.")
    await sam.writes("/rota")
    await sam.reads("There is no rota in Maple House.")
    assert not any("Tom did not tap" in bubble.text for bubble in await sam.unread())
    await sam.has_read_everything()


async def test_later_is_fine_and_it_rings_by_itself_in_the_morning(house: House) -> None:
    await house.people("Sam of staff")
    await is_watched(house)
    tom = await joins_as_mentor(house)
    await tom.taps("Later")
    await tom.sees("One of these mornings I ring once by myself")
    await house.at("11:00")
    await tom.reads("This is only a test.")
    for each in house.everybody:
        await each.has_read_everything()

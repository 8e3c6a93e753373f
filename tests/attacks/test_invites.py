"""Invites: replayed, guessed, raced for, edited into a message. One person comes in, or nobody."""

import asyncio

from tests.attacks.support import everything, passer_by, raw_message, rows
from tests.support.house import House
from tests.support.somebody import Somebody


async def up_to_the_door(house: House, who: Somebody, code: str) -> None:
    """Everything a mentor answers, but for the last tap."""
    await who.opens(code)
    await who.taps("Go on · Seguir", "Yes, I am", "Go on")
    await who.taps(who.name)
    await who.sees("What time is it where you are?")


async def test_of_a_crowd_with_one_invite_one_comes_in(house: House) -> None:
    code = await house.invite("mentor")
    crowd = [await house.stranger(f"Zoe{number}") for number in range(12)]
    for who in crowd:
        await up_to_the_door(house, who, code)
    await asyncio.gather(*(who.taps("09:00 New York") for who in crowd))
    await house.at_rest()
    inside = [who for who in crowd if any("You're in." in bubble.text for bubble in (await who.chat()).said)]
    assert len(inside) == 1
    assert await rows(house, "SELECT count(*) FROM grants") == [(1,)]
    for who in crowd:
        if who not in inside:
            await who.sees("This invite has already been used.")
        await who.has_read_everything()


async def test_a_used_invite_opens_nothing_for_its_owner_or_for_anybody_else(house: House) -> None:
    code = await house.invite("mentor")
    maria, eve = await house.stranger("Maria"), await house.stranger("Eve")
    await up_to_the_door(house, maria, code)
    await maria.taps("09:00 New York")
    await maria.sees("You're in.")
    await house.at_rest()
    before = await everything(house, but=frozenset({"progress"}))
    await eve.opens(code)
    await eve.reads("This invite has already been used.")
    await maria.opens(code)
    await maria.reads("You already belong to Maple House.")
    assert await everything(house, but=frozenset({"progress"})) == before
    for who in (maria, eve):
        await who.has_read_everything()


async def test_a_guesser_learns_nothing_even_from_a_code_that_is_good(house: House) -> None:
    code = await house.invite("staff")
    eve, zoe = await house.stranger("Eve"), await house.stranger("Zoe")
    for number in range(5):
        await eve.opens(f"ABCD{number}234ABCD2345")
        await eve.reads("I don't know this invite.")
    await eve.opens("ABCD2345ABCD2345")
    told = (await eve.reads("That were several codes that I don't know")).text
    await eve.opens(code)
    assert (await eve.reads("That were several codes that I don't know")).text == told
    assert await rows(house, "SELECT count(*) FROM invites WHERE used_at IS NOT NULL") == [(0,)]
    assert await rows(house, "SELECT count(*) FROM people") == [(0,)]
    await zoe.opens(code)
    await zoe.sees("Which language shall we speak?")
    await house.later(minutes=61)
    await eve.opens(code)
    await eve.sees("Which language shall we speak?")
    for who in (eve, zoe):
        await who.has_read_everything()


async def test_a_code_that_is_edited_into_a_message_opens_nothing(house: House) -> None:
    code = await house.invite("staff")
    eve = await passer_by(house, "Eve")
    sent = await house.phones.send(eve.id, "hello")
    await house.at_rest()
    await eve.has_read_everything()
    before = await everything(house)
    assert sent.message is not None
    await house.phones.edit(eve.id, sent.message.id, f"/start {code}")
    assert await everything(house) == before
    await raw_message(house, eve, text=f"/start {code}", forward_origin={"type": "hidden_user", "date": 0})
    assert await rows(house, "SELECT count(*) FROM invites WHERE used_at IS NOT NULL") == [(0,)]
    await eve.has_read_everything()

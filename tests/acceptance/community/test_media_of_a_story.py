"""What Ana said is kept as Telegram's name for it, with her story, and goes with it."""

from tests.acceptance.community.test_stories import YES
from tests.support.house import House
from tests.support.somebody import Somebody


async def kept_of(house: House, *people: Somebody) -> str:
    """All that is kept of these people, opened."""
    async with house.app.database.read() as work:
        known = await work.people.find_many([each.id for each in people])
        return str([await work.belongings.of(person.id) for person in known.values()])


async def test_a_voice_is_kept_as_telegrams_name_for_it_and_nothing_of_it_stays(house: House) -> None:
    ana, ben, maria = await house.people("Ana the participant", "Ben the participant", "Maria the mentor")
    await ana.writes("/tell")
    await ana.taps("🌙 Not sleeping")
    await ana.sees("What happened?")
    await ana.sends("voice")
    await ana.taps("That's all of it", "Ana", "Yes, hand it on")
    await ana.has_read_everything()
    for reader in (ben, maria):
        await reader.reads("Would you read something first?")
        await reader.taps(YES)
        await reader.has_read_everything()
    await ana.reads("What you told can be seen now.")
    await house.later(minutes=5)
    [said] = [each.raw["voice"] for each in (await ben.chat()).said if "voice" in each.raw]
    name = str(said["file_id"])
    kept = await kept_of(house, ana, ben, maria)
    assert name in kept
    assert "not really one" not in kept  # as it sounds: the bot never asked Telegram for it
    assert "getFile" not in {each["method"] for each in house.sandbox.exchange.calls.after(0)}
    await ana.writes("/my_stories")
    await ana.taps("🌳 🌙 Not sleeping", "Yes, take it back")
    await ana.sees("It is gone.")
    await ana.has_read_everything()
    await house.later(minutes=5)
    assert name not in await kept_of(house, ben, maria)
    assert "'stories'" not in await kept_of(house, ana)
    # What she was shown of it herself goes with the letters I sent, after a week.
    await house.later(days=8)
    await house.tidies()
    assert name not in await kept_of(house, ana)
    for each in (ana, ben, maria):
        await each.has_read_everything()

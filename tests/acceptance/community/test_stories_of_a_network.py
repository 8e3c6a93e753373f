"""A story told to the network is seen in its sister houses, without its house's name, while both belong to it."""

import pytest
from sqlalchemy import text

from bot.house.networks import make_network
from bot.ids import RandomIds
from storage.engines import make_engine, parse_url
from tests.acceptance.alerts.test_network import RIVER
from tests.acceptance.community.test_stories import YES, asks_for_one
from tests.support.house import NAME, ZONE, House
from tests.support.membership import Newcomer, let_in, role_of
from tests.support.somebody import Somebody

OAK = "Oak House"
ALL, MINE = "All our houses", "Only my house"


async def in_oak_house(house: House, *who: str) -> list[Somebody]:
    """People of another house, whose chats are open."""
    names = [each.split()[0] for each in who]
    came = [await house.stranger(name) for name in names]
    roles = [role_of(each.split()[-1]) for each in who]
    newcomers = {one.id: Newcomer(name=name, role=role) for one, name, role in zip(came, names, roles, strict=True)}
    await let_in(house.app, OAK, ZONE, newcomers)
    for each in came:
        await each.opens()
    await house.at_rest()
    for each in came:
        await each.has_read_everything()
    return came


async def run_together(house: House) -> None:
    ids, now = RandomIds(house.app.clock.now), house.app.clock.now()
    async with house.app.database.write() as work:
        await make_network(work, ids, now, name=RIVER, houses=[NAME, OAK])
        await work.commit()


async def leaves_the_network(house: House, name: str) -> None:
    """Nobody's tap does that: whoever runs Hearth does."""
    async with house.app.database.read() as work:
        gone = await work.houses.by_name(name)
    assert gone is not None
    engine = make_engine(parse_url(house.settings.database_url))
    async with engine.begin() as connection:
        await connection.execute(text("DELETE FROM network_houses WHERE house_id = :id"), {"id": gone.id})
    await engine.dispose()


async def two_houses(house: House) -> tuple[Somebody, Somebody, Somebody, Somebody, Somebody]:
    """Ana, Ben and Maria, the mentor, live by Maple House; Cleo and Olga, the mentor, by Oak House. One network."""
    ana, ben, maria = await house.people("Ana the participant", "Ben the participant", "Maria the mentor")
    cleo, olga = await in_oak_house(house, "Cleo the participant", "Olga the mentor")
    await run_together(house)
    return ana, ben, maria, cleo, olga


async def tells(teller: Somebody, *, signed: str, to: str, looks: str) -> None:
    """A photo with words, about a craving."""
    await teller.writes("/tell")
    await teller.taps("🌊 A craving")
    await teller.sees("What happened?")
    await teller.writes("Payday, and my hands were shaking.")
    await teller.reads("And what did you do")
    await teller.sends("photo", caption="We walked up here.")
    await teller.reads("What came of it?")
    await teller.writes("An hour later it was gone.")
    await teller.taps(signed)
    await teller.sees("And who may see it", RIVER, "I don't say which house it is from.")
    await teller.taps(to)
    await teller.sees("This is how it will look", looks)
    await teller.taps("Yes, hand it on")
    await teller.has_read_everything()


async def is_good(teller: Somebody, *readers: Somebody, told_to: str) -> None:
    for reader in readers:
        await reader.reads("Would you read something first?", f"for {told_to}.", "Payday")
        await reader.taps(YES)
        await reader.has_read_everything()
    await teller.reads("What you told can be seen now.")


async def finds_none(reader: Somebody) -> None:
    await asks_for_one(reader)
    await reader.reads("Nobody here has told one about this yet")


async def sees_it(reader: Somebody, *, from_whom: str) -> str:
    await asks_for_one(reader)
    card = await reader.reads("How somebody did it", "Payday", from_whom)
    await reader.has_read_everything()
    return card.text


@pytest.mark.parametrize(
    ("signed", "looks"),
    [("Ana", "Ana"), ("A.", "A."), ("Somebody here", "Somebody in one of our houses")],
    ids=["name", "letter", "nobody"],
)
async def test_a_story_told_to_the_network_helps_in_a_sister_house_which_is_not_told_where_it_is_from(
    house: House, signed: str, looks: str
) -> None:
    ana, ben, maria, cleo, olga = await two_houses(house)
    await tells(ana, signed=signed, to=ALL, looks=looks)
    await house.at_rest()
    assert not await olga.unread()  # two of Ana's own house read it first
    await finds_none(cleo)
    await is_good(ana, ben, maria, told_to=f"all houses of {RIVER}")
    shown = await sees_it(cleo, from_whom=looks)
    assert NAME not in shown
    assert ("Ana" in shown) is (signed == "Ana")
    assert [each for each in (await cleo.chat()).said if "photo" in each.raw]
    await cleo.taps("💚 This helped me")
    thanks = await ana.reads("Somebody here says that what you told helped them.")
    assert not {"Cleo", OAK} & set(thanks.text.split())
    await ana.writes("/who_sees")
    await ana.reads("what you told the network, all its houses")


async def test_a_story_is_for_its_house_alone_unless_its_teller_says_otherwise(house: House) -> None:
    ana, ben, maria, cleo, olga = await two_houses(house)
    await tells(ana, signed="Ana", to=MINE, looks="Ana")
    await is_good(ana, ben, maria, told_to="the house")
    await finds_none(cleo)
    await finds_none(olga)
    await sees_it(ben, from_whom="Ana")
    await ana.writes("/my_stories")
    await ana.taps("🌳 🌊 A craving")
    await ana.sees("From Ana, for the house:")
    await ana.taps("No, leave it there")


async def test_taken_back_it_is_gone_in_every_house(house: House) -> None:
    ana, ben, maria, cleo, _olga = await two_houses(house)
    await tells(ana, signed="Ana", to=ALL, looks="Ana")
    await is_good(ana, ben, maria, told_to=f"all houses of {RIVER}")
    for reader in (ben, cleo):
        await sees_it(reader, from_whom="Ana")
    await ana.writes("/my_stories")
    await ana.taps("🌳 🌊 A craving")
    await ana.sees(f"From Ana, for all houses of {RIVER}:")
    await ana.taps("Yes, take it back")
    await ana.sees("It is gone.")
    await house.at_rest()
    for reader in (ben, maria, cleo):
        said = (await reader.chat()).said
        assert not [each for each in said if "photo" in each.raw or "Payday" in each.text]
    await finds_none(cleo)
    await ana.has_read_everything()


@pytest.mark.parametrize("who", [NAME, OAK], ids=["the teller's house", "the reader's house"])
async def test_when_a_house_leaves_the_network_nothing_more_is_shown_and_nothing_more_is_heard(
    house: House, who: str
) -> None:
    ana, ben, maria, cleo, _olga = await two_houses(house)
    await tells(ana, signed="Ana", to=ALL, looks="Ana")
    await is_good(ana, ben, maria, told_to=f"all houses of {RIVER}")
    await sees_it(cleo, from_whom="Ana")
    await leaves_the_network(house, who)
    await cleo.taps("💚 This helped me")
    await house.at_rest()
    assert not await ana.unread()
    await cleo.has_read_everything()
    await finds_none(cleo)
    await sees_it(ben, from_whom="Ana")  # in her own house it stays


async def test_where_a_house_stands_alone_nobody_is_asked(house: House) -> None:
    ana, ben, maria = await house.people("Ana the participant", "Ben the participant", "Maria the mentor")
    await ana.writes("/tell")
    await ana.taps("🌊 A craving")
    await ana.sends("voice")
    await ana.taps("That's all of it", "Ana")
    await ana.sees("This is how it will look, from Ana:")
    await ana.taps("Yes, hand it on")
    for each in (ben, maria):
        await each.reads("Somebody wants to tell how they did it, for the house.")
    for each in (ana, ben, maria):
        await each.has_read_everything()

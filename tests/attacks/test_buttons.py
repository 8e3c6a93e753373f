"""Buttons: forged, somebody else's, of another house, of another turn. Each ends kindly, and nothing is changed."""

import pytest

from tests.attacks.support import card_of, everything, forged_tap, passer_by, rows
from tests.support.house import House
from tests.support.membership import Newcomer, let_in, role_of
from tests.support.somebody import Somebody

FORGED = [
    "", "x", "s:", "c:", "s:1", "s:1:", "s:-1:adult", "s:1e3:go", "s:١:go", "s:999999999999999999999:go", "s:0:go_on",
    "s:3:send", "c:alert", "c:alert:1", "c:alert:1:on_it", "c:alert:-1:on_it", "c:alert:9999999999999999999:on_it",
    "c:alert:9223372036854775808:on_it", "c:alert:99999999999999999999999:on_it", "c:alert:0x10:on_it",
    "c:my_alert:1:ok", "c:announced:1:x", "c:nothing:1:x", "c:__class__:1:x", "c:alert:1:take_alert", "c:alert:1:a:b",
    "d:alert:1:on_it", "null", "{}", "\x00", "🆘", "s:1:" + "a" * 200, "c:" + "a" * 200 + ":1:x",
]  # fmt: skip


async def somewhere_else(house: House, name: str, role: str) -> Somebody:
    """Somebody of another house."""
    stranger = await house.stranger(name)
    newcomer = Newcomer(name=name, role=role_of(role))
    await let_in(house.app, "Oak House", "America/New_York", {stranger.id: newcomer})
    await stranger.opens()
    return await (await _settled(house, stranger)).has_read_everything()


async def _settled(house: House, who: Somebody) -> Somebody:
    await house.at_rest()
    return who


async def test_forged_data_changes_nothing_whoever_taps(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await ana.presses("🆘 SOS")
    await maria.sees("Ana is asking for somebody")
    await house.at_rest()
    stranger = await passer_by(house)
    before = await everything(house, but=frozenset({"progress"}))
    for data in FORGED:
        for who in (ana, maria, sam, stranger):
            await forged_tap(house, who, data)
    strange: list[object] = [None, 7, [], {"a": 1}, True]
    for odd in strange:
        await forged_tap(house, maria, odd)
    after = await everything(house, but=frozenset({"progress"}))
    assert after == before
    for who in (ana, maria, sam, stranger):
        await who.has_read_everything()


async def test_somebody_elses_card_is_nobody_elses(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    (ben,) = await house.people("Ben the participant")
    oak = await somewhere_else(house, "Olga", "staff")
    stranger = await passer_by(house)
    await ana.presses("🆘 SOS")
    await maria.sees("Ana is asking for somebody")
    on_it = await card_of(house, maria, "I'm on it")
    row = on_it.split(":")[2]
    for who in (ana, ben, sam, oak, stranger):
        await who.has_read_everything()
    before = await everything(house)
    for data in (on_it, f"c:alert:{row}:cant", f"c:alert:{row}:over", f"c:my_alert:{row}:ok"):
        for who in (ben, oak):
            await forged_tap(house, who, data)
            await who.reads("This part is for others in the house.")
    for data in (on_it, f"c:alert:{row}:over"):
        await forged_tap(house, ana, data)
        await ana.reads("This part is for others in the house.")
        await forged_tap(house, stranger, data)
        await stranger.has_read_everything()
    await forged_tap(house, sam, on_it)  # staff are asked three minutes later: until then it is not theirs
    await sam.reads("This part is for others in the house.")
    assert await everything(house) == before
    await maria.taps("I'm on it")
    await ana.reads("Maria is on it.")
    await house.at_rest()
    for who in (ana, maria, sam):
        await who.has_read_everything()


async def test_a_card_loses_its_buttons_with_the_place_in_the_house(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await ana.presses("🆘 SOS")
    await maria.sees("Ana is asking for somebody")
    await maria.taps("I'm on it")
    await ana.reads("Maria is on it.")
    await maria.sees("You're on it.")
    over = await card_of(house, maria, "It's over")
    await sam.writes("/people")
    await sam.taps("Maria: mentor", "End their place here", "Yes, end it")
    await sam.sees("It's done, and they are told.")
    await maria.reads("Staff of Maple House have ended your place in Hearth.")
    await ana.reads("It's not certain that Maria can be there")
    await house.at_rest()
    before = await everything(house)
    for data in (over, over.replace(":over", ":with_them"), over.replace(":over", ":on_it")):
        await forged_tap(house, maria, data)
        await maria.reads("This part is for others in the house.")
    assert await everything(house) == before
    assert await rows(house, "SELECT state, ended_at FROM alerts") != []
    for who in (ana, maria, sam):
        await who.has_read_everything()


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
async def test_a_tap_in_a_group_is_answered_with_silence(house: House, kind: str) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await ana.presses("🆘 SOS")
    await maria.sees("Ana is asking for somebody")
    on_it = await card_of(house, maria, "I'm on it")
    await house.at_rest()
    before = await everything(house)
    await forged_tap(house, maria, on_it, chat=kind)
    assert await everything(house) == before
    for who in (ana, maria):
        await who.has_read_everything()

import pytest

from bot.membership.consent import Purpose, agreed
from bot.policy import Role
from tests.bot.membership.world import ANA, BEN, World


async def test_who_was_never_asked_did_not_agree(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    for purpose in Purpose:
        assert await world.ask(ANA, f"agreed_{purpose}") is False


async def test_the_last_word_counts(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    await world.do(ANA, "consent", purpose="worry", given=True)
    assert await world.ask(ANA, "agreed_worry") is True
    await world.do(ANA, "consent", purpose="worry", given=False)
    assert await world.ask(ANA, "agreed_worry") is False


async def test_a_yes_is_for_one_person_and_one_purpose(world: World) -> None:
    for who in (ANA, BEN):
        await world.joined(who, Role.PARTICIPANT)
    await world.do(ANA, "consent", purpose="sos_words", given=True)
    async with world.at_desk(ANA) as desk:
        ben = (await desk.work.people.find_many([BEN.telegram_id]))[BEN.telegram_id].id
        assert await agreed(desk.work, [desk.me.id, ben], Purpose.SOS_WORDS) == {desk.me.id}
        assert await agreed(desk.work, [desk.me.id, ben], Purpose.CHECKINS) == set()


@pytest.mark.parametrize(("purpose", "given"), [("marketing", True), ("worry", "yes"), ("worry", None)])
async def test_what_content_should_never_hand_in_is_refused(
    world: World, purpose: str, given: bool | str | None
) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    with pytest.raises(ValueError):  # noqa: PT011 - an enum's own words, or ours
        await world.do(ANA, "consent", purpose=purpose, given=given)

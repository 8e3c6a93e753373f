"""“What's going on?”, from the menu to a skill; and the plan at hand in a call for help."""

from bot.policy import Role
from dialogs.values import Option, Text
from tests.bot.membership.world import ANA, World


async def test_it_is_two_taps_from_anywhere(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    await world.write(ANA, "☰ Menu")
    [asked] = await world.press(ANA, "right_now")
    assert "What's going on, Ana?" in asked


async def test_three_are_offered_each_with_its_reason_and_the_first_begins(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    await world.command(ANA, "now")
    [offered] = await world.press(ANA, "craving")
    assert offered.count("🌱") == 3
    assert "Ride the wave, 6 min: something new" in offered
    [begun] = await world.press(ANA, "urge_surfing")
    assert "How strong is the urge right now?" in begun


async def test_what_helped_before_is_remembered_in_the_next_offer(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    for _ in range(3):
        await world.do(ANA, "record_practice", skill="halt", before=8, after=3)
    options = await world.ask(ANA, "right_now_options", trouble="craving")
    assert isinstance(options, tuple)
    assert options[0] == Option("halt", Text("🌿 {title}", {"title": Text("Hungry, angry, lonely, tired?")}))


async def test_after_a_skill_that_did_not_help_people_come_first(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    await world.do(ANA, "record_practice", skill="halt", before=8, after=8)
    [first] = await world.command(ANA, "now")
    assert "Shall I ask somebody to be there for you?" in first


async def test_own_words_are_thanked_for_and_answered_with_what_helps_many(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    await world.command(ANA, "now")
    await world.press(ANA, "own")
    [offered] = await world.write(ANA, "Everything at once")
    assert "Thank you for putting it into words." in offered
    assert "Three to choose from" in offered


async def test_a_plan_written_in_the_dialog_is_shown_at_once_with_every_part(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    await world.command(ANA, "my_plan")
    await world.press(ANA, "go_on")
    await world.write(ANA, "I stop answering")
    for _ in range(4):
        await world.press(ANA, "skip")
    [page] = await world.write(ANA, "Sam keeps it")
    assert "⚠️ My warning signs\nI stop answering" in page
    assert "🔒 A safe place around me\nSam keeps it" in page
    assert "🚶 What I can do alone\n–" in page

"""Counting: once a month each, without a name, and in tables that lead to nobody."""

from datetime import UTC, date, datetime

import pytest

from bot.conversation.inbound import Sender
from bot.conversation.standings import place_in
from bot.policy import Role
from dialogs.values import Picture, Text
from storage.models import metadata
from storage.repositories.memberships import Membership
from tests.bot.membership.world import World

FIVE = tuple(Sender(telegram_id=number, first_name=f"Kim{number}", language="en") for number in range(1, 6))
SAM = Sender(telegram_id=9, first_name="Sam", language="en")
ANSWERS = ("4", "3", "4", "2", "3", "3", "4", "5")


async def lived_in(world: World) -> None:
    for each in FIVE:
        await world.joined(each, Role.PARTICIPANT)
    await world.joined(SAM, Role.STAFF)


async def test_five_answers_are_shown_to_everybody_when_the_month_is_over(world: World) -> None:
    await lived_in(world)
    for each in FIVE:
        assert await world.ask(each, "pulse_given") is False
        await world.do(each, "record_pulse", answers=ANSWERS)
        assert await world.ask(each, "pulse_given") is True
    await world.do(SAM, "record_pulse", answers=("5",) * 8)
    assert await world.ask(SAM, "pulse_any") is False
    world.now = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
    for each in (*FIVE, SAM):
        assert await world.ask(each, "pulse_any") is True
    said = await world.ask(SAM, "pulse_words")
    assert isinstance(said, Text)
    async with world.at_desk(SAM) as desk:
        words = desk.render(said)
        question = desk.render(await world.registry.facts["pulse_question"].tell(desk))  # type: ignore[arg-type]
    assert "November 2026" in words
    assert "staff:" not in words  # one of staff is somebody
    assert question == "Which meeting could we go to together?"
    picture = await world.ask(SAM, "pulse_picture")
    assert isinstance(picture, Picture)


async def test_nobody_is_counted_twice_in_a_month(world: World) -> None:
    await lived_in(world)
    for _ in range(6):
        await world.do(FIVE[0], "record_pulse", answers=ANSWERS)
    world.now = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
    assert await world.ask(FIVE[0], "pulse_any") is False


async def test_the_counts_hold_no_person_no_moment_and_no_order(world: World) -> None:
    columns = {column.name for column in metadata.tables["pulse_tallies"].columns}
    assert columns == {"house_id", "month", "side", "item", "value", "count"}
    assert {column.name for column in metadata.tables["pulse_parts"].columns} == {"person_id", "house_id", "month"}
    await lived_in(world)
    await world.do(FIVE[0], "record_pulse", answers=ANSWERS)
    async with world.at_desk(SAM) as desk:
        tallies = await desk.work.pulses.before(desk.house_id, date(2027, 1, 1))
    # All that could be counted came into being at once, and the first answer is not known by its row.
    assert len(tallies) == 8 * 5
    assert sum(each.count for each in tallies) == 8


async def test_deleting_oneself_leaves_the_counts_as_they_are(world: World) -> None:
    await lived_in(world)
    for each in FIVE:
        await world.do(each, "record_pulse", answers=ANSWERS)
    await world.do(FIVE[0], "delete_me")
    world.now = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
    assert await world.ask(SAM, "pulse_any") is True


@pytest.mark.parametrize("answers", [("4",) * 7, ("4",) * 7 + ("6",), ("4",) * 7 + ("0",), None, "44444444"])
async def test_what_was_not_asked_is_not_counted(world: World, answers: tuple[str, ...] | str | None) -> None:
    await lived_in(world)
    with pytest.raises(ValueError, match="eight answers"):
        await world.do(FIVE[0], "record_pulse", answers=answers)


async def test_the_question_stands_until_staff_note_that_it_was_talked_about(world: World) -> None:
    await lived_in(world)
    for each in FIVE:
        await world.do(each, "record_pulse", answers=ANSWERS)
    world.now = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
    assert await world.ask(FIVE[0], "pulse_talked_on") is None
    world.now = datetime(2026, 12, 9, 18, 0, tzinfo=UTC)
    for _ in range(2):  # said twice, it is noted once
        await world.do(SAM, "note_pulse_talk")
    for each in (FIVE[0], SAM):
        assert await world.ask(each, "pulse_talked_on") == "Wed, Dec 9"
    async with world.at_desk(FIVE[0]) as desk:
        lines = await desk.work.trail.page(desk.house_id, before=2**31 - 1, limit=50)
    assert [each.kind for each in lines].count("pulse_talked") == 1
    # The next pulse has a question of its own.
    for each in FIVE:
        await world.do(each, "record_pulse", answers=ANSWERS)
    world.now = datetime(2027, 1, 1, 12, 0, tzinfo=UTC)
    assert await world.ask(FIVE[0], "pulse_talked_on") is None


async def test_whoever_has_moved_on_is_not_counted_and_sees_it_all_the_same(world: World) -> None:
    await lived_in(world)
    for each in FIVE[:4]:
        await world.do(each, "record_pulse", answers=ANSWERS)
    assert await world.ask(FIVE[4], "pulse_counts") is True
    await moved_on(world, FIVE[4])
    assert await world.ask(FIVE[4], "pulse_counts") is False
    await world.do(FIVE[4], "record_pulse", answers=ANSWERS)
    world.now = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
    assert await world.ask(FIVE[0], "pulse_any") is False  # four answers, and no fifth
    for each in FIVE:
        await world.do(each, "record_pulse", answers=ANSWERS)
    world.now = datetime(2027, 1, 1, 12, 0, tzinfo=UTC)
    assert await world.ask(FIVE[4], "pulse_any") is True


async def moved_on(world: World, who: Sender) -> None:
    """They belong to the house as alumni from now on."""
    async with world.at_desk(who) as desk:
        place = await place_in(desk, desk.me.id, desk.house_id)
        assert place.membership_id is not None
        await desk.work.memberships.end(place.membership_id, desk.house_id, desk.now)
        await desk.work.memberships.add(
            Membership(
                id=desk.ids.new(),
                person_id=desk.me.id,
                house_id=desk.house_id,
                standing="alumni",
                since=desk.now,
            )
        )

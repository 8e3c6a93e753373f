import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.conversation import prompts
from bot.conversation.inbound import CommandGiven
from bot.policy import Role
from dialogs.values import Value
from storage.repositories.prompts import Prompt
from tests.bot.membership.world import ANA, BEN, World

LATER = "delay_later"


@pytest.fixture
async def ana(world: World) -> World:
    await world.joined(ANA, Role.PARTICIPANT)
    await world.joined(BEN, Role.PARTICIPANT)
    return world


async def the_prompt(world: World) -> Prompt:
    async with world.at_desk(ANA) as desk:
        [only] = await desk.work.prompts.of(desk.me.id, datetime(2026, 1, 1, tzinfo=UTC))
        return only


async def test_at_the_agreed_time_it_is_known_what_was_agreed(ana: World) -> None:
    await ana.do(ANA, "ask_later", dialog=LATER, minutes="20", words="Call Sam", before=8)
    due = ana.now + timedelta(minutes=20)
    prompt = await the_prompt(ana)
    async with ana.at_desk(ANA) as desk:
        [timer] = await desk.work.timers.due(due, 10)
    assert timer.due_at == due
    assert "Sam" not in timer.payload
    ana.now = due
    said = await ana.say(ANA, prompts.inbound_of(timer).given)
    assert said
    assert await ana.ask(ANA, "agreed_words", prompt=prompt.id) == "Call Sam"
    assert await ana.ask(ANA, "agreed_before", prompt=prompt.id) == 8


async def test_what_was_talked_about_is_kept_no_longer(ana: World) -> None:
    await ana.do(ANA, "ask_later", dialog=LATER, minutes=20, words="Call Sam", before=8)
    prompt = await the_prompt(ana)
    await ana.do(ANA, "came_back", prompt=prompt.id)
    await ana.do(ANA, "came_back", prompt=prompt.id)
    await ana.do(ANA, "came_back", prompt=None)
    assert await ana.ask(ANA, "agreed_words", prompt=prompt.id) is None
    assert (await the_prompt(ana)).outcome == "answered"


async def test_nobody_else_learns_or_ends_what_was_agreed(ana: World) -> None:
    await ana.do(ANA, "ask_later", dialog=LATER, minutes=20, words="Call Sam", before=8)
    prompt = await the_prompt(ana)
    assert await ana.ask(BEN, "agreed_words", prompt=prompt.id) is None
    await ana.do(BEN, "came_back", prompt=prompt.id)
    assert await ana.ask(ANA, "agreed_words", prompt=prompt.id) == "Call Sam"


async def test_without_words_nothing_is_made_up(ana: World) -> None:
    await ana.do(ANA, "ask_later", dialog=LATER, minutes=20, words=None, before=None)
    prompt = await the_prompt(ana)
    assert await ana.ask(ANA, "agreed_words", prompt=prompt.id) is None
    assert await ana.ask(ANA, "agreed_before", prompt=prompt.id) is None
    assert await ana.ask(ANA, "agreed_words") is None


@pytest.mark.parametrize("minutes", [0, -5, "soon", None, 60 * 24 * 40])
async def test_a_time_that_is_none_is_a_mistake_in_the_content(ana: World, minutes: Value) -> None:
    with pytest.raises(ValueError, match="minutes"):
        await ana.do(ANA, "ask_later", dialog=LATER, minutes=minutes, words=None, before=None)


async def test_only_a_dialog_that_takes_it_up_comes_back(ana: World) -> None:
    with pytest.raises(ValueError, match="comes back"):
        await ana.do(ANA, "ask_later", dialog="home", minutes=5, words=None, before=None)


async def test_what_is_kept_meanwhile_is_the_word_and_the_rating(ana: World) -> None:
    await ana.do(ANA, "ask_later", dialog=LATER, minutes=20, words="Call Sam", before=8)
    async with ana.at_desk(ANA) as desk:
        [plan] = await desk.work.plans.of(desk.me.id, LATER)
    assert json.loads(plan.content) == {"words": "Call Sam", "before": 8}


async def test_what_was_settled_meanwhile_asks_nothing_even_while_something_else_waits(ana: World) -> None:
    await ana.do(ANA, "snooze_checkin", dialog="daily_checkin", minutes=30)
    await ana.do(ANA, "ask_later", dialog=LATER, minutes=60, words=None, before=8)
    await ana.do(ANA, "skip_checkin", dialog="daily_checkin")
    ana.now += timedelta(minutes=30)
    async with ana.at_desk(ANA) as desk:
        [snoozed] = await desk.work.timers.due(ana.now, 10)
    assert await ana.say(ANA, prompts.inbound_of(snoozed).given) == []
    ana.now += timedelta(minutes=30)
    async with ana.at_desk(ANA) as desk:
        later = (await desk.work.timers.due(ana.now, 10))[-1]
    assert await ana.say(ANA, prompts.inbound_of(later).given) != []


async def test_from_waiting_to_asking_to_what_was_practised(ana: World) -> None:
    await ana.say(ANA, CommandGiven("now"))
    await ana.press(ANA, "boredom")
    await ana.press(ANA, "delay_decide")
    await ana.press(ANA, "8")
    await ana.press(ANA, "20")
    [off] = await ana.write(ANA, "I wash the dishes")
    assert "I come back in 20 minutes" in off
    ana.now += timedelta(minutes=20)
    async with ana.at_desk(ANA) as desk:
        [timer] = await desk.work.timers.due(ana.now, 10)
    [back] = await ana.say(ANA, prompts.inbound_of(timer).given)
    assert back.startswith("Here I am again, Ana, as agreed.")
    assert "I wash the dishes" in back
    await ana.press(ANA, "3")
    assert await ana.ask(ANA, "practice_words") == "Delay, distract, decide: 1×, from 8 to 3 on average"
    assert (await the_prompt(ana)).outcome == "answered"

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care.checkins import Answers, is_hard
from bot.policy import Role
from dialogs.values import Value
from storage.repositories.prompts import Prompt
from storage.repositories.schedules import Schedule
from tests.bot.membership.world import ANA, World

HALT = ("hungry", "angry", "lonely", "tired")
GOOD_DAY: dict[str, Value] = {"mood": 4, "craving": 1, "confidence": 9, "halt": ("tired",), "note": "a walk"}

answers = st.builds(
    Answers,
    mood=st.none() | st.integers(1, 5),
    craving=st.none() | st.integers(0, 10),
    confidence=st.none() | st.integers(0, 10),
    halt=st.lists(st.sampled_from(HALT), unique=True).map(tuple),
    note=st.none() | st.text(),
)


@given(answers)
def test_answers_are_kept_as_they_were_given(given_answers: Answers) -> None:
    assert Answers.from_json(given_answers.to_json()) == given_answers


@pytest.mark.parametrize(
    ("hard", "given_answers"),
    [
        (True, Answers(craving=8)),
        (False, Answers(craving=7)),
        (True, Answers(confidence=3)),
        (False, Answers(confidence=4)),
        (True, Answers(mood=1)),
        (False, Answers(mood=2)),
        (True, Answers(mood=2, halt=("lonely",))),
        (False, Answers(mood=3, halt=("lonely",))),
        (False, Answers(halt=HALT)),
        (False, Answers()),
    ],
)
def test_hard_is_what_the_care_says_it_is(hard: bool, given_answers: Answers) -> None:
    assert is_hard(given_answers) is hard


@given(mood=st.integers(1, 5), craving=st.integers(0, 9), confidence=st.integers(1, 10))
def test_more_craving_or_less_confidence_never_makes_it_less_hard(mood: int, craving: int, confidence: int) -> None:
    before = is_hard(Answers(mood=mood, craving=craving, confidence=confidence))
    assert is_hard(Answers(mood=mood, craving=craving + 1, confidence=confidence)) >= before
    assert is_hard(Answers(mood=mood, craving=craving, confidence=confidence - 1)) >= before


async def a_participant(world: World, *, agreed: bool = True) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    await world.do(ANA, "consent", purpose="checkins", given=agreed)


async def asked_today(world: World) -> int:
    """A prompt that has been asked an hour ago; its id."""
    async with world.at_desk(ANA) as desk:
        prompt = Prompt(
            id=desk.ids.new(),
            person_id=desk.me.id,
            kind="daily_checkin",
            planned_at=world.now - timedelta(hours=1),
            outcome="asked",
        )
        await desk.work.prompts.add_many([prompt])
        return prompt.id


async def prompts(world: World) -> dict[int, Prompt]:
    async with world.at_desk(ANA) as desk:
        return {each.id: each for each in await desk.work.prompts.of(desk.me.id, datetime(2026, 1, 1, tzinfo=UTC))}


async def schedule(world: World) -> Schedule:
    async with world.at_desk(ANA) as desk:
        return next(each for each in await desk.work.schedules.of(desk.me.id) if each.kind == "daily_checkin")


async def test_a_check_in_is_kept_for_who_agreed_and_answers_what_was_asked(world: World) -> None:
    await a_participant(world)
    prompt = await asked_today(world)
    await world.do(ANA, "record_checkin", **GOOD_DAY)
    assert await world.ask(ANA, "checked_in_today") is True
    assert (await prompts(world))[prompt].outcome == "answered"
    async with world.at_desk(ANA) as desk:
        [kept] = await desk.work.checkins.of(desk.me.id, world.now)
    assert json.loads(kept.answers) == {**GOOD_DAY, "halt": ["tired"]}


async def test_a_check_in_is_not_kept_for_who_said_no_but_still_answers(world: World) -> None:
    await a_participant(world, agreed=False)
    prompt = await asked_today(world)
    await world.do(ANA, "record_checkin", **GOOD_DAY)
    assert await world.ask(ANA, "checked_in_today") is False
    assert (await prompts(world))[prompt].outcome == "answered"
    async with world.at_desk(ANA) as desk:
        assert await desk.work.checkins.of(desk.me.id, world.now) == []


async def test_the_day_is_the_one_where_the_person_lives(world: World) -> None:
    await a_participant(world)
    world.now = datetime(2026, 11, 24, 4, 30, tzinfo=UTC)  # half past eleven on Monday evening in New York
    await world.do(ANA, "record_checkin", **GOOD_DAY)
    assert await world.ask(ANA, "checked_in_today") is True
    world.now += timedelta(hours=1)
    assert await world.ask(ANA, "checked_in_today") is False


@pytest.mark.parametrize(
    ("action", "given_answers"), [("record_checkin", GOOD_DAY), ("skip_checkin", {"dialog": "daily_checkin"})]
)
async def test_who_is_done_for_today_is_not_asked_again_today(
    world: World, action: str, given_answers: dict[str, Value]
) -> None:
    await a_participant(world)
    await world.do(ANA, "set_checkin_time", time="20:00")
    await world.do(ANA, action, **given_answers)
    assert (await schedule(world)).next_at == datetime(2026, 11, 25, 1, 0, tzinfo=UTC)


async def test_a_time_chosen_after_checking_in_begins_tomorrow(world: World) -> None:
    await a_participant(world)
    await world.do(ANA, "record_checkin", **GOOD_DAY)
    await world.do(ANA, "set_checkin_time", time="20:00")
    assert (await schedule(world)).next_at == datetime(2026, 11, 25, 1, 0, tzinfo=UTC)


async def test_a_snoozed_check_in_comes_back_when_it_was_promised(world: World) -> None:
    await a_participant(world)
    first = await asked_today(world)
    await world.do(ANA, "snooze_checkin", dialog="daily_checkin", minutes=30)
    again = world.now + timedelta(minutes=30)
    outcomes = await prompts(world)
    assert outcomes.pop(first).outcome == "snoozed"
    [second] = outcomes.values()
    assert (second.outcome, second.planned_at) == ("waiting", again)
    async with world.at_desk(ANA) as desk:
        [timer] = await desk.work.timers.due(again, 10)
        assert (timer.kind, timer.subject_id, timer.due_at) == ("prompt", desk.me.id, again)


async def test_who_checks_in_before_the_snooze_is_over_is_not_asked_once_more(world: World) -> None:
    await a_participant(world)
    await world.do(ANA, "snooze_checkin", dialog="daily_checkin", minutes=30)
    await world.do(ANA, "record_checkin", **GOOD_DAY)
    assert [each.outcome for each in (await prompts(world)).values()] == ["answered"]
    async with world.at_desk(ANA) as desk:
        assert await desk.work.timers.next_due_at() is None


async def test_what_stood_unanswered_yesterday_stays_so(world: World) -> None:
    await a_participant(world)
    prompt = await asked_today(world)
    world.now += timedelta(days=1)
    await world.do(ANA, "record_checkin", **GOOD_DAY)
    assert (await prompts(world))[prompt].outcome == "asked"


async def test_the_answers_so_far_tell_whether_it_is_hard_now(world: World) -> None:
    await a_participant(world)
    assert await world.ask(ANA, "hard_now", mood=4, craving=9, confidence=6, halt=()) is True
    assert await world.ask(ANA, "hard_now", mood=4, craving=2, confidence=6, halt=()) is False


@pytest.mark.parametrize("minutes", [0, -5, "soon", None, True])
async def test_a_snooze_of_no_minutes_is_a_mistake_in_the_content(world: World, minutes: Value) -> None:
    await a_participant(world)
    with pytest.raises(ValueError, match="minutes"):
        await world.do(ANA, "snooze_checkin", dialog="daily_checkin", minutes=minutes)


async def test_the_real_dialog_takes_a_check_in_from_its_first_word_to_an_offer(world: World) -> None:
    await a_participant(world)
    [hello] = await world.command(ANA, "checkin")
    assert "Ana" in hello
    for choice in ("3", "2", "8", "done"):
        await world.press(ANA, choice)
    [offer] = await world.press(ANA, "skip")
    assert "Before you go" in offer
    assert await world.ask(ANA, "checked_in_today") is True

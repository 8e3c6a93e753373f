"""The check-ins that come more seldom: what was answered is scored, shown to the person first, and kept for them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from bot.care import instruments
from bot.care.checkin_times import today
from bot.care.checkins import settle
from bot.care.instruments import INSTRUMENTS, Answers, Instrument
from bot.conversation.arguments import words
from bot.conversation.desk import Desk
from bot.conversation.lines import a_line_each
from bot.conversation.registry import Registry
from bot.membership.consent import Purpose, agreed
from bot.policy import PARTICIPANTS
from dialogs.values import Text, Value
from storage.repositories.results import Result
from storage.types import EPOCH

_NAMED: Final = 2
"""Areas named as the strongest, and as those where a hand would help."""


async def result_words(desk: Desk) -> Value:
    """Every scale of the instrument that is being answered, with what became of it since the last time."""
    instrument, answers = _answered(desk)
    before = await _last(desk, instrument)
    return a_line_each(
        [line for scale in instrument.scales if (line := _line(desk, instrument, scale, answers, before))]
    )


async def scores_over(desk: Desk) -> Value:
    """The scales among them that have reached their cut-off."""
    return instruments.over(*_answered(desk))


async def carries_most(desk: Desk) -> Value:
    """The areas that were rated highest."""
    return _areas(desk, highest=True)


async def carries_least(desk: Desk) -> Value:
    """The areas that were rated lowest."""
    return _areas(desk, highest=False)


async def record_result(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Keeps the answers, if the person agreed to that; kept or not, it was answered.

    Raises ValueError for what the dialog can't have asked.
    """
    instrument = INSTRUMENTS[words(arguments, "dialog")]
    given = arguments.get("answers")
    if not isinstance(given, tuple):
        raise ValueError("answers should be a list")  # noqa: TRY004 - one error for all
    answers = instrument.read([str(each) for each in given])
    if await agreed(desk.work, {desk.me.id}, Purpose.CHECKINS):
        await desk.work.results.add(
            Result(
                id=desk.ids.new(),
                person_id=desk.me.id,
                instrument=instrument.dialog,
                day=today(desk),
                at=desk.now,
                answers=instruments.to_json(answers),
            )
        )
    await settle(desk, instrument.dialog, "answered")


async def results_of(desk: Desk, instrument: Instrument, since: datetime) -> list[tuple[Result, Answers]]:
    """What the person at the desk answered since a moment, oldest first."""
    return [
        (kept, instruments.from_json(kept.answers))
        for kept in await desk.work.results.of(desk.me.id, since)
        if kept.instrument == instrument.dialog
    ]


def register(registry: Registry) -> None:
    """Adds what this subject tells and does."""
    registry.fact("result_words", PARTICIPANTS, result_words)
    registry.fact("scores_over", PARTICIPANTS, scores_over)
    registry.fact("carries_most", PARTICIPANTS, carries_most)
    registry.fact("carries_least", PARTICIPANTS, carries_least)
    registry.action("record_result", PARTICIPANTS, record_result)


def _answered(desk: Desk) -> tuple[Instrument, Answers]:
    """The instrument under way, known by its first item, and the answers so far."""
    instrument = next(each for each in INSTRUMENTS.values() if each.items[0].name in desk.answers)
    return instrument, instrument.read([str(desk.answers.get(item.name)) for item in instrument.items])


async def _last(desk: Desk, instrument: Instrument) -> Answers:
    kept = await results_of(desk, instrument, EPOCH)
    return kept[-1][1] if kept else {}


def _line(
    desk: Desk, instrument: Instrument, scale: instruments.Scale, answers: Answers, before: Answers
) -> Text | None:
    score = instruments.score(scale, answers)
    if score is None:
        return None
    ends = instrument.ends(scale)
    moved = instruments.trend(ends, instruments.score(scale, before), score)
    phrase = "result_line" if scale.cut is None else "result_line_cut"
    return desk.phrase(
        phrase,
        scale=desk.phrase(f"scale_{scale.name}"),
        score=score,
        most=ends[1],
        cut=scale.cut,
        trend=desk.phrase(f"trend_{moved}"),
    )


def _areas(desk: Desk, *, highest: bool) -> tuple[Text, ...]:
    _, answers = _answered(desk)
    ranked = sorted(answers, key=lambda name: -answers[name] if highest else answers[name])
    return tuple(desk.phrase(f"area_{name}") for name in ranked[:_NAMED])

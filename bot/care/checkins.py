"""The daily check-in: what was answered, what it calls for, and what becomes of the message that asked."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from bot.care.checkin_times import DIALOG, ask_no_more_today, day_begins, done_today, today
from bot.conversation import prompts
from bot.conversation.arguments import digits, number_if, words, words_if
from bot.conversation.desk import Desk
from bot.conversation.registry import Registry
from bot.membership.consent import Purpose, agreed
from bot.policy import MEMBERS, PARTICIPANTS
from dialogs.values import Value
from storage.repositories.checkins import Checkin
from storage.repositories.prompts import PromptOutcome

_PAST_MIDNIGHT = timedelta(hours=3)
"""A question of late last evening is answered by a check-in after midnight."""

_PUT_OFF = timedelta(days=3)
"""What comes every week or more seldom may be put off until tomorrow, and is answered all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """One check-in: mood 1–5, craving and confidence 0–10; None is what was not answered."""

    mood: int | None = None
    craving: int | None = None
    confidence: int | None = None
    halt: tuple[str, ...] = ()
    note: str | None = None

    @classmethod
    def read(cls, given: Mapping[str, Value]) -> Self:
        """From a dialog's answers. Raises ValueError for what the dialog can't have asked."""
        halt = given.get("halt")
        return cls(
            mood=number_if(given, "mood"),
            craving=number_if(given, "craving"),
            confidence=number_if(given, "confidence"),
            halt=tuple(str(each) for each in halt) if isinstance(halt, tuple) else (),
            note=words_if(given, "note"),
        )

    @classmethod
    def from_json(cls, data: bytes) -> Self:
        """The inverse of `to_json`."""
        kept = json.loads(data)
        return cls(**{**kept, "halt": tuple(kept["halt"])})

    def to_json(self) -> bytes:
        """As it is kept, sealed."""
        kept = {
            "mood": self.mood,
            "craving": self.craving,
            "confidence": self.confidence,
            "halt": self.halt,
            "note": self.note,
        }
        return json.dumps(kept, ensure_ascii=False).encode()


def is_hard(answers: Answers) -> bool:
    """Whether these answers call for a person first, before any skill.

    Craving of 8 or more, confidence of 3 or less: the two that predict a lapse best. The lowest mood there is.
    Being lonely is a softer sign, as everybody is at times: it counts when the mood is low, too. After
    shared/CARE.md, “Check-ins” (craving and confidence; Jones 2019, PMC7438609); one day's answers only, what
    shows over several days is judged elsewhere. What was not answered says nothing.
    """
    craving = answers.craving is not None and answers.craving >= 8
    confidence = answers.confidence is not None and answers.confidence <= 3
    mood = answers.mood is not None and answers.mood <= 1
    lonely = "lonely" in answers.halt and answers.mood is not None and answers.mood <= 2
    return craving or confidence or mood or lonely


async def hard_now(desk: Desk) -> Value:
    """Whether the answers of this check-in call for a person first."""
    return is_hard(Answers.read(desk.answers))


async def checked_in_today(desk: Desk) -> Value:
    """Whether a check-in of today, where the person lives, is kept."""
    return await done_today(desk)


async def record_checkin(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Keeps today's check-in, if the person agreed to that; kept or not, it was answered."""
    answers = Answers.read(arguments)
    if await agreed(desk.work, {desk.me.id}, Purpose.CHECKINS):
        await desk.work.checkins.add(
            Checkin(id=desk.ids.new(), person_id=desk.me.id, day=today(desk), at=desk.now, answers=answers.to_json())
        )
    await settle(desk, DIALOG, "answered")
    await ask_no_more_today(desk)


async def snooze_checkin(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Asks this again in so many minutes."""
    dialog, minutes = words(arguments, "dialog"), digits(arguments, "minutes")
    if minutes < 1:
        raise ValueError("minutes should be one or more")
    await settle(desk, dialog, "snoozed")
    await prompts.ask_again(desk, dialog, desk.now + timedelta(minutes=minutes))


async def skip_checkin(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Not today; what comes more seldom: not this time."""
    dialog = words(arguments, "dialog")
    await settle(desk, dialog, "skipped")
    if dialog == DIALOG:
        await ask_no_more_today(desk)


async def settle(desk: Desk, dialog: str, outcome: PromptOutcome) -> None:
    """What became of every question of this kind that was asked lately, or still waits to be."""
    since = min(day_begins(desk, today(desk)), desk.now - _PAST_MIDNIGHT)
    await prompts.settle_open(desk, dialog, outcome, since if dialog == DIALOG else desk.now - _PUT_OFF)


def register(registry: Registry) -> None:
    """Adds what this subject tells and does."""
    registry.fact("hard_now", PARTICIPANTS, hard_now)
    registry.fact("checked_in_today", PARTICIPANTS, checked_in_today)
    registry.action("record_checkin", PARTICIPANTS, record_checkin)
    registry.action("snooze_checkin", MEMBERS, snooze_checkin)
    registry.action("skip_checkin", MEMBERS, skip_checkin)

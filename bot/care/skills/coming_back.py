"""What was agreed for later: at its time the bot asks how it went.

The prompt and its timer hold no words. What was agreed is kept as a plan, sealed, under the prompt's own id, and goes
when it was talked about.
"""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from bot.conversation import prompts
from bot.conversation.arguments import digits, number_if, words, words_if
from bot.conversation.desk import Desk
from bot.conversation.registry import Registry
from bot.policy import MEMBERS
from dialogs.values import Value
from storage.repositories.plans import Plan

PROMPT: Final = "prompt"
"""The parameter by which a dialog that comes back knows what it was begun for."""

_LONGEST: Final = timedelta(days=31)


async def ask_later(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Begins a dialog in so many minutes, which will know what was agreed (words) and rated before.

    `minutes` may be digits, as a button's key is. Raises ValueError for a dialog that doesn't come back, and for a
    time that is none.
    """
    dialog = words(arguments, "dialog")
    script = desk.library.scripts.get(dialog)
    if script is None or PROMPT not in script.dialog.parameters:
        raise ValueError(f"{dialog} is not a dialog that comes back")
    wait = timedelta(minutes=digits(arguments, "minutes"))
    if not timedelta() < wait <= _LONGEST:
        raise ValueError("minutes should be one or more, and a month at most")
    prompt = await prompts.ask_again(desk, dialog, desk.now + wait)
    agreed = {"words": words_if(arguments, "words"), "before": number_if(arguments, "before")}
    content = json.dumps(agreed, ensure_ascii=False).encode()
    await desk.work.plans.add(
        Plan(id=prompt, person_id=desk.me.id, kind=dialog, changed_at=desk.now, content=content)
    )


async def came_back(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """It was talked about: the prompt is answered, and what was agreed is kept no longer."""
    prompt = number_if(arguments, PROMPT)
    if prompt is not None and await desk.work.plans.remove(prompt, desk.me.id):
        await desk.work.prompts.settle(prompt, "answered", desk.now)


async def agreed_words(desk: Desk) -> Value:
    """What the person meant to do, in their words; none when nothing was written."""
    kept = (await _agreed(desk)).get("words")
    return kept if isinstance(kept, str) else None


async def agreed_before(desk: Desk) -> Value:
    """What the person rated then; none when nothing was."""
    kept = (await _agreed(desk)).get("before")
    return kept if isinstance(kept, int) else None


def register(registry: Registry) -> None:
    """Adds what this part tells and does."""
    registry.fact("agreed_words", MEMBERS, agreed_words)
    registry.fact("agreed_before", MEMBERS, agreed_before)
    registry.action("ask_later", MEMBERS, ask_later)
    registry.action("came_back", MEMBERS, came_back)


async def _agreed(desk: Desk) -> Mapping[str, object]:
    prompt = desk.answers.get(PROMPT)
    plan = await desk.work.plans.get(prompt, desk.me.id) if isinstance(prompt, int) else None
    return {} if plan is None else dict(json.loads(plan.content))

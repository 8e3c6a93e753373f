"""Whatever comes in: one bad update costs only itself, nobody's chat gets stuck, and SOS still works."""

import asyncio
import json
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.conversation.inbound import Inbound
from bot.delivery.letters import Outcome, Sent
from bot.telegram.parse import parse, update_id_of
from bot.telegram.receive import Poller
from bot.telegram.transport import AiohttpRequest
from dialogs.library import Library
from tests.reliability.bench import CAST, Bench, at_the_bench
from tests.reliability.updates import ANA, Raw, junk, mutilated, well_formed
from tests.support.house import House

MARIA = CAST["Maria"][0]
LOST = {"turn.failed", "turn.lost", "letter.poisonous", "postman.stumbled"}


@settings(max_examples=400)
@given(raw=st.one_of(well_formed(), mutilated(), junk), number=st.one_of(st.integers(0, 2**40), junk))
def test_reading_an_update_never_raises_and_keeps_a_usable_id(raw: Any, number: Any) -> None:
    update = {"update_id": number, **raw} if isinstance(raw, dict) else raw

    read = parse(update, username="bot")

    assert read.inbound.update_id == update_id_of(update)
    sender = read.inbound.sender
    assert sender is None or (0 < sender.telegram_id < 2**52 and 0 < len(sender.first_name) <= 64)
    sender is None or sender.first_name.encode()  # nothing in a name that can't be stored or sent


@settings(max_examples=200)
@given(raw=well_formed(), number=st.integers(0, 2**40))
def test_a_well_formed_update_is_never_taken_for_a_broken_one(raw: Raw, number: int) -> None:
    given = parse({"update_id": number, **raw}, username="bot").inbound.given

    assert getattr(given, "reason", "") not in {"KeyError", "TypeError", "ValueError", "AttributeError"}


steps = st.lists(
    st.one_of(
        well_formed(),
        mutilated(),
        st.integers(0, 60),
        st.sampled_from([timedelta(minutes=m) for m in (-60, 4, 3000)]),
    ),
    min_size=3,
    max_size=12,
)


@pytest.mark.timeout(180)
def test_after_anything_at_all_sos_still_works(tmp_path: Path, sqlite_template: Path, library: Library) -> None:
    loop, stack = asyncio.new_event_loop(), AsyncExitStack()
    logs = stack.enter_context(capture_logs())
    bench = loop.run_until_complete(stack.enter_async_context(at_the_bench(tmp_path, sqlite_template, library)))

    @settings(max_examples=15, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(steps=steps)
    def any_steps(steps: Sequence[Raw | int | timedelta]) -> None:
        loop.run_until_complete(_go_through(bench, steps))
        assert not [entry for entry in logs if entry["event"] in LOST]
        assert not bench.ask("SELECT error FROM failed_updates")

    try:
        any_steps()
    finally:
        loop.run_until_complete(stack.aclose())
        loop.close()


async def _go_through(bench: Bench, steps: Sequence[Raw | int | timedelta]) -> None:
    for step in steps:
        match step:
            case timedelta():
                await bench.later(step)
            case int():
                buttons = bench.phones.buttons(ANA)
                message, _, data = buttons[-1 - step % len(buttons)]
                await bench.taps(ANA, message, data)
            case _:
                await bench.update(step)
    await bench.blocks(ANA, blocked=False)
    await bench.writes(ANA, "/menu")
    assert any("What would you like?" in text for chat, text in bench.phones.rang if chat == ANA)
    await bench.taps_label(ANA, "I'm OK now")
    assert not await bench.open_alerts()
    heard = len(bench.phones.rang)
    await bench.writes(ANA, "🆘 SOS")
    assert len(await bench.open_alerts()) == 1
    assert any(chat == MARIA and "is asking for somebody" in text for chat, text in bench.phones.rang[heard:])
    await bench.taps_label(ANA, "I'm OK now")


async def test_malformed_updates_among_a_hundred_good_ones_cost_only_themselves(house: House) -> None:
    (ana,) = await house.people("Ana the participant")
    good = {"message": {"message_id": 1, "date": 0, "chat": {"id": ana.id, "type": "private"}}}
    good["message"] |= {"from": {"id": ana.id, "is_bot": False, "first_name": "Ana"}, "text": "/help"}
    batch: list[object] = [good] * 100
    for place, bad in (
        (90, 5),
        (50, "?"),
        (30, [[]]),
        (20, {}),
        (10, {"message": None}),
        (5, {"message": {"chat": 1}}),
    ):
        batch.insert(place, bad)
    await ana.has_read_everything()

    await house.phones.inject(*batch)
    async with asyncio.timeout(60):
        while await house.phones.pending():
            pass  # asking is a round trip, in which the bot goes on
    await house.at_rest()

    assert sum("/skills for hard moments" in bubble.text for bubble in await ana.unread()) == 100


class _Door:
    """Takes note of what is brought to it, and says when it was enough."""

    def __init__(self, enough: int) -> None:
        self.brought: list[Inbound] = []
        self.had_enough = asyncio.Event()
        self._enough = enough

    async def take(self, inbounds: Sequence[Inbound]) -> None:
        self.brought += inbounds
        if len(self.brought) >= self._enough:
            self.had_enough.set()


class _Answers:
    async def answer_tap(self, _: str) -> Outcome:
        return Sent()


@pytest.mark.parametrize(
    "odd", [r'"\ud800"', "[" * 2000 + "]" * 2000, "1" * 5000], ids=["half a character", "too deep", "a long number"]
)
async def test_an_update_that_no_reader_of_json_likes_does_not_deafen_the_bot(odd: str) -> None:
    good = json.dumps(well_formed_text(7))
    bad = '{"update_id": 8, "message": {"text": %s}}' % odd  # noqa: UP031 - braces everywhere
    updates = {7: good, 8: bad, 9: json.dumps(well_formed_text(9))}
    door = _Door(3)

    async def telegram(
        _: AiohttpRequest, url: str, values: dict[str, Any], files: object = None
    ) -> tuple[int, bytes]:
        left = [text for number, text in updates.items() if number >= values.get("offset", 0)][: values["limit"]]
        await asyncio.sleep(0)
        return 200, f'{{"ok": true, "result": [{", ".join(left)}]}}'.encode()

    with patch.object(AiohttpRequest, "call", telegram):
        poller = asyncio.create_task(
            Poller(url="http://localhost", door=door, answers=_Answers(), username="bot").run()  # type: ignore[arg-type]
        )
        async with asyncio.timeout(5):
            await asyncio.wait((poller, asyncio.create_task(door.had_enough.wait())), return_when="FIRST_COMPLETED")
        assert not poller.done()
        poller.cancel()
    assert [each.update_id for each in door.brought[:3]] == [7, 8, 9]


def well_formed_text(number: int) -> Raw:
    """Ana says hm."""
    person = {"id": ANA, "is_bot": False, "first_name": "Ana"}
    message = {"message_id": 1, "date": 0, "chat": {"id": ANA, "type": "private"}, "from": person, "text": "hm"}
    return {"update_id": number, "message": message}

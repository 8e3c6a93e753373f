"""A bad day at Telegram: three sends of ten fail, each in its own way, and every letter ends as its promise says."""

from collections import Counter
from datetime import timedelta
from unittest.mock import patch

import pytest
from structlog.testing import capture_logs

from bot.delivery.items import Item, claimed
from bot.delivery.promises import Kind
from bot.keys import open_keyring
from storage.repositories.letters import Claimed
from tests.reliability.audit import Ledger
from tests.reliability.bench import CAST, Bench
from tests.support.house import House
from tests.support.somebody import Somebody

MIX = ("429", "500", "502", "timeout_after", "reset_before", "reset_after", "migrate")
NEWS = "The boiler is fixed."


@pytest.mark.timeout(120)
@pytest.mark.parametrize("seed", [1, 2])
async def test_on_a_bad_day_everybody_who_can_be_reached_is_reached_as_often_as_promised(
    house: House, seed: int
) -> None:
    ana, ben, maria, _tom, joe, sam = await house.people(
        "Ana the participant",
        "Ben the participant",
        "Maria the mentor",
        "Tom the mentor",
        "Joe the mentor",
        "Sam of staff",
    )
    house.sandbox.exchange.faults.reseed(seed)
    await house.phones.fault("403", chat_id=ben.id)
    await house.phones.fault("400_chat_not_found", chat_id=joe.id)
    for kind in MIX:
        # Each is drawn after those before it did not strike: together three of ten.
        await house.phones.fault(kind, method="send*", rate=0.05, retry_after=1, delay=0.02)
    await announces(house, sam)
    await house.phones.send(ana.id, "🆘 SOS")
    for text in ("/help", "/checkin", "hm", "/skills"):
        await house.phones.send(ana.id, text)
        await house.phones.send(maria.id, "/help")

    for _ in range(40):
        await house.later(seconds=20)
    await house.phones.lift_faults()
    await house.later(minutes=10)

    ledger = await closed_books(house)
    unreachable = {ben.id, joe.id}
    ends = Counter((line.kind, line.state) for line in ledger.lines if line.chat not in unreachable)
    assert {state for kind, state in ends if kind in {Kind.ALERT, Kind.CRISIS}} == {"sent"}
    assert {state for kind, state in ends if kind is Kind.REPLY} <= {"sent", "unsure", "superseded"}
    assert {state for kind, state in ends if kind is Kind.ANNOUNCEMENT} <= {"sent", "unsure"}
    assert {line.state for line in ledger.lines if line.chat in unreachable and not line.edits} <= {"sent", "refused"}
    for line in ledger.lines:
        most = {Kind.REPLY: 2, Kind.ANNOUNCEMENT: 1}.get(line.kind)
        alike = sum((each.chat, each.text) == (line.chat, line.text) for each in ledger.lines)
        if most is not None and not line.edits:
            assert ledger.arrived[line.chat, line.text] <= most * alike
        if line.state == "sent" and not line.edits:
            assert ledger.arrived[line.chat, line.text] >= 1
    assert ledger.recipients["waiting"] == 0
    assert ledger.recipients["blocked"] + ledger.recipients["unreachable"] == len(unreachable)
    assert any("Ana is asking for somebody" in text for chat, text in ledger.arrived if chat == maria.id)


async def test_somebody_who_blocked_the_bot_delays_nobody_else(house: House) -> None:
    sam, ben, ana = await house.people("Sam of staff", "Ben the participant", "Ana the participant")
    await ben.blocks_the_bot()
    await house.phones.fault("429", chat_id=ben.id, retry_after=3600)
    await announces(house, sam)

    await ana.reads(NEWS)


async def test_a_letter_that_telegram_will_never_take_is_set_aside_and_said_so(bench: Bench) -> None:
    sam = CAST["Sam"][0]
    with capture_logs() as logs:
        await bench.writes(sam, "/announce")
        bench.phones.poison.add(NEWS)
        await bench.writes(sam, NEWS)
    bench.phones.poison.clear()
    assert [(entry["state"], entry["reason"]) for entry in logs if entry["event"] == "letter.given_up"] == [
        ("failed", "bad_request")
    ]

    for _ in range(10):
        await bench.later(timedelta(hours=1))

    assert len(bench.phones.refused) == 1
    assert bench.ask("SELECT kind, attempts FROM outbox WHERE state = 'failed'") == [("reply", 1)]
    told = [text for chat, text in bench.phones.rang if chat == sam and "Something went wrong on our side." in text]
    assert len(told) == 1
    assert "that Telegram would not take: 1" in told[0]
    assert not [text for _, text in bench.phones.rang if "Something went wrong" in text and text not in told]
    await bench.writes(sam, "/menu")
    assert len(bench.phones.refused) == 1, "what Telegram will never take is not shown later either"


async def test_a_letter_that_cannot_be_read_is_set_aside_and_those_beside_it_go(bench: Bench) -> None:
    ana, ben, sam = (CAST[name][0] for name in ("Ana", "Ben", "Sam"))
    await bench.writes(sam, "/announce")
    await bench.writes(sam, NEWS)
    with patch("bot.delivery.postman.claimed", lambda letter: spoilt(letter, bench.rows[ana])):
        await bench.taps_label(sam, "Send to 4")
        await bench.later(timedelta(minutes=5))

    assert [state for (state,) in bench.ask("SELECT outcome FROM recipients ORDER BY outcome")] == [
        "sent", "sent", "sent", "unreachable",
    ]  # fmt: skip
    assert any(NEWS in letter.text for letter in bench.phones.screens[ben].values())
    assert any("Something went wrong on our side." in letter.text for letter in bench.phones.screens[sam].values())


async def test_staff_hear_at_most_once_an_hour_of_what_goes_wrong(bench: Bench) -> None:
    ana, sam = CAST["Ana"][0], CAST["Sam"][0]
    bench.phones.poison.add("/skills for hard moments")
    await bench.writes(ana, "/help")
    await bench.later(timedelta(minutes=1))
    for _ in range(4):
        await bench.writes(ana, "/help")
    assert told_of_trouble(bench, sam) == ["1"]

    await bench.later(timedelta(minutes=61))

    assert told_of_trouble(bench, sam) == ["1", "4"]
    assert not told_of_trouble(bench, ana)


async def test_staff_are_told_of_an_announcement_that_telegram_did_not_take(bench: Bench) -> None:
    sam = CAST["Sam"][0]
    await bench.writes(sam, "/announce")
    await bench.writes(sam, NEWS)
    bench.phones.poison.add(NEWS)
    await bench.taps_label(sam, "Send to 4")

    await bench.later(timedelta(seconds=10))

    assert len(bench.phones.refused) == 4
    assert any("Ana: Telegram did not take it" in letter.text for letter in bench.phones.screens[sam].values())


def spoilt(letter: Claimed, person: int) -> Item:
    """What the postman reads, but for one person's announcement, in which it finds no letter."""
    if letter.recipient_id == person and letter.kind == Kind.ANNOUNCEMENT:
        raise ValueError("not a letter")
    return claimed(letter)


def told_of_trouble(bench: Bench, somebody: int) -> list[str]:
    """How many messages that Telegram would not take each telling to somebody names."""
    words = "that Telegram would not take: "
    return [
        text.partition(words)[2].partition("\n")[0]
        for chat, text in bench.phones.rang
        if chat == somebody and words in text
    ]


async def announces(house: House, staff: Somebody) -> None:
    """Staff write to everybody, by updates that nobody waits for."""
    await staff.writes("/announce")
    await house.phones.send(staff.id, NEWS)
    await house.at_rest()
    offered: list[str] = []
    while not offered:  # on a bad day it comes a little later
        labels = [label for bubble in (await staff.chat()).said for label in bubble.labels]
        offered = [label for label in labels if label.startswith("Send to")]
        await house.later(seconds=5)
    label = offered[-1]
    await staff.taps(label)


async def closed_books(house: House) -> Ledger:
    """What was sent and what arrived; the bot is stopped for it."""
    await house.at_rest()
    calls = await house.phones.calls()
    await house.sleeps()
    return await Ledger.read(house.settings.database_url, open_keyring(house.settings), calls)

"""Messages: forwarded, edited, in groups, with links of every shape. Each ends kindly or in silence."""

import pytest

from tests.attacks.support import everything, passer_by, raw_message
from tests.support.house import House

PAYLOADS = [
    "0", "-1", "a" * 64, "A" * 500, "../../etc/passwd", "' OR 1=1 --", "%00", "\u202egnirts", "{code}", "{{7*7}}",
    "none", "null", "true", "joining", "staff", "🆘", "AAAA AAAA", "s:1:adult", "c:alert:1:on_it", "\n\n", "=" * 16,
]  # fmt: skip


async def test_links_of_every_shape_open_nothing(house: House) -> None:
    (ana,) = await house.people("Ana the participant")
    before = await everything(house, but=frozenset({"progress", "guesses"}))
    for number, payload in enumerate(PAYLOADS):
        stranger = await passer_by(house, f"Zoe{number}")
        await raw_message(house, stranger, text=f"/start {payload}")
        await stranger.has_read_everything()
        await raw_message(house, ana, text=f"/start {payload}")
    assert await everything(house, but=frozenset({"progress", "guesses"})) == before
    await ana.has_read_everything()


@pytest.mark.parametrize(
    "command", ["announce", "invite", "invites", "people", "alerts", "oncall", "trail x", "people 7", "invites 1"]
)
async def test_commands_of_others_are_refused_kindly(house: House, command: str) -> None:
    (ana,) = await house.people("Ana the participant")
    stranger = await passer_by(house)
    before = await everything(house)
    for who in (ana, stranger):
        if who is stranger or not command.startswith("trail"):
            await raw_message(house, who, text=f"/{command}")
            said = await who.last()
            assert "This part is for others in the house." in said.text, (who.name, said.text)
    assert await everything(house) == before
    for who in (ana, stranger):
        await who.has_read_everything()


async def test_a_forwarded_command_is_only_words(house: House) -> None:
    (sam,) = await house.people("Sam of staff")
    before = await everything(house, but=frozenset({"progress"}))
    origin = {"type": "hidden_user", "date": 0, "sender_user_name": "Eve"}
    for text in ("/invite", "/announce", "/people", "/stop"):
        await raw_message(house, sam, text=text, forward_origin=origin)
    await house.at_rest()
    assert "For whom" not in (await sam.last()).text
    assert await everything(house, but=frozenset({"progress"})) == before
    await sam.has_read_everything()


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel", "nonsense", None])
async def test_commands_in_groups_are_answered_with_silence(house: House, kind: str | None) -> None:
    sam, ana = await house.people("Sam of staff", "Ana the participant")
    before = await everything(house)
    chat = {"id": -100, "type": kind, "title": "A group"}
    for text in ("/invite", "/sos", "/start", "hello", "/people@HearthBot"):
        await raw_message(house, sam, text=text, chat=chat)
        await raw_message(house, ana, text=text, chat=chat)
    assert await everything(house) == before
    assert await sam.unread() == []
    assert await ana.unread() == []


async def test_a_person_is_who_telegram_says_and_not_what_a_message_claims(house: House) -> None:
    (sam,) = await house.people("Sam of staff")
    stranger = await passer_by(house)
    before = await everything(house)
    claims: list[dict[str, object]] = [
        {"from": {"id": str(sam.id), "is_bot": False, "first_name": "Sam"}},
        {"from": {"id": sam.id, "is_bot": True, "first_name": "Sam"}},
        {"from": {"id": True, "is_bot": False, "first_name": "Sam"}},
        {"from": {"id": 2**60, "is_bot": False, "first_name": "Sam"}},
        {"from": None},
        {"from": {"id": -sam.id}, "sender_chat": {"id": sam.id, "type": "private"}},
    ]
    for claim in claims:
        await raw_message(house, stranger, text="/invite", **claim)
    assert await everything(house) == before
    assert await sam.unread() == []

"""What attacks are made of: taps and messages that no telephone would send, and a look at what they changed."""

import hashlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy import text

from storage.engines import make_engine, parse_url
from storage.models import metadata
from tests.support.house import House
from tests.support.somebody import Somebody

OURS = frozenset({"handled_updates", "outbox", "settings", "leases", "alembic_version"})
"""What may change whenever somebody is answered: which updates are done, and the answer itself."""


async def everything(house: House, *, but: frozenset[str] = frozenset()) -> Mapping[str, str]:
    """What stands in each table, as a fingerprint; answers and handled updates aside."""
    await house.at_rest()
    engine = make_engine(parse_url(house.settings.database_url))
    found = {}
    async with engine.connect() as connection:
        for table in metadata.sorted_tables:
            if table.name not in OURS | but:
                rows = (await connection.execute(text(f"SELECT * FROM {table.name}"))).all()  # noqa: S608 - our names
                found[table.name] = hashlib.sha256(repr(sorted(map(repr, rows))).encode()).hexdigest()
    await engine.dispose()
    return found


async def rows(house: House, statement: str) -> list[Any]:  # Any: whatever was asked for
    """A look into the database."""
    engine = make_engine(parse_url(house.settings.database_url))
    async with engine.connect() as connection:
        found = (await connection.execute(text(statement))).all()
    await engine.dispose()
    return [tuple(row) for row in found]


async def forged_tap(house: House, who: Somebody, data: object, *, chat: str = "private") -> None:
    """A tap with data of the attacker's choice."""
    user = {"id": who.id, "is_bot": False, "first_name": who.name}
    message = {"message_id": 1, "date": 0, "chat": {"id": who.id, "type": chat}, "text": "old"}
    query = {"id": "1", "from": user, "message": message, "chat_instance": "1", "data": data}
    await house.phones.inject({"callback_query": query})
    await house.at_rest()


async def raw_message(house: House, who: Somebody, **message: object) -> None:
    """A message as no telephone would write it."""
    user = {"id": who.id, "is_bot": False, "first_name": who.name}
    plain = {"message_id": 999, "date": 0, "chat": {"id": who.id, "type": "private"}, "from": user}
    await house.phones.inject({"message": plain | message})
    await house.at_rest()


async def card_of(house: House, who: Somebody, label: str) -> str:
    """The data of a button that somebody has on the screen."""
    chat = await who.chat()
    return next(
        str(button["callback_data"])
        for bubble in reversed(chat.said)
        for row in bubble.raw.get("inline_keyboard", [])
        for button in row
        if button["text"] == label
    )


async def passer_by(house: House, name: str = "Zoe") -> Somebody:
    """A stranger who has opened the bot, so that it can answer them, and whom nobody invited."""
    stranger = await house.stranger(name)
    await stranger.opens()
    await house.at_rest()
    return await stranger.has_read_everything()

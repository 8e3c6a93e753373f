"""People and letters for the stories."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

from storage.database import Database
from storage.repositories.houses import House
from storage.repositories.letters import NewLetter
from storage.repositories.people import Person

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
_ids = itertools.count(1_000)


def new_id() -> int:
    """The next id: small, rising."""
    return next(_ids)


def somebody(telegram_id: int, name: str = "Ada", **changes: Any) -> Person:  # Any: a field of Person
    values: dict[str, Any] = {
        "id": new_id(),
        "telegram_id": telegram_id,
        "name": name,
        "locale": "en",
        "zone": "America/Chicago",
        "joined_at": NOW,
    }
    return Person(**values | changes)


def maple(**changes: Any) -> House:  # Any: a field of House
    values: dict[str, Any] = {
        "id": new_id(),
        "name": "Maple House",
        "country": "US",
        "zone": "America/Chicago",
        "created_at": NOW,
    }
    return House(**values | changes)


async def join(db: Database, *people: Person) -> None:
    """Put people in the database."""
    async with db.write() as work:
        for person in people:
            await work.people.add(person)
        await work.commit()


def letter_to(person_id: int, text: str = "hello", **changes: Any) -> NewLetter:  # Any: a field of NewLetter
    values: dict[str, Any] = {
        "id": new_id(),
        "recipient_id": person_id,
        "kind": "reply",
        "priority": 2,
        "letter": text.encode(),
        "purpose": "dialog",
        "stream": "dialog",
        "not_before": NOW,
        "created_at": NOW,
    }
    return NewLetter(**values | changes)

"""A unit of work: one transaction, with a repository for each subject."""

from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.key_cache import KeyCache
from storage.repositories.keys import Keys
from storage.repositories.outbox import Outbox
from storage.repositories.people import People
from storage.repositories.progress import Progresses
from storage.repositories.updates import Updates
from storage.sealing import Keyring, Lookup


class UnitOfWork:
    """Everything done through it happens together at `commit`, or not at all."""

    def __init__(self, connection: AsyncConnection, keyring: Keyring, cache: KeyCache, lookup: Lookup | None) -> None:
        self._connection = connection
        self.keys = Keys(connection, keyring, cache, lookup)

    async def commit(self) -> None:
        """Make it so. Nothing is to be acknowledged before this returned."""
        await self._connection.commit()
        self.keys.settle()

    @cached_property
    def people(self) -> People:
        """People, by id and by Telegram id."""
        return People(self._connection, self.keys)

    @cached_property
    def progress(self) -> Progresses:
        """Where each person stands in their dialog."""
        return Progresses(self._connection, self.keys)

    @cached_property
    def outbox(self) -> Outbox:
        """What must still be said."""
        return Outbox(self._connection, self.keys)

    @cached_property
    def updates(self) -> Updates:
        """Which of Telegram's updates are done."""
        return Updates(self._connection, self.keys)

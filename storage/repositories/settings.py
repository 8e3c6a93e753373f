"""Small technical facts the bot keeps about itself."""

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from storage.models.settings import SettingRow
from storage.repositories.base import Repository
from storage.types import table_of

_settings = table_of(SettingRow)

_GET = select(_settings.c.value).where(_settings.c.key == bindparam("wanted"))
_insert = insert(_settings)
_SET = _insert.on_conflict_do_update(index_elements=["key"], set_={"value": _insert.excluded.value})
_REMOVE = delete(_settings).where(_settings.c.key == bindparam("wanted"))


class Settings(Repository):
    """Values by key: technical only, never a secret and nobody's words."""

    async def get(self, key: str) -> str | None:
        """The value of a key."""
        row = await self._first(_GET, {"wanted": key})
        return None if row is None else row.value

    async def set(self, key: str, value: str) -> None:
        """Set the value of a key."""
        await self._many(_SET, [{"key": key, "value": value}])

    async def remove(self, key: str) -> None:
        """Forget a key."""
        await self._count(_REMOVE, {"wanted": key})

"""What houses have switched off."""

from sqlalchemy import bindparam, false, select
from sqlalchemy.dialects.postgresql import insert

from storage.models.switches import SwitchRow
from storage.repositories.base import Repository
from storage.types import table_of

_switches = table_of(SwitchRow)

_insert = insert(_switches)
_SET = _insert.on_conflict_do_update(index_elements=["house_id", "name"], set_={"is_on": _insert.excluded.is_on})
_OFF = select(_switches.c.name).where(_switches.c.house_id == bindparam("house"), _switches.c.is_on == false())


class Switches(Repository):
    """A switch for each capability of a house; every one is on until somebody turns it."""

    async def set(self, switch_id: int, house_id: int, name: str, *, on: bool) -> None:
        """Turn a switch; one that was turned before keeps its id."""
        await self._many(_SET, [{"id": switch_id, "house_id": house_id, "name": name, "is_on": on}])

    async def off(self, house_id: int) -> frozenset[str]:
        """What a house has switched off."""
        return frozenset(row.name for row in await self._all(_OFF, {"house": house_id}))

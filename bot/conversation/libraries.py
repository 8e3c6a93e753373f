"""Which library serves the people of a house: ours, with the dialogs of that house beside it."""

from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from typing import Final, TypeAlias

import structlog

from dialogs.library import Library
from dialogs.own.reading import Own, read_own
from dialogs.own.rehearsal import rehearsal
from storage.repositories.own_dialogs import OwnDialog
from storage.unit_of_work import UnitOfWork

TRIED: Final = "own_dialog_tried"
"""The dialog that every try ends in."""

_KEPT: Final = 256
"""Houses whose library is kept at hand; one more, and the one that was not asked for longest is read anew."""

_Stamp: TypeAlias = tuple[tuple[int, str], ...]

log = structlog.get_logger(__name__)


def rehearsal_of(row: int) -> str:
    """The name under which a version can be tried out."""
    return f"try_{row}"


class Libraries:
    """The library of each house that has dialogs of its own; all others share ours.

    What a row holds never changes, so the rows and their states are all there is to compare.
    """

    def __init__(self, ours: Library) -> None:
        self.ours = ours
        self._made: OrderedDict[int, tuple[_Stamp, Library]] = OrderedDict()

    async def of(self, work: UnitOfWork, houses: Collection[int]) -> Mapping[int, Library]:
        """Those of these houses that have one of their own, as it is now."""
        rows: dict[int, list[OwnDialog]] = {}
        for each in await work.own_dialogs.of(houses) if houses else ():
            rows.setdefault(each.house_id, []).append(each)
        return {house: await self._of(work, house, found) for house, found in rows.items()}

    async def _of(self, work: UnitOfWork, house: int, rows: Sequence[OwnDialog]) -> Library:
        stamp = tuple((each.id, each.state) for each in rows)
        known, library = self._made.get(house, ((), self.ours))
        if known != stamp:
            library = self._read(rows, await work.own_dialogs.contents([each.id for each in rows]))
        self._made[house] = (stamp, library)
        self._made.move_to_end(house)
        while len(self._made) > _KEPT:
            self._made.popitem(last=False)
        return library

    def _read(self, rows: Sequence[OwnDialog], contents: Mapping[int, bytes]) -> Library:
        own, tries = [], []
        words: dict[str, dict[str, str]] = {}
        for row in rows:
            found = read_own(contents[row.id].decode(), self.ours, version=row.version)
            if not isinstance(found, Own):
                # It was good when it came, and ours changed since: people are let out kindly, and staff can mend it.
                log.warning("own_dialog.unreadable", id=row.id, mistakes=len(found))
                continue
            if row.state == "on":
                own.append(found.dialog)
            else:
                tries.append(rehearsal(found.dialog, name=rehearsal_of(row.id), then=TRIED, row=row.id))
            for locale, theirs in found.words.items():
                words.setdefault(locale, {}).update(theirs)
        return self.ours.with_own(own, tries, words)

"""Everything kept of a person, in their hands: one archive, made just before it is sent, by reading alone."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import orjson

from bot.clock import Clock
from bot.conversation.desk import Desk, reader_of
from bot.conversation.registry import Registry
from bot.delivery.letters import Document, Letter
from bot.delivery.outgoing import Errand
from bot.delivery.promises import Kind
from bot.membership import who_saw
from bot.membership.export_page import Rows, draw_page
from bot.policy import EVERYONE
from dialogs.library import Library
from dialogs.texts import Reader
from dialogs.values import Value
from storage.database import Database
from storage.repositories.belongings import Told
from storage.unit_of_work import UnitOfWork

_FROM_THE_END, _ALL = 2**31 - 1, 10_000
"""Of a trail: its newest line, and as many as anybody will ever have."""

KIND = "export"
"""Of the document that the postman has made."""


async def export(desk: Desk, _: Mapping[str, Value]) -> None:
    """Sends the archive; it is made when its turn to be sent comes, and holds what is so then."""
    name = f"hearth-{desk.now:%Y-%m-%d}.zip"
    document = Document(kind=KIND, data={"person": desk.me.id}, filename=name)
    letter = Letter(text=desk.render(desk.phrase("export_sent")), document=document)
    await who_saw.note(desk, desk.me.id, "export", "asked")
    desk.send(Errand(letter=letter), Kind.REPLY, purpose="export", about_id=desk.me.id)


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes documents: at present, only this one."""

    database: Database
    library: Library
    clock: Clock

    async def make(self, document: Document) -> bytes:
        """A zip archive of a page to read and a file for machines, both of them everything.

        Raises ValueError for a kind nobody makes, and LookupError for somebody who is gone.
        """
        person_id = document.data.get("person")
        if document.kind != KIND or not isinstance(person_id, int):
            raise ValueError(f"nobody makes {document.kind}")
        kept = await self._kept(person_id)
        page = kept.page(self.library).encode()
        return _zipped({"hearth.html": page, "hearth.json": orjson.dumps(kept.plain(), option=orjson.OPT_INDENT_2)})

    async def page(self, person_id: int) -> str:
        """The page alone. Raises LookupError for somebody who is gone."""
        return (await self._kept(person_id)).page(self.library)

    async def _kept(self, person_id: int) -> "_Kept":
        async with self.database.read() as work:
            person = (await work.people.get_many([person_id])).get(person_id)
            if person is None:
                raise LookupError("the person is gone")
            told = {
                table: [readable(row) for row in rows]
                for table, rows in (await work.belongings.of(person.id)).items()
            }
            houses = await work.houses.get_many(_houses(told))
            if deeds := await _deeds(work, person_id, houses):
                told["trail"] = deeds
        return _Kept(reader_of(person), told, {each.id: each.name for each in houses.values()}, self.clock.now())


@dataclass(frozen=True, slots=True)
class _Kept:
    """Everything kept of a person at a moment."""

    reader: Reader
    told: Mapping[str, Rows]
    houses: Mapping[int, str]
    now: datetime

    def page(self, library: Library) -> str:
        return draw_page(library, self.reader, self.told, self.houses, self.now)

    def plain(self) -> Mapping[str, object]:
        houses = {str(each): name for each, name in self.houses.items()}
        return {"made_at": self.now, "houses": houses, "tables": self.told}


def readable(row: Told) -> Mapping[str, object]:
    """A row whose opened words are words, or the values they were written as."""
    return {name: _words(value) if isinstance(value, bytes) else value for name, value in row.items()}


def register(registry: Registry) -> None:
    """Adds what this subject does."""
    registry.action("export", EVERYONE, export)


async def _deeds(work: UnitOfWork, person_id: int, houses: Iterable[int]) -> list[Mapping[str, object]]:
    """What the trails of their houses say they did, and was done about them: there they stand by a pseudonym."""
    deeds: list[Mapping[str, object]] = []
    for house_id in sorted(houses):
        [mine] = await work.trail.pseudonyms(house_id, [person_id])
        lines = await work.trail.concerning(house_id, person_id, (), before=_FROM_THE_END, limit=_ALL)
        deeds += [
            {"at": line.at, "kind": line.kind, "by_you": line.actor_hash == mine, "house_id": house_id}
            for line in reversed(lines)
        ]
    return deeds


def _words(opened: bytes) -> object:
    if opened[:1] in {b"{", b"["}:
        try:
            return orjson.loads(opened)
        except orjson.JSONDecodeError:  # somebody's own words may begin like that
            pass
    return opened.decode(errors="replace")


def _houses(told: Mapping[str, list[Mapping[str, object]]]) -> set[int]:
    found = {row.get("house_id") for rows in told.values() for row in rows}
    return {each for each in found if isinstance(each, int)}


def _zipped(files: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()

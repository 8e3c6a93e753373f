"""A file comes in: it is kept as it was sent, fetched outside of any turn, and answered when it was read."""

from collections.abc import Mapping
from typing import Final

from bot.conversation import cards
from bot.conversation.arguments import message
from bot.conversation.desk import Desk, reader_of
from bot.conversation.inbound import RowDue
from bot.conversation.registry import Appearance, CardKind, Registry
from bot.delivery.letters import Letter
from bot.delivery.outgoing import Errand
from bot.delivery.promises import Kind
from bot.membership.languages import own_name
from bot.policy import STAFF
from dialogs.own.reading import Mistake, Own, read_own
from dialogs.values import Value
from storage.problems import Conflict
from storage.repositories.own_dialogs import OwnDialog

CARD: Final = "own_version"
FETCHED: Final = "own_dialog_fetched"
"""What comes to the door when a file is there, or will not come."""

PURPOSE: Final = "own_dialog"
MOST: Final = 12
"""Versions that a house can have, of all its dialogs together."""

FILE, WORDS = b"file ", b"text "
"""How what was sent begins while it waits: the name of a file at Telegram, or the words themselves."""

_SHOWN: Final = 8
"""Mistakes told at once; whoever mends those sees the rest."""


async def send_own_dialog(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Keeps what was sent, to be read in a moment. Raises Conflict when there is no room, ValueError for nothing."""
    sent = message(arguments, "file")
    document = next((file.id for file in sent.files if file.kind == "document"), None)
    if document is None and not sent.text:
        raise ValueError("neither a file nor words")
    if await desk.work.own_dialogs.count(desk.house_id) >= MOST:
        raise Conflict("there is no room for another")
    content = WORDS + sent.text.encode() if document is None else FILE + document.encode()
    waiting = OwnDialog(
        id=desk.ids.new(),
        house_id=desk.house_id,
        author_id=desk.me.id,
        name="",
        version=0,
        state="sent",
        changed_at=desk.now,
    )
    await desk.work.own_dialogs.add(waiting, content)


async def fetched(desk: Desk, due: RowDue) -> None:
    """It is there: the dialog in it is kept to be tried out, or its mistakes go to whoever sent it."""
    row = await desk.work.own_dialogs.get(due.row)
    if row is None or row.state != "sent":
        return
    text = due.payload.get("text")
    if not isinstance(text, str):
        await _tell(desk, row, str(due.payload.get("trouble", "gone")))
        return
    found = read_own(text, desk.ours, version=1)
    if not isinstance(found, Own):
        await _tell(desk, row, "wrong", found)
        return
    name = found.dialog.dialog
    version = await desk.work.own_dialogs.next_version(row.house_id, name)
    await desk.work.own_dialogs.read(row, name=name, version=version, content=text.encode(), now=desk.now)
    if row.author_id is not None:
        await cards.show(desk, KIND, row.id, [row.author_id], Kind.REPLY, purpose=PURPOSE, about=None)


async def _tell(desk: Desk, row: OwnDialog, trouble: str, mistakes: tuple[Mistake, ...] = ()) -> None:
    """It can't be used: whoever sent it hears why, and nothing of it is kept."""
    await desk.work.own_dialogs.remove(row.id, row.house_id)
    author = (await desk.people([row.author_id])).get(row.author_id) if row.author_id is not None else None
    if author is None:
        return
    lines = [f"• {_short(str(each))}" for each in mistakes[:_SHOWN]]
    left = len(mistakes) - len(lines)
    phrase = f"own_dialog_{trouble}"
    words = desk.phrase(phrase, number=len(mistakes), mistakes="\n".join([*lines, *(["…"] if left > 0 else [])]))
    letter = Letter(text=desk.render(words, reader_of(author)))
    desk.send_to(author, Errand(letter=letter), Kind.REPLY, purpose=PURPOSE)


def _short(words: str, most: int = 320) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}…"


async def look(desk: Desk, row: int, viewer: int) -> Appearance | None:
    """For staff of the house: how a version stands."""
    del viewer
    dialog = await desk.work.own_dialogs.get(row)
    if dialog is None or dialog.state == "sent":
        return None
    content = (await desk.work.own_dialogs.contents([row]))[row]
    found = read_own(content.decode(), desk.ours, version=dialog.version)
    if not isinstance(found, Own):
        return None
    values: dict[str, Value] = {
        "title": next(iter(found.dialog.texts())),
        "version": dialog.version,
        "steps": len(found.dialog.nodes),
        "languages": tuple(own_name(each) for each in found.languages),
        "reading": "" if found.grade is None else desk.phrase("own_dialog_grade", grade=f"{max(found.grade, 1):.0f}"),
    }
    return Appearance(dialog.state, values)


async def house_of(desk: Desk, row: int) -> int | None:
    """The house it is of."""
    dialog = await desk.work.own_dialogs.get(row)
    return None if dialog is None else dialog.house_id


KIND: Final = CardKind(name=CARD, who=STAFF, house=house_of, look=look, presses={})


def register(registry: Registry) -> None:
    """Adds what this part does."""
    registry.action("send_own_dialog", STAFF, send_own_dialog)
    registry.timer(FETCHED, fetched)
    registry.card(KIND)

"""At the recipient's doorstep: whether the letter may still be handed over, and handing it over."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from bot.delivery.items import Item
from bot.delivery.letters import (
    NOT_PINNED,
    Document,
    Letter,
    Media,
    Outcome,
    Picture,
    Reason,
    Refused,
    Sent,
    shortened,
)
from bot.delivery.promises import GiveUp, Kind, State

_FOR_THE_HOUSE: Final = frozenset({Kind.ALERT, Kind.ANNOUNCEMENT, Kind.AMENDMENT, Kind.EDIT})
"""What a house tells its people; a prompt is for whoever belongs to any."""

_ONLY_IN_PLACE: Final = frozenset({Kind.AMENDMENT, Kind.EDIT})
"""What means nothing once the message is gone that it changes."""


class Carrier(Protocol):
    """Whoever speaks to Telegram."""

    async def send(self, chat_id: int, letter: Letter, *, picture: bytes | None = None) -> Outcome: ...  # noqa: D102

    async def edit(self, chat_id: int, message_id: int, letter: Letter) -> Outcome: ...  # noqa: D102

    async def edit_markup(self, chat_id: int, message_id: int) -> Outcome: ...  # noqa: D102

    async def set_commands(  # noqa: D102
        self, commands: Sequence[tuple[str, str]], *, chat_id: int | None = None, language: str = ""
    ) -> Outcome: ...

    async def take_back(self, chat_id: int, message_ids: Sequence[int]) -> Outcome: ...  # noqa: D102

    async def pin(self, chat_id: int, message_id: int) -> Outcome: ...  # noqa: D102


Draw = Callable[[Picture], Awaitable[bytes]]
Make = Callable[[Document], Awaitable[bytes]]
Agrees = Callable[[int, str], Awaitable[bool]]
"""Whether a person agrees, at this moment, that what a letter tells about them is told for its purpose."""
Belongs = Callable[[int, int | None], Awaitable[bool]]
"""Whether a person belongs to a house at this moment; to any, if none is named."""
Whereabouts = Callable[[int], Awaitable[int | None]]
"""The id that a group's chat has at this moment; None if it is linked to no house."""


def made_by(makers: Mapping[str, Make]) -> Make:
    """Documents made by whoever makes their kind. Making one of any other raises ValueError."""

    async def make(document: Document) -> bytes:
        if document.kind not in makers:
            raise ValueError(f"nobody makes {document.kind}")
        return await makers[document.kind](document)

    return make


@dataclass(frozen=True, slots=True, kw_only=True)
class Doorstep:
    """The last look before a letter goes, and its way to Telegram.

    `draw` and `make` give pictures and documents their bytes; `agrees` is asked of each letter about a person,
    `belongs` of each one for the people of a house, `whereabouts` of each one to a group.
    """

    carrier: Carrier
    draw: Draw
    make: Make
    agrees: Agrees
    belongs: Belongs
    whereabouts: Whereabouts

    async def look(self, item: Item) -> Item | GiveUp:
        """The letter as it may be handed over now, or why it may not. Raises StorageProblem."""
        if not await self._still_theirs(item):
            return GiveUp(State.WITHHELD, "left")
        if item.recipient_id is None and item.chat < 0:
            chat = await self.whereabouts(item.chat)
            if chat is None:
                return GiveUp(State.WITHHELD, "not linked any more")
            item = replace(item, chat=chat)
        if item.about_id is None or item.about_id == item.recipient_id:
            return item
        if await self.agrees(item.about_id, item.purpose):
            return item
        if item.fallback is None:
            return GiveUp(State.WITHHELD, "no longer agreed to")
        return replace(item, errand=item.fallback, purpose="")

    async def _still_theirs(self, item: Item) -> bool:
        """What is for the people of a house goes to nobody who has left it since it was written."""
        for_the_house = item.house_id is not None and item.kind in _FOR_THE_HOUSE
        if item.recipient_id is None or not (for_the_house or item.kind is Kind.PROMPT):
            return True
        return await self.belongs(item.recipient_id, item.house_id)

    async def hand_over(self, item: Item) -> Outcome:
        """Does the errand, and tells what came of it."""
        errand, letter = item.errand, shortened(item.errand.letter)
        if errand.takes_back:
            return await self.carrier.take_back(item.chat, errand.takes_back)
        if errand.commands:
            return await self.carrier.set_commands(errand.commands, chat_id=item.chat)
        if errand.edits is not None and errand.buttons_only:
            return await self.carrier.edit_markup(item.chat, errand.edits)
        if errand.edits is not None:
            outcome = await self.carrier.edit(item.chat, errand.edits, letter)
            gone = isinstance(outcome, Refused) and outcome.reason is Reason.NOTHING_TO_EDIT
            # An answer whose place is gone is still an answer; a status nobody can see any more is not.
            if not (gone and item.kind not in _ONLY_IN_PLACE):
                return outcome
        picture = await self.draw(letter.picture) if letter.picture is not None else None
        if letter.document is not None:
            content = await self.make(letter.document)
            made = Media(kind="document", content=content, filename=letter.document.filename)
            letter = replace(letter, document=None, media=(*letter.media, made))
        outcome = await self.carrier.send(item.chat, letter, picture=picture)
        if errand.pins and isinstance(outcome, Sent) and outcome.message_id is not None:
            # Where we may not pin, it stands unpinned: what counts is that it was said.
            pinned = await self.carrier.pin(item.chat, outcome.message_id)
            return outcome if isinstance(pinned, Sent) else replace(outcome, but=NOT_PINNED)
        return outcome

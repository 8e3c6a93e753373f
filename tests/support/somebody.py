"""A person with a phone: what they do, what they read, and what they must not have missed."""

from base64 import b64decode
from collections.abc import Awaitable, Callable, Sequence
from typing import Self, TypeAlias

from bot.sandbox.client import Telephones
from bot.sandbox.phone import Bubble, ChatView
from bot.sandbox.wire import Json

PATIENCE = 5.0
"""Seconds until something that should come at once counts as never."""

_DOT = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
"""The smallest picture there is."""

Find: TypeAlias = Callable[[Sequence[Bubble]], Bubble | None]


class Somebody:
    """One person of a story. What they `reads` is a new message that rings; what they `sees` stands on the screen."""

    def __init__(self, phones: Telephones, user: int, name: str, calm: Callable[[], Awaitable[None]]) -> None:
        self.id = user
        self.name = name
        self._phones = phones
        self._calm = calm
        self._read: set[int] = set()

    # what they do

    async def presses(self, key: str) -> Self:
        """A key of the reply keyboard, such as 🆘 SOS."""
        await self._calm()
        await self._phones.tap(self.id, None, key)
        return self

    async def writes(self, text: str) -> Self:
        """A message, or a command."""
        await self._calm()
        await self._phones.send(self.id, text)
        return self

    async def edits(self, old: str, new: str) -> Self:
        """Something else in the place of what they wrote, be it under a photo."""
        await self._calm()
        said = reversed((await self.chat()).messages)
        mine = next(b for b in said if not b.from_bot and (b.text or b.caption) == old)
        await self._phones.edit(self.id, mine.id, new)
        return self

    async def opens(self, code: str = "") -> Self:
        """START, or an invite's link."""
        await self._phones.start(self.id, code)
        return self

    async def taps(self, *labels: str) -> Self:
        """Buttons under messages, one after the other: each on the newest message that has it, once it is there."""
        for label in labels:

            def offers(said: Sequence[Bubble], label: str = label) -> Bubble | None:
                return next((bubble for bubble in reversed(said) if label in bubble.labels), None)

            await self._calm()  # people tap what they see, not what is about to change
            bubble = await self._until(offers, f"a button “{label}”")
            self._read.add(bubble.id)  # who taps a button has read what stands above it
            await self._phones.tap(self.id, bubble.id, label)
        return self

    async def taps_once_more(self, bubble: Bubble, label: str) -> Self:
        """A button that has gone by now: the finger was quicker than the screen, or the screen is an old one."""
        await self._phones.inject(self.press_of(bubble, label))
        return self

    def press_of(self, bubble: Bubble, label: str) -> Json:
        """The raw update of such a tap."""
        data = next(
            button["callback_data"]
            for row in bubble.raw["inline_keyboard"]
            for button in row
            if button["text"] == label
        )
        user = {"id": self.id, "is_bot": False, "first_name": self.name}
        message = {"message_id": bubble.id, "date": 0, "chat": {"id": self.id, "type": "private"}, "text": "old"}
        return {"callback_query": {"id": "1", "from": user, "message": message, "chat_instance": "1", "data": data}}

    async def sends(self, kind: str, caption: str = "", *, album: str = "") -> Self:
        """A photo, a voice, a sticker …; those of an album follow each other at once."""
        if not album:
            await self._calm()
        data = _DOT if kind == "photo" else b"not really one"
        await self._phones.media(self.id, kind, data, caption=caption, album=album)
        return self

    async def sends_a_poll(self, question: str, *options: str, several: bool = False) -> Self:
        """Telegram's own, from the menu of what can be attached."""
        await self._calm()
        await self._phones.poll(self.id, question, options, several=several)
        return self

    async def hands_in(self, words: str | bytes) -> Self:
        """A file with these words."""
        await self._calm()
        data = words.encode() if isinstance(words, str) else words
        await self._phones.media(self.id, "document", data)
        return self

    async def blocks_the_bot(self) -> Self:
        """Telegram's own “Stop and block”."""
        await self._phones.block(self.id)
        return self

    # what they read

    async def reads(self, *parts: str) -> Bubble:
        """The oldest unread message that rang and holds all of these words; waits for it. It is read then."""

        def unread(said: Sequence[Bubble]) -> Bubble | None:
            fresh = (bubble for bubble in said if bubble.notified and bubble.id not in self._read)
            return next((bubble for bubble in fresh if holds(bubble, parts)), None)

        bubble = await self._until(unread, f"a new message with {parts}")
        self._read.add(bubble.id)
        return bubble

    async def sees(self, *parts: str) -> Bubble:
        """The newest message on the screen that holds all of these words by now; waits for it. It is read then."""

        def standing(said: Sequence[Bubble]) -> Bubble | None:
            return next((bubble for bubble in reversed(said) if holds(bubble, parts)), None)

        bubble = await self._until(standing, f"a message that says {parts}")
        self._read.add(bubble.id)
        return bubble

    async def has_read_everything(self) -> Self:
        """What came so far, and all that is still on its way, is no part of this story."""
        await self._calm()
        self._read |= {bubble.id for bubble in await self.unread()}
        return self

    async def unread(self) -> list[Bubble]:
        """New messages that rang and that they have not read."""
        said = (await self.chat()).said
        return [bubble for bubble in said if bubble.notified and bubble.id not in self._read]

    async def chat(self) -> ChatView:
        """Their whole chat with the bot."""
        return await self._phones.chat(self.id)

    async def last(self) -> Bubble:
        """What the bot said last."""
        return (await self.chat()).last

    async def _until(self, find: Find, what: str) -> Bubble:
        view = await self.chat()
        messages = {bubble.id: bubble for bubble in view.messages}
        while True:
            said = [bubble for _, bubble in sorted(messages.items()) if bubble.from_bot and not bubble.deleted]
            found = find(said)
            if found is not None:
                return found
            seen = view.seq
            view = await self._phones.chat(self.id, after=seen, wait=PATIENCE)
            if view.seq == seen:
                there = "\n".join(f"  {bubble.text or bubble.caption} {bubble.labels}" for bubble in said)
                raise AssertionError(f"{self.name} waited for {what}; there is only\n{there}")
            messages |= {bubble.id: bubble for bubble in view.messages}


def holds(bubble: Bubble, parts: Sequence[str]) -> bool:
    """Whether a message has all of these words in it."""
    words = bubble.text or bubble.caption
    return all(part in words for part in parts)

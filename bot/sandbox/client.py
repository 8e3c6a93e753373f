"""The phones in code: a typed client of the control API, for tests and for the day's script."""

import asyncio
from base64 import b64encode
from collections.abc import Callable, Sequence
from datetime import datetime
from types import TracebackType
from typing import Self, TypeAlias

import aiohttp
import orjson

from bot.sandbox.phone import Bubble, ChatView, ClockView, Person, Sent
from bot.sandbox.wire import ControlError, Json

Button: TypeAlias = str | dict[str, str] | tuple[int, int]  # a label, {"data": …}, or row and column


class Telephones:
    """Lets people act, reads their chats, moves the clock. An async context manager.

    `url` is the sandbox's address. Raises ControlError, with the sandbox's own sentence, for what can't be done.
    """

    def __init__(self, url: str) -> None:
        self._base = f"{url.rstrip('/')}/control"
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        """Nothing is asked yet."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Hang up."""
        await self.close()

    async def close(self) -> None:
        """Hang up."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    # --- people ------------------------------------------------------------------------------

    async def user(self, first_name: str, **about: str | int | None) -> Person:
        """A new person: `id`, `last_name`, `username`, `language_code`, `title`, `start_parameter`."""
        return Person.of(await self._ask("POST", "/users", {"first_name": first_name, **about}))

    async def change(self, user: int, **about: str | None) -> Person:
        """Another name, language or label."""
        return Person.of(await self._ask("PATCH", f"/users/{user}", about))

    async def start(self, user: int, parameter: str = "") -> Sent:
        """Press START, or open a deep link."""
        return await self._act(user, "start", {"parameter": parameter})

    async def send(self, user: int, text: str, *, chat: int | None = None, reply_to: int | None = None) -> Sent:
        """Send a text."""
        return await self._act(user, "text", {"text": text, "chat_id": chat, "reply_to": reply_to})

    async def tap(self, user: int, message: int | None, button: Button, *, chat: int | None = None) -> Sent:
        """Press a button under a message, or (message None) one of the reply keyboard."""
        return await self._act(user, "tap", {"message_id": message, "button": button, "chat_id": chat})

    async def media(
        self, user: int, kind: str, data: bytes, *, caption: str = "", album: str = "", chat: int | None = None
    ) -> Sent:
        """Send a photo, voice, document… from its bytes; what bears the same `album` is one."""
        body = {"kind": kind, "base64": b64encode(data).decode(), "caption": caption, "album": album, "chat_id": chat}
        return await self._act(user, "media", body)

    async def poll(self, user: int, question: str, options: Sequence[str], *, several: bool = False) -> Sent:
        """Send a poll of Telegram's own."""
        asked = {"question": question, "options": list(options), "allows_multiple_answers": several}
        return await self._act(user, "poll", asked)

    async def edit(self, user: int, message: int, text: str) -> Sent:
        """Change one's own text or caption."""
        return await self._act(user, "edit", {"message_id": message, "text": text})

    async def react(self, user: int, message: int, emoji: str | None) -> Sent:
        """Put an emoji on a message, or take it away with None."""
        return await self._act(user, "react", {"message_id": message, "emoji": emoji})

    async def forward(self, user: int, message: int, *, chat: int | None = None) -> Sent:
        """Forward a message of one's chat with the bot."""
        return await self._act(user, "forward", {"message_id": message, "chat_id": chat})

    async def block(self, user: int) -> Sent:
        """Stop the bot."""
        return await self._act(user, "block")

    async def unblock(self, user: int) -> Sent:
        """Let the bot write again."""
        return await self._act(user, "unblock")

    async def deactivate(self, user: int) -> Sent:
        """Delete the account."""
        return await self._act(user, "deactivate")

    # --- chats -------------------------------------------------------------------------------

    async def chat(self, chat: int, *, after: int = 0, wait: float = 0) -> ChatView:
        """A chat, with what changed above `after`; waits up to `wait` seconds until something did."""
        return ChatView.of(await self._ask("GET", f"/chats/{chat}?after={after}&wait={wait}"))

    async def expect(
        self, chat: int, matches: Callable[[Bubble], bool], *, after: int = 0, seconds: float = 10
    ) -> Bubble:
        """The first message of the bot's with an id above `after` that matches, as soon as it is there.

        Raises AssertionError, with what was there instead, when it has not come within `seconds`.
        """
        said: dict[int, Bubble] = {}
        try:
            async with asyncio.timeout(seconds):
                seen = 0
                while True:
                    view = await self.chat(chat, after=seen, wait=seconds if seen else 0)
                    seen = max(seen, view.seq)
                    said |= {bubble.id: bubble for bubble in view.messages if bubble.from_bot}
                    for bubble in said.values():
                        if bubble.id > after and not bubble.deleted and matches(bubble):
                            return bubble
        except TimeoutError:
            texts = [bubble.text or bubble.caption for bubble in said.values()]
            raise AssertionError(f"no such message within {seconds} s; the bot said {texts}") from None

    async def group(self, title: str, members: list[int]) -> int:
        """A new group with the bot in it; its chat id."""
        return int((await self._ask("POST", "/groups", {"title": title, "members": members}))["id"])

    async def migrate(self, group: int) -> int:
        """Upgrade a group; its new chat id."""
        return int((await self._ask("POST", f"/groups/{group}/migrate"))["id"])

    async def kick_bot(self, group: int) -> None:
        """Throw the bot out of a group."""
        await self._ask("POST", f"/groups/{group}/kick")

    async def join(self, group: int, user: int) -> None:
        """Let somebody into a group."""
        await self._ask("POST", f"/groups/{group}/join", {"user_id": user})

    async def leave(self, group: int, user: int) -> None:
        """Let somebody leave a group."""
        await self._ask("POST", f"/groups/{group}/leave", {"user_id": user})

    # --- the machine -------------------------------------------------------------------------

    async def clock(self) -> ClockView:
        """The sandbox's time."""
        return ClockView.of(await self._ask("GET", "/clock"))

    async def advance(self, seconds: float) -> ClockView:
        """Move the clock on."""
        return ClockView.of(await self._ask("POST", "/clock", {"advance": seconds}))

    async def move_to(self, instant: datetime) -> ClockView:
        """Move the clock to an (aware) instant."""
        return ClockView.of(await self._ask("POST", "/clock", {"to": instant.isoformat()}))

    async def next(self, clock_time: str, zone: str = "UTC") -> ClockView:
        """Move the clock to the next local HH:MM."""
        return ClockView.of(await self._ask("POST", "/clock", {"next": clock_time, "zone": zone}))

    async def fault(self, kind: str, **rule: str | float | None) -> str:
        """Make calls fail; the id of the rule."""
        return str((await self._ask("POST", "/faults", {"kind": kind, **rule}))["id"])

    async def lift_faults(self) -> None:
        """Let Telegram be well again."""
        await self._ask("DELETE", "/faults")

    async def limits(self, **limits: float | bool) -> None:
        """Change the flood limits, for example `off=True`."""
        await self._ask("PUT", "/limits", limits)

    async def inject(self, *updates: object) -> list[int]:
        """Queue raw updates, malformed ones too; their ids."""
        ids: list[int] = (await self._ask("POST", "/updates", list(updates)))["update_ids"]
        return ids

    async def calls(self, method: str | None = None, *, after: int = 0) -> list[Json]:
        """What the bot asked for, oldest first."""
        calls: list[Json] = (await self._ask("GET", f"/calls?after={after}"))["calls"]
        return [call for call in calls if method is None or call["method"] == method]

    async def pending(self) -> int:
        """How many updates the bot has not confirmed."""
        return int((await self._ask("GET", "/pending"))["pending"])

    async def forgotten(self) -> list[int]:
        """The updates that the bot did not ask for in time: a tap is kept for 150 seconds, others for a day."""
        ids: list[int] = (await self._ask("GET", "/pending"))["forgotten"]
        return ids

    async def polling(self) -> bool:
        """Whether a long poll of the bot's is waiting."""
        return bool((await self._ask("GET", "/pending"))["polling"])

    async def script(self, *, running: bool) -> None:
        """Start or stop the day's script."""
        await self._ask("POST", f"/script/{'start' if running else 'stop'}")

    async def state(self) -> Json:
        """Everything a page needs to draw itself."""
        return await self._ask("GET", "/state")

    async def reset(self) -> None:
        """An empty Telegram."""
        await self._ask("POST", "/reset")

    async def _act(self, user: int, verb: str, body: Json | None = None) -> Sent:
        return Sent.of(await self._ask("POST", f"/users/{user}/{verb}", body or {}))

    async def _ask(self, method: str, path: str, body: object = None) -> Json:
        self._session = self._session or aiohttp.ClientSession()
        data = None if body is None else orjson.dumps(body)
        async with self._session.request(method, self._base + path, data=data) as response:
            answer: Json = orjson.loads(await response.read())
            if not response.ok:
                raise ControlError(answer["error"], response.status)
            return answer

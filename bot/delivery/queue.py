"""What waits in memory to be sent, and what goes next. Pure: time and the throttle are handed in.

The order is by priority, then by id (ids rise with time). Within one chat and stream nothing overtakes a message
of its own or a higher priority, even one that waits for its time; other streams of that chat pass it by. One
message of a chat is in flight at a time. A chat that is slow or closed holds up no other.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from typing import Final, Generic, Protocol, TypeVar

from bot.delivery.promises import PRIORITY, Kind
from bot.delivery.throttle import Throttle


class Item(Protocol):
    """What the queue must know of a message. It is not asked twice: what it says must not change.

    `not_before` is a `pace` in seconds; 0 for at once. A try that failed is pushed again under the same id, and
    so takes its old place in its stream.
    """

    @property
    def id(self) -> int: ...  # noqa: D102 - the class says it

    @property
    def chat(self) -> int: ...  # noqa: D102

    @property
    def kind(self) -> Kind: ...  # noqa: D102

    @property
    def stream(self) -> str: ...  # noqa: D102

    @property
    def not_before(self) -> float: ...  # noqa: D102


T = TypeVar("T", bound=Item)

_KINDS: Final = tuple(sorted(Kind, key=PRIORITY.__getitem__))


@dataclass(slots=True)
class _Chat(Generic[T]):
    """One chat: its streams, each a heap by priority, id and arrival, and the message it stands in line by."""

    streams: dict[str, list[tuple[int, int, int, T]]] = field(default_factory=dict)
    in_flight: bool = False
    listed: T | None = None


class Queue(Generic[T]):
    """A priority queue of chats. Each stands in line by its best message, once; stale entries are skipped."""

    def __init__(self) -> None:
        self._live: dict[int, T] = {}
        self._chats: dict[int, _Chat[T]] = {}
        self._lines: dict[Kind, list[tuple[int, int]]] = {kind: [] for kind in _KINDS}  # (id, chat)
        self._later: list[tuple[float, int]] = []  # (pace, chat): look at this chat again then
        self._arrivals = count()  # so that the heaps never compare two messages
        self._pace = float("-inf")

    def __len__(self) -> int:
        return len(self._live)

    def __contains__(self, item_id: object) -> bool:
        return item_id in self._live

    def push(self, item: T) -> None:
        """Put a message in line. One that is in line already is not put there twice."""
        if item.id in self._live:
            return
        self._live[item.id] = item
        chat = self._chats.get(item.chat)
        if chat is None:
            chat = self._chats[item.chat] = _Chat()
        heappush(chat.streams.setdefault(item.stream, []), (PRIORITY[item.kind], item.id, next(self._arrivals), item))
        if item.not_before > self._pace:
            heappush(self._later, (item.not_before, item.chat))
        if not chat.in_flight:
            self._list(item.chat, chat)

    def pop_ready(self, pace: float, throttle: Throttle) -> T | None:
        """The next message that may go now, counted in the throttle; its chat is in flight until `release`."""
        self._pace = pace
        self._wake(pace)
        for kind in _KINDS:
            line = self._lines[kind]
            if not line or throttle.opens_at(kind, pace) > pace:
                continue
            while line:
                item = self._claim(kind, *heappop(line), pace, throttle)
                if item is not None:
                    return item
        return None

    def next_ready_at(self, pace: float, throttle: Throttle) -> float | None:
        """When to ask again, after `pop_ready` gave nothing; None if only a push or a release can help.

        Never later than the truth; now and then earlier.
        """
        times = [throttle.opens_at(kind, pace) for kind, line in self._lines.items() if line]
        if self._later:
            times.append(self._later[0][0])
        return min(times, default=None)

    def release(self, chat_id: int) -> None:
        """The message in flight to this chat has arrived, or has not: the next one may go."""
        chat = self._chats.get(chat_id)
        if chat is not None and chat.in_flight:
            chat.in_flight = False
            self._list(chat_id, chat)

    def drop(self, ids: Iterable[int]) -> None:
        """Take these out of line. What is not in line, or already in flight, is left alone."""
        for item_id in ids:
            item = self._live.pop(item_id, None)
            if item is not None and not (chat := self._chats[item.chat]).in_flight:
                self._list(item.chat, chat)

    def _claim(self, kind: Kind, item_id: int, chat_id: int, pace: float, throttle: Throttle) -> T | None:
        """The message this entry stands for, taken; None if the entry is stale or the chat is closed."""
        chat = self._chats.get(chat_id)
        if chat is None or chat.in_flight or (item := chat.listed) is None:
            return None
        if item.id != item_id or item.kind is not kind:
            return None  # the chat stands in line elsewhere, by something better
        chat.listed = None
        opens_at = throttle.chat_opens_at(chat_id, pace)
        if opens_at > pace:
            heappush(self._later, (opens_at, chat_id))
            return None
        if not throttle.take(chat_id, kind, pace):
            raise RuntimeError("the throttle was open for all and for this chat, and yet refused")
        del self._live[item.id]
        heappop(chat.streams[item.stream])  # a chat is listed by the head of a stream
        chat.in_flight = True
        return item

    def _wake(self, pace: float) -> None:
        while self._later and self._later[0][0] <= pace:
            _, chat_id = heappop(self._later)
            chat = self._chats.get(chat_id)
            if chat is not None and not chat.in_flight:
                self._list(chat_id, chat)

    def _list(self, chat_id: int, chat: _Chat[T]) -> None:
        """Put the chat in line by the best message it may send now, or forget it if it has none at all.

        This looks at every stream of the chat, of which there are a handful: its dialog, its open alerts.
        """
        best: tuple[int, int, int, T] | None = None
        for stream in list(chat.streams):
            heap = chat.streams[stream]
            while heap and self._live.get(heap[0][1]) is not heap[0][-1]:
                heappop(heap)
            if not heap:
                del chat.streams[stream]
            elif heap[0][-1].not_before <= self._pace and (best is None or heap[0][:3] < best[:3]):
                best = heap[0]
        if not chat.streams:
            del self._chats[chat_id]
        listed = None if best is None else best[-1]
        if listed is not chat.listed:
            chat.listed = listed
            if listed is not None:
                heappush(self._lines[listed.kind], (listed.id, chat_id))

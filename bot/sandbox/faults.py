"""Telegram on a bad day: rules that make chosen calls fail, repeatably."""

import fnmatch
import random
from dataclasses import asdict, dataclass
from typing import Literal, TypeAlias, get_args

from bot.sandbox.wire import BotApiError, ControlError, Json, bad_request, forbidden, too_many_requests

Kind: TypeAlias = Literal[
    "429",
    "500",
    "502",
    "timeout_before",
    "timeout_after",
    "reset_before",
    "reset_after",
    "403",
    "400_chat_not_found",
    "migrate",
    "slow",
]


@dataclass(slots=True)
class Fault:
    """One rule. It strikes a call that matches, with chance `rate`, at most `count` times."""

    id: str
    kind: Kind
    method: str | None = None  # a glob, such as send*; None is any method
    chat_id: int | None = None
    rate: float = 1.0
    count: int | None = None
    retry_after: int = 3  # seconds, for 429
    delay: float | None = None  # seconds, for slow and timeout_*; None holds a time-out until the client leaves

    def matches(self, method: str, chat_id: int | None) -> bool:
        """Whether this call is meant."""
        if self.chat_id is not None and self.chat_id != chat_id:
            return False
        return self.method is None or fnmatch.fnmatchcase(method.lower(), self.method.lower())

    def refusal(self, chat_id: int | None) -> BotApiError | None:
        """The error of a rule that simply refuses; None for those that play with time or the connection."""
        match self.kind:
            case "429":
                return too_many_requests(self.retry_after)
            case "500":
                return BotApiError(500, "Internal Server Error")
            case "502":
                return BotApiError(502, "Bad Gateway")
            case "403":
                return forbidden("bot was blocked by the user")
            case "400_chat_not_found":
                return bad_request("chat not found")
            case "migrate":
                new_id = -1_000_000_000_000 - abs(chat_id or 1)
                return bad_request("group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": new_id})
            case _:
                return None


class Faults:
    """The rules in force; the first that matches and is drawn strikes."""

    def __init__(self, seed: int = 0) -> None:
        self.rules: dict[str, Fault] = {}
        self._last = 0
        self.reseed(seed)

    def reseed(self, seed: int) -> None:
        """Start the chances again, so that a run repeats."""
        self.seed = seed
        self._chance = random.Random(seed)  # noqa: S311 - repeatable on purpose

    def add(self, rule: Json) -> Fault:
        """Put a rule in force; the same id replaces. Raises ControlError for one that makes no sense."""
        self._last += 1
        try:
            fault = Fault(**{"id": f"fault-{self._last}", **rule})
        except TypeError as error:
            raise ControlError(f"a fault has no such field: {error}") from error
        if fault.kind not in get_args(Kind):
            raise ControlError(f"unknown kind {fault.kind!r}; one of {', '.join(get_args(Kind))}")
        if not isinstance(fault.rate, int | float) or not 0 <= fault.rate <= 1:
            raise ControlError("rate goes from 0 to 1")
        self.rules[fault.id] = fault
        return fault

    def strike(self, method: str, chat_id: int | None) -> Fault | None:
        """The rule that strikes this call, if one does; it is used up by one."""
        for fault in self.rules.values():
            if fault.matches(method, chat_id) and self._chance.random() < fault.rate:
                if fault.count is not None:
                    fault.count -= 1
                    if fault.count <= 0:
                        del self.rules[fault.id]
                return fault
        return None

    def wire(self) -> list[Json]:
        """The rules, as the control API shows them."""
        return [asdict(fault) for fault in self.rules.values()]

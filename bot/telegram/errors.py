"""What Telegram's refusals and the network's failures mean, decided once, here at the edge.

Details are words of our own: Telegram's descriptions and the library's messages may quote a text or the token.
"""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.delivery.letters import Moved, NotSent, Outcome, Reason, Refused, Sent, Unsure, Wait


class TelegramRefusesUs(Exception):  # noqa: N818 - it says what happened
    """Telegram does not take our calls at all: a fault of set-up, and no message's. The text says what to do."""


class NeverLeft(NetworkError):  # noqa: N818 - it says what happened
    """No connection was made, so nothing of the request went out."""


# The first words that match decide. Telegram words them for people, and has kept them for years.
_WORDS: Final[tuple[tuple[str, Reason], ...]] = (
    ("blocked by the user", Reason.BLOCKED),
    ("user_is_blocked", Reason.BLOCKED),
    ("user is deactivated", Reason.DEACTIVATED),
    ("input_user_deactivated", Reason.DEACTIVATED),
    ("can't initiate conversation", Reason.NEVER_STARTED),
    ("can't send messages to bots", Reason.NO_RIGHTS),
    ("was kicked", Reason.NOT_A_MEMBER),
    ("not a member", Reason.NOT_A_MEMBER),
    ("chat was deleted", Reason.NOT_A_MEMBER),
    ("channel_private", Reason.NOT_A_MEMBER),
    ("chat not found", Reason.CHAT_NOT_FOUND),
    ("user not found", Reason.CHAT_NOT_FOUND),
    ("peer_id_invalid", Reason.CHAT_NOT_FOUND),
    ("message to edit not found", Reason.NOTHING_TO_EDIT),
    ("message can't be edited", Reason.NOTHING_TO_EDIT),
    ("message to delete not found", Reason.NOTHING_TO_EDIT),
    ("message can't be deleted", Reason.NOTHING_TO_EDIT),
    ("message_id_invalid", Reason.NOTHING_TO_EDIT),
    ("query is too old", Reason.TAP_TOO_OLD),
    ("query_id_invalid", Reason.TAP_TOO_OLD),
    ("too long", Reason.TOO_LONG),
    ("too_long", Reason.TOO_LONG),
    ("not enough rights", Reason.NO_RIGHTS),
    ("no rights", Reason.NO_RIGHTS),
    ("administrator rights", Reason.NO_RIGHTS),
    ("chat_restricted", Reason.NO_RIGHTS),
    ("write_forbidden", Reason.NO_RIGHTS),
    ("messages_forbidden", Reason.NO_RIGHTS),  # the person takes no voice messages, say
    ("topic_closed", Reason.NO_RIGHTS),
)
_RETRY_AFTER: Final = re.compile(r"retry after (\d+)")


def classify(error: TelegramError) -> Outcome:
    """What an error of the library means for the call that raised it. Raises TelegramRefusesUs."""
    match error:
        case NeverLeft():
            return NotSent("no connection")
        case TimedOut():
            return Unsure("timed out")
        case RetryAfter():
            after = error.retry_after  # a timedelta where PTB_TIMEDELTA is set, whole seconds otherwise
            return Wait(after.total_seconds() if isinstance(after, timedelta) else float(after))
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case Forbidden():
            return classify_answer(403, error.message)
        case BadRequest():
            return classify_answer(400, error.message)
        case InvalidToken() | EndPointNotFound():
            raise _refusal(401)
        case Conflict():
            raise _refusal(409)
        case NetworkError() if error.message.startswith("Too Many Requests"):
            return classify_answer(429, error.message)
        case NetworkError() if error.message.startswith("Request Entity Too Large"):
            return classify_answer(413, error.message)
        case NetworkError():
            return Unsure("network or server error")
        case _:
            return Unsure("unreadable answer")


def classify_answer(status: int, description: str = "", parameters: Mapping[str, Any] | None = None) -> Outcome:
    """What an answer other than "ok" means. `status` is HTTP's; the rest is the answer's own, if it had any.

    `parameters` is Telegram's ResponseParameters (Any: it comes from outside). Raises TelegramRefusesUs.
    """
    words, parameters = description.lower(), parameters or {}
    if moved_to := parameters.get("migrate_to_chat_id"):
        return Moved(int(moved_to))
    match status:
        case 401 | 404 | 409:
            raise _refusal(status)
        case 429:
            named = _RETRY_AFTER.search(words)
            return Wait(float(parameters.get("retry_after") or (named and named[1]) or 1))
        case 413:
            return Refused(Reason.TOO_LONG)
        case 403:
            return Refused(_reason(words, otherwise=Reason.NO_RIGHTS))
        case _ if 400 <= status < 500:
            if "message is not modified" in words:
                return Sent()  # it already says what we want it to say
            return Refused(_reason(words, otherwise=Reason.BAD_REQUEST))
        case _:
            return Unsure(f"server answered {status}")


def _reason(words: str, *, otherwise: Reason) -> Reason:
    return next((reason for phrase, reason in _WORDS if phrase in words), otherwise)


def _refusal(status: int) -> TelegramRefusesUs:
    if status == 409:
        return TelegramRefusesUs("Another program is fetching this bot's messages: stop it, or give it another bot.")
    return TelegramRefusesUs("Telegram does not know this bot: check HEARTH_BOT_TOKEN and HEARTH_BOT_API_URL.")

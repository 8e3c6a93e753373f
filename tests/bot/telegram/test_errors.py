from datetime import timedelta

import pytest
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
from bot.telegram.errors import NeverLeft, TelegramRefusesUs, classify, classify_answer

DESCRIPTIONS = [
    (403, "Forbidden: bot was blocked by the user", Reason.BLOCKED),
    (403, "Forbidden: user is deactivated", Reason.DEACTIVATED),
    (403, "Forbidden: bot can't initiate conversation with a user", Reason.NEVER_STARTED),
    (403, "Forbidden: bot was kicked from the supergroup chat", Reason.NOT_A_MEMBER),
    (403, "Forbidden: bot is not a member of the channel chat", Reason.NOT_A_MEMBER),
    (403, "Forbidden: the group chat was deleted", Reason.NOT_A_MEMBER),
    (403, "Forbidden: bot can't send messages to bots", Reason.NO_RIGHTS),
    (403, "Forbidden: something new", Reason.NO_RIGHTS),
    (400, "Bad Request: chat not found", Reason.CHAT_NOT_FOUND),
    (400, "Bad Request: PEER_ID_INVALID", Reason.CHAT_NOT_FOUND),
    (400, "Bad Request: message to edit not found", Reason.NOTHING_TO_EDIT),
    (400, "Bad Request: message can't be edited", Reason.NOTHING_TO_EDIT),
    (400, "Bad Request: MESSAGE_ID_INVALID", Reason.NOTHING_TO_EDIT),
    (400, "Bad Request: message to delete not found", Reason.NOTHING_TO_EDIT),
    (400, "Bad Request: message can't be deleted for everyone", Reason.NOTHING_TO_EDIT),
    (
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
        Reason.TAP_TOO_OLD,
    ),
    (400, "Bad Request: message is too long", Reason.TOO_LONG),
    (400, "Bad Request: message caption is too long", Reason.TOO_LONG),
    (400, "Bad Request: MEDIA_CAPTION_TOO_LONG", Reason.TOO_LONG),
    (400, "Bad Request: not enough rights to send text messages to the chat", Reason.NO_RIGHTS),
    (400, "Bad Request: have no rights to send a message", Reason.NO_RIGHTS),
    (400, "Bad Request: VOICE_MESSAGES_FORBIDDEN", Reason.NO_RIGHTS),
    (400, "Bad Request: BUTTON_DATA_INVALID", Reason.BAD_REQUEST),
    (400, "Bad Request: message text is empty", Reason.BAD_REQUEST),
]


@pytest.fixture(autouse=True)
def _new_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.mark.parametrize(("status", "description", "reason"), DESCRIPTIONS)
def test_each_refusal_is_known_by_its_words(status: int, description: str, reason: Reason) -> None:
    assert classify_answer(status, description) == Refused(reason)


@pytest.mark.parametrize(("status", "description", "reason"), DESCRIPTIONS)
def test_the_librarys_errors_mean_the_same(status: int, description: str, reason: Reason) -> None:
    error = Forbidden(description) if status == 403 else BadRequest(description)
    assert classify(error) == Refused(reason)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (NeverLeft("No connection"), NotSent("no connection")),
        (TimedOut(), Unsure("timed out")),
        (NetworkError("Bad Gateway"), Unsure("network or server error")),
        (NetworkError("Too Many Requests: retry after 14"), Wait(14)),
        (NetworkError("Request Entity Too Large (413)"), Refused(Reason.TOO_LONG)),
        (TelegramError("Invalid server response"), Unsure("unreadable answer")),
        (ChatMigrated(-1001), Moved(-1001)),
        (BadRequest("Message is not modified: specified new message content is the same"), Sent()),
    ],
)
def test_the_librarys_other_errors_have_their_meaning(error: TelegramError, outcome: Outcome) -> None:
    assert classify(error) == outcome


def test_a_wait_is_read_in_the_librarys_new_way() -> None:
    assert classify(RetryAfter(timedelta(seconds=30))) == Wait(30)


@pytest.mark.filterwarnings("ignore:.*PTB_TIMEDELTA.*:DeprecationWarning")
def test_a_wait_is_read_in_the_librarys_old_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PTB_TIMEDELTA")
    assert classify(RetryAfter(30)) == Wait(30)


@pytest.mark.parametrize(
    ("status", "description", "parameters", "outcome"),
    [
        (429, "Too Many Requests: retry after 5", {"retry_after": 5}, Wait(5)),
        (429, "Too Many Requests: retry after 7", {}, Wait(7)),
        (429, "", {}, Wait(1)),
        (400, "Bad Request: group chat was upgraded", {"migrate_to_chat_id": -1009}, Moved(-1009)),
        (400, "Bad Request: message is not modified: it is the same", {}, Sent()),
        (413, "Request Entity Too Large", {}, Refused(Reason.TOO_LONG)),
        (500, "Internal Server Error", {}, Unsure("server answered 500")),
        (502, "", {}, Unsure("server answered 502")),
        (302, "", {}, Unsure("server answered 302")),
    ],
)
def test_answers_have_their_meaning(
    status: int, description: str, parameters: dict[str, int], outcome: Outcome
) -> None:
    assert classify_answer(status, description, parameters) == outcome


@pytest.mark.parametrize("error", [InvalidToken(), EndPointNotFound("x"), Conflict("two pollers")])
def test_a_fault_of_set_up_is_no_messages_outcome(error: TelegramError) -> None:
    with pytest.raises(TelegramRefusesUs):
        classify(error)


@pytest.mark.parametrize(
    ("status", "advice"), [(401, "HEARTH_BOT_TOKEN"), (404, "HEARTH_BOT_API_URL"), (409, "stop it")]
)
def test_a_fault_of_set_up_says_what_to_do(status: int, advice: str) -> None:
    with pytest.raises(TelegramRefusesUs, match=advice):
        classify_answer(status, "Unauthorized")


def test_no_detail_quotes_telegram_or_the_library() -> None:
    secret = "123456:secret and what she wrote"
    errors = [NeverLeft(secret), TimedOut(secret), NetworkError(secret), TelegramError(secret), BadRequest(secret)]
    assert not any("secret" in repr(classify(error)) for error in errors)
    assert "secret" not in repr(classify_answer(500, secret))

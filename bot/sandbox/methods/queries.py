"""Answering taps."""

from bot.sandbox.exchange import Exchange
from bot.sandbox.methods.method import Method
from bot.sandbox.params import Params
from bot.sandbox.text import length
from bot.sandbox.updates import TAP_KEPT
from bot.sandbox.wire import bad_request

_LONGEST_ANSWER = 200


def answer_callback_query(exchange: Exchange, params: Params) -> bool:
    """End the wait on a tapped button, perhaps with a short text. Works once, and not for long."""
    query = exchange.world.queries.get(params.text("callback_query_id"))
    if query is None or exchange.clock.now().timestamp() - query.at > TAP_KEPT:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = params.text("text")
    if length(text) > _LONGEST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    del exchange.world.queries[query.id]
    chat = exchange.world.chats[query.chat_id]
    chat.toast = {"text": text, "show_alert": params.flag("show_alert"), "callback_id": query.id}
    exchange.touch(chat, None, "toast")
    return True


METHODS: dict[str, Method] = {"answerCallbackQuery": answer_callback_query}

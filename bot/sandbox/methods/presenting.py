"""How the bot presents itself: who it is, its name, its descriptions, its menu button."""

from functools import partial
from typing import Literal, TypeAlias

from bot.sandbox.exchange import Exchange
from bot.sandbox.methods.method import Method
from bot.sandbox.params import Params
from bot.sandbox.wire import Json, bad_request

_What: TypeAlias = Literal["name", "description", "short_description"]
_LONGEST: dict[_What, int] = {"name": 64, "description": 512, "short_description": 120}


def get_me(exchange: Exchange, _: Params) -> Json:
    """The bot itself."""
    return {
        **exchange.world.profile.wire(),
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def _texts(exchange: Exchange, what: _What) -> dict[str, str]:
    profile = exchange.world.profile
    match what:
        case "name":
            return profile.names
        case "description":
            return profile.descriptions
        case "short_description":
            return profile.short_descriptions


def _set(what: _What, exchange: Exchange, params: Params) -> bool:
    text = params.text(what)
    if len(text) > _LONGEST[what]:
        raise bad_request(f"BOT_{what.upper()}_TOO_LONG")
    texts, language = _texts(exchange, what), params.text("language_code")
    if text:
        texts[language] = text
    else:
        texts.pop(language, None)
    if what == "name" and not language and text:
        exchange.world.profile.first_name = text
    exchange.events.emit("profile")
    return True


def _get(what: _What, exchange: Exchange, params: Params) -> Json:
    texts = _texts(exchange, what)
    usual = exchange.world.profile.first_name if what == "name" else ""
    return {what: texts.get(params.text("language_code")) or texts.get("", usual)}


def set_chat_menu_button(exchange: Exchange, params: Params) -> bool:
    """Set what stands beside the input, for one chat or for all."""
    button = params.json("menu_button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in ("commands", "web_app", "default"):
        raise bad_request("can't parse MenuButton: unsupported type specified")
    if params.optional_int("chat_id") is None:
        exchange.world.profile.menu_button = button
        exchange.events.emit("profile")
        return True
    chat = exchange.chat(params)
    chat.menu_button = None if button["type"] == "default" else button
    exchange.touch(chat, None, "profile")
    return True


def get_chat_menu_button(exchange: Exchange, params: Params) -> Json:
    """What stands beside the input."""
    chat_button = exchange.chat(params).menu_button if params.optional_int("chat_id") is not None else None
    return chat_button or exchange.world.profile.menu_button


def leave_server(_: Exchange, __: Params) -> bool:
    """`close` and `logOut`: there is no other server to move to."""
    return True


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "setMyName": partial(_set, "name"),
    "getMyName": partial(_get, "name"),
    "setMyDescription": partial(_set, "description"),
    "getMyDescription": partial(_get, "description"),
    "setMyShortDescription": partial(_set, "short_description"),
    "getMyShortDescription": partial(_get, "short_description"),
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
    "close": leave_server,
    "logOut": leave_server,
}

"""What stands under a message: inline buttons, a reply keyboard, its removal, a forced reply."""

from dataclasses import dataclass
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from bot.sandbox.params import Params
from bot.sandbox.wire import Json, bad_request

_MOST_IN_A_ROW = 8
_MOST_INLINE = 100
_MOST_KEYS = 300
_LONGEST_DATA = 64  # bytes
_ACTIONS = frozenset(
    {
        "callback_data",
        "url",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "callback_game",
        "pay",
    }
)
_LINK_SCHEMES = frozenset({"http", "https", "tg", "tel", "mailto", ""})

Kind: TypeAlias = Literal["inline", "keyboard", "remove", "force"]
_KINDS: dict[str, Kind] = {
    "inline_keyboard": "inline",
    "keyboard": "keyboard",
    "remove_keyboard": "remove",
    "force_reply": "force",
}


@dataclass(frozen=True, slots=True)
class Markup:
    """A checked `reply_markup`, as it goes back over the wire."""

    kind: Kind
    wire: Json


def read_markup(params: Params) -> Markup | None:
    """`reply_markup`, or None. Raises BotApiError 400 for one that Telegram would refuse."""
    value = params.json("reply_markup")
    if not value:
        return None
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    kinds = [name for name in _KINDS if value.get(name)]
    if len(kinds) > 1:
        raise bad_request("a message can have only one reply markup")
    if not kinds:
        # An empty inline keyboard is how a bot takes its buttons away.
        return None
    rows = value.get(kinds[0])
    if kinds[0] == "inline_keyboard":
        return _inline(rows)
    if kinds[0] == "keyboard":
        _check_keys(rows)
    return Markup(_KINDS[kinds[0]], value)


def read_inline(params: Params) -> Json | None:
    """The inline keyboard of an edit. Raises BotApiError 400 for any other markup."""
    markup = read_markup(params)
    if markup is not None and markup.kind != "inline":
        raise bad_request("inline keyboard expected")
    return markup.wire if markup else None


def _inline(rows: object) -> Markup | None:
    checked = [row for row in _rows(rows, "inline keyboard") if row]
    if any(len(row) > _MOST_IN_A_ROW for row in checked) or sum(map(len, checked)) > _MOST_INLINE:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    for row in checked:
        for button in row:
            _check_button(button)
    return Markup("inline", {"inline_keyboard": checked}) if checked else None


def _rows(rows: object, what: str) -> list[list[Json]]:
    if not isinstance(rows, list):
        raise bad_request(f"can't parse {what}: field must be of type Array")
    for row in rows:
        if not isinstance(row, list):
            raise bad_request(f"can't parse {what}: expected an Array of Arrays")
    return rows


def _check_button(button: object) -> None:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str) or not button["text"].strip():
        raise bad_request("can't parse inline keyboard button: button text must be non-empty")
    actions = [name for name in button if name in _ACTIONS]
    if not actions:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request("can't parse inline keyboard button: a button can do only one thing")
    if actions[0] == "callback_data":
        data = button["callback_data"]
        if not isinstance(data, str) or not 1 <= len(data.encode()) <= _LONGEST_DATA:
            raise bad_request("BUTTON_DATA_INVALID")
    elif actions[0] == "url" and urlsplit(str(button["url"])).scheme not in _LINK_SCHEMES:
        raise bad_request("BUTTON_URL_INVALID")


def _check_keys(rows: object) -> None:
    checked = _rows(rows, "reply keyboard")
    if sum(map(len, checked)) > _MOST_KEYS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    for row in checked:
        for key in row:
            text = key.get("text") if isinstance(key, dict) else key
            if not isinstance(text, str) or not text.strip():
                raise bad_request("can't parse keyboard button: button text must be non-empty")

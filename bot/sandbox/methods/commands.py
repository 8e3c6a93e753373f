"""The command menu, by scope and language."""

import re

from bot.sandbox.exchange import Exchange
from bot.sandbox.methods.method import Method
from bot.sandbox.params import Params
from bot.sandbox.state import World
from bot.sandbox.wire import Json, bad_request

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LONGEST_DESCRIPTION = 256
_MOST_COMMANDS = 100
_SCOPES = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})
_CHAT_SCOPES = frozenset({"chat", "chat_administrators", "chat_member"})


def _key(exchange: Exchange, params: Params) -> str:
    scope = params.json("scope") or {"type": "default"}
    kind = str(scope.get("type")) if isinstance(scope, dict) else ""
    language = params.text("language_code")
    if kind in _SCOPES:
        return f"{kind}|{language}"
    if kind not in _CHAT_SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    chat = exchange.chat(Params(scope))
    member = f":{scope.get('user_id')}" if kind == "chat_member" else ""
    return f"{kind}:{chat.id}{member}|{language}"


def set_my_commands(exchange: Exchange, params: Params) -> bool:
    """Set the menu of a scope and language."""
    key = _key(exchange, params)
    commands = params.array("commands")
    if len(commands) > _MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not isinstance(command, dict) or not _COMMAND.fullmatch(str(command.get("command", "")).lstrip("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= _LONGEST_DESCRIPTION:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    exchange.world.profile.commands[key] = [
        {"command": c["command"].lstrip("/"), "description": c["description"]} for c in commands
    ]
    exchange.events.emit("commands")
    return True


def get_my_commands(exchange: Exchange, params: Params) -> list[Json]:
    """The menu of exactly this scope and language."""
    return exchange.world.profile.commands.get(_key(exchange, params), [])


def delete_my_commands(exchange: Exchange, params: Params) -> bool:
    """Take the menu of a scope and language away."""
    exchange.world.profile.commands.pop(_key(exchange, params), None)
    exchange.events.emit("commands")
    return True


def effective(world: World, chat_id: int, user_id: int | None, language: str | None) -> list[Json]:
    """The menu that a person sees in a chat: the narrowest scope wins, then their language."""
    chat = world.chats[chat_id]
    scopes = [f"chat:{chat_id}", "all_private_chats" if chat.private else "all_group_chats", "default"]
    if not chat.private and user_id is not None:
        scopes.insert(0, f"chat_member:{chat_id}:{user_id}")
    for scope in scopes:
        for code in dict.fromkeys((language or "", "")):
            commands = world.profile.commands.get(f"{scope}|{code}")
            if commands:
                return commands
    return []


METHODS: dict[str, Method] = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
}

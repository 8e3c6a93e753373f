"""What the sandbox knows: people, chats, messages, files, and how the bot presents itself.

Plain values; everything here goes into the snapshot as it stands.
"""

from dataclasses import asdict, dataclass, field
from typing import Any

from bot.sandbox.wire import Json


@dataclass(slots=True)
class User:
    """A person with a phone."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = "en"
    title: str = "Participant"  # the label above the phone
    start_parameter: str = ""  # what the page's START button hands over
    blocked: bool = False
    deactivated: bool = False

    def wire(self) -> Json:
        """Telegram's `User`."""
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.last_name:
            user["last_name"] = self.last_name
        if self.username:
            user["username"] = self.username
        if self.language_code:
            user["language_code"] = self.language_code
        return user


@dataclass(slots=True)
class Message:
    """One message of a chat; `content` holds Telegram's own fields (text, entities, photo, caption…)."""

    id: int
    sender: Json
    date: int  # unix seconds on the sandbox clock
    content: Json
    inline_keyboard: Json | None = None
    other_markup: str | None = None  # "keyboard", "remove" or "force": such a message can't be edited
    reply_to: int | None = None
    edit_date: int | None = None
    deleted: bool = False
    notified: bool = False  # it made the phone ring
    reactions: dict[str, list[Json]] = field(default_factory=dict)  # by user id, as text
    seq: int = 0  # when it last changed


@dataclass(slots=True)
class Chat:
    """A private chat (its id is the person's) or a group."""

    id: int
    type: str
    title: str = ""
    members: list[int] = field(default_factory=list)
    open: bool = False  # the person wrote first, or the group has the bot in it
    migrated_to: int | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    keyboard: Json | None = None  # the reply keyboard in force
    keyboard_message: int | None = None
    pinned: list[int] = field(default_factory=list)
    toast: Json | None = None  # the last answer to a tap
    menu_button: Json | None = None
    typing: bool = False
    seq: int = 0  # when anything in it last changed

    @property
    def private(self) -> bool:
        """Whether this is one person's chat with the bot."""
        return self.type == "private"


@dataclass(slots=True)
class Query:
    """A tap on an inline button that waits for its answer."""

    id: str
    chat_id: int
    user_id: int
    at: float  # unix seconds on the sandbox clock


@dataclass(slots=True)
class Profile:
    """The bot as Telegram shows it."""

    id: int = 0
    username: str = "HearthSandboxBot"
    first_name: str = "Hearth"
    commands: dict[str, list[Json]] = field(default_factory=dict)  # by scope and language
    names: dict[str, str] = field(default_factory=dict)  # by language; "" is everybody's
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    menu_button: Json = field(default_factory=lambda: {"type": "commands"})

    def wire(self) -> Json:
        """Telegram's `User` for the bot, as it stands in messages."""
        return {"id": self.id, "is_bot": True, "first_name": self.first_name, "username": self.username}


@dataclass(slots=True)
class World:
    """Everything there is."""

    users: dict[int, User] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, Json] = field(default_factory=dict)  # by file_id; see media.py
    queries: dict[str, Query] = field(default_factory=dict)  # by id, oldest first
    profile: Profile = field(default_factory=Profile)
    last_message_id: int = 0
    last_group: int = 0
    last_query: int = 0

    def dump(self) -> Json:
        """A JSON value that `load` takes back."""
        chats = [{**asdict_shallow(chat), "messages": list(chat.messages.values())} for chat in self.chats.values()]
        return {
            "users": list(self.users.values()),
            "chats": chats,
            "files": self.files,
            "queries": list(self.queries.values()),
            "profile": asdict(self.profile),
            "last_message_id": self.last_message_id,
            "last_group": self.last_group,
            "last_query": self.last_query,
        }

    @classmethod
    def load(cls, data: Json) -> "World":
        """The world that was dumped."""
        chats = [
            Chat(**{**chat, "messages": {m["id"]: Message(**m) for m in chat["messages"]}}) for chat in data["chats"]
        ]
        return cls(
            users={user["id"]: User(**user) for user in data["users"]},
            chats={chat.id: chat for chat in chats},
            files=data["files"],
            queries={query["id"]: Query(**query) for query in data["queries"]},
            profile=Profile(**data["profile"]),
            last_message_id=data["last_message_id"],
            last_group=data["last_group"],
            last_query=data["last_query"],
        )


def asdict_shallow(value: Chat) -> dict[str, Any]:
    """A chat's fields without copying its messages, of which there may be many."""
    return {name: getattr(value, name) for name in value.__slots__}

"""What comes to the door: an input, with who it is from and the update that brought it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from dialogs.inputs import ChoicePressed, MediaSent, TextSent


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Somebody as Telegram knows them. `language` is their telephone's, such as `es-MX`, or None."""

    telegram_id: int
    first_name: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Chat:
    """A group chat as Telegram knows it: only a place. Whoever acts in it acts as themselves."""

    chat_id: int
    title: str


@dataclass(frozen=True, slots=True)
class GroupOffered:
    """Somebody put the bot into the group, or called it there by /link."""


@dataclass(frozen=True, slots=True)
class GroupLost:
    """The bot is no longer in the group."""


@dataclass(frozen=True, slots=True)
class GroupMoved:
    """The group was upgraded, and has another id from now on."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class CommandGiven:
    """A command, without its slash, and what stood after it. Keys of the reply keyboard are commands too."""

    command: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class CardPressed:
    """A button of a card: which card, which row it stands for, what was pressed."""

    card: str
    row: int
    choice: str


@dataclass(frozen=True, slots=True)
class ReachChanged:
    """The person blocked the bot, or opened it again."""

    blocked: bool


@dataclass(frozen=True, slots=True)
class DialogDue:
    """A wait of the person's dialog is over, if the dialog still stands at `turn`."""

    turn: int


@dataclass(frozen=True, slots=True)
class PromptDue:
    """It is time for one of the person's own recurring messages: the firing's id, and the dialog it begins."""

    prompt: int
    dialog: str
    give_up_at: datetime


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """The person's dialog has stood untouched for a while."""


@dataclass(frozen=True, slots=True)
class RowDue:
    """A timer of a row (an alert, an announcement) is due. `fence` is the row's version when it was set."""

    kind: str
    row: int
    fence: int
    payload: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Edited:
    """The person changed what they had written. It answers nothing, but somebody may be in danger all the same."""

    text: str


@dataclass(frozen=True, slots=True)
class Reacted:
    """The person put a reaction on one of our messages, or took it away: whether one stands there now."""

    message: int
    stands: bool


@dataclass(frozen=True, slots=True)
class Ignored:
    """An update that asks for nothing of us (or can't be read): it is marked as handled, and that is all."""

    reason: str


Given: TypeAlias = (
    TextSent
    | ChoicePressed
    | MediaSent
    | CommandGiven
    | CardPressed
    | ReachChanged
    | DialogDue
    | PromptDue
    | LeftAlone
    | RowDue
    | Edited
    | Reacted
    | GroupOffered
    | GroupLost
    | GroupMoved
    | Ignored
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """One thing that happened.

    `group` is the place, where that is not the sender's own chat. From Telegram it has a `sender` and an
    `update_id`; from our own clock a `person_id` (or none, for a row's timer) and the `timer_id` that is taken
    with the turn. `message_id` is the message whose button was pressed, or that was sent or changed. `raw` is
    the update as it came, kept sealed if its turn fails.
    """

    given: Given
    sender: Sender | None = None
    person_id: int | None = None
    update_id: int | None = None
    timer_id: int | None = None
    message_id: int | None = None
    group: Chat | None = None
    raw: bytes = b""

    @property
    def lane(self) -> tuple[str, int]:
        """What must be done in order: everything of one person, or of one row."""
        match self:
            case Inbound(sender=Sender(telegram_id=telegram_id)):
                return ("telegram", telegram_id)
            case Inbound(person_id=int(person)):
                return ("person", person)
            case Inbound(given=RowDue(row=row)):
                return ("row", row)
            case _:
                return ("update", self.update_id or 0)

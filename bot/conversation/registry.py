"""What dialogs may ask and cause, by name: every fact, action, card and row timer, each with who may.

Subjects (`bot/membership`, `bot/care`, `bot/house`) register theirs when the application is built. The names
must be exactly those of the dialogs' vocabulary; `check` says what differs.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from bot.delivery.letters import Letter
from bot.policy import Audience
from dialogs.cards import Face, Pressable
from dialogs.conditions import Condition
from dialogs.messages import Message
from dialogs.values import Value
from dialogs.vocabulary import Vocabulary

if TYPE_CHECKING:
    from bot.conversation.desk import Desk
    from bot.conversation.inbound import Edited, RowDue
    from dialogs.progress import Place

FactFunction: TypeAlias = "Callable[[Desk], Awaitable[Value]]"
ActionFunction: TypeAlias = "Callable[[Desk, Mapping[str, Value]], Awaitable[None]]"
HouseFunction: TypeAlias = "Callable[[Desk, int], Awaitable[int | None]]"
HousesFunction: TypeAlias = "Callable[[Desk, int], Awaitable[Sequence[int]]]"
PressFunction: TypeAlias = "Callable[[Desk, int], Awaitable[None]]"
DueFunction: TypeAlias = "Callable[[Desk, RowDue], Awaitable[None]]"
LeftFunction: TypeAlias = "Callable[[Desk, int, int], Awaitable[None]]"
ReaderFunction: TypeAlias = "Callable[[Desk], Awaitable[Place | None]]"
EditFunction: TypeAlias = "Callable[[Desk, Edited], Awaitable[None]]"
GoneFunction: TypeAlias = "Callable[[Desk], Awaitable[None]]"
ReactedFunction: TypeAlias = "Callable[[Desk, int, bool], Awaitable[None]]"


class NotAllowedError(Exception):
    """Somebody asked for something that is not for them. They are told kindly; nothing happens."""


class RegistryError(Exception):
    """The registered names and the vocabulary differ; the message says how."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something a dialog may ask about the world."""

    name: str
    tell: FactFunction
    who: Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something a dialog may cause. It raises Conflict when what it relies on no longer holds."""

    name: str
    perform: ActionFunction
    who: Audience


@dataclass(frozen=True, slots=True)
class Appearance:
    """How a card looks to one reader: which of its faces, and the values for it.

    Some of the values may be shown only while `about` agrees to `consent`; `without` says what stands in their place
    when that is taken back before the card is sent. `shows` is somebody's own message: it comes before the card, in a
    message of its own, and stays as it was sent while the card changes; `lead` stands in the card itself, above the
    face's words, as it was written.
    """

    face: str
    values: Mapping[str, Value]
    about: int | None = None
    consent: str | None = None
    without: Mapping[str, Value] = field(default_factory=dict)
    shows: Message | None = None
    lead: Letter | None = None

    def rows_of(self, face: Face) -> tuple[Pressable, ...]:
        """The buttons of its face that are offered now; a value that is missing counts as none."""
        return tuple(each for each in face.rows if each.when is None or self._holds(each.when))

    def _holds(self, condition: Condition) -> bool:
        return condition.holds({name: self.values.get(name) for name in condition.names})


@dataclass(frozen=True, slots=True, kw_only=True)
class CardKind:
    """A kind of card: whom it is for in the house of its row, how the row looks to a person, and what presses do.

    `house` tells the house a row belongs to (None: the row is gone); what people are in that house, now, is judged
    by `who` before anything is shown or pressed. `look` narrows it further (None: it is not for them); it is given
    the desk, the row's id and the reader's. One that stands `in_groups` stands nowhere else, and looks the same to
    all who read it there: in the place of a reader it is given the house of the group. `also` tells further houses
    of a row that belongs to several.
    """

    name: str
    who: Audience
    house: HouseFunction
    look: "Callable[[Desk, int, int], Awaitable[Appearance | None]]"
    presses: Mapping[str, PressFunction]
    in_groups: bool = False
    also: "HousesFunction | None" = None


class Registry:
    """All of them, by name."""

    def __init__(self) -> None:
        self.facts: dict[str, Fact] = {}
        self.actions: dict[str, Action] = {}
        self.cards: dict[str, CardKind] = {}
        self.timers: dict[str, DueFunction] = {}
        self.leaving: list[LeftFunction] = []
        self.going: list[GoneFunction] = []
        self.readers: list[ReaderFunction] = []
        self.editing: list[EditFunction] = []
        self.reacting: list[ReactedFunction] = []

    def fact(self, name: str, who: Audience, tell: FactFunction) -> None:
        """Adds a fact. Raises RegistryError if the name is taken."""
        self._free(name, self.facts)
        self.facts[name] = Fact(name=name, tell=tell, who=who)

    def action(self, name: str, who: Audience, perform: ActionFunction) -> None:
        """Adds an action. Raises RegistryError if the name is taken."""
        self._free(name, self.actions)
        self.actions[name] = Action(name=name, perform=perform, who=who)

    def card(self, kind: CardKind) -> None:
        """Adds a kind of card. Raises RegistryError if the name is taken."""
        self._free(kind.name, self.cards)
        self.cards[kind.name] = kind

    def timer(self, kind: str, due: DueFunction) -> None:
        """Adds what happens when a row's timer of this kind is due. Raises RegistryError if it is taken.

        Timers are for nobody but our own clock: nothing that comes from Telegram can be one.
        """
        self._free(kind, self.timers)
        self.timers[kind] = due

    def when_left(self, left: LeftFunction) -> None:
        """Adds what has to happen when somebody leaves a house or is removed: given the desk, person and house."""
        self.leaving.append(left)

    def when_gone(self, gone: GoneFunction) -> None:
        """Adds what has to happen before the person at a desk is deleted for good."""
        self.going.append(gone)

    def when_nothing_waits(self, reader: ReaderFunction) -> None:
        """Adds who reads what is written while no question waits for it: the place where it belongs, or None."""
        self.readers.append(reader)

    def when_edited(self, edited: EditFunction) -> None:
        """Adds what has to happen when somebody changes what they wrote."""
        self.editing.append(edited)

    def when_reacted(self, reacted: ReactedFunction) -> None:
        """Adds what a reaction on one of our messages means: given the desk, the message, and whether one stands."""
        self.reacting.append(reacted)

    def check(self, vocabulary: Vocabulary) -> None:
        """Raises RegistryError unless the names here are those of the vocabulary, no more and no less."""
        differing = sorted(
            (vocabulary.facts.keys() ^ self.facts.keys()) | (vocabulary.actions.keys() ^ self.actions.keys())
        )
        if differing:
            raise RegistryError(
                f"these are in the vocabulary or in the code, but not in both: {', '.join(differing)}"
            )

    @staticmethod
    def _free(name: str, taken: Mapping[str, object]) -> None:
        if name in taken:
            raise RegistryError(f"{name} is registered twice")

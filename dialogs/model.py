"""A dialog as data: nodes, choices and the ways between them. All of it frozen, all of it checked when read.

The grammar is short. A node is known by its first word:

    say      says something and goes on
    choose   one of several buttons
    pick     any of several buttons, then done
    rate     a number on a scale
    ask      words, typed; or what it `takes`: photo, voice, video_note, video, document, text
    pace     one message that changes in rhythm (breathing, tense and release)
    do       a named action happens
    go       the conversation goes on in another dialog
    (none)   only `next`: a fork

and `next` says where it leads: a node's name, `end`, or conditions in order.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, model_validator

from dialogs.conditions import Condition, read
from dialogs.messages import Medium

SPEC = 1
"""The version of this grammar. Older content is carried forward by dialogs/migrations."""

END = "end"
"""Where a dialog leads when it is over; no node may have this name."""

Role = Literal["everyone", "member", "participant", "mentor", "staff", "officer", "on_call"]


class Content(BaseModel):
    """Anything read from a content file."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, populate_by_name=True)


def _condition(raw: object) -> object:
    return read(str(raw)) if isinstance(raw, str | int | float | bool) else raw


Expression = Annotated[Condition, BeforeValidator(_condition)]


class Case(Content):
    """One way on: taken when its condition holds; without a condition, always."""

    when: Expression | None = None
    then: str


# Any: these validators take whatever YAML holds, and hand pydantic a shape it then checks.
def _cases(raw: Any) -> Any:
    match raw:
        case None:
            return ({"then": END},)
        case str():
            return ({"then": raw},)
        case {"when": when, "then": then, "else": otherwise}:
            return ({"when": when, "then": then}, {"then": otherwise})
        case list():
            return tuple(
                {"then": case["else"]} if isinstance(case, dict) and set(case) == {"else"} else case for case in raw
            )
        case _:
            return raw


def as_choices(raw: Any) -> Any:
    """Buttons written as a mapping, key by key, in the long form of a list."""
    if isinstance(raw, dict):
        return tuple(
            {"key": str(key), **(body if isinstance(body, dict) else {"label": body})} for key, body in raw.items()
        )
    return raw


class Choice(Content):
    """A button. `next` overrules the node's own; `when` hides it unless the condition holds."""

    key: str = Field(pattern=r"^[a-z0-9_.-]{1,24}$")
    label: str
    when: Expression | None = None
    next: str | None = None


Next = Annotated[tuple[Case, ...], BeforeValidator(_cases)]
Choices = Annotated[tuple[Choice, ...], BeforeValidator(as_choices)]


class After(Content):
    """Where a question leads when it stood unanswered for so long."""

    minutes: float = Field(gt=0)
    then: str


class Node(Content):
    """What every node has."""

    next: Next = (Case(then=END),)

    def texts(self) -> Iterator[str]:
        """Every English text on it, in the order it is met."""
        yield from ()

    def conditions(self) -> Iterator[Condition]:
        """Every condition and argument on it."""
        for case in self.next:
            if case.when is not None:
                yield case.when

    def targets(self) -> Iterator[str]:
        """Every node it can lead to."""
        for case in self.next:
            yield case.then


class Fork(Node):
    """Only chooses a way."""


class SayNode(Node):
    """Says something and goes on.

    `picture` names a fact that is a picture; `shows` an answer or a fact that is somebody's own message, which then
    stands under the words as it was sent, with its photo or voice.
    """

    say: str
    keyboard: bool = False
    picture: str | None = None
    shows: str | None = None

    def texts(self) -> Iterator[str]:
        """The words."""
        yield self.say


class Waiting(Node):
    """A node at which the dialog waits for the person."""

    save: str | None = Field(default=None, pattern=r"^[a-z][a-z0-9_]*$")
    after: After | None = None
    keep: bool = False

    def targets(self) -> Iterator[str]:
        """Where answers lead, and where silence leads."""
        yield from super().targets()
        if self.after:
            yield self.after.then


class Buttoned(Waiting):
    """A waiting node with buttons, each of which may be hidden and may lead its own way."""

    choices: Choices = ()

    def conditions(self) -> Iterator[Condition]:
        """Those of the ways on, and of hidden buttons."""
        yield from super().conditions()
        for choice in self.choices:
            if choice.when is not None:
                yield choice.when

    def targets(self) -> Iterator[str]:
        """Where answers and silence lead, the buttons' own ways among them."""
        yield from super().targets()
        for choice in self.choices:
            if choice.next is not None:
                yield choice.next


class ChooseNode(Buttoned):
    """One of several buttons. `each` names a fact that gives more of them, before the fixed ones."""

    choose: str
    each: str | None = None
    columns: int = Field(default=1, ge=1, le=8)

    def texts(self) -> Iterator[str]:
        """The question, then the labels."""
        yield self.choose
        for choice in self.choices:
            yield choice.label


class PickNode(Waiting):
    """Any of several buttons; the answer is a list, in the order of the buttons. `done` ends it."""

    pick: str
    choices: Choices
    done: str
    columns: int = Field(default=2, ge=1, le=8)
    save: str = Field(pattern=r"^[a-z][a-z0-9_]*$")

    def texts(self) -> Iterator[str]:
        """The question, the labels, and the button that ends it."""
        yield self.pick
        for choice in self.choices:
            yield choice.label
        yield self.done


class RateNode(Buttoned):
    """A whole number on a scale. `labels` replaces a bare number by words or a face."""

    rate: str
    low: int = Field(default=0, alias="from")
    high: int = Field(default=10, alias="to")
    labels: Mapping[int, str] = Field(default_factory=dict)
    save: str = Field(pattern=r"^[a-z][a-z0-9_]*$")

    def texts(self) -> Iterator[str]:
        """The question, then what is written on buttons."""
        yield self.rate
        yield from self.labels.values()
        for choice in self.choices:
            yield choice.label


class AskNode(Buttoned):
    """Words, typed. `expects: hard_words` tells screening to ask rather than alarm; `skip` is the way past.

    Where it `takes` something, the answer is the message as it was sent, with its formatting and files, an album as
    one; `"photo" in it` tells what is in it, `"text"` standing for words. Otherwise the answer is plain words.
    """

    ask: str
    save: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    skip: str | None = None
    max: int = Field(default=2000, ge=1, le=4096)
    expects: Literal["words", "hard_words", "name"] = "words"
    takes: tuple[Medium, ...] = ()

    @model_validator(mode="after")
    def _a_name_is_plain_words(self) -> Self:
        if self.takes and self.expects == "name":
            raise ValueError("a name is plain words: leave out `takes`")
        return self

    def texts(self) -> Iterator[str]:
        """The question, and the way past it."""
        yield self.ask
        for choice in self.choices:
            yield choice.label
        if self.skip is not None:
            yield self.skip


class Step(Content):
    """One beat of a rhythm, in seconds."""

    say: str
    seconds: float = Field(gt=0, le=60)


class Rhythm(Content):
    """The beats, and how often they come round. `{round}` and `{rounds}` may stand in their texts."""

    steps: tuple[Step, ...] = Field(min_length=1)
    rounds: int = Field(default=1, ge=1, le=20)
    stop: str


class PaceNode(Waiting):
    """One message edited in rhythm; the button under it stops the exercise and goes on."""

    pace: Rhythm

    def texts(self) -> Iterator[str]:
        """The beats, and the way out."""
        for step in self.pace.steps:
            yield step.say
        yield self.pace.stop


class DoNode(Node):
    """A named action happens, with arguments in the language of conditions."""

    do: str
    arguments: Mapping[str, Expression] = Field(default_factory=dict, alias="with")

    def conditions(self) -> Iterator[Condition]:
        """Those of the ways on, and the arguments."""
        yield from super().conditions()
        yield from self.arguments.values()


class GoNode(Node):
    """The conversation goes on in another dialog. `go_to` reads its name from an answer or a fact."""

    go: str | None = None
    go_to: Expression | None = None
    arguments: Mapping[str, Expression] = Field(default_factory=dict, alias="with")

    def conditions(self) -> Iterator[Condition]:
        """The arguments, and the expression that names the dialog."""
        yield from super().conditions()
        yield from self.arguments.values()
        if self.go_to is not None:
            yield self.go_to


_KIND_BY_WORD: Mapping[str, str] = {
    **{word: word for word in ("say", "choose", "pick", "rate", "ask", "pace", "do", "go")},
    "go_to": "go",
    "next": "next",
}


def _kind(raw: Any) -> str | None:
    """The word that says what a node is, so that pydantic names every mistake at its own place."""
    if isinstance(raw, dict):
        return next((kind for word, kind in _KIND_BY_WORD.items() if word in raw), None)
    return None


AnyNode = Annotated[
    Annotated[SayNode, Tag("say")]
    | Annotated[ChooseNode, Tag("choose")]
    | Annotated[PickNode, Tag("pick")]
    | Annotated[RateNode, Tag("rate")]
    | Annotated[AskNode, Tag("ask")]
    | Annotated[PaceNode, Tag("pace")]
    | Annotated[DoNode, Tag("do")]
    | Annotated[GoNode, Tag("go")]
    | Annotated[Fork, Tag("next")],
    Discriminator(
        _kind,
        custom_error_type="no_kind",
        custom_error_message="A node is known by one of: say, choose, pick, rate, ask, pace, do, go, go_to, next",
    ),
]


class Dialog(Content):
    """A conversation as data. One that is `passing` belongs to its moment: it is not parked, and nobody is called
    back to it; what is written in it goes to a person, once there is one who reads.

    `asks_house`: it is about one house; whoever belongs to several is asked which. So is what is for helpers only, if
    it does not say that it is about none (`false`).
    `begun`: what it is about was written before it began, so that it is worth coming back to from its first step on.
    `listed_for`: in whose command menu it stands; in that of everybody whom it is for, if it says nothing.
    """

    spec: Literal[1]
    dialog: str = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")
    revision: int = Field(ge=1)
    title: str
    command: str | None = Field(default=None, pattern=r"^[a-z0-9_]{1,32}$")
    audience: tuple[Role, ...] = Field(default=("member",), alias="for")
    listed_for: tuple[Role, ...] = ()
    begun: bool = False
    asks_house: bool | None = None
    parameters: tuple[str, ...] = ()
    skill: bool = False
    helps_with: tuple[str, ...] = ()
    minutes: int | None = None
    passing: bool = False
    source: str | None = None
    moved: Mapping[str, str] = Field(default_factory=dict)
    nodes: Mapping[str, AnyNode] = Field(min_length=1)

    @property
    def about_one_house(self) -> bool:
        """Whether it matters which of somebody's houses it is about."""
        if self.asks_house is not None:
            return self.asks_house
        return not {"everyone", "member", "participant"} & set(self.audience)

    @property
    def first(self) -> str:
        """The node it begins with."""
        return next(iter(self.nodes))

    def texts(self) -> Iterator[str]:
        """Every English text in it."""
        yield self.title
        for node in self.nodes.values():
            yield from node.texts()

    def saved(self) -> frozenset[str]:
        """The names it can know without asking a fact."""
        saves = {node.save for node in self.nodes.values() if isinstance(node, Waiting) and node.save}
        return frozenset(saves | set(self.parameters))


class Phrases(Content):
    """Short sentences that the door and the engine say of themselves."""

    spec: Literal[1]
    phrases: str
    revision: int = Field(ge=1)
    texts_by_name: Mapping[str, str] = Field(alias="texts")

    def texts(self) -> Iterator[str]:
        """Every sentence."""
        yield from self.texts_by_name.values()

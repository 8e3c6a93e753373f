"""Cards: messages that stand for a row, such as a call for help. Buttons never go stale; the row judges them."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from dialogs.model import Content, Expression, as_choices


class Pressable(Content):
    """A button of a card: does an action on the card's row, opens a dialog with it, or both in that order.

    `when` hides it unless that holds for the values that the card is shown with. A dialog that is opened gets the
    row's number if it has a parameter `row`.
    """

    key: str = Field(pattern=r"^[a-z0-9_.-]{1,16}$")
    label: str
    do: str | None = None
    go: str | None = None
    when: Expression | None = None


class Face(Content):
    """How a card looks while its row is in one state, for one kind of reader."""

    say: str
    rows: Annotated[tuple[Pressable, ...], BeforeValidator(as_choices)] = Field(default=(), alias="choices")

    def texts(self) -> Iterator[str]:
        """The words and the labels."""
        yield self.say
        for button in self.rows:
            yield button.label


class Card(Content):
    """A message that stands for a row. A press is good if, and only if, the row's present face offers it."""

    spec: Literal[1]
    card: str = Field(pattern=r"^[a-z][a-z0-9_]{1,15}$")
    revision: int = Field(ge=1)
    title: str
    faces: Mapping[str, Face]

    def texts(self) -> Iterator[str]:
        """Every English text in it."""
        for face in self.faces.values():
            yield from face.texts()

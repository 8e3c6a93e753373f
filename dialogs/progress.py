"""Where one person stands in a conversation."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from dialogs import messages
from dialogs.values import Plain

PARKED_AT_MOST = 3
"""Dialogs kept waiting behind the one in the foreground; the oldest is let go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A node of a dialog, with what was answered on the way there.

    `house` is the one it is about, where somebody with several was asked which.
    """

    dialog: str
    revision: int
    node: str
    answers: Mapping[str, Plain] = field(default_factory=dict)
    house: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One person's conversation: the dialog in the foreground, and those that wait behind it.

    `turn` counts every input answered, and never goes back: buttons and timers carry it, so that an old one
    is known for what it is. `pressed` is the last choice taken, so that a double tap is not a mistake. `asked_by`
    names the message that asks the open question, if it has buttons: they go when it is answered by other means.
    """

    turn: int = 0
    place: Place | None = None
    parked: tuple[Place, ...] = ()
    pressed: str | None = None
    asked_by: int | None = None

    def at(self, place: Place | None) -> Self:
        """The same conversation, standing somewhere else (or nowhere)."""
        return replace(self, place=place)

    def about(self, house: int | None) -> Self:
        """The same conversation, its open dialog about this house (None: about none in particular)."""
        if self.place is None or self.place.house == house:
            return self
        return replace(self, place=replace(self.place, house=house))

    def park(self) -> Self:
        """The foreground dialog steps back, to be offered again later."""
        if self.place is None:
            return self
        others = tuple(place for place in self.parked if place.dialog != self.place.dialog)
        return replace(self, place=None, parked=(*others, self.place)[-PARKED_AT_MOST:])

    def to_json(self) -> bytes:
        """Everything but the turn, which is a column of its own."""
        return json.dumps(
            {
                "place": _place_to_dict(self.place) if self.place else None,
                "parked": [_place_to_dict(place) for place in self.parked],
                "pressed": self.pressed,
                "asked_by": self.asked_by,
            },
            ensure_ascii=False,
            separators=(",", ":"),
        ).encode()

    @classmethod
    def from_json(cls, turn: int, data: bytes) -> Self:
        """The inverse of `to_json`."""
        read = json.loads(data)
        return cls(
            turn=turn,
            place=_place_from_dict(read["place"]) if read["place"] else None,
            parked=tuple(_place_from_dict(place) for place in read["parked"]),
            pressed=read["pressed"],
            asked_by=read.get("asked_by"),
        )


def _place_to_dict(place: Place) -> dict[str, object]:
    return {
        "dialog": place.dialog,
        "revision": place.revision,
        "node": place.node,
        "answers": {
            name: messages.to_plain(value) if isinstance(value, messages.Message) else value
            for name, value in place.answers.items()
        },
        **({} if place.house is None else {"house": place.house}),
    }


def _place_from_dict(read: dict[str, object]) -> Place:
    answers = read["answers"]
    assert isinstance(answers, dict)  # noqa: S101 - we wrote it
    return Place(
        dialog=str(read["dialog"]),
        revision=int(str(read["revision"])),
        node=str(read["node"]),
        answers={name: _answer(value) for name, value in answers.items()},
        house=None if (house := read.get("house")) is None else int(str(house)),
    )


def _answer(read: Any) -> Plain:  # Any: it has been through JSON, where lists and messages have other shapes
    match read:
        case list():
            return tuple(read)
        case dict():
            return messages.from_plain(read)
        case _:
            return read  # type: ignore[no-any-return]  # we wrote it: one of the other kinds of Plain

"""Every text of the content with its place and the way it is shown: what the rules about words walk over."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Literal, TypeAlias

from dialogs.cards import Card
from dialogs.library import Source
from dialogs.model import ChooseNode, Dialog, Node, PaceNode, PickNode, RateNode, SayNode, Waiting
from dialogs.texts import SOURCE_LOCALE, Reader
from dialogs.values import Text, Value
from dialogs.wording import RATES_IN_A_ROW

Shown: TypeAlias = Literal["title", "message", "caption", "button", "phrase", "line"]


@dataclass(frozen=True, slots=True)
class Placed:
    """A text, where it stands, and how it is shown; a button shares its row with `columns` - 1 others."""

    file: str
    place: str
    english: str
    shown: Shown
    columns: int = 1


def placed(source: Source) -> Iterator[Placed]:
    """Every text there is, in the order of the content."""
    for name, dialog in source.dialogs.items():
        yield from _of_dialog(source.files[name], dialog)
    for name, card in source.cards.items():
        yield from _of_card(source.files[name], card)
    for name, text in source.phrases.items():
        yield Placed(source.files["phrases"], name, text, "phrase")
    for text in source.numbers.texts():
        yield Placed(source.files["numbers"], "", text, "line")


def _of_dialog(file: str, dialog: Dialog) -> Iterator[Placed]:
    yield Placed(file, "title", dialog.title, "title")
    for name, node in dialog.nodes.items():
        for text, shown, columns in _of_node(node):
            yield Placed(file, name, text, shown, columns)


def _of_node(node: Node) -> Iterator[tuple[str, Shown, int]]:
    match node:
        case PaceNode(pace=pace):
            for step in pace.steps:
                yield step.say, "message", 1
            yield pace.stop, "button", 1
        case SayNode(say=say, picture=picture):
            yield say, "caption" if picture else "message", 1
        case RateNode(rate=rate, labels=labels, choices=choices, low=low, high=high):
            yield rate, "message", 1
            for label in labels.values():
                yield label, "button", min(RATES_IN_A_ROW, high - low + 1)
            for choice in choices:
                yield choice.label, "button", min(2, len(choices))
        case PickNode(pick=pick, choices=choices, columns=columns, done=done):
            yield pick, "message", 1
            for choice in choices:
                yield choice.label, "button", columns
            yield done, "button", 1
        case Waiting():
            question, *buttons = node.texts()
            yield question, "message", 1
            for label in buttons:
                yield label, "button", node.columns if isinstance(node, ChooseNode) else 1
        case _:
            pass


def _of_card(file: str, card: Card) -> Iterator[Placed]:
    for name, face in card.faces.items():
        yield Placed(file, name, face.say, "message")
        for button in face.rows:
            yield Placed(file, name, button.label, "button")


def examples(source: Source) -> Mapping[str, Value]:
    """Every fact's example, to stand in for what people will read."""
    return {name: word.example_value() for name, word in source.vocabulary.facts.items()}


def in_every_language(source: Source, english: str, values: Mapping[str, Value]) -> Iterator[tuple[str, str]]:
    """The text as it is read, language by language; values that nobody has are left empty."""
    for locale in source.catalogues.locales:
        yield locale, source.catalogues.render(Text(english, values), Reader(locale, UTC))


def translations(source: Source) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The catalogue of every language but the one the content is written in."""
    for locale, catalogue in source.catalogues.by_locale.items():
        if locale != SOURCE_LOCALE:
            yield locale, catalogue


def po_file(locale: str) -> str:
    """The name of a catalogue's file, for messages."""
    return f"locales/{locale}/dialogs.po"


def short(text: str, *, most: int = 60) -> str:
    """A text's beginning on one line, to name it in a message."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"

"""Everything Hearth can say, read from disk once, at start-up. With one mistake in it, it does not start."""

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

import yaml
from pydantic import ValidationError

from dialogs.cards import Card
from dialogs.migrations import MigrationError, migrate
from dialogs.model import SPEC, Content, Dialog, Phrases
from dialogs.numbers import Country, Numbers
from dialogs.reading import read_yaml
from dialogs.script import Script
from dialogs.texts import Catalogues, read_catalogues
from dialogs.vocabulary import Vocabulary, read_vocabulary

HERE = Path(__file__).parent
CONTENT = HERE / "content"
LOCALES = HERE / "locales"
VOCABULARY = HERE / "vocabulary.yaml"

GRAMMAR: Final = "See the grammar in dialogs/model.py"
UNREADABLE: Final = object()
"""What a file holds that can't be read."""

Piece = TypeVar("Piece", bound=Content)

NO_NUMBERS = Numbers(
    spec=1,
    numbers="none",
    revision=1,
    countries={},
    elsewhere=Country(emergency="112"),
    public=Country(emergency="112"),
)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong in the content: where, what, and how to mend it."""

    file: str
    place: str
    what: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}: {self.place}" if self.place else self.file
        return f"{where}: {self.what}. {self.remedy}"


class ContentError(Exception):
    """The content has mistakes; `problems` holds every one of them."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Source:
    """Content as it was read, before anybody looked whether it makes sense together."""

    dialogs: Mapping[str, Dialog] = field(default_factory=dict)
    cards: Mapping[str, Card] = field(default_factory=dict)
    phrases: Mapping[str, str] = field(default_factory=dict)
    numbers: Numbers = NO_NUMBERS
    files: Mapping[str, str] = field(default_factory=dict)
    """The file of each dialog and card, of the phrases and the numbers, by name, for messages."""
    catalogues: Catalogues = field(default_factory=Catalogues)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every English text there is, with the file it stands in."""
        pieces: Mapping[str, Dialog | Card] = {**self.dialogs, **self.cards}
        for name, piece in pieces.items():
            for text in piece.texts():
                yield self.files[name], text
        for text in self.phrases.values():
            yield self.files["phrases"], text
        for text in self.numbers.texts():
            yield self.files["numbers"], text


class Library:
    """The content made ready: dialogs as scripts, cards, phrases, and the languages."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.scripts: Mapping[str, Script] = {
            name: Script(dialog, source.phrases) for name, dialog in source.dialogs.items()
        }
        self.cards = source.cards
        self.phrases = source.phrases
        self.numbers = source.numbers
        self.catalogues = source.catalogues
        self.commands: Mapping[str, Dialog] = {
            dialog.command: dialog for dialog in source.dialogs.values() if dialog.command is not None
        }
        self.skills: tuple[Dialog, ...] = tuple(dialog for dialog in source.dialogs.values() if dialog.skill)
        self.own: tuple[Dialog, ...] = ()

    def with_own(
        self, own: Sequence[Dialog], unlisted: Sequence[Dialog], words: Mapping[str, Mapping[str, str]]
    ) -> "Library":
        """The same, with a house's own dialogs and their translations beside it; what is ours keeps its place.

        `unlisted` can be opened, and stands nowhere to be chosen.
        """
        joined = copy(self)
        scripts = {each.dialog: Script(each, self.phrases) for each in (*own, *unlisted)}
        joined.scripts = {**scripts, **self.scripts}
        joined.own = tuple(own)
        joined.skills = (*self.skills, *(each for each in own if each.skill))
        ours = self.catalogues.by_locale
        joined.catalogues = Catalogues({locale: {**words.get(locale, {}), **there} for locale, there in ours.items()})
        return joined


def open_library(content: Path = CONTENT, locales: Path = LOCALES, vocabulary: Path = VOCABULARY) -> Library:
    """Reads and checks everything. Raises ContentError, with every problem at once."""
    from dialogs.checks import check  # noqa: PLC0415 - the checks read what this module defines

    source, problems = read_source(content, locales, vocabulary)
    problems = (*problems, *check(source))
    if problems:
        raise ContentError(tuple(sorted(problems)))
    return Library(source)


def read_source(
    content: Path = CONTENT, locales: Path = LOCALES, vocabulary: Path = VOCABULARY
) -> tuple[Source, tuple[Problem, ...]]:
    """Reads every content file; what can't be read is a Problem, and the rest is still read."""
    dialogs: dict[str, Dialog] = {}
    cards: dict[str, Card] = {}
    phrases: dict[str, str] = {}
    files: dict[str, str] = {}
    numbers = NO_NUMBERS
    problems: list[Problem] = []
    for path in sorted(content.rglob("*.yaml")):
        file = path.relative_to(content.parent).as_posix()
        piece = _read(path, file, problems)
        match piece:
            case Dialog(dialog=name) | Card(card=name):
                if name in files:
                    problems.append(
                        Problem(file, name, f"the name is taken by {files[name]}", "Give it another name")
                    )
                    continue
                files[name] = file
                if isinstance(piece, Dialog):
                    dialogs[name] = piece
                else:
                    cards[name] = piece
            case Phrases(texts_by_name=texts):
                phrases.update(texts)
                files["phrases"] = file
            case Numbers():
                numbers = piece
                files["numbers"] = file
            case _:
                pass
    source = Source(dialogs, cards, phrases, numbers, files, read_catalogues(locales), read_vocabulary(vocabulary))
    return source, tuple(problems)


def _read(path: Path, file: str, problems: list[Problem]) -> Dialog | Card | Phrases | Numbers | None:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        problems.append(Problem(file, "", "this is not text in UTF-8", "Save it as plain text, in UTF-8"))
        return None
    raw = parse(text, file, problems)
    kinds: Mapping[str, type[Dialog] | type[Card] | type[Phrases] | type[Numbers]] = {
        "dialog": Dialog,
        "card": Card,
        "phrases": Phrases,
        "numbers": Numbers,
    }
    kind = next((kinds[word] for word in kinds if isinstance(raw, dict) and word in raw), None)
    if kind is None and raw is not UNREADABLE:
        problems.append(
            Problem(
                file, "", "neither a dialog, a card, phrases nor numbers", "Begin with `spec: 1` and `dialog: a_name`"
            )
        )
    return None if kind is None else shape(raw, kind, file, problems)


# Any: YAML holds whatever it holds; `shape` makes something of it.
def parse(text: str, file: str, problems: list[Problem]) -> Any:
    """What a content file holds; UNREADABLE, and a Problem more, where it is no YAML."""
    try:
        return read_yaml(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}" if mark else ""
        what = getattr(error, "problem", None) or "this is not readable YAML"
        problems.append(Problem(file, place, what, "Look at the spaces, quotes and keys there"))
        return UNREADABLE


def shape(raw: Any, kind: type[Piece], file: str, problems: list[Problem]) -> Piece | None:  # Any: what YAML held
    """What was read as a piece of content of the present grammar; None, and Problems more, where it fails."""
    try:
        return kind.model_validate(migrate(raw))
    except MigrationError as error:
        problems.append(Problem(file, "spec", str(error), f"Write `spec: {SPEC}`, in that grammar"))
    except ValidationError as error:
        for detail in error.errors():
            place = ".".join(str(part) for part in detail["loc"])
            what = str(detail["msg"]).removeprefix("Value error, ")
            problems.append(Problem(file, place, what, GRAMMAR))
    return None

"""A house's own file, from text to a dialog: the checks of our own content, and the limits of a house."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import yaml

from dialogs.checks import RULES
from dialogs.checks.commands import find as commands
from dialogs.checks.missing_translation import find as missing_translation
from dialogs.checks.reading_level import find as reading_level
from dialogs.checks.reading_level import grades
from dialogs.checks.stale_translation import find as stale_translation
from dialogs.conditions import read
from dialogs.library import GRAMMAR, UNREADABLE, Library, Problem, Source, parse, shape
from dialogs.model import Case, Dialog, Fork, SayNode
from dialogs.own import limits
from dialogs.own.languages import Unfolded, unfold
from dialogs.own.lines import Lines, too_much
from dialogs.texts import SOURCE_LOCALE, Catalogues
from dialogs.vocabulary import Vocabulary

MOST_BYTES: Final = 48 * 1024

ONLY: Final = "own_dialog_language"
"""The phrase that says to whom it was not translated that it is in another language."""

_ELSEWHERE: Final = frozenset({commands, missing_translation, stale_translation})
"""Rules that a single file has no part in."""

_FIRST: Final = "in_which_language"


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """A dialog that a house wrote. `grade` is that of its English, where there is enough of it to tell."""

    dialog: Dialog
    languages: tuple[str, ...]
    words: Mapping[str, Mapping[str, str]]
    grade: float | None


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """What keeps a file from being used: where (0: in the whole of it), what, and what to do."""

    line: int
    place: str
    what: str
    remedy: str

    def __str__(self) -> str:
        where = f"Line {self.line}" if self.line else "The file"
        within = f" ({self.place})" if self.place and self.line else ""
        return f"{where}{within}: {self.what}. {self.remedy}."


def read_own(text: str, library: Library, *, version: int) -> Own | tuple[Mistake, ...]:
    """The dialog in a file, as the house's `version` of it, or every mistake in it, by line."""
    problems: list[Problem] = []
    unfolded = _opened(text, library.catalogues.locales, problems)
    dialog = None if unfolded is None else _shaped(unfolded, version, problems)
    if unfolded is None or dialog is None:
        return _mistakes(text, problems, library.source.vocabulary)
    source = _source(dialog, unfolded, library)
    english = unfolded.language == SOURCE_LOCALE
    rules = [rule for rule in RULES if rule not in _ELSEWHERE and (english or rule is not reading_level)]
    found = {each for rule in rules for each in rule(source)} | set(limits.find(source, dialog.dialog))
    problems += [each for each in found if each.file == _FILE]
    if problems:
        return _mistakes(text, problems, library.source.vocabulary)
    grade = grades(source).get(dialog.dialog) if english else None
    languages = tuple(each for each in library.catalogues.locales if each in unfolded.languages)
    words = {each: unfolded.words.get(each, {}) for each in languages}
    return Own(dialog=_introduced(dialog, languages, library), languages=languages, words=words, grade=grade)


_FILE: Final = "own"


def _opened(text: str, spoken: Sequence[str], problems: list[Problem]) -> Unfolded | None:
    if len(text.encode()) > MOST_BYTES:
        problems.append(Problem(_FILE, "", "it is too long", f"Keep it to {MOST_BYTES // 1024} kilobytes"))
        return None
    try:
        much = too_much(text)
    except (yaml.YAMLError, ValueError):
        much = None  # what it is, the next step says with its line
    if much is not None:
        problems.append(Problem(_FILE, "", much, "Write everything out"))
        return None
    raw = parse(text, _FILE, problems)
    if raw is UNREADABLE:
        return None
    if not isinstance(raw, dict) or "dialog" not in raw:
        problems.append(Problem(_FILE, "", "this is no dialog", "Begin with `spec: 1` and `dialog: our_…`"))
        return None
    unfolded = unfold(raw, spoken)
    for path, language in unfolded.unknown:
        speaks = ", ".join(spoken)
        problems.append(Problem(_FILE, ".".join(path), f"“{language}” is no language I speak", f"I speak {speaks}"))
    for path, language in unfolded.lacking:
        remedy = f"Write it in {' and '.join(unfolded.languages)}, or everything in one language"
        problems.append(Problem(_FILE, ".".join(path), f"it is not there in “{language}”", remedy))
    return unfolded


def _shaped(unfolded: Unfolded, version: int, problems: list[Problem]) -> Dialog | None:
    """The dialog; its revision is ours to count, whatever the file says."""
    return shape({**unfolded.raw, "revision": version}, Dialog, _FILE, problems)


def _source(dialog: Dialog, unfolded: Unfolded, library: Library) -> Source:
    """The dialog alone, among those it may go to, which end at once, and with the few names it may use."""
    vocabulary = library.source.vocabulary
    doors = {name: _door(library.scripts[name].dialog) for name in vocabulary.own.dialogs if name in library.scripts}
    words: Mapping[str, Mapping[str, str]] = unfolded.words
    if unfolded.language != SOURCE_LOCALE:
        words = {**words, unfolded.language: {text: text for text in dialog.texts()}}
    names = {**doors, dialog.dialog: dialog}
    files = dict.fromkeys(doors, "ours") | {dialog.dialog: _FILE}
    return Source(dialogs=names, files=files, catalogues=Catalogues(words), vocabulary=vocabulary.narrowed())


def _door(dialog: Dialog) -> Dialog:
    """One of ours as seen from outside: what it is handed, and that it comes to an end."""
    return dialog.model_copy(update={"nodes": {"there": SayNode(say="Here you are.")}, "skill": False, "moved": {}})


def _introduced(dialog: Dialog, languages: Sequence[str], library: Library) -> Dialog:
    """Whoever reads none of its languages is told, before it begins as it is."""
    if set(library.catalogues.locales) <= set(languages):
        return dialog
    theirs = " or ".join(f"language == '{each}'" for each in languages)
    first = Fork(next=(Case(when=read(theirs), then=dialog.first), Case(then=f"{_FIRST}_said")))
    said = SayNode(say=library.phrases[ONLY], next=(Case(then=dialog.first),))
    return dialog.model_copy(update={"nodes": {_FIRST: first, f"{_FIRST}_said": said, **dialog.nodes}})


def _mistakes(text: str, problems: Sequence[Problem], vocabulary: Vocabulary) -> tuple[Mistake, ...]:
    try:
        lines = Lines(text)
    except (yaml.YAMLError, ValueError):
        lines = None
    return tuple(sorted(set(_by_line(lines, problems, vocabulary))))


def _by_line(lines: Lines | None, problems: Sequence[Problem], vocabulary: Vocabulary) -> Iterator[Mistake]:
    for each in problems:
        remedy = _kindly(each.remedy, vocabulary).rstrip(".")
        if each.place.startswith("line "):
            yield Mistake(int(each.place.removeprefix("line ")), "", each.what, remedy)
        else:
            line = None if lines is None else lines.of(each.place)
            yield Mistake(line or 0, each.place, each.what, remedy)


def _kindly(remedy: str, vocabulary: Vocabulary) -> str:
    """Remedies that speak of our own files say what a house can do instead."""
    if remedy == GRAMMAR:
        return "Look how the example does it"
    told = f"use one of: {', '.join(sorted(vocabulary.own.facts))}"
    return remedy.replace("add it to the facts in vocabulary.yaml", told)

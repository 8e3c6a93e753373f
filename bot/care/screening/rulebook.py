"""The rules, read from rules/*.yaml and made ready for matching."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, get_args

import yaml

from bot.care.screening.automaton import Automaton
from bot.care.screening.gathering import Gatherings, Phrases, compile_gathering
from bot.care.screening.inflecting import forms
from bot.care.screening.merging import merged
from bot.care.screening.patterns import Lexicon, Pattern, PatternError, compile_patterns
from bot.care.screening.spelling import Spelling
from bot.care.screening.verdict import KINDS, Kind, Language

RULES: Final = Path(__file__).parent / "rules"
Reach = Literal["words", "clause", "sentence", "story"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A rule that says what a message may mean."""

    name: str
    """language.kind.name, as a verdict tells it."""
    language: str
    tier: Literal["crisis", "heavy"]
    kind: Kind
    deniable: bool
    """Whether a "not" before it takes it back. Rules that are about a "not" themselves can't be denied."""
    across: bool
    """Whether what it says may stand in more than one sentence: the pills are here. I'm tired."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pardon:
    """A rule that says why something was not meant."""

    name: str
    reach: Reach
    """words: alarms that share a word with it. clause: those in the same clause. sentence: those in the sentence,
    of which "heavy" remains if their own clause is of the present. story: as sentence, but it does not reach a clause
    of the present at all."""
    lifts: frozenset[str]
    """The kinds it speaks for."""
    leaves: Literal["heavy", "none"]
    """What remains of an alarm: heavy when asking is still right."""
    unless: frozenset[str]
    """Words that take the pardon back: lol, but I'm serious."""


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything that screening goes by."""

    alarms: tuple[Automaton[Alarm], ...]
    """One for each language: most messages keep only one of them busy."""
    gatherings: Gatherings[Alarm]
    """Alarms that go by what stands together, in any order."""
    pardons: Automaton[Pardon]
    spelling: Spelling
    denials: frozenset[str]
    """not, never, no…"""
    not_denials: frozenset[str]
    """After a "not", these make it none: can't stop, can't help, not sure."""
    earnest: frozenset[str]
    """Near a "not", these make it none too: not going to lie, no te miento."""
    opinions: frozenset[str]
    """A "not" reaches past "I" through these: I don't think I want to."""
    subjects: Mapping[str, frozenset[str]]
    """Who somebody says it of, by language ("he pensado" is nobody): a "not" does not reach past one."""
    present: frozenset[str]
    """now, again, tonight…: with one of these in its clause, an alarm is not a story."""
    present_verbs: frozenset[str]
    """am, want, going…: a clause with one of these is not of the time that its neighbour tells of."""
    near: frozenset[str]
    """my, our, here: a clause of the present with one of these is not about a film."""
    joints: frozenset[str]
    """but, and…: words that begin a new clause."""


@cache
def rulebook() -> Rulebook:
    """The rules, read once. Raises PatternError, with the place, for one that is not written as rules are."""
    words = [_read(path) for path in sorted(RULES.glob("words.*.yaml"))]
    words += [_read(path) for path in sorted(RULES.glob("meanings.*.yaml"))]
    lexicon = Lexicon(_classes(words), _respelled(words))
    alarms = tuple(
        Automaton([found for path in _files("alarms", language) for found in _alarms(path, lexicon)])
        for language in get_args(Language)
    )
    gatherings = Gatherings(
        [
            found
            for language in get_args(Language)
            for path in _files("alarms", language)
            for found in _gatherings(path, lexicon)
        ]
    )
    pardons = Automaton(
        [
            found
            for language in get_args(Language)
            for path in _files("pardons", language)
            for found in _pardons(path, lexicon)
        ]
    )
    return Rulebook(
        alarms=alarms,
        gatherings=gatherings,
        pardons=pardons,
        spelling=Spelling(
            words=pardons.words.union(
                gatherings.words, *(automaton.words for automaton in alarms), *lexicon.classes.values()
            ),
            respelled=lexicon.respelled,
            key_words=_all(words, "key_words"),
            others=_all(words, "not_key_words"),
        ),
        denials=_all(words, "denials"),
        not_denials=_all(words, "not_denials"),
        earnest=_all(words, "earnest"),
        opinions=_all(words, "opinions"),
        subjects={
            language: _all([_read(RULES / f"words.{language}.yaml")], "subjects") for language in get_args(Language)
        },
        present=_all(words, "present"),
        present_verbs=_all(words, "present_verbs"),
        near=_all(words, "near"),
        joints=_all(words, "joints"),
    )


def _read(path: Path) -> Any:  # YAML: its values get their types where they are read below
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), loader)  # noqa: S506 - both are the safe loader


def _all(words: list[Any], key: str) -> frozenset[str]:
    return frozenset(word for content in words for word in content.get(key, "").split())


def _classes(words: list[Any]) -> dict[str, frozenset[str]]:
    """Each class by name, across the languages; a class may name classes that stand before it."""
    classes: dict[str, frozenset[str]] = {}
    for content in words:
        for name, line in content.get("verbs", {}).items():
            all_forms = [forms(verb) for verb in line.split()]
            said = {"_I": "i", "_SOMEBODY": "somebody", "": "plain", "_ME": "me", "_SELF": "self"}
            for ending, form in said.items():
                of_one = frozenset[str]().union(*(getattr(one, form) for one in all_forms))
                classes[name + ending] = classes.get(name + ending, frozenset()) | of_one
        for name, line in content.get("classes", {}).items():
            members: set[str] = set()
            for word in line.split():
                members |= classes.get(word, {word})
            classes[name] = classes.get(name, frozenset()) | members
    return classes


def _respelled(words: list[Any]) -> dict[str, tuple[str, ...]]:
    """How people type what the rules know; fillers stand for nothing."""
    typed = {
        word: tuple(plain.split())
        for content in words
        for plain, variants in content.get("typed", {}).items()
        for word in str(variants).split()
    }
    return typed | {word: () for content in words for word in content.get("fillers", "").split()}


def _files(folder: str, language: str) -> list[Path]:
    return sorted((RULES / folder).glob(f"*.{language}.yaml"))


def _alarms(path: Path, lexicon: Lexicon) -> Iterator[tuple[Pattern, Alarm]]:
    """What the alarms of a file say in a row."""
    for alarm, said in _alarms_of(path):
        for pattern in _patterns(alarm.name, said, lexicon):
            yield pattern, alarm


def _gatherings(path: Path, lexicon: Lexicon) -> Iterator[tuple[int, list[Phrases], Alarm]]:
    """What the alarms of a file say that stands together."""
    for alarm, said in _alarms_of(path):
        for line in said.get("together", ()):
            try:
                reach, elements = compile_gathering(line, lexicon.classes)
            except PatternError as error:
                raise PatternError(f"{alarm.name}: {error}: {line}") from error
            yield reach, elements, alarm


def _alarms_of(path: Path) -> Iterator[tuple[Alarm, Any]]:
    """The alarms of a file, which is named by their kind and language unless they say another kind."""
    subject, language, _ = path.name.split(".")
    for name, said in _read(path).items():
        kind = said.get("kind", subject)
        full_name = f"{language}.{kind}.{name}"
        if kind not in KINDS:
            raise PatternError(f"{full_name} has no kind that verdicts know")
        yield (
            Alarm(
                name=full_name,
                language=language,
                tier=said["tier"],
                kind=kind,
                deniable=said.get("deniable", True),
                across=said.get("across", False),
            ),
            said,
        )


def _pardons(path: Path, lexicon: Lexicon) -> Iterator[tuple[Pattern, Pardon]]:
    subject, language, _ = path.name.split(".")
    for name, said in _read(path).items():
        pardon = Pardon(
            name=f"{language}.{subject}.{name}",
            reach=said.get("reach", "words"),
            lifts=frozenset(said["lifts"].split() if "lifts" in said else KINDS),
            leaves=said.get("leaves", "none"),
            unless=frozenset(said.get("unless", "").split()),
        )
        for pattern in _patterns(pardon.name, said, lexicon):
            yield pattern, pardon


def _patterns(name: str, said: Any, lexicon: Lexicon) -> list[Pattern]:
    """Raises PatternError, naming the rule, for a line that is not written as rules are."""
    if not said.get("why"):
        raise PatternError(f"{name} does not say why")
    patterns: list[Pattern] = []
    for line in said.get("say", ()):
        try:
            patterns += compile_patterns(line, lexicon)
        except PatternError as error:
            raise PatternError(f"{name}: {error}: {line}") from error
    return merged(patterns)

"""The rules, read from rules/*.yaml and made ready for matching."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, get_args

import yaml

from bot.care.screening.automaton import Automaton
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


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything that screening goes by."""

    alarms: tuple[Automaton[Alarm], ...]
    """One for each language: most messages keep only one of them busy."""
    pardons: Automaton[Pardon]
    spelling: Spelling
    denials: frozenset[str]
    """not, never, no…"""
    not_denials: frozenset[str]
    """After a "not", these make it none: can't stop, can't help, not sure."""
    opinions: frozenset[str]
    """A "not" reaches past "I" through these: I don't think I want to."""
    subjects: frozenset[str]
    """Who somebody says it of: a "not" does not reach past one."""
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
    files = {path.name: _read(path) for path in sorted(RULES.glob("*.yaml"))}
    words = [content for name, content in files.items() if name.startswith("words.")]
    lexicon = Lexicon(_classes(words), _respelled(words))
    rules = [
        rule for name, content in files.items() if content not in words for rule in _rules(name, content, lexicon)
    ]
    alarms = tuple(
        Automaton(
            [(pattern, rule) for pattern, rule in rules if isinstance(rule, Alarm) and rule.language == language]
        )
        for language in get_args(Language)
    )
    pardons = Automaton([(pattern, rule) for pattern, rule in rules if isinstance(rule, Pardon)])
    return Rulebook(
        alarms=alarms,
        pardons=pardons,
        spelling=Spelling(
            words=pardons.words.union(*(automaton.words for automaton in alarms), *lexicon.classes.values()),
            respelled=lexicon.respelled,
            key_words=_all(words, "key_words"),
            others=_all(words, "not_key_words"),
        ),
        denials=_all(words, "denials"),
        not_denials=_all(words, "not_denials"),
        opinions=_all(words, "opinions"),
        subjects=_all(words, "subjects"),
        present=_all(words, "present"),
        present_verbs=_all(words, "present_verbs"),
        near=_all(words, "near"),
        joints=_all(words, "joints"),
    )


def _read(path: Path) -> Any:  # YAML: its values get their types where they are read below
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), loader)  # noqa: S506 - both are the safe loader


def _all(words: list[Any], key: str) -> frozenset[str]:
    return frozenset(word for content in words for word in content[key].split())


def _classes(words: list[Any]) -> dict[str, frozenset[str]]:
    """Each class by name, across the languages; a class may name classes that stand before it."""
    classes: dict[str, frozenset[str]] = {}
    for content in words:
        for name, line in content["classes"].items():
            members: set[str] = set()
            for word in line.split():
                members |= classes[word] if word.isupper() else {word}
            classes[name] = classes.get(name, frozenset()) | members
    return classes


def _respelled(words: list[Any]) -> dict[str, tuple[str, ...]]:
    """How people type what the rules know; fillers stand for nothing."""
    typed = {
        word: tuple(plain.split())
        for content in words
        for plain, variants in content["typed"].items()
        for word in str(variants).split()
    }
    return typed | {word: () for content in words for word in content["fillers"].split()}


def _rules(file: str, content: Any, lexicon: Lexicon) -> Iterator[tuple[Pattern, Alarm | Pardon]]:
    subject, language, _ = file.split(".")
    for name, said in content.items():
        full_name = f"{language}.{subject}.{name}"
        if not said.get("why"):
            raise PatternError(f"{full_name} does not say why")
        rule: Alarm | Pardon
        if subject == "pardons":
            rule = Pardon(
                name=full_name,
                reach=said.get("reach", "words"),
                lifts=frozenset(said["lifts"].split() if "lifts" in said else KINDS),
                leaves=said.get("leaves", "none"),
            )
        else:
            kind = said.get("kind", subject)
            if kind not in KINDS:
                raise PatternError(f"{full_name} has no kind that verdicts know")
            rule = Alarm(
                name=full_name, language=language, tier=said["tier"], kind=kind, deniable=said.get("deniable", True)
            )
        patterns: list[Pattern] = []
        for line in said["say"]:
            try:
                patterns += compile_patterns(line, lexicon)
            except PatternError as error:
                raise PatternError(f"{full_name}: {error}: {line}") from error
        for pattern in merged(patterns):
            yield pattern, rule

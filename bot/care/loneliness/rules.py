"""Whether words speak of being alone. Pure, and always in both languages, whatever the person speaks.

Not a judgement of a person: it only decides whether company is offered beside everything else. So it is narrow on
purpose. A sentence that it misses costs an offer that stands in the menu anyhow; one that it mishears tells somebody
that they sound lonely who does not feel so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import yaml

from bot.care.screening.automaton import Automaton, Match
from bot.care.screening.patterns import BEGIN, COMMA, EDGES, END, Lexicon, compile_patterns
from bot.care.screening.spelling import Spelling
from bot.care.screening.words import sentences

WORDS: Final = Path(__file__).with_name("words.yaml")

_REACH_OF_A_DENIAL: Final = 4  # words between a "not" and what it takes back
_ANSWER: Final = 2  # words of a clause that only answers the one before it: not today


@dataclass(frozen=True, slots=True)
class _Rules:
    says: Automaton[bool]
    """Each with whether a "not" takes it back."""
    spelling: Spelling
    sets: Mapping[str, frozenset[str]]


def speaks_of_being_alone(text: str) -> bool:
    """Whether a message says of its writer, now, that they are without people: “not lonely today” does not."""
    rules = _rules()
    clauses = [clause for said in sentences(text, rules.spelling) for clause in _clauses(said.words, rules)]
    for clause, following in pairwise([*clauses, [BEGIN, END]]):
        for match in rules.says.find(clause):
            taken_back = match.owner and (_denied(clause, match, rules) or _answered_no(following, rules))
            if not taken_back and not _of_another(clause, match, rules):
                return True
    return False


def _clauses(words: Sequence[str], rules: _Rules) -> Iterator[list[str]]:
    """The clauses of a sentence, each with its edges; "but" begins a new one."""
    clause = [BEGIN]
    for word in words:
        if word in {COMMA, END} or word in rules.sets["joints"]:
            if len(clause) > 1:
                yield [*clause, END]
            clause = [BEGIN]
        elif word not in EDGES:
            clause.append(word)


def _of_another(clause: Sequence[str], match: Match[bool], rules: _Rules) -> bool:
    """Whether it is said of somebody else, or of another time."""
    before = clause[: match.start]
    if not rules.sets["elsewhen"].isdisjoint(clause):
        return True
    others = [index for index, word in enumerate(before) if word in rules.sets["third"]]
    return bool(others) and rules.sets["first"].isdisjoint([*before[others[-1] :], clause[match.start]])


def _denied(clause: Sequence[str], match: Match[bool], rules: _Rules) -> bool:
    """Whether a "not" stands before it, near enough, with no new "I" between them."""
    for index in range(match.start - 1, max(0, match.start - 2 - _REACH_OF_A_DENIAL), -1):
        word = clause[index]
        if word in rules.sets["denials"]:
            return True
        if word in rules.sets["subjects"] and clause[index - 1] not in rules.sets["opinions"]:
            return False
    # I have not felt lonely: the "not" may stand within, too.
    return not rules.sets["denials"].isdisjoint(clause[match.start : match.end])


def _answered_no(following: Sequence[str], rules: _Rules) -> bool:
    """Whether the next clause only says no to it: Lonely? Not today."""
    words = [word for word in following if word not in EDGES]
    if not words or words[0] not in rules.sets["denials"] or len(words) > _ANSWER:
        return False
    return set(words[1:]) <= rules.sets["answers"]


@cache
def _rules() -> _Rules:
    content = _read()
    typed = {
        word: tuple(plain.split()) for plain, variants in content["typed"].items() for word in variants.split()
    } | dict.fromkeys(content["fillers"].split(), ())
    sets = {
        name: frozenset(content[name].split())
        for name in ("denials", "opinions", "subjects", "joints", "answers", "third", "first", "elsewhen")
    }
    lexicon = Lexicon({}, typed)
    says = Automaton(
        [
            (pattern, name == "deniable")
            for name in ("deniable", "undeniable")
            for line in content[name]
            for pattern in compile_patterns(line, lexicon)
        ]
    )
    spelling = Spelling(
        words=says.words.union(*sets.values()),
        respelled=typed,
        key_words=frozenset(content["key_words"].split()),
        others=frozenset(content["not_key_words"].split()),
    )
    return _Rules(says, spelling, sets)


def _read() -> Any:  # YAML: its values get their types where they are read above
    return yaml.safe_load(WORDS.read_text(encoding="utf-8"))

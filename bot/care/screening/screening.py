"""Judges a message: is somebody in danger? Both languages always run, whatever the person speaks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import islice, pairwise
from typing import Final

from bot.care.screening.automaton import Match
from bot.care.screening.patterns import EDGES
from bot.care.screening.rulebook import Alarm, Pardon, Rulebook, rulebook
from bot.care.screening.verdict import KINDS, NOTHING, Language, Tier, Verdict
from bot.care.screening.words import Sentence, sentences

_REACH_OF_A_DENIAL: Final = 4  # words between a "not" and what it takes back
_FROM_WORST: Final[tuple[Tier, ...]] = ("crisis", "heavy", "none")
_ENOUGH: Final = 12  # findings: a message that says it so often is not judged otherwise by the next
_FEW: Final = 8  # sentences: in a message of so few, what one begins the next may end


@dataclass(frozen=True, slots=True)
class _Finding:
    tier: Tier
    alarm: Alarm
    place: tuple[int, int]


def screen(text: str, *, lang: Language | None = None) -> Verdict:
    """What a message may mean, in whichever language it is; `lang` only decides between equal findings."""
    return verdict_on(list(sentences(text, rulebook().spelling)), lang=lang)


def verdict_on(said: Sequence[Sentence], *, lang: Language | None = None) -> Verdict:
    """The same, of a message whose sentences are read already."""
    rules = rulebook()
    findings = (finding for sentence in said for finding in _judged(sentence, rules))
    found = list(islice(findings, _ENOUGH))
    if 1 < len(said) <= _FEW and not any(finding.tier == "crisis" for finding in found):
        found += _judged(reduce(Sentence.followed_by, said), rules, across=True)
    if not found:
        return NOTHING
    worst = min(
        found,
        key=lambda one: (
            _FROM_WORST.index(one.tier),
            KINDS.index(one.alarm.kind),
            one.alarm.language != lang,
        ),
    )
    return Verdict(tier=worst.tier, kind=worst.alarm.kind, rule=worst.alarm.name, words=worst.place)


def _judged(sentence: Sentence, rules: Rulebook, *, across: bool = False) -> Iterator[_Finding]:
    """What remains of a sentence's alarms once denials and pardons are heard; `across`: of several in a row."""
    words = sentence.words
    alarms = [
        match
        for match in (_gathered if across else _all_of)(words, rules)
        if (match.owner.across or not across) and not (match.owner.deniable and _denied(match, words, rules))
    ]
    if not alarms:
        return
    pardons = [pardon for pardon in rules.pardons.find(words) if pardon.owner.unless.isdisjoint(words)]
    for match in alarms:
        left: Tier = match.owner.tier
        clause = _clause(match, words, rules)
        for pardon in pardons:
            if match.owner.kind in pardon.owner.lifts:
                left = max(left, _leaves(pardon, match, clause, words, rules), key=_FROM_WORST.index)
        if left != "none":
            yield _Finding(left, match.owner, (sentence.places[match.start][0], sentence.places[match.end - 1][1]))


def _all_of(words: Sequence[str], rules: Rulebook) -> Iterator[Match[Alarm]]:
    for automaton in rules.alarms:
        yield from automaton.find(words)
    yield from _gathered(words, rules)


def _gathered(words: Sequence[str], rules: Rulebook) -> Iterator[Match[Alarm]]:
    yield from rules.gatherings.find(words)


def _leaves(
    pardon: Match[Pardon], match: Match[Alarm], clause: tuple[int, int], words: Sequence[str], rules: Rulebook
) -> Tier:
    """What a pardon leaves of an alarm: crisis when it does not reach it."""
    said = words[slice(*clause)]
    beside = pardon.start < clause[1] and clause[0] < pardon.end
    match pardon.owner.reach:
        case "words":
            start, end = (match.start, match.end) if match.heart is None else (match.heart, match.heart + 1)
            return pardon.owner.leaves if pardon.start < end and start < pardon.end else "crisis"
        case "clause":
            return pardon.owner.leaves if beside else "crisis"
        case "sentence":
            if beside or not _is_present(said, rules):
                return pardon.owner.leaves
            return "heavy" if rules.near.isdisjoint(said) else "crisis"
        case "story":
            if _says_now(said, rules) or (_is_present(said, rules) and not beside):
                return "crisis"
            return pardon.owner.leaves


def _says_now(clause: Sequence[str], rules: Rulebook) -> bool:
    """Whether it says "now"; "not now" does not."""
    return any(word in rules.present and before not in rules.denials for before, word in pairwise(clause))


def _is_present(clause: Sequence[str], rules: Rulebook) -> bool:
    return not rules.present_verbs.isdisjoint(clause)


def _clause(match: Match[Alarm], words: Sequence[str], rules: Rulebook) -> tuple[int, int]:
    """The clause in which the match stands, from an edge or a joint (but, and) to the next."""
    start, end = match.start, match.end
    while start > 0 and words[start] not in EDGES and words[start] not in rules.joints:
        start -= 1
    while end < len(words) and words[end - 1] not in EDGES and words[end] not in rules.joints:
        end += 1
    return start, end


def _denied(match: Match[Alarm], words: list[str], rules: Rulebook) -> bool:
    """Whether an odd number of denials speak for it: "I can't not do it" is no denial.

    What is about a "not" itself (not breathing, no reason to live) can't be denied.
    """
    if any(element.words and not rules.denials.isdisjoint(element.words) for element in match.pattern):
        return False
    if match.heart is not None:
        match = replace(match, start=match.heart, end=match.heart + 1)
    first = max(0, match.start - 2 * _REACH_OF_A_DENIAL)
    for index in range(match.start - 1, first - 1, -1):
        if words[index] in EDGES:
            first = index + 1
            break
    denials = sum(
        1
        for index in range(first, match.end)
        if words[index] in rules.denials and _speaks_for(index, match, words, rules)
    )
    return denials % 2 == 1


def _speaks_for(denial: int, match: Match[Alarm], words: list[str], rules: Rulebook) -> bool:
    """Whether the "not" at that place is said of the match: near enough, and with nobody and nothing new between."""
    following = words[denial + 1 : match.end if denial >= match.start else match.start + 1]
    if not following or following[0] in rules.not_denials or not rules.earnest.isdisjoint(following[:3]):
        return False
    subjects = rules.subjects[match.owner.language]
    for index, word in enumerate(following):
        if word in subjects and rules.opinions.isdisjoint(following[max(0, index - 2) : index]):
            return False
    return denial >= match.start or match.start - denial - 1 <= _REACH_OF_A_DENIAL

"""The notation of rules, and the automaton that finds them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care.screening.automaton import Automaton
from bot.care.screening.gathering import Gatherings, compile_gathering
from bot.care.screening.merging import merged
from bot.care.screening.patterns import Lexicon, Pattern, PatternError, compile_patterns

LEXICON = Lexicon({"SELF": frozenset({"myself", "himself"})}, {"cant": ("can", "not"), "just": ()})


def found(lines: list[str], words: str) -> list[str]:
    patterns = [(pattern, "rule") for line in lines for pattern in compile_patterns(line, LEXICON)]
    row = words.split()
    return [" ".join(row[match.start : match.end]) for match in Automaton(patterns).find(row)]


@pytest.mark.parametrize(
    ("line", "words", "match"),
    [
        ("kill SELF", "i kill himself", "kill himself"),
        ("took all/both", "took both pills", "took both"),
        ("he is? not", "he not", "he not"),
        ("he is? not", "he is not", "he is not"),
        ("call ..2 ambulance", "call me an ambulance", "call me an ambulance"),
        ("(going|about) to jump", "about to jump", "about to jump"),
        ("want (to be)? dead", "want dead", "want dead"),
        ("(can not|will) go", "can not go", "can not go"),
        ("cant go", "i can not go", "can not go"),
        ("just go now", "go now", "go now"),
        ("< bye >", "so , bye , then", ", bye ,"),
        ("<< bye >>", "<< bye >>", "<< bye >>"),
    ],
)
def test_a_line_finds_what_it_says(line: str, words: str, match: str) -> None:
    assert found([line], words) == [match]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("call ..2 ambulance", "call me a big ambulance"),
        ("call ..2 ambulance", "call , ambulance"),
        ("<< bye >>", "<< bye , now >>"),
        ("he is not", "he not"),
    ],
)
def test_a_line_finds_nothing_else(line: str, words: str) -> None:
    assert found([line], words) == []


@pytest.mark.parametrize("line", ["(going to", "going) to", "..2", "UNSAID word", "word?"])
def test_a_line_that_is_not_written_as_rules_are_is_refused(line: str) -> None:
    with pytest.raises(PatternError):
        list(compile_patterns(line, LEXICON))


WORDS = st.sampled_from(["a", "b", "c"])
LINES = st.lists(
    st.lists(st.sampled_from(["a", "b", "c", "a?", "b?", "..1", "a/b"]), min_size=1, max_size=5).map(
        lambda pieces: " ".join(["a", *pieces, "c"])
    ),
    min_size=1,
    max_size=4,
)


def as_expression(pattern: Pattern) -> str:
    parts = []
    for element in pattern:
        words = "[abc]" if element.words is None else f"[{''.join(sorted(element.words))}]"
        parts.append(words + "?" * element.optional)
    return "".join(parts)


@given(lines=LINES, row=st.lists(WORDS, max_size=12))
def test_the_automaton_finds_what_regular_expressions_would_and_merging_changes_nothing(
    lines: list[str], row: list[str]
) -> None:
    patterns = [pattern for line in lines for pattern in compile_patterns(line, LEXICON)]
    text = "".join(row)
    expected = any(re.search(as_expression(pattern), text) for pattern in patterns)
    for ones in (patterns, merged(patterns)):
        matches = Automaton([(pattern, "rule") for pattern in ones]).find(row)
        assert bool(matches) == expected
        for match in matches:
            assert re.fullmatch(as_expression(match.pattern), text[match.start : match.end])


def gathered(line: str, words: str) -> list[str]:
    classes = {**LEXICON.classes, "CORD": frozenset({"rope", "belt"})}
    row = words.split()
    found = Gatherings([(*compile_gathering(line, classes), "rule")]).find(row)
    return [" ".join(row[match.start : match.end]) for match in found]


@pytest.mark.parametrize(
    ("line", "words", "match"),
    [
        ("CORD beam", "a beam and a rope", ["beam and a rope"]),
        ("CORD beam", "a rope , a beam", ["rope , a beam"]),
        ("~1 CORD beam", "rope to beam", []),
        ("CORD do_it", "rope i will do it", ["rope i will do"]),
        ("CORD do_it", "rope i do", []),
        ("CORD CORD", "a rope", []),
        ("CORD beam", "rope beam , belt beam", ["rope beam", "belt beam"]),
    ],
)
def test_words_that_stand_together_are_found_in_any_order(line: str, words: str, match: list[str]) -> None:
    assert gathered(line, words) == match


@pytest.mark.parametrize("line", ["CORD", "~3", "UNSAID beam"])
def test_a_gathering_that_is_not_written_as_rules_are_is_refused(line: str) -> None:
    with pytest.raises(PatternError):
        gathered(line, "rope")


@pytest.mark.parametrize("words", ["he is not waking", "i is not waking"])
def test_any_word_but_some_holds_others_only(words: str) -> None:
    assert found(["!i/we is not waking"], words) == ([words] if words.startswith("he") else [])

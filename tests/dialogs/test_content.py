"""The real content: it has no problem, and no input whatever fails anybody in any of its dialogs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.effects import Ask, Open, Pace
from dialogs.engine import Missing, advance
from dialogs.inputs import ChoicePressed, Input, MediaSent, Resumed, Started, TextSent, TimerFired
from dialogs.library import Library, open_library
from dialogs.progress import Progress
from dialogs.values import Value

LIBRARY = open_library()
NAMES = sorted(LIBRARY.scripts)


def test_the_whole_content_has_no_problem() -> None:
    assert set(LIBRARY.scripts) >= {"joining", "home", "daily_checkin", "sos", "urge_surfing", "announce"}
    assert LIBRARY.catalogues.locales == ("en", "es")


def test_the_examples_that_name_dialogs_name_real_ones() -> None:
    examples = {name: word.example_value() for name, word in LIBRARY.source.vocabulary.facts.items()}

    assert examples["offer"] in LIBRARY.scripts


_labels = st.text(max_size=12)
_offset = st.integers(-2, 1)
_steps = st.lists(
    st.tuples(st.just("press"), _offset, st.integers(0, 12))
    | st.tuples(
        st.just("odd press"), _offset, st.sampled_from(["done", "skip", "stop", "7", "--5", "²", "zz"]) | _labels
    )
    | st.tuples(st.just("write"), st.sampled_from(["3", "10", "hello", "x" * 5000, "", "--1"]) | _labels, st.none())
    | st.tuples(st.just("wait"), _offset, st.none())
    | st.tuples(st.sampled_from(["voice", "album", "back", "again"]), st.none(), st.none()),
    max_size=14,
)


def _input(step: tuple[str, object, object], turn: int, choices: list[str]) -> Input:
    match step:
        case ("press", int(offset), int(which)) if choices:
            return ChoicePressed(turn + offset, choices[which % len(choices)])
        case ("odd press", int(offset), str(choice)):
            return ChoicePressed(turn + offset, choice)
        case ("write", str(text), _):
            return TextSent(text)
        case ("wait", int(offset), _):
            return TimerFired(turn + offset)
        case ("voice", _, _):
            return MediaSent("voice", "abc")
        case ("album", _, _):
            return MediaSent("photo", "abc", "words", album="g")
        case ("again", _, _):
            return Started({})
        case _:
            return Resumed()


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=25)
@given(steps=_steps, flipped=st.integers(0, 2**16))
def test_no_input_fails_anybody_and_the_turn_only_rises_one_by_one(
    name: str, steps: list[tuple[str, object, object]], flipped: int
) -> None:
    script = LIBRARY.scripts[name]
    progress, choices = Progress(), list[str]()
    inputs: list[tuple[str, object, object]] = [("again", None, None), *steps]
    for step in inputs:
        given_input = _input(step, progress.turn, choices)
        if progress.place is None and not isinstance(given_input, Started):
            given_input = Started({})
        facts: dict[str, Value] = {}
        while isinstance(answer := advance(script, progress, given_input, facts), Missing):
            assert answer.facts - facts.keys(), "a fact that was given is not asked for again"
            facts |= {fact: _fact(LIBRARY, fact, flipped) for fact in answer.facts}
        assert 0 <= answer.progress.turn - progress.turn <= 1
        assert Progress.from_json(answer.progress.turn, answer.progress.to_json()) == answer.progress
        progress = answer.progress
        for effect in answer.effects:
            if isinstance(effect, Ask | Pace):
                choices = [press.choice for row in effect.rows for press in row]
            if isinstance(effect, Open):
                assert effect.dialog in LIBRARY.scripts


def _fact(library: Library, name: str, flipped: int) -> Value:
    """The example; a yes-or-no is sometimes the other way round."""
    value = library.source.vocabulary.facts[name].example_value()
    if isinstance(value, bool) and flipped >> (sum(map(ord, name)) % 16) & 1:
        return not value
    return value

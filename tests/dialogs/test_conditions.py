"""The language of conditions: small, closed, and never run."""

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.conditions import ConditionError, read
from dialogs.values import Value

KNOWN: dict[str, Value] = {"n": 7, "word": "chest", "halt": ("angry", "tired"), "nothing": None, "ticks": ("1", "2")}

LANGUAGE = {
    *(ast.Name, ast.Load, ast.Constant, ast.Tuple),
    *(ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub),
    *(ast.Compare, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn),
}
"""Nothing here calls, reaches into or makes anything."""


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("n >= 7", True),
        ("n > 7 or word == 'chest'", True),
        ("'tired' in halt and not ('lonely' in halt)", True),
        ("'lonely' not in halt", True),
        ("nothing >= 3", False),
        ("nothing < 3", False),
        ("nothing == none", True),
        ("n == -7", False),
        ("n in (6, 7)", True),
        ("n in (1, 2)", False),
        ("1 in ticks", True),
        ("nothing in word", False),
        ("n in word", False),
        ("nothing in halt", False),
        ("'sos'", "sos"),
        ("true", True),
        ("2.5", 2.5),
        ("word", "chest"),
    ],
)
def test_a_condition_comes_to_what_it_says(source: str, value: Value) -> None:
    assert read(source).value(KNOWN) == value


def test_the_names_it_needs_are_known_before_it_is_asked() -> None:
    assert read("a >= 3 or b in c and not true").names == {"a", "b", "c"}


@pytest.mark.parametrize(
    "source",
    [
        "print(1)",
        "a.b",
        "a[0]",
        "a + b",
        "a if b else c",
        "lambda: 1",
        "[x for x in y]",
        "f'{a}'",
        "(a := 3)",
        "1 < a < 3",
        "a is b",
        "~a",
        "b'x'",
        "1j",
        "...",
        "None",
        "{1: 2}",
        "*a",
        "await a",
        "a; b",
        "1or 2",
        "'\\d'",
        "\x00",
        "\ud800",
        "",
        "not " * 90 + "a" * 400,
        "import os",
    ],
)
def test_anything_outside_the_language_is_refused(source: str) -> None:
    with pytest.raises(ConditionError):
        read(source)


@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from(
            ["n", "word", "halt", "nothing", "and", "or", "not", "in", "==", "<", ">=", "(", ")", ",", "'x'", "-",
             "3", "true", "none", "eval", "__import__('os')", ".", "[0]", "lambda:", "+"]
        ),
        max_size=14,
    ).map(" ".join)
)  # fmt: skip
def test_any_text_is_refused_or_comes_to_a_plain_value_with_nothing_in_it_that_could_run(source: str) -> None:
    try:
        condition = read(source)
    except ConditionError:
        return
    known = {name: KNOWN.get(name) for name in condition.names}
    value = condition.value(known)
    assert {type(part) for part in ast.walk(condition.tree)} <= LANGUAGE
    assert isinstance(value, bool | int | float | str | tuple | None)
    assert condition.holds(known) == bool(value)


@pytest.mark.parametrize(
    ("source", "known", "lacking"),
    [
        ("a and b", {}, {"a"}),
        ("a and b", {"a": True}, {"b"}),
        ("a and b", {"a": False}, set()),
        ("a or b", {"a": True}, set()),
        ("a or b", {"a": None}, {"b"}),
        ("not (a and b)", {"a": False}, set()),
        ("not (a or b)", {"a": False}, {"b"}),
        ("a > b", {}, {"a", "b"}),
        ("a in (b, 'c')", {"a": "c"}, {"b"}),
        ("a and b or c", {"a": False}, {"c"}),
        ("true or a", {}, set()),
        ("a", {"a": None}, set()),
    ],
)
def test_what_stands_behind_a_part_that_decides_is_not_asked_for(
    source: str, known: dict[str, Value], lacking: set[str]
) -> None:
    assert read(source).lacking(known) == lacking


_NAMES = st.sampled_from(("a", "b", "c", "d"))
_SOURCES = st.recursive(
    _NAMES,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from((" and ", " or ", " == ", " >= ")), inner).map(
            lambda x: f"({x[0]}{x[1]}{x[2]})"
        ),
        inner.map(lambda part: f"(not {part})"),
    ),
    max_leaves=8,
)


@given(source=_SOURCES, values=st.fixed_dictionaries({name: st.integers(0, 2) for name in ("a", "b", "c", "d")}))
def test_asking_name_by_name_comes_to_the_same_and_always_ends(source: str, values: dict[str, Value]) -> None:
    condition = read(source)
    known: dict[str, Value] = {}
    while lacking := condition.lacking(known):
        assert lacking.isdisjoint(known)
        assert lacking <= condition.names
        known |= {name: values[name] for name in lacking}
    assert condition.holds(known) == condition.holds(values)

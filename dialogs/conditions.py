"""A small closed language for conditions and arguments: `craving >= 7 or lonely in halt`.

Names, numbers, quoted words, `true false none`, comparisons, `and or not in`, and brackets. Python's parser
reads it; this module walks what it read and refuses everything else, so that nothing is ever executed.
"""

import ast
import operator
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from dialogs.messages import Message
from dialogs.values import Value

_LONGEST = 400
"""Characters; so that nothing nests deeper than Python can walk."""

_WORDS: Mapping[str, Value] = {"true": True, "false": False, "none": None}


def _contains(item: object, box: object) -> bool:
    """Whether a list holds it, words hold a part of them, or a message holds that medium ("photo", "text").

    Lists are lists of words: 3 is found as "3".
    """
    match box:
        case str():
            return isinstance(item, str) and item in box
        case Message():
            return item in box.media
        case tuple():
            return item is not None and (item in box or str(item) in box)
        case _:
            return False


def _order(compare: Callable[[float, float], bool]) -> Callable[[object, object], bool]:
    """Ordering of numbers; something never answered (none) is neither more nor less than anything."""

    def ordered(left: object, right: object) -> bool:
        if isinstance(left, int | float) and isinstance(right, int | float):
            return compare(left, right)
        return False

    return ordered


_COMPARE: Mapping[type[ast.cmpop], Callable[[object, object], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: _order(operator.lt),
    ast.LtE: _order(operator.le),
    ast.Gt: _order(operator.gt),
    ast.GtE: _order(operator.ge),
    ast.In: _contains,
    ast.NotIn: lambda item, box: not _contains(item, box),
}


class ConditionError(ValueError):
    """The condition is not in the language; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition (or a single value) that was read and found good."""

    source: str
    names: frozenset[str]
    tree: ast.expr

    def value(self, known: Mapping[str, Value]) -> Value:
        """What it comes to, with these values; every one of `names` must be among them (KeyError)."""
        return _evaluate(self.tree, known)

    def holds(self, known: Mapping[str, Value]) -> bool:
        """Whether it is true."""
        return bool(self.value(known))

    def lacking(self, known: Mapping[str, Value]) -> frozenset[str]:
        """The names to find out next before it can be decided; none where what is known decides it.

        `and` and `or` read from the left: what stands behind a part that decides is not asked for.
        """
        return frozenset() if self.names <= known.keys() else _lacking(self.tree, known)


@lru_cache(maxsize=4096)
def read(source: str) -> Condition:
    """Reads a condition. Raises ConditionError on anything outside the language."""
    if len(source) > _LONGEST:
        raise ConditionError(f"“{source[:40]}…” is too long for a condition")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # what Python only warns of (`1or 2`) is refused, everywhere alike
            tree = ast.parse(source.strip(), mode="eval").body
    except (SyntaxError, ValueError) as error:  # ValueError: characters that no program text can hold
        raise ConditionError(f"cannot read “{source}”") from error
    names: set[str] = set()
    _check(tree, source, names)
    return Condition(source, frozenset(names), tree)


def _check(tree: ast.expr, source: str, names: set[str]) -> None:
    match tree:
        case ast.Name(id=name):
            if name not in _WORDS:
                names.add(name)
        case ast.Constant(value=bool() | int() | float() | str()):
            pass
        case ast.BoolOp(values=parts) | ast.Tuple(elts=parts):
            for part in parts:
                _check(part, source, names)
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=part):
            _check(part, source, names)
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _COMPARE:
            _check(left, source, names)
            _check(right, source, names)
        case _:
            raise ConditionError(f"“{source}” uses something that conditions don't have")


def _lacking(tree: ast.expr, known: Mapping[str, Value]) -> frozenset[str]:
    match tree:
        case ast.Name(id=name) if name not in _WORDS and name not in known:
            return frozenset({name})
        case ast.BoolOp(op=junction, values=parts):
            decides = isinstance(junction, ast.Or)
            for part in parts:
                if lacking := _lacking(part, known):
                    return lacking
                if bool(_evaluate(part, known)) is decides:
                    break
            return frozenset()
        case ast.UnaryOp(operand=part):
            return _lacking(part, known)
        case ast.Tuple(elts=parts):
            return frozenset().union(*(_lacking(part, known) for part in parts))
        case ast.Compare(left=left, comparators=[right]):
            return _lacking(left, known) | _lacking(right, known)
        case _:
            return frozenset()


def _evaluate(tree: ast.expr, known: Mapping[str, Value]) -> Value:
    match tree:
        case ast.Name(id=name):
            return _WORDS[name] if name in _WORDS else known[name]
        case ast.Constant(value=bool() | int() | float() | str() as value):
            return value
        case ast.BoolOp(op=ast.And(), values=parts):
            return all(_evaluate(part, known) for part in parts)
        case ast.BoolOp(op=ast.Or(), values=parts):
            return any(_evaluate(part, known) for part in parts)
        case ast.UnaryOp(op=ast.Not(), operand=part):
            return not _evaluate(part, known)
        case ast.UnaryOp(op=ast.USub(), operand=part):
            number = _evaluate(part, known)
            return -number if isinstance(number, int | float) else None
        case ast.Tuple(elts=parts):
            return tuple(str(_evaluate(part, known)) for part in parts)
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return _COMPARE[type(op)](_evaluate(left, known), _evaluate(right, known))
        case _:
            raise ConditionError("this condition was never checked")

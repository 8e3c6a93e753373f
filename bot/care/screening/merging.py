"""Makes many patterns few, without changing what they find: less to match, and so sooner done."""

from collections.abc import Iterable, Sequence

from bot.care.screening.patterns import Element, Pattern


def merged(patterns: Iterable[Pattern]) -> list[Pattern]:
    """As few patterns as come of joining those that differ in one place only, and those that lack one word."""
    found = _shortest(patterns)
    while True:
        fewer = _with_optional(_with_choices(found))
        if len(fewer) == len(found):
            return fewer
        found = fewer


def _shortest(patterns: Iterable[Pattern]) -> list[Pattern]:
    """Those that no other begins: where the longer stands, the shorter was found already."""
    all_of_them = dict.fromkeys(patterns)
    return [
        pattern for pattern in all_of_them if not any(pattern[:end] in all_of_them for end in range(1, len(pattern)))
    ]


def _with_choices(patterns: Sequence[Pattern]) -> list[Pattern]:
    """`not here` and `not there` are `not here/there`."""
    found = list(patterns)
    for place in range(max(map(len, found), default=0)):
        together: dict[object, list[Pattern]] = {}
        for pattern in found:
            element = pattern[place] if place < len(pattern) else None
            key: object = (
                (pattern[:place], element.optional, pattern[place + 1 :])
                if element is not None and element.words is not None
                else pattern
            )
            together.setdefault(key, []).append(pattern)
        found = [_joined(same, place) for same in together.values()]
    return found


def _joined(same: Sequence[Pattern], place: int) -> Pattern:
    first = same[0]
    if len(same) == 1:
        return first
    words = frozenset().union(*(pattern[place].words or frozenset() for pattern in same))
    return (*first[:place], Element(words, first[place].optional), *first[place + 1 :])


def _with_optional(patterns: Sequence[Pattern]) -> list[Pattern]:
    """`i am overdosing` and `i overdosing` are `i am? overdosing`."""
    left = dict.fromkeys(patterns)
    for pattern in sorted(patterns, key=len, reverse=True):
        for place in range(1, len(pattern) - 1):
            shorter = pattern[:place] + pattern[place + 1 :]
            if pattern in left and shorter in left:
                del left[shorter]
                del left[pattern]
                left[
                    (
                        *pattern[:place],
                        Element(pattern[place].words, optional=True, unless=pattern[place].unless),
                        *pattern[place + 1 :],
                    )
                ] = None
                break
    return list(left)

"""What may be shown of a house pulse, and whoever tries to single somebody out."""

from collections import Counter
from datetime import date
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from bot.house.pulse.rules import CHANCES, FEW, HIGH, ITEMS, LOW, Month, counted, periods

VALUES = range(LOW, HIGH + 1)


def month(number: int, *answers: int) -> Month:
    """A month of 2027 in which these were counted, the same for every item."""
    return Month(date(2027, number, 1), {item: dict(Counter(answers)) for item in ITEMS})


def shown(*months: Month) -> list[tuple[int, int]]:
    return [(each.first.month, each.last.month) for each in periods(months)]


def test_a_month_with_five_answers_is_shown_by_itself() -> None:
    assert shown(month(1, 3, 3, 3, 3), month(2, 4, 4, 4, 4, 4)) == [(1, 2)]
    assert shown(month(1, 3, 3, 3, 3, 3), month(2, 4, 4, 4, 4, 4)) == [(1, 1), (2, 2)]


def test_a_small_house_pools_up_to_three_months_of_a_quarter() -> None:
    assert shown(month(1, 3, 3, 3), month(2, 3), month(3, 3)) == [(1, 3)]
    assert shown(month(1, 3), month(2, 3), month(3, 3, 3)) == []
    assert shown(month(2, 3, 3), month(3, 3, 3), month(4, 3)) == []  # a new quarter begins anew


def test_two_people_are_never_five() -> None:
    assert shown(month(1, 1, 5), month(2, 1, 5), month(3, 1, 5)) == []


def test_the_mean_is_what_people_said_once_chance_is_taken_off() -> None:
    """Of every answer counted with every chance there is, the mean comes out as it was."""
    for answer in VALUES:
        every = [counted(answer, chance) for chance in range(CHANCES)]
        [period] = periods([month(1, *every)])
        assert period.shown == dict.fromkeys(ITEMS, float(answer))


months = st.lists(
    st.tuples(st.integers(1, 12), st.lists(st.integers(LOW, HIGH), max_size=9)), unique_by=lambda each: each[0]
)


@given(months)
def test_nothing_is_shown_under_five_answers_and_no_month_twice(found: list[tuple[int, list[int]]]) -> None:
    given_months = [month(number, *answers) for number, answers in found]
    seen: set[int] = set()
    for period in periods(given_months):
        inside = [each for each in given_months if period.first <= each.month <= period.last]
        assert sum(each.answers for each in inside) >= FEW
        assert not seen & {each.month.month for each in inside}
        seen |= {each.month.month for each in inside}
        assert all(LOW <= value <= HIGH and (value * 2).is_integer() for value in period.shown.values())


@given(months, st.integers(1, 12), st.lists(st.integers(LOW, HIGH), min_size=1, max_size=9))
def test_what_was_shown_never_moves_when_later_months_come(
    found: list[tuple[int, list[int]]], later: int, answers: list[int]
) -> None:
    """Somebody who keeps old pictures and takes them from new ones gets nothing: old figures stay as they were."""
    before = [month(number, *each) for number, each in found if number < later]
    assert periods([*before, month(later, *answers)])[: len(periods(before))] == periods(before)


def test_a_newcomer_cannot_be_taken_from_the_difference_of_two_months() -> None:
    """The worst attacker there can be: one who knows what each of the others said, and even sees the counts.

    Ben moves in; between two months only his answer is new. Whatever is counted for him, each answer of his may be
    behind it: nobody can say what he said, whichever it was.
    """
    for others in ((1, 1, 1, 1, 1), (5, 5, 5, 5, 5), (1, 2, 3, 4, 5), (1, 1, 5, 5, 5)):
        pictures: dict[tuple[float, float], set[int]] = {}
        counts: dict[int, set[int]] = {}
        for said, chance in product(VALUES, range(CHANCES)):
            told = counted(said, chance)
            one, two = periods([month(1, *others), month(2, *others, told)])
            pictures.setdefault((one.shown["help"], two.shown["help"]), set()).add(said)
            counts.setdefault(told, set()).add(said)
        assert all(behind == set(VALUES) for behind in pictures.values())
        assert all(behind == set(VALUES) for behind in counts.values())


def test_a_house_of_one_mind_gives_nobody_away_either() -> None:
    """All ones in the counts: still each of them may have said anything."""
    assert {said for said, chance in product(VALUES, range(CHANCES)) if counted(said, chance) == 1} == set(VALUES)

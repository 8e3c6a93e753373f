"""The scores of each instrument, against worked examples and whatever else may be answered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care import instruments
from bot.care.instruments import CAPITAL, INSTRUMENTS, MONTHLY, WEEKLY, Instrument, Scale, over, score, trend
from dialogs.library import Library
from dialogs.model import ChooseNode, RateNode


def of(instrument: Instrument, name: str) -> Scale:
    return next(scale for scale in instrument.scales if scale.name == name)


def summed(instrument: Instrument, *given_answers: str) -> dict[str, int | None]:
    answers = instrument.read(given_answers)
    return {scale.name: score(scale, answers) for scale in instrument.scales}


@pytest.mark.parametrize(
    ("given_answers", "scores", "reached"),
    [
        ("0 0 0 0 1 1 1", (0, 0, 3), ()),
        ("1 1 2 0 1 2 2", (2, 2, 5), ()),
        ("2 1 0 3 2 2 2", (3, 3, 6), ("phq2", "gad2", "ucla3")),
        ("0 3 1 1 1 1 3", (3, 2, 5), ("phq2",)),
        ("3 3 3 3 3 3 3", (6, 6, 9), ("phq2", "gad2", "ucla3")),
    ],
)
def test_the_weekly_one_sums_to_what_its_authors_say(
    given_answers: str, scores: tuple[int, ...], reached: tuple[str, ...]
) -> None:
    assert tuple(summed(WEEKLY, *given_answers.split()).values()) == scores
    assert over(WEEKLY, WEEKLY.read(given_answers.split())) == reached


def test_the_monthly_one_has_the_three_sums_of_its_shape() -> None:
    #       1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17
    counted = "1 2 3 2 1 3 4 4 2 1 3 0 4 2 1 3 4"
    # Use 4+5+6; Risk 1,2,3,8,11,15; Protective 9,10,12,13,14,16 (CARE, “Check-ins”)
    assert summed(MONTHLY, *counted.split()) == {
        "use": 2 + 1 + 3,
        "risk": 1 + 2 + 3 + 4 + 3 + 1,
        "protective": 2 + 1 + 0 + 4 + 2 + 3,
    }


def test_what_does_not_apply_is_not_asked_and_counts_as_none() -> None:
    quiet = "1 2 3 0 None 0 None 4 2 1 3 0 4 2 1 3 4"
    assert summed(MONTHLY, *quiet.split())["use"] == 0


def test_the_monthly_shape_is_seventeen_items_in_three_scales_without_a_cut_off() -> None:
    assert len(MONTHLY.items) == 17
    assert [len(scale.items) for scale in MONTHLY.scales] == [3, 6, 6]
    assert all(scale.cut is None for scale in (*MONTHLY.scales, *CAPITAL.scales))
    assert [MONTHLY.ends(scale) for scale in MONTHLY.scales] == [(0, 12), (0, 24), (0, 24)]


def test_recovery_capital_is_ten_areas_from_one_to_six() -> None:
    assert CAPITAL.ends(CAPITAL.scales[0]) == (10, 60)
    assert summed(CAPITAL, *["5", "4", "3", "5", "5", "4", "4", "2", "4", "5"]) == {"capital": 41}


@pytest.mark.parametrize("given_answers", ["4 0 0 0 1 1 1", "0 0 0 0 0 1 1", "0 0 0 0 1 1 4", "-1 0 0 0 1 1 1"])
def test_no_answer_lies_outside_its_scale(given_answers: str) -> None:
    with pytest.raises(ValueError, match="scale"):
        WEEKLY.read(given_answers.split())


def test_an_answer_too_few_is_a_mistake_in_the_content() -> None:
    with pytest.raises(ValueError, match="shorter"):
        WEEKLY.read(["0", "0"])


@given(st.data())
def test_every_score_lies_between_its_ends_and_one_unanswered_item_leaves_it_open(data: st.DataObject) -> None:
    instrument = data.draw(st.sampled_from(list(INSTRUMENTS.values())))
    answers = {item.name: data.draw(st.integers(item.low, item.high)) for item in instrument.items}
    assert instruments.from_json(instruments.to_json(answers)) == answers
    for scale in instrument.scales:
        low, high = instrument.ends(scale)
        now = score(scale, answers)
        assert now is not None
        assert low <= now <= high
        assert score(scale, {name: value for name, value in answers.items() if name != scale.items[-1]}) is None


@given(before=st.integers(0, 24), now=st.integers(0, 24))
def test_a_trend_turned_round_is_the_other_trend(before: int, now: int) -> None:
    turned = {"less": "more", "more": "less", "same": "same"}
    assert trend((0, 24), now, before) == turned[trend((0, 24), before, now)]


def test_a_point_is_no_trend_and_a_first_time_has_none() -> None:
    assert trend((0, 24), 10, 12) == "same"
    assert trend((0, 24), 10, 13) == "more"
    assert trend((0, 24), 10, 7) == "less"
    assert trend((0, 24), None, 7) == "first"


def test_each_dialog_asks_exactly_the_items_of_its_instrument_on_their_scales(library: Library) -> None:
    for instrument in INSTRUMENTS.values():
        nodes = library.scripts[instrument.dialog].dialog.nodes.values()
        asked: dict[str, tuple[int, ...]] = {}
        for node in nodes:
            if isinstance(node, RateNode):
                asked[node.save] = tuple(range(node.low, node.high + 1))
            elif isinstance(node, ChooseNode) and node.save in {item.name for item in instrument.items}:
                asked[str(node.save)] = tuple(int(choice.key) for choice in node.choices)
        assert list(asked) == [item.name for item in instrument.items]
        for item in instrument.items:
            low = item.low + 1 if item.name == "bam_which" else item.low  # “which” is not asked where there was none
            assert asked[item.name] == tuple(range(low, item.high + 1)), item.name

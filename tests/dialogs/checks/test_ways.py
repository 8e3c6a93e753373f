"""Rules about where a conversation leads."""

from collections.abc import Callable, Iterator

from dialogs.cards import Card
from dialogs.checks import dangling, dead_end, loop_without_wait, names, not_leavable, unreachable
from dialogs.library import Problem, Source
from dialogs.model import Dialog
from tests.dialogs.support import card_of, dialog_of, source_of


def _places(find: Callable[[Source], Iterator[Problem]], *pieces: Dialog | Card) -> list[str]:
    return [problem.place for problem in find(source_of(*pieces))]


def test_a_way_to_a_node_that_is_not_there_dangles() -> None:
    nodes = """
    ask: {choose: Go on, choices: {"yes": {label: "Yes", next: gone}}, after: {minutes: 5, then: lost}}
    """
    problems = list(dangling.find(source_of(dialog_of(nodes))))

    assert [problem.what for problem in problems] == [
        "it leads to “lost”, which is not there",
        "it leads to “gone”, which is not there",
    ]


def test_ways_to_nodes_that_are_there_do_not_dangle() -> None:
    assert _places(dangling.find, dialog_of("one: {say: Hi, next: two}\ntwo: {go: talk}")) == []


def test_going_to_a_dialog_that_is_not_there_dangles_from_nodes_and_cards() -> None:
    card = card_of("open: {say: Hi, choices: {see: {label: See, go: nowhere}}}")

    assert _places(dangling.find, dialog_of("on: {go: nowhere}"), card) == ["on", "open"]


def test_people_moved_to_nothing_or_from_what_is_still_there_are_told() -> None:
    dialog = dialog_of("one: {say: Hi}", head="moved: {old: lost, one: one}")

    assert _places(dangling.find, dialog) == ["moved.old", "moved.one"]


def test_no_node_is_called_end() -> None:
    assert _places(dangling.find, dialog_of("end: {say: Hi}")) == ["end"]


def test_a_node_that_nothing_leads_to_is_unreachable() -> None:
    assert _places(unreachable.find, dialog_of("one: {say: Hi}\ntwo: {say: Ho}")) == ["two"]


def test_the_next_of_a_question_whose_every_button_leads_elsewhere_reaches_nothing() -> None:
    nodes = """
    one: {choose: Well, choices: {a: {label: A, next: end}}, next: two}
    two: {say: Never said}
    """
    assert _places(unreachable.find, dialog_of(nodes)) == ["two"]


def test_a_node_reached_only_by_people_who_were_moved_is_reachable() -> None:
    dialog = dialog_of("one: {say: Hi}\ntwo: {ask: Well, save: it}", head="moved: {old: two}")

    assert _places(unreachable.find, dialog) == []


def test_a_way_behind_one_that_is_always_open_is_unreachable() -> None:
    nodes = """
    one: {rate: Well, save: it, next: [{then: two}, {when: it > 3, then: end}]}
    two: {say: Hi}
    """
    assert _places(unreachable.find, dialog_of(nodes)) == ["one"]


def test_going_in_circles_is_a_dead_end() -> None:
    circle = "one: {ask: Well, save: it, next: two}\ntwo: {ask: And, save: it, next: one}"

    assert _places(dead_end.find, dialog_of(circle)) == ["one", "two"]


def test_a_fork_whose_ways_may_all_be_closed_is_a_dead_end() -> None:
    nodes = "one: {rate: Well, save: it, next: [{when: it > 3, then: end}]}"

    assert _places(dead_end.find, dialog_of(nodes)) == ["one"]


def test_a_way_into_another_dialog_is_no_dead_end() -> None:
    assert _places(dead_end.find, dialog_of("one: {ask: Well, save: it, next: two}\ntwo: {go: talk}")) == []


def test_two_dialogs_that_only_lead_into_each_other_cannot_be_left() -> None:
    one = dialog_of("a: {ask: Well, save: it, next: b}\nb: {go: two}", name="one")
    two = dialog_of("c: {ask: And, save: it, next: d}\nd: {go: one}", name="two")

    assert _places(not_leavable.find, one, two) == ["a", "c"]


def test_dialogs_of_which_one_ends_can_be_left() -> None:
    one = dialog_of("a: {ask: Well, save: it, next: b}\nb: {go: two}", name="one")
    two = dialog_of("c: {ask: And, save: it, next: end}", name="two")

    assert _places(not_leavable.find, one, two) == []


def test_a_loop_that_does_not_wait_is_told_once() -> None:
    nodes = "one: {say: Hi, next: two}\ntwo: {say: Ho, next: one}"

    assert _places(loop_without_wait.find, dialog_of(nodes)) == ["one"]


def test_a_loop_through_another_dialog_counts_too() -> None:
    one = dialog_of("a: {go: two}", name="one")
    two = dialog_of("b: {go: one}", name="two")

    assert _places(loop_without_wait.find, one, two) == ["a"]


def test_a_loop_with_a_question_in_it_is_fine() -> None:
    nodes = "one: {say: Hi, next: two}\ntwo: {ask: Well, save: it, next: one}"

    assert _places(loop_without_wait.find, dialog_of(nodes)) == []


def test_a_node_is_named_by_a_plain_word() -> None:
    assert _places(names.find, dialog_of("Big Node: {say: Hi, next: fine_1}\nfine_1: {say: Ho}")) == ["Big Node"]

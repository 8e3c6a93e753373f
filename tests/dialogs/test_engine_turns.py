"""Turns: what is old is known for old, what vanished closes kindly, and nothing counts before its facts are there."""

import pytest

from dialogs.engine import EngineError, Turn, advance
from dialogs.inputs import ChoicePressed, Started, TextSent
from dialogs.progress import Place, Progress
from tests.dialogs.walking import Walk

TWO = """
one: {choose: First, choices: {a: A, b: B}, save: x, next: two}
two: {choose: Second, choices: {a: A, b: B}, save: y, after: {minutes: 2, then: quiet}, next: three}
three: {ask: Third, save: z}
quiet: {say: Nobody there}
"""


def test_an_old_button_is_answered_kindly_and_never_executed() -> None:
    walk = Walk(TWO).start()
    old = walk.progress.turn
    walk.press("a")

    walk.press("b", turn=old)

    assert walk.said == ["That one is from earlier.", "Second"]
    assert (walk.node, walk.answers) == ("two", {"x": "a"})


def test_a_double_tap_changes_nothing() -> None:
    walk = Walk(TWO).start()
    old = walk.progress.turn
    before = walk.press("a").progress

    walk.press("a", turn=old)

    assert walk.effects == ()
    assert walk.progress == before


def test_silence_leads_its_own_way() -> None:
    walk = Walk(TWO).start().press("a")

    assert walk.timers == [120.0]
    assert walk.wait().said == ["Nobody there"]


def test_a_late_timer_changes_nothing() -> None:
    walk = Walk(TWO).start().press("a")
    old = walk.progress.turn
    before = walk.press("a").progress

    assert walk.wait(turn=old).effects == ()
    assert walk.progress == before


def test_a_timer_of_a_wait_that_was_taken_out_of_the_content_answers_nothing() -> None:
    walk = Walk(TWO).start()
    before = walk.progress

    assert walk.wait().progress == before


def test_words_where_a_tap_is_wanted_are_met_with_the_question() -> None:
    walk = Walk(TWO).start().write("hello")

    assert walk.said == ["Please tap.", "First"]


def test_coming_back_asks_the_question_again_with_what_was_ticked() -> None:
    walk = Walk("one: {pick: Which, choices: {a: A}, done: Done, save: them}").start().press("a").come_back()

    assert walk.buttons == [["✓ A"], ["Done"]]


def _standing_at(node: str) -> Progress:
    return Progress(turn=4, place=Place(dialog="talk", revision=1, node=node))


def test_a_vanished_node_closes_kindly() -> None:
    walk = Walk(TWO)
    walk.progress = _standing_at("gone")

    walk.write("hello")

    assert walk.said == ["This changed."]
    assert walk.node is None


def test_an_old_button_on_a_vanished_node_closes_kindly_too() -> None:
    walk = Walk(TWO)
    walk.progress = _standing_at("gone")

    assert walk.press("a", turn=2).said == ["This changed."]


def test_people_of_a_moved_node_are_carried_over_with_their_answer() -> None:
    walk = Walk(TWO, head="moved: {old: two}")
    walk.progress = _standing_at("old")

    assert walk.press("a").node == "three"


def test_people_moved_to_a_node_that_does_not_wait_are_led_on_from_there() -> None:
    walk = Walk(TWO, head="moved: {old: quiet}")
    walk.progress = _standing_at("old")

    assert walk.write("hello").said == ["Nobody there"]
    assert walk.node is None


def test_nothing_counts_before_the_facts_are_there() -> None:
    walk = Walk(
        "one: {ask: Say, save: it, next: two}\ntwo: {do: note, with: {words: it}, next: three}\n"
        "three: {say: 'Thanks, {me}'}"
    )
    walk.start()

    missing = walk.missing(TextSent("hello"))

    assert missing.facts == {"me"}
    assert missing.answers == {"it": "hello"}
    assert walk.node == "one"
    walk.facts["me"] = "Ana"
    assert walk.write("hello").said == ["Thanks, Ana"]


def test_only_the_facts_of_the_nodes_that_are_met_are_asked_for() -> None:
    nodes = "one: {next: {when: joined, then: two, else: three}}\ntwo: {say: 'Hi {me}'}\nthree: {say: 'In {house}'}"
    walk = Walk(nodes)

    assert walk.missing(Started()).facts == {"joined"}
    walk.facts["joined"] = False
    assert walk.missing(Started()).facts == {"house"}


def test_a_fact_is_asked_for_only_where_the_way_depends_on_it() -> None:
    nodes = (
        "one: {next: [{when: joined and worried, then: two}, {when: low, then: three}, {then: four}]}\n"
        "two: {say: Two}\nthree: {say: Three}\nfour: {say: Four}"
    )
    walk = Walk(nodes)

    assert walk.missing(Started()).facts == {"joined"}
    walk.facts["joined"] = True
    assert walk.missing(Started()).facts == {"worried"}
    walk.facts["worried"] = False
    assert walk.missing(Started()).facts == {"low"}
    walk.facts["low"] = True
    assert walk.start().said == ["Three"]


def test_what_was_not_answered_yet_is_none_and_blocks_no_way() -> None:
    nodes = (
        "one: {next: {when: it >= 3, then: two, else: three}}\ntwo: {ask: Two, save: it}\nthree: {say: 'Three{it}'}"
    )

    assert Walk(nodes).start().said == ["Three"]


def test_an_answer_of_a_fact_with_the_wrong_shape_is_an_error_of_ours() -> None:
    with pytest.raises(EngineError, match="not a list"):
        Walk("one: {choose: Which, each: skills}", skills=3).start()


def test_starting_anew_forgets_the_old_answers_and_keeps_the_turn() -> None:
    walk = Walk(TWO).start().press("a").start()

    assert (walk.node, walk.answers, walk.progress.turn) == ("one", {}, 3)


def test_the_progress_handed_in_is_never_changed() -> None:
    walk = Walk(TWO).start()
    before = walk.progress
    kept = before.to_json()

    answer = advance(walk.script, before, ChoicePressed(before.turn, "a"), {})

    assert isinstance(answer, Turn)
    assert before.to_json() == kept

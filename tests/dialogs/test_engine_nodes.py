"""What each kind of node does."""

import re
from inspect import getsource
from typing import get_args

import pytest

from dialogs import engine
from dialogs.effects import Ask, Do, Open, Pace, Say
from dialogs.inputs import MediaSent, Started
from dialogs.messages import Medium
from dialogs.values import Option, Picture
from tests.dialogs.walking import Walk, shown


def test_what_is_said_goes_on_to_the_question() -> None:
    walk = Walk("hi: {say: 'Hello {me}', keyboard: true, next: ask}\nask: {ask: And you, save: it}", me="Ana").start()

    assert walk.said == ["Hello Ana", "And you"]
    assert isinstance(walk.effects[0], Say)
    assert walk.effects[0].keyboard
    assert walk.node == "ask"


def test_a_picture_comes_from_a_fact() -> None:
    week = Picture("week", {})

    (said,) = Walk("hi: {say: Your week, picture: week}", week=week).start().effects

    assert isinstance(said, Say)
    assert said.picture == week


def test_a_pressed_button_is_saved_and_goes_its_own_way() -> None:
    nodes = """
    one: {choose: Where, choices: {a: Here, b: {label: There, next: two}}, save: place}
    two: {say: "So {place}."}
    """
    assert Walk(nodes).start().press("b").said == ["So b."]
    assert Walk(nodes).start().press("a").node is None


def test_a_hidden_button_is_neither_shown_nor_taken() -> None:
    nodes = "one: {choose: Well, choices: {a: {label: A, when: staff}, b: B}}"
    walk = Walk(nodes, staff=False).start()

    assert walk.buttons == [["B"]]
    assert walk.press("a").node == "one"
    assert walk.said[0] == "That one is from earlier."


def test_a_list_from_a_fact_stands_before_the_fixed_buttons() -> None:
    walk = Walk(
        "one: {choose: Which, each: skills, save: it, choices: {back: Back}, next: two}\ntwo: {go_to: it}",
        skills=(Option("waves", "Waves"),),
    ).start()

    assert walk.buttons == [["Waves"], ["Back"]]
    assert walk.press("waves").effects == (Open(dialog="waves", parameters={}),)


def test_picks_toggle_and_done_keeps_them_in_the_order_of_the_buttons() -> None:
    nodes = (
        "one: {pick: Which, choices: {a: A, b: B, c: C}, done: Done, save: them, next: two}\ntwo: {ask: So, save: x}"
    )
    walk = Walk(nodes).start()

    walk.press("c").press("a")
    assert walk.buttons == [["✓ A", "B"], ["✓ C"], ["Done"]]
    walk.press("c").press("b").press("nothing like it")
    assert walk.press("done").answers["them"] == ("a", "b")


def test_asking_the_same_picks_again_begins_with_none() -> None:
    nodes = (
        "one: {pick: Which, choices: {a: A}, done: Done, save: them, next: two}\ntwo: {ask: So, save: x, next: one}"
    )
    walk = Walk(nodes).start().press("a").press("done").write("again")

    assert walk.buttons == [["A"], ["Done"]]


def test_a_number_is_tapped_or_typed() -> None:
    nodes = "one: {rate: How, save: it, next: two}\ntwo: {ask: So, save: x}"

    assert Walk(nodes).start().press("10").answers["it"] == 10
    assert Walk(nodes).start().write(" 7 ").answers["it"] == 7
    assert Walk(nodes).start().buttons == [["0", "1", "2", "3", "4", "5"], ["6", "7", "8", "9", "10"]]


@pytest.mark.parametrize("typed", ["11", "-1", "--5", "seven", "7.5", "²", "٣", "999999999", ""])
def test_anything_but_a_number_of_the_scale_is_asked_again(typed: str) -> None:
    walk = Walk("one: {rate: How, save: it}").start().write(typed)

    assert walk.said == ["From 0 to 10, please.", "How"]


@pytest.mark.parametrize("pressed", ["11", "--5", "²", "nonsense"])
def test_a_button_that_a_scale_never_had_is_not_taken(pressed: str) -> None:
    walk = Walk("one: {rate: How, save: it}").start().press(pressed)

    assert walk.node == "one"


def test_a_scale_can_have_faces_and_other_buttons() -> None:
    nodes = """
    one:
      rate: How
      from: 1
      to: 3
      labels: {1: "{me} low", 3: high}
      choices: {later: {label: Later, next: two}}
      save: it
    two: {say: "Later, {it}."}
    """
    walk = Walk(nodes, me="Ana").start()

    assert walk.buttons == [["Ana low", "2", "high"], ["Later"]]
    assert walk.press("later").said == ["Later, ."]


def test_words_are_kept_and_too_many_are_asked_again() -> None:
    nodes = "one: {ask: Say, save: it, max: 5, skip: Skip, next: two}\ntwo: {ask: So, save: x}"

    assert Walk(nodes).start().write(" words ").answers["it"] == "words"
    assert Walk(nodes).start().write("too many").said == ["Up to 5, please.", "Say"]
    assert Walk(nodes).start().write("   ").said == ["Say"]
    assert Walk(nodes).start().press("skip").answers["it"] is None


def test_a_name_is_kept_as_it_can_stand_in_a_sentence() -> None:
    nodes = "one: {ask: Who, save: it, expects: name, next: two}\ntwo: {ask: So, save: x}"

    assert Walk(nodes).start().write("\u202eDana\n 👩‍🚒").answers["it"] == "Dana 👩‍🚒"
    assert Walk(nodes).start().write("\u202e").said == ["Who"]


def test_a_rhythm_is_one_message_with_a_way_out_and_an_end() -> None:
    nodes = """
    one:
      pace: {steps: [{say: "In, {round} of {rounds}", seconds: 4}, {say: Out, seconds: 6}], rounds: 2, stop: Enough}
      next: two
    two: {say: Good}
    """
    walk = Walk(nodes).start()
    (pace, _) = walk.effects

    assert isinstance(pace, Pace)
    assert [shown(frame.text) for frame in pace.frames] == ["In, 1 of 2", "Out", "In, 2 of 2", "Out"]
    assert walk.timers == [20.0]
    assert walk.buttons == [["Enough"]]
    assert Walk(nodes).start().wait().said == ["Good"]
    assert Walk(nodes).start().press("stop").said == ["Good"]
    assert Walk(nodes).start().write("hm").said[0] == "Please tap."


def test_an_action_happens_with_its_arguments() -> None:
    nodes = "one: {do: note, with: {words: me, hard: 'code == 3', no: none}, next: end}"

    walk = Walk(nodes, head="parameters: [code]", me="Ana").start(code=3)

    assert walk.effects == (Do(action="note", arguments={"words": "Ana", "hard": True, "no": None}),)


def test_another_dialog_is_opened_and_this_one_is_over() -> None:
    walk = Walk("one: {go: other, with: {who: me}}", me="Ana").start()

    assert walk.effects == (Open(dialog="other", parameters={"who": "Ana"}),)
    assert walk.node is None


def test_a_fork_takes_the_first_way_that_is_open() -> None:
    nodes = """
    one: {next: [{when: n > 5, then: high}, {when: n > 2, then: middle}, {else: low}]}
    high: {say: High}
    middle: {say: Middle}
    low: {say: Low}
    """
    assert [Walk(nodes, n=n).start().said for n in (9, 3, 1)] == [["High"], ["Middle"], ["Low"]]


def test_something_that_is_not_words_is_answered_and_asked_again() -> None:
    walk = Walk("one: {ask: Say, save: it}").start().give(MediaSent("voice", "abc"))

    assert walk.said == ["Only words.", "Say"]


def test_a_question_can_ask_to_stay_readable() -> None:
    (asked,) = Walk("one: {ask: Say, save: it, keep: true}").start().effects

    assert isinstance(asked, Ask)
    assert asked.keep


def test_names_in_any_button_are_filled_in() -> None:
    nodes = """
    one: {pick: Which, choices: {a: "With {me}"}, done: "Done, {me}", save: them, next: two}
    two: {ask: Say, save: it, skip: "Skip, {me}", choices: {a: {label: "Use {me}", next: three}}}
    three: {pace: {steps: [{say: In, seconds: 1}], stop: "Stop, {me}"}}
    """
    walk = Walk(nodes, me="Ana").start()

    assert walk.buttons == [["With Ana"], ["Done, Ana"]]
    assert walk.press("done").buttons == [["Use Ana"], ["Skip, Ana"]]
    assert walk.press("a").buttons == [["Stop, Ana"]]


def test_conditions_of_buttons_ask_for_their_facts_on_every_kind_of_node() -> None:
    scale = Walk("one: {rate: How, save: it, choices: {a: {label: A, when: odd, next: end}}}")
    words = Walk("one: {ask: Say, save: it, choices: {a: {label: A, when: odd, next: end}}}")

    assert scale.missing(Started()).facts == {"odd"}
    assert words.missing(Started()).facts == {"odd"}


def test_every_phrase_the_engine_says_is_declared() -> None:
    said = set(re.findall(r'_(?:again|phrase)\(\s*"(\w+)"', getsource(engine)))

    media = {f"medium_{medium}" for medium in get_args(Medium)}

    assert said | media == set(engine.PHRASES)

"""Rules about what a dialog may name: facts, actions, arguments, keys, commands, phrases."""

from dialogs.checks import (
    buttons,
    choice_keys,
    commands,
    phrases,
    shown,
    skills,
    unknown_action,
    unknown_fact,
    wrong_arguments,
)
from dialogs.model import Choice, ChooseNode, Dialog
from tests.dialogs.support import PHRASES, card_of, dialog_of, source_of


def test_a_name_that_is_neither_saved_nor_a_fact_is_unknown() -> None:
    nodes = """
    one: {say: "Hello {mee}", next: two}
    two: {choose: Well, each: skils, choices: {a: {label: A, when: tired}}, next: three}
    three: {say: A week, picture: weak}
    """
    problems = list(unknown_fact.find(source_of(dialog_of(nodes))))

    assert [(problem.place, problem.what) for problem in problems] == [
        ("one", "nobody knows “mee”"),
        ("two", "nobody knows “skils”"),
        ("two", "nobody knows “tired”"),
        ("three", "nobody knows “weak”"),
    ]
    assert "“me”" in problems[0].remedy


def test_saved_names_parameters_and_facts_are_known() -> None:
    nodes = """
    one: {say: "Hello {me}", next: two}
    two: {ask: "{code}", save: it, next: {when: "it == 'x' and code != it", then: end, else: end}}
    """
    assert list(unknown_fact.find(source_of(dialog_of(nodes, head="parameters: [code]")))) == []


def test_conditions_of_buttons_under_a_scale_and_a_question_are_looked_at() -> None:
    nodes = """
    one: {rate: Well, save: it, choices: {a: {label: A, when: odd, next: end}}, next: two}
    two: {ask: Well, save: it, choices: {a: {label: A, when: even, next: end}}}
    """
    assert [problem.place for problem in unknown_fact.find(source_of(dialog_of(nodes)))] == ["one", "two"]


def test_the_round_of_a_rhythm_is_known_there_and_nowhere_else() -> None:
    nodes = """
    one: {pace: {steps: [{say: "In, {round} of {rounds}", seconds: 4}], stop: Enough}, next: two}
    two: {say: "Round {round}"}
    """
    assert [problem.place for problem in unknown_fact.find(source_of(dialog_of(nodes)))] == ["two"]


def test_a_title_has_nothing_to_fill_in() -> None:
    dialog = dialog_of("one: {say: Hi}").model_copy(update={"title": "For {me}"})

    assert [problem.place for problem in unknown_fact.find(source_of(dialog))] == ["title"]


def test_an_action_that_nobody_performs_is_unknown() -> None:
    (problem,) = unknown_action.find(source_of(dialog_of("one: {do: rests}")))

    assert problem.what == "nobody does “rests”"
    assert "“rest”" in problem.remedy


def test_an_action_of_the_vocabulary_is_known() -> None:
    assert list(unknown_action.find(source_of(dialog_of("one: {do: rest}")))) == []


def test_missing_and_extra_arguments_are_told() -> None:
    nodes = "one: {do: note, with: {word: 1}, next: two}\ntwo: {go: talk}"

    problems = wrong_arguments.find(source_of(dialog_of(nodes, head="parameters: [code]")))

    assert [problem.what for problem in problems] == [
        "“note” also takes “words”",
        "“note” does not take “word”",
        "“talk” also takes “code”",
    ]


def test_exact_arguments_are_fine() -> None:
    nodes = "one: {do: note, with: {words: code}, next: two}\ntwo: {go: talk, with: {code: code}}"

    assert list(wrong_arguments.find(source_of(dialog_of(nodes, head="parameters: [code]")))) == []


def test_two_buttons_of_a_question_never_share_a_key() -> None:
    twice = ChooseNode(choose="Well", choices=(Choice(key="a", label="A"), Choice(key="a", label="B")))
    dialog = Dialog.model_validate(
        {"spec": 1, "dialog": "talk", "revision": 1, "title": "A talk", "nodes": {"one": {"next": "end"}}}
    ).model_copy(update={"nodes": {"one": twice}})
    card = card_of("open: {say: Hi, choices: [{key: a, label: A, do: x}, {key: a, label: B, do: y}]}")

    assert [problem.place for problem in choice_keys.find(source_of(dialog, card))] == ["one", "open"]


def test_a_key_is_reserved_where_the_engine_gives_it() -> None:
    nodes = """
    one: {pick: Well, save: a, done: Done, choices: {done: It's done, x: X}, next: two}
    two: {ask: Well, save: b, skip: Skip, choices: {skip: Skip, y: Y}, next: three}
    three: {rate: Well, save: c, choices: {"5": Five}}
    """
    assert [problem.place for problem in choice_keys.find(source_of(dialog_of(nodes)))] == ["one", "two", "three"]


def test_the_same_keys_are_free_elsewhere() -> None:
    nodes = "one: {choose: Well, choices: {done: Done, skip: Skip, stop: Stop, '5': Five}}"

    assert list(choice_keys.find(source_of(dialog_of(nodes)))) == []


def test_a_question_whose_buttons_may_all_be_hidden_is_told() -> None:
    nodes = """
    one: {choose: Well, choices: {a: {label: A, when: me}}, next: two}
    two: {choose: Well, next: three}
    three: {rate: Well, save: it, from: 5, to: 5, next: four}
    four: {rate: Well, save: it, to: 3, labels: {4: Four}, next: five}
    five: {pick: Well, save: them, done: Done, choices: {a: {label: A, next: end}}, next: six}
    six: {pick: Well, save: them, done: Done, choices: {}}
    """
    problems = [problem.place for problem in buttons.find(source_of(dialog_of(nodes)))]

    assert problems == ["one", "two", "three", "four", "five", "six"]


def test_a_question_with_a_button_that_is_always_there_is_fine() -> None:
    nodes = """
    one: {choose: Well, choices: {a: {label: A, when: me}, b: B}, next: two}
    two: {choose: Well, each: skills}
    """
    assert list(buttons.find(source_of(dialog_of(nodes)))) == []


def test_a_command_opens_one_dialog_and_is_described_by_its_title() -> None:
    one = dialog_of("a: {say: Hi}", name="one", head="command: hello")
    two = dialog_of("a: {say: Hi}", name="two", head="command: hello").model_copy(update={"title": "Hm"})

    problems = list(commands.find(source_of(one, two)))

    assert [(problem.file, problem.place) for problem in problems] == [
        ("content/two.yaml", "command"),
        ("content/two.yaml", "title"),
    ]
    assert list(commands.find(source_of(one))) == []


def test_a_description_is_measured_in_every_language() -> None:
    dialog = dialog_of("a: {say: Hi}", head="command: hello")

    (problem,) = commands.find(source_of(dialog, es={"A talk": "x" * 257}))

    assert "(es)" in problem.what


def test_the_engines_phrases_are_there_and_name_what_it_gives() -> None:
    missing = {name: text for name, text in PHRASES.items() if name != "tap_please"}

    assert [problem.place for problem in phrases.find(source_of(phrases=missing))] == ["tap_please"]
    assert [
        problem.what for problem in phrases.find(source_of(phrases={**PHRASES, "too_long": "Only {limit}."}))
    ] == ["nobody fills in “limit” here"]
    assert list(phrases.find(source_of())) == []


def test_a_skill_says_what_it_is_for_and_notices_whether_it_helped() -> None:
    bare = dialog_of("one: {say: Breathe}", head="skill: true")

    assert [problem.place for problem in skills.find(source_of(bare))] == [
        "minutes",
        "helps_with",
        "source",
        "",
        "",
        "",
    ]


def test_a_whole_skill_is_fine() -> None:
    nodes = """
    one: {rate: Now, save: before, next: two}
    two: {rate: And now, save: after, next: three}
    three: {do: record_practice, with: {skill: "'talk'", before: before, after: after}}
    """
    head = "skill: true\nminutes: 3\nhelps_with: [stress]\nsource: a manual"

    assert list(skills.find(source_of(dialog_of(nodes, head=head)))) == []


def test_what_is_shown_is_a_message_or_a_picture() -> None:
    nodes = """
    one: {ask: Say, save: words, next: two}
    two: {ask: Tell, save: telling, takes: [text, voice], next: three}
    three: {say: Words, shows: words, next: four}
    four: {say: Telling, shows: telling, next: five}
    five: {say: Told, shows: told, next: six}
    six: {say: Me, shows: me, picture: week, next: seven}
    seven: {say: Handed, shows: handed, picture: me}
    """
    problems = list(shown.find(source_of(dialog_of(nodes, head="parameters: [handed]"))))

    assert [(problem.place, problem.what) for problem in problems] == [
        ("three", "“words” is not a message that can be shown"),
        ("six", "“me” is not a message that can be shown"),
        ("seven", "“me” is not a picture"),
    ]


def test_an_answer_that_is_a_message_in_one_place_and_words_in_another_is_not_shown() -> None:
    nodes = """
    one: {ask: Say, save: it, takes: [photo], choices: {w: {label: In words, next: two}}, next: three}
    two: {ask: Say, save: it, next: three}
    three: {say: It, shows: it}
    """
    assert [problem.place for problem in shown.find(source_of(dialog_of(nodes)))] == ["three"]

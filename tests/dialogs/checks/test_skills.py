"""A skill is rated before and after and remembered: in itself, or in what it comes back with. A document is not."""

from dialogs.checks.skills import find
from dialogs.vocabulary import Vocabulary
from tests.dialogs.support import VOCABULARY, dialog_of, source_of

HEAD = "skill: true\nhelps_with: [stress]\nminutes: 3\nsource: Own.\n"
BEFORE = "before: {rate: Well, save: before, next: later}\n"
LATER = "later: {do: ask_later, with: {dialog: \"'back'\", minutes: 5, words: none, before: before}}"
WORDS = Vocabulary.model_validate(
    {
        "facts": VOCABULARY.facts,
        "actions": {
            **VOCABULARY.actions,
            "ask_later": {"means": "later", "takes": ["dialog", "minutes", "words", "before"]},
            "keep_plan": {"means": "keep", "takes": ["plan", "section", "words"]},
        },
    }
)
BACK = dialog_of(
    "after: {rate: And now, save: after, next: kept}\n"
    "kept: {do: record_practice, with: {skill: \"'talk'\", before: 1, after: after}}",
    name="back",
)


def problems(*dialogs: object) -> list[str]:
    return [each.what for each in find(source_of(*dialogs, vocabulary=WORDS))]  # type: ignore[arg-type]  # dialogs


def test_a_skill_that_comes_back_may_be_rated_and_remembered_then() -> None:
    assert problems(dialog_of(BEFORE + LATER, head=HEAD), BACK) == []


def test_a_skill_that_comes_back_with_nothing_is_told() -> None:
    lonely = dialog_of("hello: {say: Hello}", name="back")
    assert problems(dialog_of(BEFORE + LATER, head=HEAD), lonely) == [
        "it is not rated after",
        "that it was practised is never remembered",
    ]
    assert len(problems(dialog_of(BEFORE + LATER, head=HEAD))) == 2


def test_a_document_is_not_rated() -> None:
    keeps = "one: {do: keep_plan, with: {plan: \"'p'\", section: \"'s'\", words: none}}"
    assert problems(dialog_of(keeps, head=HEAD)) == []


def test_a_skill_says_what_it_is_for_how_long_it_takes_and_where_it_comes_from() -> None:
    assert len(problems(dialog_of(BEFORE + LATER, head="skill: true\n"), BACK)) == 3

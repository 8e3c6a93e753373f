"""Content files: read as people mean them, every mistake named, older ones carried forward."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from dialogs.library import Problem, read_source
from dialogs.migrations import STEPS, MigrationError, migrate
from dialogs.model import SPEC
from dialogs.reading import read_yaml


@pytest.fixture
def problems(tmp_path: Path) -> Any:  # Any: pytest's fixtures are known by name only
    (tmp_path / "vocabulary.yaml").write_text("{}", encoding="utf-8")

    def read(text: str) -> list[Problem]:
        content = tmp_path / "content"
        content.mkdir(exist_ok=True)
        (content / "talk.yaml").write_text(text, encoding="utf-8")
        return list(read_source(content, tmp_path / "locales", tmp_path / "vocabulary.yaml")[1])

    return read


def test_words_that_old_yaml_takes_for_something_else_stay_words() -> None:
    assert read_yaml("{yes: No, on: 20:00, a: 007, b: 1_000}") == {
        "yes": "No",
        "on": "20:00",
        "a": "007",
        "b": "1_000",
    }


def test_numbers_truth_and_nothing_are_still_read() -> None:
    assert read_yaml("[3, -3, 0.5, true, false, null, '3']") == [3, -3, 0.5, True, False, None, "3"]


def test_a_key_that_is_there_twice_is_a_mistake() -> None:
    with pytest.raises(yaml.YAMLError, match="“a” is there twice"):
        read_yaml("one: {a: 1, b: 2, a: 3}")


def test_nothing_but_plain_values_is_read() -> None:
    with pytest.raises(yaml.YAMLError):
        read_yaml("!!python/object/apply:os.getcwd []")


def test_every_mistake_of_a_dialog_is_named_at_its_place(problems: Any) -> None:
    found = problems(
        "spec: 1\ndialog: talk\nrevision: 1\ntitle: T\nnodes:\n"
        "  one: {choose: Well, columns: 12, choices: {a: 5, b: true}}\n"
        "  two: {dance: now}\n"
        "  three: {say: Hi, next: 'end'}\n"
        "  four: {say: Hi, next: [5]}\n"
        "  five: {next: {when: 'f(x)', then: end, else: end}}\n"
    )

    assert [problem.place for problem in found] == [
        "nodes.one.choose.choices.0.label",
        "nodes.one.choose.choices.1.label",
        "nodes.one.choose.columns",
        "nodes.two",
        "nodes.four.say.next.0",
        "nodes.five.next.next.0.when",
    ]
    assert "known by one of" in found[3].what
    assert "something that conditions don't have" in found[5].what


def test_unreadable_yaml_is_named_with_its_line(problems: Any) -> None:
    (found,) = problems("spec: 1\ndialog: talk\nnodes: {one: {a: 1, a: 2}}\n")

    assert (found.place, found.what) == ("line 3", "“a” is there twice")


def test_a_file_that_is_nothing_known_is_named(problems: Any) -> None:
    assert "neither a dialog" in problems("- just a list")[0].what


def test_content_of_a_later_grammar_is_refused_kindly(problems: Any) -> None:
    (found,) = problems("spec: 99\ndialog: talk\nrevision: 1\ntitle: T\nnodes: {one: {say: Hi}}")

    assert found.place == "spec"
    assert f"reads up to {SPEC}" in found.what


def test_the_steps_from_every_older_spec_are_there() -> None:
    assert set(STEPS) == set(range(1, SPEC))


def test_content_is_carried_forward_step_by_step() -> None:
    def rename(raw: dict[str, Any]) -> dict[str, Any]:
        return {("title" if key == "name" else key): value for key, value in raw.items()}

    def add(raw: dict[str, Any]) -> dict[str, Any]:
        return {**raw, "revision": 1}

    raw = {"spec": 1, "name": "A talk"}

    assert migrate(raw, steps={1: rename, 2: add}, target=3) == {"spec": 3, "title": "A talk", "revision": 1}
    assert raw == {"spec": 1, "name": "A talk"}


@pytest.mark.parametrize("spec", [None, "1", True, 9, 0])
def test_a_spec_that_leads_nowhere_is_refused(spec: object) -> None:
    with pytest.raises(MigrationError):
        migrate({"spec": spec}, steps={}, target=2)

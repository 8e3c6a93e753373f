"""`python -m dialogs`: what people see, and the exit codes: 0 done, 1 failed, 2 wrong use."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from dialogs.__main__ import app

BROKEN = "spec: 1\ndialog: talk\nrevision: 1\ntitle: A talk\nnodes:\n  one: {say: You failed, next: gone}\n"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "talk.yaml").write_text(BROKEN, encoding="utf-8")
    return folder


def _run(*words: str, types: str = "") -> tuple[int, str]:
    result = CliRunner().invoke(app, words, input=types, env={"COLUMNS": "200"})
    return result.exit_code, result.output


def test_good_content_is_one_calm_line() -> None:
    code, shown = _run("check")

    assert code == 0
    assert shown.startswith("All is well: ")
    assert shown.count("\n") == 1


def test_every_dialog_says_how_hard_it_is_to_read_the_hardest_first() -> None:
    code, shown = _run("check", "--grades")

    grades = [float(line.split()[0]) for line in shown.splitlines()[:-1]]
    assert code == 0
    assert len(grades) > 90
    assert grades == sorted(grades, reverse=True)


def test_a_language_that_has_only_been_begun_is_one_problem(tmp_path: Path) -> None:
    _run("extract", "--locale", "pt", "--locales", str(tmp_path))

    code, shown = _run("check", "--locales", str(tmp_path))

    assert code == 1
    assert "texts have no translation yet" in shown
    assert shown.splitlines()[-1] == "1 problem."


def test_every_problem_is_named_with_its_file_and_remedy(content: Path, tmp_path: Path) -> None:
    code, shown = _run("check", "--content", str(content), "--locales", str(tmp_path))

    assert code == 1
    assert "content/talk.yaml: one: it leads to “gone”, which is not there. Name a node" in shown
    assert "“failed” is a word that judges" in shown
    assert "problems." in shown.splitlines()[-1]


def test_unreadable_files_are_named_before_texts_are_extracted(content: Path, tmp_path: Path) -> None:
    (content / "worse.yaml").write_text("a: b: c", encoding="utf-8")

    code, shown = _run("extract", "--locale", "es", "--content", str(content), "--locales", str(tmp_path))

    assert code == 1
    assert "content/worse.yaml: line 1" in shown
    assert not (tmp_path / "es").exists()


def test_a_third_language_is_begun(content: Path, tmp_path: Path) -> None:
    code, shown = _run("extract", "--locale", "pt", "--content", str(content), "--locales", str(tmp_path))

    assert code == 0
    assert "Portuguese, 2 to translate." in shown
    assert (tmp_path / "pt" / "dialogs.po").exists()


def test_a_language_that_is_none_is_wrong_use(tmp_path: Path) -> None:
    code, shown = _run("extract", "--locale", "qq", "--locales", str(tmp_path))

    assert code == 2
    assert "no language" in shown


def test_a_dialog_is_drawn_as_mermaid() -> None:
    code, shown = _run("graph", "urge_surfing")

    assert code == 0
    assert "stateDiagram" in shown
    assert "breathe --> watch" in shown


def test_a_dialog_that_is_not_there_is_wrong_use() -> None:
    for command in ("graph", "play"):
        code, shown = _run(command, "nothing_like_it")
        assert code == 2
        assert "There is no dialog" in shown


def test_a_dialog_is_played_with_numbers_labels_and_words() -> None:
    code, shown = _run("play", "urge_surfing", types="8\n1\nchest\nq\n")

    assert code == 0
    assert "How strong is the urge right now?" in shown
    assert " 1  I'm with you" in shown
    assert "Look at that spot" in shown


def test_facts_can_be_given_and_a_conversation_recorded(tmp_path: Path) -> None:
    path = tmp_path / "start.stranger.es.txt"

    code, shown = _run("play", "start", "--locale", "es", "--facts", "joined=false", "--record", str(path))

    assert code == 0
    assert "(goes on in welcome)" in shown
    assert path.read_text(encoding="utf-8").startswith("facts:\n  joined: false\n---\n(goes on in welcome)\n")


@pytest.mark.parametrize("fact", ["joined", "joined=[", "joined={a"])
def test_a_fact_that_cannot_be_read_is_wrong_use(fact: str) -> None:
    code, shown = _run("play", "start", "--facts", fact)

    assert code == 2
    assert "name=value" in shown


def test_transcripts_that_are_missing_or_no_longer_true_are_named_and_recorded_anew(tmp_path: Path) -> None:
    (tmp_path / "rename.en.txt").write_text("---\nOnce upon a time\n\n> Annie\n", encoding="utf-8")

    code, shown = _run("transcripts", "--folder", str(tmp_path))
    assert code == 1
    assert "rename.en.txt: it reads otherwise today" in shown
    assert "rename.es.txt: it is not there" in shown

    _run("transcripts", "--update", "--folder", str(tmp_path))
    _run("transcripts", "--begin", "es", "--folder", str(tmp_path))
    code, shown = _run("transcripts", "--folder", str(tmp_path))
    assert "Good to meet you, Annie." in (tmp_path / "rename.en.txt").read_text(encoding="utf-8")
    assert "rename" not in shown

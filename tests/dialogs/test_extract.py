"""The translators' files keep in step with the content, and change only when it does."""

from pathlib import Path

from dialogs.extract import extract
from dialogs.texts import read_catalogues
from tests.dialogs.support import dialog_of, source_of

BEFORE = source_of(dialog_of("one: {say: Stays, next: two}\ntwo: {say: Goes}"), phrases={})
AFTER = source_of(dialog_of("one: {say: Comes, next: two}\ntwo: {say: Stays}"), phrases={})


def _translate(path: Path, english: str, words: str) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(f'msgid "{english}"\nmsgstr ""', f'msgid "{english}"\nmsgstr "{words}"'), "utf-8")


def test_a_language_is_begun_with_every_text_empty(tmp_path: Path) -> None:
    left = extract(BEFORE, tmp_path / "pt" / "dialogs.po", "pt")

    text = (tmp_path / "pt" / "dialogs.po").read_text(encoding="utf-8")
    assert left == 3
    assert 'msgid "Stays"\nmsgstr ""' in text
    assert "#: content/talk.yaml" in text
    assert "charset=utf-8" in text


def test_translations_are_kept_new_texts_come_in_empty_and_old_ones_go(tmp_path: Path) -> None:
    path = tmp_path / "es" / "dialogs.po"
    extract(BEFORE, path, "es")
    _translate(path, "Stays", "Queda")
    _translate(path, "Goes", "Se va")

    left = extract(AFTER, path, "es")

    text = path.read_text(encoding="utf-8")
    assert left == 2
    assert read_catalogues(tmp_path).by_locale["es"] == {"Stays": "Queda"}
    assert "Se va" not in text
    assert "fuzzy" not in text
    assert text.index('"Comes"') < text.index('"Stays"')


def test_extracting_twice_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "es" / "dialogs.po"
    extract(AFTER, path, "es")
    _translate(path, "Stays", "Queda")
    extract(AFTER, path, "es")
    once = path.read_bytes()

    extract(AFTER, path, "es")

    assert path.read_bytes() == once


def test_texts_stand_by_file_and_then_in_the_order_of_the_content(tmp_path: Path) -> None:
    b = dialog_of("one: {say: Zebra, next: two}\ntwo: {say: Apple}", name="bb").model_copy(update={"title": "B"})
    a = dialog_of("one: {say: Middle}", name="aa").model_copy(update={"title": "A"})
    path = tmp_path / "es" / "dialogs.po"

    extract(source_of(b, a, phrases={}), path, "es")

    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("msgid")][1:] == [
        f'msgid "{text}"' for text in ("A", "Middle", "B", "Zebra", "Apple")
    ]

"""From English to words in somebody's language."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dialogs.texts import Catalogues, Reader, read_catalogues
from dialogs.values import Option, Picture, Text, Value

CATALOGUES = Catalogues({"es": {"Hello {me}": "Hola, {me}", "Waves": "Olas", "It is {it}": "Es {it}"}})
EN = Reader("en", ZoneInfo("America/New_York"))
ES = Reader("es", ZoneInfo("Europe/Madrid"))


def _it(value: Value, reader: Reader) -> str:
    return CATALOGUES.render(Text("{it}", {"it": value}), reader)


def test_a_text_is_read_in_the_readers_language() -> None:
    text = Text("Hello {me}", {"me": "Ana"})

    assert CATALOGUES.render(text, ES) == "Hola, Ana"
    assert CATALOGUES.render(text, EN) == "Hello Ana"


def test_a_text_inside_a_text_is_translated_and_bare_words_stay() -> None:
    assert CATALOGUES.render(Text("It is {it}", {"it": Text("Waves")}), ES) == "Es Olas"
    assert CATALOGUES.render(Text("It is {it}", {"it": "Waves"}), ES) == "Es Waves"
    assert CATALOGUES.render("Waves", ES) == "Waves"


def test_what_people_wrote_is_never_filled_in() -> None:
    assert _it("{me} {it}", EN) == "{me} {it}"


def test_moments_are_shown_in_the_readers_zone_and_language() -> None:
    moment = datetime(2026, 3, 2, 20, 4, tzinfo=UTC)

    assert _it(moment, EN) == "Mon 15:04"
    assert _it(moment, ES) == "lun 21:04"
    with pytest.raises(ValueError, match="without a zone"):
        _it(moment.replace(tzinfo=None), EN)


def test_days_times_and_lists_read_as_people_say_them() -> None:
    assert _it(date(2026, 3, 2), ES) == "lunes, 2 de marzo de 2026"
    assert _it(time(20, 5), ES) == "20:05"
    assert _it(("Ana", "Tom", "Sam"), EN) == "Ana, Tom, and Sam"
    assert _it(("Ana", "Tom"), ES) == "Ana y Tom"
    assert _it((Text("Waves"), Text("Calm")), ES) == "Olas y Calm"
    assert _it((Option("w", Text("Waves")),), ES) == "Olas"


def test_nothing_and_pictures_leave_no_trace_in_words() -> None:
    assert _it(None, EN) == ""
    assert _it(Picture("week", {}), EN) == ""
    assert CATALOGUES.render(Text("{other}!"), EN) == "!"


@pytest.mark.parametrize(
    ("wanted", "locale"), [("es-MX", "es"), ("ES", "es"), ("en-GB", "en"), ("de", "en"), (None, "en")]
)
def test_the_nearest_language_is_used(wanted: str | None, locale: str) -> None:
    assert CATALOGUES.nearest(wanted) == locale


def test_fuzzy_and_empty_translations_do_not_count(tmp_path: Path) -> None:
    folder = tmp_path / "es"
    folder.mkdir()
    (folder / "dialogs.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "One"\nmsgstr "Uno"\n\n#, fuzzy\nmsgid "Two"\nmsgstr "Dos"\n\nmsgid "Three"\nmsgstr ""\n',
        encoding="utf-8",
    )

    assert read_catalogues(tmp_path).by_locale == {"es": {"One": "Uno"}}

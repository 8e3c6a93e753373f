"""Every dialog's recorded conversations still read as they were recorded, to the letter.

When one does not: `python -m dialogs transcripts --update` records all of them anew; read what changed.
"""

from pathlib import Path

import pytest

from dialogs.library import Library, open_library
from dialogs.play import PlayError
from dialogs.transcripts import Said, Transcript, missing, perform
from tests.dialogs.support import dialog_of, library_of

FOLDER = Path(__file__).parents[1] / "transcripts"
PATHS = sorted(FOLDER.glob("*.txt"))


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library()


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_the_conversation_reads_as_recorded(library: Library, path: Path) -> None:
    assert perform(library, Transcript.read(path)) == path.read_text(encoding="utf-8")


def test_every_dialog_has_a_transcript_in_every_language(library: Library) -> None:
    assert library.catalogues.locales == ("en", "es")
    assert list(missing(library, FOLDER)) == []


TALK = dialog_of("one: {choose: Well, choices: {a: Good, b: Bad}, next: two}\ntwo: {say: 'Thanks, {me}.'}")


def test_a_transcript_is_read_as_it_is_written(tmp_path: Path) -> None:
    recorded = Transcript(dialog="talk", locale="en", about="A talk.", facts={"me": "Tom"}, said=(Said("[Bad]"),))
    text = perform(library_of(TALK), recorded)
    path = tmp_path / "talk.en.txt"
    path.write_text(text, encoding="utf-8")

    assert text == (
        "about: A talk.\nfacts:\n  me: Tom\n---\nWell\n\n[Good]\n[Bad]\n\n> [Bad]\n\nThanks, Tom.\n\n(the end)\n"
    )
    assert Transcript.read(path).said == (Said("[Bad]", 1),)
    assert perform(library_of(TALK), Transcript.read(path)) == text


def test_a_variant_is_part_of_the_name(tmp_path: Path) -> None:
    path = tmp_path / "talk.late.en.txt"
    path.write_text("---\n", encoding="utf-8")

    transcript = Transcript.read(path)

    assert (transcript.dialog, transcript.variant, transcript.locale) == ("talk", "late", "en")
    assert transcript.file == path.name


def test_a_button_with_a_new_label_is_pressed_where_it_stood_when_recording_anew() -> None:
    recorded = Transcript(dialog="talk", locale="en", said=(Said("[Awful]", 1),))

    with pytest.raises(PlayError, match="no button"):
        perform(library_of(TALK), recorded)
    assert "> [Bad]" in perform(library_of(TALK), recorded, by_position=True)


def test_facts_that_nobody_knows_and_dialogs_that_are_not_there_are_refused() -> None:
    with pytest.raises(PlayError, match="Neither a fact nor a parameter"):
        perform(library_of(TALK), Transcript(dialog="talk", locale="en", facts={"mee": 1}))
    with pytest.raises(PlayError, match="There is no dialog"):
        perform(library_of(TALK), Transcript(dialog="walk", locale="en"))
    with pytest.raises(PlayError, match="does not speak"):
        perform(library_of(TALK), Transcript(dialog="talk", locale="xx"))


def test_going_on_in_another_dialog_is_followed_with_what_it_is_handed() -> None:
    one = dialog_of("a: {go: two, with: {who: me}}", name="one")
    two = dialog_of("b: {ask: 'Hello {who}', save: x}", name="two", head="parameters: [who]")

    assert (
        perform(library_of(one, two), Transcript(dialog="one", locale="en")) == "---\n(goes on in two)\n\nHello Ana\n"
    )


def test_silence_and_things_that_are_not_words_can_be_said() -> None:
    nodes = "a: {ask: Well, save: x, after: {minutes: 2, then: b}}\nb: {say: Quiet}"
    said = (Said("(voice)"), Said("(comes back)"), Said("(silence)"))

    text = perform(library_of(dialog_of(nodes)), Transcript(dialog="talk", locale="en", said=said))

    assert "Only words." in text
    assert text.endswith("> (silence)\n\nQuiet\n\n(the end)\n")

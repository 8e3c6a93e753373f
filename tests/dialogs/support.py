"""Small content written in a test, read as the real one is."""

from collections.abc import Mapping

from dialogs.cards import Card
from dialogs.library import Library, Source
from dialogs.model import Dialog
from dialogs.reading import read_yaml
from dialogs.script import Script
from dialogs.texts import Catalogues
from dialogs.vocabulary import Vocabulary

PHRASES = {
    "stale_button": "That one is from earlier.",
    "dialog_changed": "This changed.",
    "tap_please": "Please tap.",
    "number_please": "From {low} to {high}, please.",
    "only_words": "Only words.",
    "too_long": "Up to {most}, please.",
    "other_medium": "You can send {media}.",
    "medium_text": "words",
    "medium_photo": "a photo",
    "medium_voice": "a voice message",
    "medium_video_note": "a video message",
    "medium_video": "a video",
    "medium_document": "a file",
    "medium_poll": "a poll",
}

VOCABULARY = Vocabulary.model_validate(
    {
        "facts": {
            "me": {"means": "a name", "example": "Ana"},
            "skills": {"means": "skills", "example": [{"key": "waves", "label": "Waves"}]},
            "week": {"means": "a picture", "example": {"picture": "week"}},
            "told": {"means": "a message", "example": {"message": "It helped", "files": ["voice"]}},
        },
        "actions": {
            "rest": {"means": "rest", "takes": []},
            "note": {"means": "note it", "takes": ["words"]},
            "record_practice": {"means": "remember", "takes": ["skill", "before", "after"]},
        },
    }
)


def dialog_of(nodes: str, *, name: str = "talk", head: str = "") -> Dialog:
    """A dialog from its nodes, in YAML, and from more lines for its head."""
    raw = read_yaml(f"spec: 1\ndialog: {name}\nrevision: 1\ntitle: A talk\n{head}")
    return Dialog.model_validate({**raw, "nodes": read_yaml(nodes)})


def card_of(faces: str, *, name: str = "call") -> Card:
    """A card from its faces, in YAML."""
    return Card.model_validate({"spec": 1, "card": name, "revision": 1, "title": "A card", "faces": read_yaml(faces)})


def source_of(
    *pieces: Dialog | Card,
    es: Mapping[str, str] | None = None,
    phrases: Mapping[str, str] = PHRASES,
    vocabulary: Vocabulary = VOCABULARY,
) -> Source:
    """Content made of these; with a Spanish catalogue when one is given."""
    dialogs = {piece.dialog: piece for piece in pieces if isinstance(piece, Dialog)}
    cards = {piece.card: piece for piece in pieces if isinstance(piece, Card)}
    files = {name: f"content/{name}.yaml" for name in (*dialogs, *cards, "phrases", "numbers")}
    return Source(
        dialogs=dialogs,
        cards=cards,
        phrases=phrases,
        files=files,
        catalogues=Catalogues({} if es is None else {"es": es}),
        vocabulary=vocabulary,
    )


def script_of(nodes: str, *, head: str = "") -> Script:
    """A dialog from its nodes, ready to be walked."""
    return Script(dialog_of(nodes, head=head), PHRASES)


def library_of(*pieces: Dialog | Card, es: Mapping[str, str] | None = None) -> Library:
    """A library of these."""
    return Library(source_of(*pieces, es=es))

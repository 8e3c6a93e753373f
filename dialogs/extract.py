"""Keeps the translators' catalogues in step with the content: new texts come in empty, texts nobody says go out.

What it writes depends on the content and the translations alone: by file, then by the order in which texts stand
there, with no line numbers and no dates of its own, so that a change in it is a change in what people read.
"""

from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from dialogs.library import Source

_NEVER = datetime(2026, 1, 1, tzinfo=UTC)
"""Stands where gettext wants a date; a real one would change with every run."""

_HEADER = "# What Hearth says. English is in dialogs/content; `python -m dialogs extract` keeps this file in step."


def template(source: Source) -> Catalog:
    """Every text of the content, once, with the files it stands in."""
    catalogue = Catalog(header_comment=_HEADER, creation_date=_NEVER, revision_date=_NEVER, fuzzy=False)
    for file, english in sorted(source.texts(), key=lambda piece: piece[0]):
        catalogue.add(english, locations=[(file, 0)])
    return catalogue


def extract(source: Source, path: Path, locale: str) -> int:
    """Brings one catalogue up to date, or begins it; says how many texts still want translating."""
    catalogue = _read(path, locale)
    catalogue.update(template(source), no_fuzzy_matching=True)
    catalogue.project, catalogue.version = "Hearth", "dialogs"
    catalogue.header_comment = _HEADER
    catalogue.creation_date = catalogue.revision_date = _NEVER
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=0, include_lineno=False, ignore_obsolete=True)
    return sum(1 for message in catalogue if message.id and (message.fuzzy or not message.string))


def _read(path: Path, locale: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=locale, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=locale)

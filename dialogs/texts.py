"""From an English text to words in somebody's language: gettext catalogues, read once, at start-up."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo
from functools import lru_cache
from pathlib import Path

from babel.dates import format_date, format_datetime, format_time
from babel.lists import format_list
from babel.messages.pofile import read_po

from dialogs.messages import Message
from dialogs.values import Option, Picture, Text, Value

SOURCE_LOCALE = "en"
_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")


@lru_cache(maxsize=4096)  # the content's own texts: the same few, turn after turn
def placeholders(text: str) -> frozenset[str]:
    """The names in braces: `{name}`."""
    return frozenset(_PLACEHOLDER.findall(text))


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom the words are for: their language, and the zone in which times are shown."""

    locale: str
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class Catalogues:
    """The translations: for each locale, from English to its words."""

    by_locale: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def locales(self) -> tuple[str, ...]:
        """Every language Hearth speaks, English first."""
        return (SOURCE_LOCALE, *sorted(self.by_locale))

    def nearest(self, wanted: str | None) -> str:
        """The language to use for somebody whose telephone says `wanted` (such as `es-MX`)."""
        language = (wanted or SOURCE_LOCALE).replace("_", "-").split("-")[0].lower()
        return language if language in self.by_locale else SOURCE_LOCALE

    def translate(self, english: str, locale: str) -> str:
        """The words for it in `locale`; the English where a translation is missing."""
        return self.by_locale.get(locale, {}).get(english) or english

    def render(self, text: Text | str, reader: Reader) -> str:
        """Words for a reader. A bare string is already somebody's own words, and stays as it is."""
        if isinstance(text, str):
            return text
        words = self.translate(text.english, reader.locale)
        if "{" not in words:
            return words
        return _PLACEHOLDER.sub(lambda match: self._show(text.values.get(match[1]), reader), words)

    def _show(self, value: Value, reader: Reader) -> str:
        match value:
            case None:
                return ""
            case str():
                return value
            case Text():
                return self.render(value, reader)
            case Message(text=words):
                return words
            case datetime():
                return self._show_moment(value, reader)
            case date():
                return format_date(value, format="full", locale=reader.locale)
            case time():
                return format_time(value, format="short", locale=reader.locale)
            case tuple():
                return format_list([self._show_item(item, reader) for item in value], locale=reader.locale)
            case Picture():
                return ""
            case _:
                return str(value)

    def _show_item(self, item: str | Text | Option, reader: Reader) -> str:
        match item:
            case Option(label=label):
                return self.render(label, reader)
            case _:
                return self.render(item, reader)

    def _show_moment(self, moment: datetime, reader: Reader) -> str:
        if moment.tzinfo is None:
            raise ValueError("a moment without a zone cannot be shown")
        return format_datetime(moment, format="EEE HH:mm", tzinfo=reader.zone, locale=reader.locale)


def read_catalogues(folder: Path) -> Catalogues:
    """Reads `<folder>/<locale>/dialogs.po` for every locale there is; fuzzy entries do not count."""
    found: dict[str, Mapping[str, str]] = {}
    for path in sorted(folder.glob("*/dialogs.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.parent.name)
        found[path.parent.name] = {
            str(message.id): str(message.string)
            for message in catalogue
            if message.id and message.string and not message.fuzzy
        }
    return Catalogues(found)

"""An announcement's words and files: as they were written first, and in other languages."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import orjson

from dialogs.messages import Message, from_plain, to_plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """A message by language; `original` is the one its author wrote first. `name` is a template's."""

    original: str
    messages: Mapping[str, Message]
    name: str = ""

    def __post_init__(self) -> None:
        if self.original not in self.messages:
            raise ValueError("the original is one of the versions")

    @property
    def first(self) -> Message:
        """As it was written first."""
        return self.messages[self.original]

    def best(self, locale: str) -> str:
        """The language in which somebody who reads `locale` gets it."""
        return locale if locale in self.messages else self.original

    def read_in(self, locale: str) -> Message:
        """The version in a language; its options as they were written first, unless all of them were translated."""
        message, first = self.messages[locale], self.first
        whole = len(message.options) == len(first.options)
        return message if whole else replace(message, options=first.options, several=first.several)

    def with_version(self, locale: str, message: Message) -> "Versions":
        """The same, with this version in place of the one there was in that language."""
        return replace(self, messages={**self.messages, locale: message})

    def to_bytes(self) -> bytes:
        """As it is kept, sealed."""
        messages = {locale: to_plain(message) for locale, message in self.messages.items()}
        return orjson.dumps({"original": self.original, "name": self.name, "messages": messages})

    @classmethod
    def from_bytes(cls, kept: bytes) -> "Versions":
        """The inverse; one from before there were languages is read as English."""
        read: Mapping[str, Any] = orjson.loads(kept)  # Any: it has been through JSON
        messages = read.get("messages")
        if messages is None:
            return cls(original="en", messages={"en": from_plain({"text": read.get("text", "")})})
        return cls(
            original=str(read["original"]),
            name=str(read["name"]),
            messages={locale: from_plain(each) for locale, each in messages.items()},
        )

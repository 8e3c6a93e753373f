"""A house's own file may carry its second language beside the first: `say: {en: Hello, es: Hola}`.

Inside, one language is the one it is written in, as in our own content, and the other is its translation.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from dialogs.texts import SOURCE_LOCALE

LANGUAGE: Final = "language"
"""The key that says in which language a file is written that has only one; without it, in English."""

_WORDS: Final = frozenset({"title", "say", "choose", "pick", "rate", "ask", "label", "done", "skip", "stop"})
_WORDS_BY_KEY: Final = frozenset({"choices", "labels"})

Path: TypeAlias = tuple[str, ...]
# Any: what YAML holds, a text in one language or in several among it.
Raw: TypeAlias = Any


@dataclass(slots=True)
class Unfolded:
    """A file with every text in the language it is written in; the other languages stand in `words`.

    `lacking` names each text that has no words in a language others have, `unknown` each language nobody speaks here.
    """

    raw: Raw
    language: str
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    lacking: list[tuple[Path, str]] = field(default_factory=list)
    unknown: list[tuple[Path, str]] = field(default_factory=list)

    @property
    def languages(self) -> tuple[str, ...]:
        """Every language in which it can be read, the one it is written in first."""
        return (self.language, *sorted(self.words))


def unfold(raw: Mapping[str, Raw], spoken: Sequence[str]) -> Unfolded:
    """The file in one language, and the others beside it. `spoken` are those that Hearth speaks."""
    only = raw.get(LANGUAGE)
    found = [text for _, text in _texts(raw) if isinstance(text, Mapping)]
    there = dict.fromkeys(language for text in found for language in text)
    written = SOURCE_LOCALE if SOURCE_LOCALE in there or not there else next(iter(there))
    language = only if isinstance(only, str) else written
    done = Unfolded(None, language)
    others = [each for each in there if each != language and each in spoken]
    done.words = {each: {} for each in others}
    done.unknown += [((LANGUAGE,), language)] if language not in spoken else []
    done.raw = _walk({key: value for key, value in raw.items() if key != LANGUAGE}, (), done, spoken)
    return done


def _texts(raw: Raw, path: Path = ()) -> Iterator[tuple[Path, Raw]]:
    """Everything that stands where words are said."""
    if isinstance(raw, Mapping):
        for key, value in raw.items():
            at = (*path, str(key))
            if _says(at, value):
                yield at, value
            else:
                yield from _texts(value, at)
    elif isinstance(raw, list):
        for number, value in enumerate(raw):
            yield from _texts(value, (*path, str(number)))


def _says(path: Path, value: Raw) -> bool:
    """Whether words stand there: a text, or the same in several languages."""
    words = isinstance(value, str) or _is_several(value)
    here = path[-1] in _WORDS and path[-2:-1] != ("nodes",)
    return words and (here or path[-2:-1] in {(each,) for each in _WORDS_BY_KEY})


def _is_several(value: Raw) -> bool:
    return (
        isinstance(value, Mapping)
        and bool(value)
        and all(isinstance(key, str) and len(key) == 2 and isinstance(words, str) for key, words in value.items())
    )


def _walk(raw: Raw, path: Path, done: Unfolded, spoken: Sequence[str]) -> Raw:
    if path and _says(path, raw):
        return _said(raw, path, done, spoken)
    if isinstance(raw, Mapping):
        return {key: _walk(value, (*path, str(key)), done, spoken) for key, value in raw.items()}
    if isinstance(raw, list):
        return [_walk(value, (*path, str(number)), done, spoken) for number, value in enumerate(raw)]
    return raw


def _said(text: Raw, path: Path, done: Unfolded, spoken: Sequence[str]) -> str:
    several = text if isinstance(text, Mapping) else {done.language: text}
    done.unknown += [(path, each) for each in several if each not in spoken]
    done.lacking += [(path, each) for each in done.languages if each not in several]
    written = str(several.get(done.language, next(iter(several.values()))))
    for language, words in done.words.items():
        if language in several:
            words[written] = str(several[language])
    return written

"""From a word as people type it to the plain words that the rules are written in."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u2060\ufe0e\ufe0f\ufeff"
NUMBER: Final = "0"
"""What stands for every number that the rules do not name."""
_DROP: Final = re.compile(rf"[{INVISIBLE}\u0300-\u036f]")
_REPEATED: Final = re.compile(r"(.)\1{2,}")
_DOUBLED: Final = re.compile(r"(.)\1+")
_LEET: Final = str.maketrans("013457@$!|", "oieastasil")
_LETTER_LIKE: Final = str.maketrans("аеорсухіѕјԁ", "aeopcyxisjd")  # Cyrillic letters that look Latin
_APOSTROPHES: Final = str.maketrans("", "", "'’`´*")
_QU: Final = re.compile(r"qu(?=[ei])|c(?![eih])|ck")
_SOUNDS: Final = str.maketrans("zcvy", "ssbi")
_LONGEST: Final = 24  # no word of ours is nearly as long; a longer one is not worth the search
_SHORTEST: Final = 5  # below, one letter's difference is usually another word
_LOOSE: Final = 8  # from this length on, a letter missing and another added is still the same word


class Spelling:
    """What the rules' words look like when people type them.

    `words` are known as they stand; `respelled` says what others stand for (several words, or none: a filler);
    `key_words` are found in spite of a slip of one letter, unless what stands there is one of `others`.
    """

    def __init__(
        self,
        *,
        words: frozenset[str],
        respelled: Mapping[str, tuple[str, ...]],
        key_words: frozenset[str],
        others: frozenset[str],
    ) -> None:
        self._plain = {word: (word,) for word in words} | {word: (word,) for word in others} | dict(respelled)
        self._near: dict[str, str] = {}
        for word in sorted(key_words):
            for near in _one_less(word):
                self._near.setdefault(near, word)
        self._sounds = {
            _as_heard(word): word for word in sorted(key_words | words, reverse=True) if len(word) >= _SHORTEST
        }

    def knows(self, word: str) -> bool:
        """Whether the rules know this word, or what it stands for."""
        return word in self._plain

    def plain(self, typed: str) -> tuple[str, ...]:
        """The plain words for a word as typed; none for a filler; itself, in small letters, if it is not known."""
        word = typed.lower()
        if (found := self._plain.get(word)) is not None:
            return found
        if word.isdigit():
            return (NUMBER,)
        if not word[:1].isalnum():
            return ()
        if not word.isascii():
            word = _DROP.sub("", unicodedata.normalize("NFKD", word)).translate(_LETTER_LIKE)
        doubled = _DOUBLED.search(word) is not None
        for guess in self._guesses(word.replace("’", "'"), doubled=doubled):
            if (found := self._plain.get(guess)) is not None:
                return found
        if not word.isalpha():
            word = word.translate(_APOSTROPHES)
        return (self._nearest(_REPEATED.sub(r"\1", word) if doubled else word),)

    def _guesses(self, word: str, *, doubled: bool) -> Iterator[str]:
        yield word
        if not word.isalpha():
            if word.endswith("'s"):
                yield word[:-2]
            word = word.translate(_APOSTROPHES)
            yield word
            if not word.isdigit():
                word = word.translate(_LEET)
                yield word
        if doubled:
            yield _REPEATED.sub(r"\1\1", word)
            yield _REPEATED.sub(r"\1", word)
            if len(word) > _SHORTEST:
                yield _DOUBLED.sub(r"\1", word)

    def _nearest(self, word: str) -> str:
        if not _SHORTEST <= len(word) <= _LONGEST:
            return word
        if (found := self._sounds.get(_as_heard(word))) is not None:
            return found
        for near in _one_less(word):
            if (key_word := self._near.get(near)) is not None and (
                len(key_word) >= _LOOSE or _one_slip(word, key_word)
            ):
                return key_word
        return word


def _as_heard(word: str) -> str:
    """Letters that sound alike in Spanish made one: suizidar and suicidar, aser and hacer, boy and voy."""
    return _QU.sub("k", word).translate(_SOUNDS).replace("h", "")


def _one_less(word: str) -> list[str]:
    """The word, and the word without each of its letters: two words one slip apart have one of these in common."""
    return [word, *[word[:index] + word[index + 1 :] for index in range(len(word))]]


def _one_slip(typed: str, word: str) -> bool:
    """Whether one letter was missed, added, changed, or two neighbours swapped."""
    if abs(len(typed) - len(word)) == 1:
        return True  # they share a shorter form, so only the letter that one has more differs
    differing = [index for index, (one, other) in enumerate(zip(typed, word, strict=False)) if one != other]
    if len(differing) == 1:
        return True
    return (
        len(differing) == 2
        and differing[1] == differing[0] + 1
        and typed[differing[0]] == word[differing[1]]
        and typed[differing[1]] == word[differing[0]]
    )

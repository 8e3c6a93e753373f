"""The forms of a regular Spanish verb, by who does it: rules name the verb once and hear it in every form.

Only what people write in a chat: present, past, future and conditional, the gerund, and "me" or "se" at the end.
Accents are gone by then, and a stem that changes (muero) is said in the rules where it matters.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_ENDINGS: Final = {
    "ar": {
        "i": "o e aba are aria ara ase",
        "somebody": "a an as aste o aron aba aban abas ara aran aria arian e en ad",
        "plain": "ar ando ado ada ados adas",
    },
    "er": {
        "i": "o i ia ere eria iera iese a",
        "somebody": "e en es iste io ieron ia ian ias era eran eria erian a an",
        "plain": "er iendo ido ida idos idas",
    },
    "ir": {
        "i": "o i ia ire iria iera iese a",
        "somebody": "e en es iste io ieron ia ian ias ira iran iria irian a an",
        "plain": "ir iendo ido ida idos idas",
    },
}
_SPELLED: Final = {"g": "gu", "c": "qu", "z": "c"}
"""What a last letter becomes before an e, in verbs that end in -ar: jugué, saqué, empecé."""


@dataclass(frozen=True, slots=True)
class Forms:
    """A verb's forms: said of me, said of somebody, said of nobody yet, and with "me" or "se" at the end."""

    i: frozenset[str]
    somebody: frozenset[str]
    plain: frozenset[str]
    me: frozenset[str]
    self: frozenset[str]


def forms(verb: str) -> Forms:
    """Raises KeyError for what does not end as verbs do."""
    stem, kind = verb[:-2], verb[-2:]
    endings = _ENDINGS[kind]
    plain = frozenset(_with(stem, kind, endings["plain"]))
    gerund = stem + ("ando" if kind == "ar" else "iendo")
    return Forms(
        i=frozenset(_with(stem, kind, endings["i"])),
        somebody=frozenset(_with(stem, kind, endings["somebody"])),
        plain=plain,
        me=frozenset({verb + "me", gerund + "me", stem + kind[0] + "lme"}),
        self=frozenset({verb + "se", gerund + "se", stem + kind[0] + "lse"}),
    )


def _with(stem: str, kind: str, endings: str) -> Iterator[str]:
    for ending in endings.split():
        respelled = (
            stem[:-1] + _SPELLED[stem[-1]] if kind == "ar" and ending[0] == "e" and stem[-1] in _SPELLED else stem
        )
        yield respelled + ending

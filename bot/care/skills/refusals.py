"""What a “no” sounds like to whoever hears it: a few plain signs in a person's own line. Pure, English and Spanish.

It looks for signs only, and praises or asks; it judges nobody. What it doesn't recognise it says nothing about.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from bot.conversation.desk import Desk
from bot.conversation.registry import Registry
from bot.policy import MEMBERS
from dialogs.values import Text, Value

Sign: TypeAlias = Literal["soft", "clear", "leave", "stop", "instead", "own"]

_SIGNS: Final[Mapping[Sign, str]] = {
    # A door left open: whoever presses hears it first.
    "soft": r"maybe|perhaps|not (?:now|today|tonight|yet)|later|i guess|i(?:'m| am) not sure|some other time|"
    r"next time|quiza|quizas|tal vez|a lo mejor|(?:ahora|hoy|todavia) no|luego|mas tarde|otro dia|la proxima|no se",
    "clear": r"no|nope|nah|i don't|i do not|i won't|i will not|i'm not|i am not|nunca|ya no|never",
    "leave": r"i(?:'m| am) (?:leaving|going|off|out)|i have to go|i(?:'ll| will) go|bye|goodbye|good night|"
    r"me voy|ya me voy|me tengo que ir|tengo que irme|adios|buenas noches",
    "stop": r"stop|don't ask|do not ask|leave me alone|please don't|quit asking|para ya|ya para|detente|"
    r"deja de|ya basta|no insistas|"
    r"no me (?:preguntes|ofrezcas|lo pidas)|no preguntes|dejame",
    "instead": r"let's|how about|what about|instead|rather|come with me|we could|vamos|mejor|que tal|"
    r"te invito|podemos|en vez|prefiero",
}
_WORDS: Final = {sign: re.compile(rf"(?<!\w)(?:{pattern})(?!\w)") for sign, pattern in _SIGNS.items()}

_SHOWN: Final = 2
"""More than two remarks on one line would be a lecture."""


def signs(line: str) -> tuple[Sign, ...]:
    """What stands out in a line, what matters most first; `own` when nothing was recognised.

    A soft word makes even a clear “no” soft; everything else stands beside it.
    """
    plain = _plain(line)
    found = [sign for sign, pattern in _WORDS.items() if pattern.search(plain)]
    if "soft" in found and "clear" in found:
        found.remove("clear")
    return tuple(found) or ("own",)


async def no_heard(desk: Desk) -> Value:
    """What the other one hears in `line`, in a sentence or two."""
    line = desk.answers.get("line")
    found = signs(line) if isinstance(line, str) else ("own",)
    said: dict[str, Value] = {sign: desk.phrase(f"no_{sign}") for sign in found[:_SHOWN]}
    return Text(" ".join(f"{{{sign}}}" for sign in said), said)


def register(registry: Registry) -> None:
    """Adds what this part tells."""
    registry.fact("no_heard", MEMBERS, no_heard)


def _plain(line: str) -> str:
    """Small letters without accents, with straight apostrophes."""
    letters = unicodedata.normalize("NFKD", line.casefold().replace("’", "'"))
    return "".join(each for each in letters if not unicodedata.combining(each))

"""Telegram's own command menu: what a stranger may use, for everybody; what a member may, in their own chat."""

from typing import Final

from bot.conversation.desk import Desk
from bot.delivery.letters import Letter
from bot.delivery.outgoing import Errand
from bot.delivery.promises import Kind
from bot.policy import Standing, audience_of, may
from dialogs.library import Library

_ORDER: Final = (
    "sos",
    "menu",
    "now",
    "checkin",
    "skills",
    "practice",
    "week",
    "alerts",
    "oncall",
    "announce",
    "invite",
)
"""What is wanted most often stands first; the rest follows by name."""


def commands(library: Library, standing: Standing, locale: str) -> tuple[tuple[str, str], ...]:
    """Command and description, for somebody of this standing, in their language."""
    allowed = [
        name
        for name, dialog in library.commands.items()
        if may(standing, audience_of(dialog.listed_for or dialog.audience))
    ]
    allowed.sort(key=lambda name: (_ORDER.index(name) if name in _ORDER else len(_ORDER), name))
    return tuple((name, library.catalogues.translate(library.commands[name].title, locale)) for name in allowed)


def renew(desk: Desk) -> None:
    """The person's roles or language have changed: so does their menu. It tidies, so it goes as an edit does."""
    if desk.person is not None:
        found = commands(desk.library, desk.anywhere, desk.person.locale)
        errand = Errand(letter=Letter(text="-"), commands=found)
        desk.send(errand, Kind.EDIT, purpose="menu", stream="menu")

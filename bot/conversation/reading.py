"""Who reads what somebody writes: the question that is open, or a person at the other end."""

from bot.conversation.desk import Desk
from bot.conversation.registry import Registry
from dialogs.inputs import MediaSent, TextSent
from dialogs.model import AskNode, Dialog, Node, RateNode
from dialogs.progress import Place


def open_at(desk: Desk) -> tuple[Dialog, Node | None] | None:
    """The dialog that the person at the desk is in, and where in it; None if they are in none, or left it alone."""
    place = desk.progress.place if not desk.idle else None
    script = desk.library.scripts.get(place.dialog) if place is not None else None
    if place is None or script is None:
        return None
    return script.dialog, script.dialog.nodes.get(place.node)


def is_asked_for(desk: Desk, given: TextSent | MediaSent) -> bool:
    """Whether the open question waits for just this. A dialog that is passing gives way to a person."""
    match open_at(desk):
        case (Dialog(passing=False), AskNode()):
            return True
        case (Dialog(passing=False), RateNode()):
            return isinstance(given, TextSent) and given.text.strip().isdigit()
        case _:
            return False


def is_taken(desk: Desk, given: MediaSent) -> bool:
    """Whether the open question takes what was sent."""
    match open_at(desk):
        case (_, AskNode(takes=takes)):
            return given.kind in takes
        case _:
            return False


async def at_the_other_end(registry: Registry, desk: Desk) -> Place | None:
    """The place where somebody reads what the person at the desk writes, if somebody does."""
    for reader in registry.readers:
        place = await reader(desk) if desk.person is not None else None
        if place is not None:
            return place
    return None

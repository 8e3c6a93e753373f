"""A house's own dialogs, version by version: tried out, switched on and off, gone back to, thrown away."""

from collections.abc import Mapping
from typing import Final

from bot.conversation.arguments import digits, words
from bot.conversation.desk import Desk
from bot.conversation.libraries import rehearsal_of
from bot.conversation.registry import NotAllowedError, Registry
from bot.house.own_dialogs.arriving import MOST
from bot.membership import trail
from bot.membership.trail import What
from bot.policy import STAFF
from dialogs.values import Option, Text, Value
from storage.problems import Conflict
from storage.repositories.own_dialogs import OwnDialog

_SIGN: Final = {"on": "☑", "off": "☐", "tried": "🆕", "read": "🆕"}


async def own_dialog_options(desk: Desk) -> Value:
    """Every version that was read, with how it stands."""
    return tuple(Option(str(each.id), _shown(desk, each)) for each in await desk.work.own_dialogs.of([desk.house_id]))


async def own_dialogs_full(desk: Desk) -> Value:
    """Whether there is no room for another version."""
    return await desk.work.own_dialogs.count(desk.house_id) >= MOST


async def own_dialog_state(desk: Desk) -> Value:
    """How the one in `row` stands: read, tried, on, off; none when it is gone."""
    found = await _one(desk)
    return None if found is None else found.state


async def own_dialog_shown(desk: Desk) -> Value:
    """The one in `row`, as in the list."""
    found = await _one(desk)
    return None if found is None else _shown(desk, found)


async def own_rehearsal(desk: Desk) -> Value:
    """The dialog by which the one in `row` is tried out; the list of all when it can't be."""
    found = await _one(desk)
    name = rehearsal_of(found.id) if found is not None else ""
    return name if name in desk.library.scripts else "own_dialogs"


async def own_dialog_tried(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """It was gone through to its end, and can be switched on."""
    await desk.work.own_dialogs.switch(
        digits(arguments, "row"), desk.house_id, before=["read"], after="tried", now=desk.now
    )


async def switch_own_dialog(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """On for the whole house, instead of the version before; or off. Raises Conflict when it stands otherwise."""
    row, to = digits(arguments, "row"), words(arguments, "to")
    found = await desk.work.own_dialogs.get(row)
    if found is None or found.house_id != desk.house_id:
        raise NotAllowedError("no dialog of this house")
    if to == "on":
        await desk.work.own_dialogs.others_off(found, desk.now)
        done = await desk.work.own_dialogs.switch(
            row, desk.house_id, before=["tried", "off"], after="on", now=desk.now
        )
    else:
        done = await desk.work.own_dialogs.switch(row, desk.house_id, before=["on"], after="off", now=desk.now)
    if not done:
        raise Conflict("somebody else switched it first")
    await trail.note(desk, What.DIALOGS_CHANGED)


async def drop_own_dialog(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Throws a version away. Raises Conflict when it is on, or gone."""
    if not await desk.work.own_dialogs.remove(digits(arguments, "row"), desk.house_id):
        raise Conflict("it is on, or gone")


def register(registry: Registry) -> None:
    """Adds what this part tells and does."""
    registry.fact("own_dialog_options", STAFF, own_dialog_options)
    registry.fact("own_dialogs_full", STAFF, own_dialogs_full)
    registry.fact("own_dialog_state", STAFF, own_dialog_state)
    registry.fact("own_dialog_shown", STAFF, own_dialog_shown)
    registry.fact("own_rehearsal", STAFF, own_rehearsal)
    registry.action("own_dialog_tried", STAFF, own_dialog_tried)
    registry.action("switch_own_dialog", STAFF, switch_own_dialog)
    registry.action("drop_own_dialog", STAFF, drop_own_dialog)


async def _one(desk: Desk) -> OwnDialog | None:
    row = str(desk.answers.get("row") or "")
    found = await desk.work.own_dialogs.get(int(row)) if row.isdecimal() else None
    return found if found is not None and found.house_id == desk.house_id else None


def _shown(desk: Desk, dialog: OwnDialog) -> Text:
    script = desk.library.scripts.get(dialog.name if dialog.state == "on" else rehearsal_of(dialog.id))
    title = Text(script.dialog.title) if script is not None else dialog.name
    sign = _SIGN.get(dialog.state, "")
    return desk.phrase("own_dialog_line", sign=sign, title=title, version=dialog.version)

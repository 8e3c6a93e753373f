"""Group chats of a house: staff link one for the mentors, where calls for help stand, or for the whole house."""

from collections.abc import Mapping
from typing import Final

from bot.conversation.arguments import words
from bot.conversation.desk import Desk
from bot.conversation.registry import NotAllowedError, Registry
from bot.membership import trail
from bot.membership.trail import What
from bot.policy import STAFF
from dialogs.values import Option, Text, Value
from storage.repositories.groups import Group, GroupPurpose

_PURPOSES: Final[Mapping[str, GroupPurpose]] = {"mentors": "mentors", "house": "house"}


async def group_state(desk: Desk) -> Value:
    """Whether the group in `chat` is free, linked to this house already, or to another (which is not told)."""
    group = await desk.work.groups.by_chat(_chat(desk.answers.get("chat")))
    if group is None:
        return "free"
    return "ours" if group.house_id == desk.house_id else "taken"


async def groups_linked(desk: Desk) -> Value:
    """The groups of the house, each with what it is for."""
    return tuple(Option(str(each.id), _line(desk, each)) for each in await desk.work.groups.of_house(desk.house_id))


async def any_groups(desk: Desk) -> Value:
    """Whether there is one."""
    return bool(await desk.work.groups.of_house(desk.house_id))


async def link_group(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """The group belongs to the house from now on. Raises NotAllowedError if it is linked meanwhile, to whomever."""
    group = Group(
        id=desk.ids.new(),
        house_id=desk.house_id,
        purpose=_PURPOSES[words(arguments, "purpose")],
        chat_id=_chat(arguments["chat"]),
        title=words(arguments, "title"),
        locale=desk.me.locale,
        linked_at=desk.now,
        linked_by=desk.me.id,
    )
    if group.chat_id >= 0 or not await desk.work.groups.add(group):
        raise NotAllowedError("no group that is free")
    await trail.note(desk, What.GROUP_LINKED)


async def unlink_group(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Nothing of the house stands in that group from now on. Raises NotAllowedError for another house's."""
    chosen = words(arguments, "group")
    ours = {str(each.id): each for each in await desk.work.groups.of_house(desk.house_id)}
    if chosen not in ours:
        raise NotAllowedError("no group of this house")
    await desk.work.groups.remove(ours[chosen].id)
    await trail.note(desk, What.GROUP_UNLINKED)


def register(registry: Registry) -> None:
    """Adds what this subject tells and does."""
    registry.fact("group_state", STAFF, group_state)
    registry.fact("groups_linked", STAFF, groups_linked)
    registry.fact("any_groups", STAFF, any_groups)
    registry.action("link_group", STAFF, link_group)
    registry.action("unlink_group", STAFF, unlink_group)


def _chat(given: object) -> int:
    """The id of a chat, from an answer that only the place itself could give; 0 for anything else."""
    text = str(given).removeprefix("-")
    return int(str(given)) if text.isascii() and text.isdigit() and len(text) < 20 else 0


def _line(desk: Desk, group: Group) -> Text:
    return desk.phrase(f"group_for_{group.purpose}", title=group.title)

"""Whoever belongs to several houses is asked which one it is about, where that matters."""

from collections.abc import Mapping

from bot.conversation.arguments import words
from bot.conversation.desk import Desk
from bot.conversation.registry import NotAllowedError, Registry
from bot.policy import MEMBERS, audience_of, may
from dialogs.values import Option, Value


async def my_houses(desk: Desk) -> Value:
    """The houses in which the person may do what the dialog in `dialog` is for, by name."""
    script = desk.library.scripts.get(str(desk.answers.get("dialog")))
    if script is None:
        return ()
    audience = audience_of(script.dialog.audience)
    able = [each.house_id for each in desk.standings if each.house_id is not None and may(each, audience)]
    houses = await desk.work.houses.get_many(able)
    found = sorted(houses.values(), key=lambda house: house.name.casefold())
    return tuple(Option(str(house.id), house.name) for house in found)


async def turn_to_house(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """From here on the conversation is about this house. Raises NotAllowedError for one that is not theirs."""
    chosen = words(arguments, "house")
    mine = {str(each.house_id): each.house_id for each in desk.standings}
    if chosen not in mine:
        raise NotAllowedError("not a house of theirs")
    desk.turn_to(mine[chosen])


def register(registry: Registry) -> None:
    """Adds what this subject tells and does."""
    registry.fact("my_houses", MEMBERS, my_houses)
    registry.action("turn_to_house", MEMBERS, turn_to_house)

"""To whom somebody can complain: inside the house, and outside it, where nobody of the house decides."""

from collections.abc import Mapping

from bot.conversation.arguments import words
from bot.conversation.desk import Desk, reader_of
from bot.conversation.registry import Registry
from bot.delivery.letters import Letter
from bot.delivery.outgoing import Errand
from bot.delivery.promises import Kind
from bot.policy import MEMBERS, Role
from dialogs.values import Option, Text, Value
from storage.repositories.people import Person

ALL = "all"
"""The choice of everybody of staff."""


async def complain_inside(desk: Desk) -> Value:
    """Staff by name, and the house's telephone, a line each; empty for a house without either."""
    house = await desk.house()
    lines = [each.name for each in await _staff(desk)]
    if house.phone:
        lines.append(desk.render(desk.phrase("numbers_house", house=house.name, phone=house.phone)))
    return "\n".join(lines)


async def complain_outside(desk: Desk) -> Value:
    """Who hears complaints in the house's country, a line each, with where that was read and when."""
    lines = desk.library.numbers.of((await desk.house()).country).complaints
    return "\n".join(
        desk.render(desk.phrase("complaint_line", who=Text(each.says), source=each.source, reviewed=each.reviewed))
        for each in lines
    )


async def staff_options(desk: Desk) -> Value:
    """Staff who can be written to, each by name."""
    return tuple(Option(key=str(each.id), label=each.name) for each in await _staff(desk))


async def send_complaint(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Their own words to one of staff, or to all of them. It is kept nowhere else."""
    said, to = words(arguments, "words"), words(arguments, "to")
    for person in await _staff(desk):
        if to in {ALL, str(person.id)}:
            text = desk.render(desk.phrase("complaint_letter", name=desk.me.name, words=said), reader_of(person))
            desk.send_to(
                person, Errand(letter=Letter(text=text)), Kind.REPLY, purpose="complaint", about_id=desk.me.id
            )


def register(registry: Registry) -> None:
    """Adds what this subject tells and does."""
    registry.fact("complain_inside", MEMBERS, complain_inside)
    registry.fact("complain_outside", MEMBERS, complain_outside)
    registry.fact("staff_options", MEMBERS, staff_options)
    registry.action("send_complaint", MEMBERS, send_complaint)


async def _staff(desk: Desk) -> list[Person]:
    """Staff of the house who can be reached, but for whoever asks."""
    ids = await desk.work.memberships.with_role(desk.house_id, Role.STAFF, desk.now)
    people = await desk.people(ids)
    return [
        people[each]
        for each in ids
        if each in people and each != desk.me.id and people[each].reach in {"ok", "unknown"}
    ]

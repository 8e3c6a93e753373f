"""Whom a person wants asked first when they call, once those agreed; and whom they want never to be asked."""

from collections.abc import Mapping
from typing import Final

from bot import policy
from bot.care.alerts.plans import in_house
from bot.care.rota.telling import tell
from bot.care.rota.words import names, people_options
from bot.conversation import cards
from bot.conversation.arguments import words
from bot.conversation.desk import Desk
from bot.conversation.registry import Appearance, CardKind, FactFunction, Registry
from bot.delivery.promises import Kind
from dialogs.values import Value
from storage.problems import Conflict
from storage.repositories.alert_plans import AlertWish, Wish, WishState

CARD: Final = "asked_first"


async def people_free(desk: Desk) -> Value:
    """Everybody else of the house about whom the person wishes nothing yet, as buttons."""
    wished = {each.other_id for each in await desk.work.alert_plans.wishes_of([desk.me.id])}
    return await people_options(desk, set(await in_house(desk, desk.house_id)) - wished - {desk.me.id})


async def people_wished(desk: Desk) -> Value:
    """Everybody about whom the person wishes something, as buttons."""
    return await people_options(desk, [each.other_id for each in await desk.work.alert_plans.wishes_of([desk.me.id])])


async def ask_first(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Asks somebody, on a card, whether they want to be asked first."""
    wish = await set_wish(desk, arguments, "first", "asked")
    await cards.show(desk, KIND, wish.id, [wish.other_id], Kind.REPLY, purpose="wish", about=desk.me.id)


async def set_wish(desk: Desk, arguments: Mapping[str, Value], wish: Wish, state: WishState) -> AlertWish:
    """What the person at the desk wishes about somebody of their house. Raises Conflict when they left it."""
    other = int(words(arguments, "person"))
    if other == desk.me.id or other not in await in_house(desk, desk.house_id):
        raise Conflict("they don't belong to the house any more")
    made = AlertWish(
        id=desk.ids.new(), person_id=desk.me.id, other_id=other, wish=wish, state=state, made_at=desk.now
    )
    await desk.work.alert_plans.set_wish(made)
    return made


async def forget_wish(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """The person wishes nothing about somebody any more."""
    await desk.work.alert_plans.forget(desk.me.id, int(words(arguments, "person")))


async def agree(desk: Desk, row: int) -> None:
    """Yes, ask me first."""
    await _answer(desk, row, "agreed", "wish_agreed")


async def decline(desk: Desk, row: int) -> None:
    """I'd rather not; or not any more."""
    await _answer(desk, row, "declined", "wish_declined")


async def look(desk: Desk, row: int, viewer: int) -> Appearance | None:
    """The card of the one who is asked. What was taken back leaves no trace of whose it was."""
    wish = await desk.work.alert_plans.wish(row)
    if wish is None or wish.other_id != viewer or wish.wish != "first":
        return None
    person = (await desk.people([wish.person_id])).get(wish.person_id)
    return Appearance(wish.state, {"name": person.name if person is not None else ""})


async def house_of(desk: Desk, row: int) -> int | None:
    """A house that both belong to."""
    wish = await desk.work.alert_plans.wish(row)
    if wish is None:
        return None
    places = await desk.work.memberships.places_of([wish.person_id, wish.other_id], desk.now)
    mine, theirs = ({each.house_id for each in places.get(one, ())} for one in (wish.person_id, wish.other_id))
    return min(mine & theirs, default=None)


KIND: Final = CardKind(
    name=CARD, who=policy.MEMBERS, house=house_of, look=look, presses={"agree_first": agree, "decline_first": decline}
)


def register(registry: Registry) -> None:
    """Adds what people wish for their own calls."""
    registry.fact("people_free", policy.PARTICIPANTS, people_free)
    registry.fact("people_wished", policy.PARTICIPANTS, people_wished)
    registry.fact("people_first", policy.PARTICIPANTS, _who_are("first", "agreed"))
    registry.fact("people_asked", policy.PARTICIPANTS, _who_are("first", "asked"))
    registry.fact("people_never", policy.PARTICIPANTS, _who_are("never", "agreed"))
    registry.action("ask_first", policy.PARTICIPANTS, ask_first)
    registry.action("forget_wish", policy.PARTICIPANTS, forget_wish)
    registry.card(KIND)


def _who_are(wish: Wish, state: WishState) -> FactFunction:
    async def tell_names(desk: Desk) -> Value:
        wishes = await desk.work.alert_plans.wishes_of([desk.me.id])
        return await names(desk, [each.other_id for each in wishes if each.wish == wish and each.state == state])

    return tell_names


async def _answer(desk: Desk, row: int, state: WishState, phrase: str) -> None:
    wish = await desk.work.alert_plans.wish(row)
    if wish is None or not await desk.work.alert_plans.move_wish(row, state, desk.now, was=wish.state):
        raise Conflict("the wish was taken back")
    house_id = await house_of(desk, row)
    if house_id is not None:
        await tell(desk, house_id, wish.person_id, phrase, name=desk.me.name)

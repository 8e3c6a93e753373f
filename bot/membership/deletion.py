"""Going, and taking everything along: nothing of a person is left but numbers that name nobody."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.conversation import menus
from bot.conversation.desk import Desk
from bot.conversation.registry import Registry
from bot.delivery.letters import Letter
from bot.delivery.outgoing import Errand
from bot.delivery.promises import Kind
from bot.membership.leaving import Leaving
from bot.policy import EVERYONE, STRANGER, Role
from dialogs.progress import Progress
from dialogs.values import Value


@dataclass(frozen=True, slots=True)
class Deletion:
    """Says goodbye through every subject that registered what happens when somebody goes."""

    registry: Registry

    async def delete_me(self, desk: Desk, _: Mapping[str, Value]) -> None:
        """Everything of theirs, at once, and their key. The receipt is the last letter, under the system's key."""
        me, answered = desk.me, list(desk.outgoing)
        for gone in self.registry.going:
            await gone(desk)
        for place in (await desk.work.memberships.places_of({me.id}, desk.now)).get(me.id, ()):
            await Leaving(self.registry).end_place(desk, me.id, place.house_id)
        receipt = desk.render(desk.phrase("deleted_receipt", when=desk.now))
        await desk.work.updates.forget_failed(me.telegram_id)
        await desk.work.people.delete(me.id)
        # Nothing more is sealed for them: what answers this very tap goes to the chat, the rest to others or nowhere.
        last = [replace(each, recipient_id=None) if each.recipient_id == me.id else each for each in answered]
        others = [each for each in desk.outgoing[len(answered) :] if each.recipient_id != me.id]
        desk.outgoing[:] = [*last, *others]
        desk.timers[:] = [timer for timer in desk.timers if timer.subject_id != me.id]
        _rise(desk)
        desk.send(Errand(letter=Letter(text=receipt, remove_keyboard=True)), Kind.REPLY, purpose="receipt")
        strangers = menus.commands(desk.library, STRANGER, me.locale)
        desk.send(Errand(letter=Letter(text="-"), commands=strangers), Kind.EDIT, purpose="menu", stream="menu")


async def last_of_staff(desk: Desk) -> Value:
    """Whether their house would have nobody of staff without them."""
    if Role.STAFF not in desk.standing.roles:
        return False
    staff = await desk.work.memberships.with_role(desk.house_id, Role.STAFF, desk.now)
    return set(staff) == {desk.me.id}


async def call_open_or_taken(desk: Desk) -> Value:
    """Whether they have a call for help of their own that is not over, or have taken somebody else's."""
    if desk.person is None:
        return False
    return any(desk.me.id in {each.person_id, each.taken_by} for each in await desk.work.alerts.open_all())


def register(registry: Registry) -> None:
    """Adds what this subject tells and does."""
    registry.fact("last_of_staff", EVERYONE, last_of_staff)
    registry.fact("call_open_or_taken", EVERYONE, call_open_or_taken)
    registry.action("delete_me", EVERYONE, Deletion(registry).delete_me)


def _rise(desk: Desk) -> None:
    """Nobody sits at the desk any more; whoever hears the rest is a stranger who speaks their language."""
    if desk.sender is not None:
        desk.sender = replace(desk.sender, language=desk.me.locale)
    desk.person, desk.standing = None, STRANGER
    desk.progress, desk.stored_turn = Progress(), 0

"""Where a house wants it, a second person says yes before an announcement goes."""

from dataclasses import dataclass
from typing import Final

from bot import policy
from bot.conversation import cards
from bot.conversation.desk import Desk, reader_of
from bot.conversation.registry import Appearance, CardKind, NotAllowedError, Registry
from bot.delivery.letters import Letter
from bot.delivery.outgoing import Errand
from bot.delivery.promises import Kind
from bot.house.announcements import wording
from bot.house.announcements.audience import reached_by
from bot.house.announcements.author_card import house_of
from bot.house.announcements.composing import aim_of, change
from bot.house.announcements.rules import Stage
from bot.house.announcements.sending import Sending
from bot.house.announcements.versions import Versions
from bot.membership import trail
from bot.membership.trail import What
from bot.policy import Role
from dialogs.values import Value
from storage.problems import Conflict
from storage.repositories.announcements import Announcement

CARD: Final = "second_yes"


async def look(desk: Desk, row: int, viewer: int) -> Appearance | None:
    """For staff of the house, its author aside: all of it, to whom and when; or what somebody said already."""
    announcement = await desk.work.announcements.get(row)
    person = (await desk.people([viewer])).get(viewer)
    if announcement is None or person is None or announcement.author_id == viewer:
        return None
    author = (await desk.people([announcement.author_id])).get(announcement.author_id)
    values: dict[str, Value] = {"author": author.name if author is not None else ""}
    if announcement.state != Stage.ASKED:
        return Appearance("declined" if announcement.state == Stage.DECLINED else "settled", values)
    reader = reader_of(person)
    versions = Versions.from_bytes(announcement.letter)
    reached = await reached_by(desk, aim_of(announcement), announcement.author_id)
    plan = [desk.render(line, reader) for line in await wording.plan_words(desk, announcement, reached)]
    values["plan"] = "\n".join(plan)
    lead = await wording.letter_for(desk, announcement, versions, versions.original, reader, listed=True)
    return Appearance("asked", values, lead=lead)


@dataclass(frozen=True, slots=True)
class Agreeing:
    """Asks staff, and does what they say."""

    sending: Sending
    registry: Registry

    async def ask(self, desk: Desk, announcement: Announcement) -> None:
        """Every other member of staff has it on a card; the first to press decides. Its author sees that it waits."""
        await change(desk, announcement, state=Stage.ASKED)
        staff = await desk.work.memberships.with_role(announcement.house_id, Role.STAFF.value, desk.now)
        card = self.registry.cards[CARD]
        await cards.show(desk, card, announcement.id, staff, Kind.REPLY, purpose="announcement", about=None)
        await self.sending.show(desk, announcement)

    async def agree(self, desk: Desk, row: int) -> None:
        """It goes, now or when its time comes."""
        announcement = await self._asked(desk, row)
        await trail.note(desk, What.ANNOUNCEMENT_AGREED, house_id=announcement.house_id, about=announcement.author_id)
        await self.sending.set_off(desk, announcement)
        await self._tidy(desk, announcement)

    async def decline(self, desk: Desk, row: int) -> None:
        """It does not go; its author is told, and by whom, so that the two can talk."""
        announcement = await self._asked(desk, row)
        await change(desk, announcement, state=Stage.DECLINED, finished_at=desk.now)
        await trail.note(
            desk, What.ANNOUNCEMENT_DECLINED, house_id=announcement.house_id, about=announcement.author_id
        )
        author = (await desk.people([announcement.author_id])).get(announcement.author_id)
        if author is not None:
            words = desk.render(desk.phrase("announcement_declined", name=desk.me.name), reader_of(author))
            desk.send_to(author, Errand(letter=Letter(text=words)), Kind.REPLY, purpose="announcement")
        await self.sending.refresh(desk, announcement)
        await self._tidy(desk, announcement)

    async def _tidy(self, desk: Desk, announcement: Announcement) -> None:
        """The card at the others shows that somebody decided."""
        staff = await desk.work.memberships.with_role(announcement.house_id, Role.STAFF.value, desk.now)
        others = [each for each in staff if each != desk.me.id]
        await cards.refresh(desk, self.registry.cards[CARD], announcement.id, others)

    async def _asked(self, desk: Desk, row: int) -> Announcement:
        announcement = await desk.work.announcements.get(row)
        if announcement is None or announcement.author_id == desk.me.id:
            raise NotAllowedError("one's own yes is not a second one")
        if announcement.state != Stage.ASKED:
            raise Conflict("somebody has decided already")
        return announcement

    def kind(self) -> CardKind:
        """The card."""
        return CardKind(
            name=CARD,
            who=policy.STAFF,
            house=house_of,
            look=look,
            presses={"agree_announcement": self.agree, "decline_announcement": self.decline},
        )

"""Sending it off, and what its author does to it by a dialog later."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.conversation.arguments import number, words, words_if, yes_or_no
from bot.conversation.desk import Desk
from bot.conversation.registry import NotAllowedError
from bot.conversation.standings import inside
from bot.house.announcements.agreeing import Agreeing
from bot.house.announcements.audience import may_announce, needs_a_yes
from bot.house.announcements.composing import aim_of, mine
from bot.house.announcements.facts import too_many_of
from bot.house.announcements.following import Following
from bot.house.announcements.rules import Stage
from bot.house.announcements.sending import Sending
from bot.house.announcements.versions import Versions
from bot.membership import trail
from bot.membership.trail import What
from dialogs.values import Value
from storage.problems import Conflict
from storage.repositories.announcements import Announcement, Announcing

_QUIET: Final = {"22-7": (1320, 420), "21-8": (1260, 480), "23-6": (1380, 360), "none": (0, 0)}
"""Quiet hours that are offered, in minutes past midnight."""

_SAID: Final = frozenset({Stage.SENDING, Stage.PAUSED, Stage.DONE, Stage.STOPPED})


@dataclass(frozen=True, slots=True)
class Actions:
    """What dialogs cause."""

    sending: Sending
    following: Following
    agreeing: Agreeing

    async def announce(self, desk: Desk, _: Mapping[str, Value]) -> None:
        """It goes: now, when its time comes, or when a second person has agreed.

        Raises Conflict when the author has sent too much within the hour, NotAllowedError for a house that is not
        theirs to announce to.
        """
        found = await mine(desk)
        await self._theirs(desk, found)
        if await too_many_of(desk, urgent=found.urgent):
            raise Conflict("too many announcements within the hour")
        if await needs_a_yes(desk, found):
            await self.agreeing.ask(desk, found)
        else:
            await self.sending.set_off(desk, found)

    async def correct(self, desk: Desk, arguments: Mapping[str, Value]) -> None:
        """New words for one version of `row` (by default the original), quietly or with a new message to all."""
        found = await self._said(desk, arguments)
        locale = words_if(arguments, "locale") or Versions.from_bytes(found.letter).original
        aloud = yes_or_no(arguments, "aloud")
        await self.following.correct(desk, found, locale, words(arguments, "words"), aloud=aloud)

    async def take_back(self, desk: Desk, arguments: Mapping[str, Value]) -> None:
        """It vanishes wherever it still can."""
        await self.following.take_back(desk, await self._said(desk, arguments))

    async def show(self, desk: Desk, arguments: Mapping[str, Value]) -> None:
        """The card of one of their own (a key of said_lately), as a new message."""
        row = words(arguments, "row")
        found = await desk.work.announcements.get(int(row)) if row.isdecimal() else None
        if found is None or found.author_id != desk.me.id:
            raise NotAllowedError("somebody else's announcement")
        await self.sending.show(desk, found)

    async def set_rules(self, desk: Desk, arguments: Mapping[str, Value]) -> None:
        """Who may announce to the house, whether with a second yes, and when the house sleeps."""
        before = await desk.work.announcements.rules_of(desk.house_id)
        chosen = words(arguments, "to")
        match words(arguments, "what"):
            case "who" if chosen in {"staff", "officers", "mentors"}:
                after = replace(before, who=chosen)
            case "second_yes" if chosen in {"yes", "no"}:
                after = replace(before, second_yes=chosen == "yes")
            case "quiet" if chosen in _QUIET:
                quiet_from, quiet_until = _QUIET[chosen]
                after = replace(before, quiet_from=quiet_from, quiet_until=quiet_until)
            case what:
                raise ValueError(f"{what} can't be {chosen}")
        await desk.work.announcements.set_rules(after)
        await trail.note(desk, What.ANNOUNCING_SET)

    async def _theirs(self, desk: Desk, found: Announcement) -> None:
        places = (await desk.work.memberships.places_of({desk.me.id}, desk.now)).get(desk.me.id, ())
        for house_id in aim_of(found).houses:
            rules: Announcing = await desk.work.announcements.rules_of(house_id)
            if not may_announce(inside(places, house_id), rules):
                raise NotAllowedError("not a house they announce to")

    async def _said(self, desk: Desk, arguments: Mapping[str, Value]) -> Announcement:
        found = await desk.work.announcements.get(number(arguments, "row"))
        if found is None or found.author_id != desk.me.id:
            raise NotAllowedError("somebody else's announcement")
        if found.state not in _SAID:
            raise Conflict(f"an announcement that is {found.state} was not said, or is gone already")
        return found

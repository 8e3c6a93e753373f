"""When a turn fails alone: the person hears a kind word, staff can look, and a call for help still goes out."""

from dataclasses import dataclass
from datetime import timedelta

from bot.conversation import heeding, troubles
from bot.conversation.conversation import SOS_COMMAND, Conversation
from bot.conversation.desk import Desk
from bot.conversation.inbound import CommandGiven, Edited, Inbound, RowDue
from bot.delivery.letters import Letter
from bot.delivery.outgoing import Errand
from bot.delivery.promises import Kind
from dialogs.inputs import MediaSent, TextSent
from storage.repositories.updates import FailedUpdate

_ROW_AGAIN = timedelta(seconds=30)
"""A row's timer whose turn failed comes back after so long: an alert must never be left without its next step."""


@dataclass(frozen=True, slots=True)
class Rescue:
    """Saves of a failed turn what can be saved."""

    conversation: Conversation

    async def note(self, desk: Desk, inbound: Inbound, error: Exception) -> None:
        """Commits with the update's id: a sealed copy of it, and the word to the person."""
        if inbound.update_id is not None:
            await desk.work.updates.fail(
                FailedUpdate(
                    id=desk.ids.new(),
                    update_id=inbound.update_id,
                    error=type(error).__name__,
                    copy=inbound.raw,
                    at=desk.now,
                )
            )
            await troubles.note(desk.ids, desk.work, desk.now)
        match inbound.given:
            case RowDue(kind=kind, row=row, fence=fence):
                desk.timer(kind, row, fence=fence, due_at=desk.now + _ROW_AGAIN)
                return
            case CommandGiven(command=command) if command == SOS_COMMAND:
                await self._call_for_help(desk)
            case TextSent(text=text) if self.conversation.key_pressed(text) == SOS_COMMAND:
                await self._call_for_help(desk)
            case TextSent() | MediaSent() | Edited():
                await self._heed(desk, heeding.words_of(inbound.given))
            case _:
                pass
        if desk.sender is not None:
            words = desk.render(desk.phrase("failed_turn"))
            desk.send(Errand(letter=Letter(text=words)), Kind.REPLY, purpose="conversation")

    async def _heed(self, desk: Desk, words: str) -> None:
        """Words of present danger ask people, whatever failed after them."""
        judgement = self.conversation.screening(words, desk.reader.locale, ()) if words else None
        if judgement is not None and judgement.crisis and desk.standing.joined:
            await self.conversation.registry.actions["raise_crisis"].perform(desk, judgement.grounds)

    async def _call_for_help(self, desk: Desk) -> None:
        """The dialog failed, so the alert goes first, by itself; it is unique by its update."""
        if desk.standing.joined:
            await self.conversation.registry.actions["raise_sos"].perform(desk, {})

"""One turn: which dialog the input belongs to, what the engine makes of it, and what that causes."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from bot import policy
from bot.conversation import cards, heeding, menus, owed, prompts, questions, reading
from bot.conversation.desk import Desk
from bot.conversation.inbound import (
    CardPressed,
    Chat,
    CommandGiven,
    DialogDue,
    Edited,
    GroupLost,
    GroupMoved,
    GroupOffered,
    Ignored,
    Inbound,
    LeftAlone,
    PromptDue,
    ReachChanged,
    Reacted,
    RowDue,
)
from bot.conversation.registry import NotAllowedError, Registry
from bot.conversation.speech import Speech
from bot.conversation.walking import Walking, put_by, worth_keeping
from bot.delivery.letters import Letter
from bot.delivery.outgoing import Errand
from bot.delivery.promises import Kind
from dialogs.inputs import ChoicePressed, Input, MediaSent, TextSent, TimerFired
from dialogs.library import Library
from dialogs.model import Waiting

NOTHING_OPEN, WELCOME = "nothing_open", "welcome"
LINK_GROUP = "link_group"
SOS_COMMAND, MENU_COMMAND = "sos", "menu"
PROMPT_WAITS = timedelta(minutes=5)
"""A prompt that finds somebody in the middle of a dialog comes back after so long."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """Knows all dialogs and everything they may ask and cause. It has no state of its own."""

    library: Library
    registry: Registry
    screening: heeding.Screening = heeding.unscreened

    @property
    def walking(self) -> Walking:
        """The way through its dialogs."""
        return Walking(self.registry)

    async def turn(self, desk: Desk, inbound: Inbound) -> None:
        """Answers one input on this desk. What it raises costs this turn only."""
        before = (desk.anywhere, desk.person.locale if desk.person else None)
        turn = desk.progress.turn
        try:
            await self._answer(desk, inbound)
            questions.retire(desk, turn, inbound.given)
        except NotAllowedError:
            if desk.progress.turn != turn:
                raise  # half a turn must not be committed
            self._say(desk, "not_for_you")
        if desk.person is not None and before != (desk.anywhere, desk.person.locale):
            menus.renew(desk)

    async def _answer(self, desk: Desk, inbound: Inbound) -> None:
        given = inbound.given
        spoke = inbound.sender is not None and not isinstance(given, ReachChanged | Reacted | Ignored)
        if spoke and desk.person is not None and desk.person.reach != "ok":
            # Whoever speaks to us can be written to, whatever Telegram said when we last tried.
            await desk.work.people.set_reach(desk.person.id, "ok")
            desk.know(reach="ok")
        if spoke and desk.owed:
            await owed.show(desk, self.registry.cards)
        match given:
            case TextSent(text=text) if (command := self.key_pressed(text)) is not None:
                await self._command(desk, CommandGiven(command))
            case TextSent() | MediaSent() if await self._finds_a_reader(desk, given):
                await self._go_on(desk, given, inbound.message_id)
            case TextSent() | MediaSent() | Edited() if await self._heeded(desk, given, inbound.message_id):
                pass
            case CommandGiven():
                await self._command(desk, given)
            case GroupOffered() | GroupLost() | GroupMoved():
                await self._group(desk, given, inbound.group)
            case CardPressed() if inbound.group is not None:
                await self._card_there(desk, given, inbound.group)
            case CardPressed():
                await self._card(desk, given, inbound.message_id)
            case ChoicePressed() | TextSent() | MediaSent():
                await self._go_on(desk, given, inbound.message_id)
            case DialogDue(turn=turn):
                if desk.progress.place is not None:
                    await self.walking.advance(desk, TimerFired(turn), Speech(desk))
            case PromptDue():
                await self._prompt(desk, given)
            case LeftAlone():
                self._nudge(desk)
            case ReachChanged(blocked=blocked):
                if desk.person is not None:
                    await desk.work.people.set_reach(desk.person.id, "blocked" if blocked else "ok")
            case RowDue(kind=kind):
                await self.registry.timers[kind](desk, given)
            case Edited():
                for edited in self.registry.editing:
                    await edited(desk, given)
            case Reacted(message=message, stands=stands):
                for reacted in self.registry.reacting if desk.person is not None else ():
                    await reacted(desk, message, stands)
            case Ignored():
                pass

    async def _finds_a_reader(self, desk: Desk, given: TextSent | MediaSent) -> bool:
        """Whether somebody reads what was written, and no question waits for it. They stand there, then.

        Words of danger go to that somebody as they are; the call they are in becomes as urgent as they say.
        """
        place = None if reading.is_asked_for(desk, given) else await reading.at_the_other_end(self.registry, desk)
        if place is None:
            return False
        put_by(desk, place.dialog)
        desk.progress = desk.progress.at(place)
        desk.touched_at = desk.now
        await self._alarm(desk, given)
        return True

    async def _alarm(self, desk: Desk, given: TextSent | MediaSent | Edited) -> None:
        words = heeding.words_of(given)
        judgement = self.screening(words, desk.reader.locale, ()) if words else None
        if judgement is not None and judgement.crisis:
            await self.registry.actions["worsen_call"].perform(desk, judgement.grounds)

    async def _heeded(self, desk: Desk, given: TextSent | MediaSent | Edited, message_id: int | None) -> bool:
        """Whether the words called for more than an answer, and got it."""
        if isinstance(given, Edited) and await reading.at_the_other_end(self.registry, desk) is not None:
            await self._alarm(desk, given)
            return False
        words = heeding.words_of(given)
        house = await desk.work.house_words.of_house(desk.house_id) if words and desk.standing.joined else ()
        judgement = self.screening(words, desk.reader.locale, house) if words else None
        opening = await heeding.opening(desk, judgement) if judgement is not None else None
        if opening is None and isinstance(given, MediaSent) and not reading.is_taken(desk, given):
            opening = heeding.unheard(desk, given)
        if opening is None:
            return False
        if opening.answered_first and not isinstance(given, Edited):
            await self._go_on(desk, given, message_id)
        kind = Kind.CRISIS if opening.dialog == heeding.CRISIS else Kind.REPLY
        await self.walking.start(desk, opening.dialog, opening.parameters, Speech(desk, kind=kind))
        return True

    def key_pressed(self, text: str) -> str | None:
        """The command behind a key of the reply keyboard, in whatever language the key was drawn."""
        for phrase, command in (("sos_key", SOS_COMMAND), ("menu_key", MENU_COMMAND)):
            english = self.library.phrases[phrase]
            if any(
                text == self.library.catalogues.translate(english, each) for each in self.library.catalogues.locales
            ):
                return command
        return None

    # where an input goes

    async def _command(self, desk: Desk, given: CommandGiven) -> None:
        dialog = self.library.commands.get(given.command)
        if dialog is None:
            await self.walking.start(desk, self._nowhere(desk), {}, Speech(desk))
        else:
            # What stands after a command is its dialog's first parameter: /start CODE.
            argument = dict(zip(dialog.parameters[:1], [given.argument], strict=False)) if given.argument else {}
            await self.walking.start(desk, dialog.dialog, argument, Speech(desk))

    async def _card(self, desk: Desk, pressed: CardPressed, message_id: int | None) -> None:
        kind = self.registry.cards.get(pressed.card)
        if kind is None or desk.person is None:
            await self.walking.start(desk, self._nowhere(desk), {}, Speech(desk))
            return
        leads_to = await cards.press(desk, kind, pressed, message_id)
        if leads_to is not None:
            speech = Speech(desk, silent=True)
            await self.walking.start(desk, leads_to, {"row": pressed.row}, speech, house=desk.standing.house_id)

    async def _card_there(self, desk: Desk, pressed: CardPressed, chat: Chat) -> None:
        """A tap in a group. Whoever may not, or where nothing is linked, is answered with silence."""
        kind, group = self.registry.cards.get(pressed.card), await desk.work.groups.by_chat(chat.chat_id)
        if kind is None or group is None or desk.person is None:
            return
        with suppress(NotAllowedError):
            await cards.press_there(desk, kind, pressed, group)

    async def _group(self, desk: Desk, given: GroupOffered | GroupLost | GroupMoved, chat: Chat | None) -> None:
        """Groups come, go and move. Staff who bring one are asked about it in their own chat; nobody else is."""
        group = await desk.work.groups.by_chat(chat.chat_id) if chat is not None else None
        match given:
            case GroupOffered() if chat is not None and policy.may(desk.anywhere, policy.STAFF):
                parameters = {"chat": str(chat.chat_id), "title": chat.title}
                await self.walking.start(desk, LINK_GROUP, parameters, Speech(desk))
            case GroupLost() if group is not None:
                await desk.work.groups.remove(group.id)
            case GroupMoved(chat_id=chat_id) if group is not None:
                await desk.work.groups.move(group, chat_id)
            case _:
                pass

    async def _go_on(self, desk: Desk, given: ChoicePressed | TextSent | MediaSent, message_id: int | None) -> None:
        place = desk.progress.place
        forgotten = place is not None and isinstance(given, TextSent | MediaSent) and desk.idle
        if place is None or forgotten:
            if isinstance(given, ChoicePressed) and desk.progress.pressed == f"{given.turn}:{given.choice}":
                return
            if isinstance(given, MediaSent) and desk.standing.joined:
                self._say(desk, "cannot_hear")
            else:
                await self.walking.start(desk, self._nowhere(desk), {}, Speech(desk))
            return
        await self.walking.advance(desk, given, self._speech_for(desk, given, message_id))

    async def _prompt(self, desk: Desk, due: PromptDue) -> None:
        """A prompt waits while another dialog is open and not idle; it never breaks one.

        One that was settled since its timer was set (checked in by themselves, not today) has nothing left to ask.
        """
        again = desk.now + PROMPT_WAITS
        if not await desk.work.prompts.is_waiting(due.prompt):
            return
        if desk.progress.place is not None and not desk.idle and again < due.give_up_at:
            prompts.put_off(desk, due, again)
        elif desk.now >= due.give_up_at or not self._may_be_asked(desk, due.dialog):
            await desk.work.prompts.settle(due.prompt, "not_asked", desk.now)
        else:
            speech = Speech(desk, kind=Kind.PROMPT, purpose=due.dialog, details={"expires_at": due.give_up_at})
            await self.walking.start(desk, due.dialog, {"asked": True, "prompt": due.prompt}, speech)
            await prompts.asked(desk, due, speech.question)

    def _may_be_asked(self, desk: Desk, dialog: str) -> bool:
        """Whether somebody still belongs here, is still among those the dialog is for, and wants to be written to."""
        return desk.standing.joined and desk.is_for(desk.library.scripts[dialog].dialog) and not desk.me.stopped

    def _nowhere(self, desk: Desk) -> str:
        return NOTHING_OPEN if desk.standing.joined else WELCOME

    def _speech_for(self, desk: Desk, given: Input, message_id: int | None) -> Speech:
        if not isinstance(given, ChoicePressed):
            return Speech(desk)
        speech = Speech(desk, replaces=message_id)
        place = desk.progress.place
        script = desk.library.scripts.get(place.dialog) if place else None
        node = script.dialog.nodes.get(place.node) if script and place else None
        stale = given.turn != desk.progress.turn
        if stale and desk.progress.pressed == f"{given.turn}:{given.choice}":
            speech.replaces = None
        elif stale or (isinstance(node, Waiting) and node.keep):
            speech.keep()
        return speech

    def _nudge(self, desk: Desk) -> None:
        """Once, and only where something was answered: nobody needs to hear that a menu is still open."""
        place = desk.progress.place
        if place is not None and not desk.nudged:
            desk.nudged = True
            if worth_keeping(desk, place) and not desk.idle:
                self._say(desk, "still_here")

    def _say(self, desk: Desk, phrase: str) -> None:
        letter = Letter(text=desk.render(desk.phrase(phrase)))
        desk.send(Errand(letter=letter), Kind.REPLY, purpose="conversation")

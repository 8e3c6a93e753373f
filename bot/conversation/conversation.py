"""One turn: which dialog the input belongs to, what the engine makes of it, and what that causes."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

from bot import policy
from bot.conversation import cards, heeding, menus, owed, prompts, questions
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
from bot.delivery.letters import Letter
from bot.delivery.outgoing import Errand
from bot.delivery.promises import Kind
from dialogs.effects import Ask, Do, Open, Pace, Say, StartTimer
from dialogs.engine import EngineError, Missing, Script, Turn, advance
from dialogs.inputs import ChoicePressed, Input, MediaSent, Resumed, Started, TextSent, TimerFired
from dialogs.library import Library
from dialogs.messages import Message
from dialogs.model import AskNode, RateNode, Waiting
from dialogs.progress import Place
from dialogs.values import Plain, Text, Value

_ROUNDS = 50
"""How often a turn may ask for facts or open another dialog; the content's own loops are refused by the checker."""

NOTHING_OPEN, WELCOME = "nothing_open", "welcome"
WHICH_HOUSE, LINK_GROUP = "which_house", "link_group"
SOS_COMMAND, MENU_COMMAND = "sos", "menu"
PROMPT_WAITS = timedelta(minutes=5)
"""A prompt that finds somebody in the middle of a dialog comes back after so long."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """Knows all dialogs and everything they may ask and cause. It has no state of its own."""

    library: Library
    registry: Registry
    screening: heeding.Screening = heeding.unscreened

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
                    await self._advance(desk, TimerFired(turn), Speech(desk))
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
        place = None if self._is_asked_for(desk, given) else await self._reader(desk)
        if place is None:
            return False
        self._put_by(desk, place.dialog)
        desk.progress = desk.progress.at(place)
        desk.touched_at = desk.now
        await self._alarm(desk, given)
        return True

    def _is_asked_for(self, desk: Desk, given: TextSent | MediaSent) -> bool:
        """Whether the open question waits for just this. A dialog that is passing gives way to a person."""
        place = desk.progress.place if not desk.idle else None
        script = desk.library.scripts.get(place.dialog) if place is not None else None
        if place is None or script is None or script.dialog.passing:
            return False
        match script.dialog.nodes.get(place.node):
            case AskNode():
                return True
            case RateNode():
                return isinstance(given, TextSent) and given.text.strip().isdigit()
            case _:
                return False

    def _takes(self, desk: Desk, given: MediaSent) -> bool:
        """Whether the open question takes what was sent."""
        place = desk.progress.place if not desk.idle else None
        script = desk.library.scripts.get(place.dialog) if place is not None else None
        node = script.dialog.nodes.get(place.node) if script is not None and place is not None else None
        return isinstance(node, AskNode) and given.kind in node.takes

    async def _reader(self, desk: Desk) -> Place | None:
        """The place where somebody reads what the person at the desk writes, if somebody does."""
        for reader in self.registry.readers:
            place = await reader(desk) if desk.person is not None else None
            if place is not None:
                return place
        return None

    async def _alarm(self, desk: Desk, given: TextSent | MediaSent | Edited) -> None:
        words = heeding.words_of(given)
        judgement = self.screening(words, desk.reader.locale, ()) if words else None
        if judgement is not None and judgement.crisis:
            await self.registry.actions["worsen_call"].perform(desk, judgement.grounds)

    async def _heeded(self, desk: Desk, given: TextSent | MediaSent | Edited, message_id: int | None) -> bool:
        """Whether the words called for more than an answer, and got it."""
        if isinstance(given, Edited) and await self._reader(desk) is not None:
            await self._alarm(desk, given)
            return False
        words = heeding.words_of(given)
        house = await desk.work.house_words.of_house(desk.house_id) if words and desk.standing.joined else ()
        judgement = self.screening(words, desk.reader.locale, house) if words else None
        opening = await heeding.opening(desk, judgement) if judgement is not None else None
        if opening is None and isinstance(given, MediaSent) and not self._takes(desk, given):
            opening = heeding.unheard(desk, given)
        if opening is None:
            return False
        if opening.answered_first and not isinstance(given, Edited):
            await self._go_on(desk, given, message_id)
        kind = Kind.CRISIS if opening.dialog == heeding.CRISIS else Kind.REPLY
        await self._start(desk, opening.dialog, opening.parameters, Speech(desk, kind=kind))
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
            await self._start(desk, self._nowhere(desk), {}, Speech(desk))
        else:
            # What stands after a command is its dialog's first parameter: /start CODE.
            argument = dict(zip(dialog.parameters[:1], [given.argument], strict=False)) if given.argument else {}
            await self._start(desk, dialog.dialog, argument, Speech(desk))

    async def _card(self, desk: Desk, pressed: CardPressed, message_id: int | None) -> None:
        kind = self.registry.cards.get(pressed.card)
        if kind is None or desk.person is None:
            await self._start(desk, self._nowhere(desk), {}, Speech(desk))
            return
        leads_to = await cards.press(desk, kind, pressed, message_id)
        if leads_to is not None:
            speech = Speech(desk, silent=True)
            await self._start(desk, leads_to, {"row": pressed.row}, speech, house=desk.standing.house_id)

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
                await self._start(desk, LINK_GROUP, parameters, Speech(desk))
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
                await self._start(desk, self._nowhere(desk), {}, Speech(desk))
            return
        await self._advance(desk, given, self._speech_for(desk, given, message_id))

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
            await self._start(desk, due.dialog, {"asked": True, "prompt": due.prompt}, speech)
            await prompts.asked(desk, due, speech.question)

    def _may_be_asked(self, desk: Desk, dialog: str) -> bool:
        """Whether somebody still belongs here, is still among those the dialog is for, and wants to be written to."""
        audience = policy.audience_of(desk.library.scripts[dialog].dialog.audience)
        return desk.standing.joined and policy.may(desk.standing, audience) and not desk.me.stopped

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

    # walking

    async def _start(
        self,
        desk: Desk,
        name: str,
        parameters: Mapping[str, Plain],
        speech: Speech,
        *,
        house: int | None = None,
    ) -> None:
        """Begins a dialog. The one in the foreground is parked if something was answered in it and it is fresh."""
        desk.turn_to(house)
        name, parameters = self._settle_house(desk, name, parameters)
        script = desk.library.scripts[name]
        if not policy.may(desk.standing, policy.audience_of(script.dialog.audience)):
            raise NotAllowedError(name)
        self._put_by(desk, name)
        parked = tuple(each for each in desk.progress.parked if each.dialog != name)
        desk.progress = replace(desk.progress, place=None, parked=() if desk.idle else parked)
        given = {each: parameters.get(each) for each in script.dialog.parameters}
        await self._walk(desk, script, Started(given), speech)
        await self._close(desk, speech)

    def _put_by(self, desk: Desk, name: str) -> None:
        """The dialog in the foreground makes way for another, and waits if it is worth coming back to."""
        place = desk.progress.place
        if place is not None and place.dialog != name and not desk.idle and self._worth_keeping(desk, place):
            desk.progress = desk.progress.park()

    def _settle_house(
        self, desk: Desk, name: str, parameters: Mapping[str, Plain]
    ) -> tuple[str, Mapping[str, Plain]]:
        """What to begin: the dialog itself, about the house it must be about; or the question which one that is."""
        dialog = desk.library.scripts[name].dialog
        audience = policy.audience_of(dialog.audience)
        able = [each.house_id for each in desk.standings if policy.may(each, audience)]
        if len(desk.standings) < 2 or desk.about in able or not able:
            return name, parameters
        if dialog.about_one_house and len(able) > 1:
            return WHICH_HOUSE, {**parameters, "dialog": name}
        if dialog.about_one_house or desk.standing.house_id not in able:
            desk.turn_to(able[0])
        return name, parameters

    async def _advance(self, desk: Desk, given: Input, speech: Speech) -> None:
        place = desk.progress.place
        script = desk.library.scripts.get(place.dialog) if place else None
        if script is None:
            desk.progress = replace(desk.progress, turn=desk.progress.turn + 1, place=None)
            speech.say(Say(text=desk.phrase("dialog_changed")))
        elif not policy.may(desk.standing, policy.audience_of(script.dialog.audience)):
            # They left the house, or lost the role, with this dialog open.
            desk.progress = replace(desk.progress, turn=desk.progress.turn + 1, place=None, parked=())
            speech.say(Say(text=desk.phrase("not_for_you")))
        else:
            await self._walk(desk, script, given, speech)
        await self._close(desk, speech)

    async def _close(self, desk: Desk, speech: Speech) -> None:
        """A dialog that ended gives way to the last one parked."""
        while desk.progress.place is None and desk.progress.parked:
            *others, last = desk.progress.parked
            desk.progress = replace(desk.progress, place=last, parked=tuple(others))
            desk.turn_to(last.house)
            script = desk.library.scripts.get(last.dialog)
            # Whoever has just left the house has left what waited there, too.
            if script is None or not policy.may(desk.standing, policy.audience_of(script.dialog.audience)):
                desk.progress = replace(desk.progress, place=None)
                continue
            speech.say(Say(text=desk.phrase("back_to", title=Text(script.dialog.title))))
            await self._walk(desk, script, Resumed(), speech)
        speech.close()

    async def _walk(self, desk: Desk, script: Script, given: Input, speech: Speech) -> None:
        for _ in range(_ROUNDS):
            before = desk.progress
            turn = await self._decide(desk, script, given)
            if turn.progress.turn == before.turn:
                speech.replaces = None
                return
            if desk.person is None and (turn.progress.place or any(isinstance(each, Do) for each in turn.effects)):
                await desk.remember()
            desk.progress = turn.progress.about(desk.about)
            opened = await self._make_so(desk, turn, speech)
            if opened is None:
                return
            wanted = {name: _plain(value) for name, value in opened.parameters.items()}
            name, parameters = self._settle_house(desk, opened.dialog, wanted)
            script = desk.library.scripts[name]
            if not policy.may(desk.standing, policy.audience_of(script.dialog.audience)):
                raise NotAllowedError(name)
            given = Started({each: parameters.get(each) for each in script.dialog.parameters})
        raise EngineError(f"{script.dialog.dialog}: dialogs open one another without end")

    async def _decide(self, desk: Desk, script: Script, given: Input) -> Turn:
        facts: dict[str, Value] = {}
        for _ in range(_ROUNDS):
            answer = advance(script, desk.progress, given, facts)
            if isinstance(answer, Turn):
                return answer
            await self._load(desk, answer, facts)
        raise EngineError(f"{script.dialog.dialog}: facts were asked for without end")

    async def _load(self, desk: Desk, missing: Missing, facts: dict[str, Value]) -> None:
        desk.answers = missing.answers
        for name in sorted(missing.facts):
            fact = self.registry.facts[name]
            if not policy.may(desk.standing, fact.who):
                raise NotAllowedError(name)
            facts[name] = await fact.tell(desk)

    async def _make_so(self, desk: Desk, turn: Turn, speech: Speech) -> Open | None:
        opened: Open | None = None
        for effect in turn.effects:
            match effect:
                case Say():
                    speech.say(effect)
                case Ask():
                    speech.ask(effect, turn.progress.turn)
                case Pace():
                    speech.pace(effect, turn.progress.turn)
                case StartTimer(seconds=seconds):
                    due = desk.now + timedelta(seconds=seconds)
                    desk.timer("dialog", desk.me.id, fence=turn.progress.turn, due_at=due)
                case Do(action=name, arguments=arguments):
                    action = self.registry.actions[name]
                    if not policy.may(desk.standing, action.who):
                        raise NotAllowedError(name)
                    await action.perform(desk, arguments)
                case Open():
                    opened = effect
        return opened

    def _nudge(self, desk: Desk) -> None:
        """Once, and only where something was answered: nobody needs to hear that a menu is still open."""
        place = desk.progress.place
        if place is not None and not desk.nudged:
            desk.nudged = True
            if self._worth_keeping(desk, place) and not desk.idle:
                self._say(desk, "still_here")

    @staticmethod
    def _worth_keeping(desk: Desk, place: Place) -> bool:
        """Whether something was answered in it, so that coming back to it would be a kindness."""
        script = desk.library.scripts.get(place.dialog)
        if script is None or script.dialog.passing:
            return False
        given = set(script.dialog.parameters)
        return script.dialog.begun or any(
            value not in (None, ()) for name, value in place.answers.items() if name not in given
        )

    def _say(self, desk: Desk, phrase: str) -> None:
        letter = Letter(text=desk.render(desk.phrase(phrase)))
        desk.send(Errand(letter=letter), Kind.REPLY, purpose="conversation")


def _plain(value: Value) -> Plain:
    return value if isinstance(value, bool | int | float | str | Message) else None

"""Walking through a dialog: facts are loaded as the engine asks for them, and what a turn causes is made so."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from bot import policy
from bot.conversation.desk import Desk
from bot.conversation.registry import NotAllowedError, Registry
from bot.conversation.speech import Speech
from dialogs import engine
from dialogs.effects import Ask, Do, Open, Pace, Say, StartTimer
from dialogs.engine import EngineError, Missing, Turn
from dialogs.inputs import Input, Resumed, Started
from dialogs.messages import Message
from dialogs.progress import Place
from dialogs.script import Script
from dialogs.values import Plain, Text, Value

WHICH_HOUSE = "which_house"
_ROUNDS = 50
"""How often a turn may ask for facts or open another dialog; the content's own loops are refused by the checker."""


@dataclass(frozen=True, slots=True)
class Walking:
    """Begins dialogs and carries them on. It has no state of its own."""

    registry: Registry

    async def start(
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
        name, parameters = _settle_house(desk, name, parameters)
        script = desk.library.scripts[name]
        if not desk.is_for(script.dialog):
            raise NotAllowedError(name)
        put_by(desk, name)
        parked = tuple(each for each in desk.progress.parked if each.dialog != name)
        desk.progress = replace(desk.progress, place=None, parked=() if desk.idle else parked)
        given = {each: parameters.get(each) for each in script.dialog.parameters}
        await self._walk(desk, script, Started(given), speech)
        await self._close(desk, speech)

    async def advance(self, desk: Desk, given: Input, speech: Speech) -> None:
        """Goes on in the dialog in the foreground. One that is gone, or no longer theirs, ends with a kind word."""
        place = desk.progress.place
        script = desk.library.scripts.get(place.dialog) if place else None
        if script is None:
            desk.progress = replace(desk.progress, turn=desk.progress.turn + 1, place=None)
            speech.say(Say(text=desk.phrase("dialog_changed")))
        elif not desk.is_for(script.dialog):
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
            if script is None or not desk.is_for(script.dialog):
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
            name, parameters = _settle_house(desk, opened.dialog, wanted)
            script = desk.library.scripts[name]
            if not desk.is_for(script.dialog):
                raise NotAllowedError(name)
            given = Started({each: parameters.get(each) for each in script.dialog.parameters})
        raise EngineError(f"{script.dialog.dialog}: dialogs open one another without end")

    async def _decide(self, desk: Desk, script: Script, given: Input) -> Turn:
        facts: dict[str, Value] = {}
        for _ in range(_ROUNDS):
            answer = engine.advance(script, desk.progress, given, facts)
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


def put_by(desk: Desk, name: str) -> None:
    """The dialog in the foreground makes way for another, and waits if it is worth coming back to."""
    place = desk.progress.place
    if place is not None and place.dialog != name and not desk.idle and worth_keeping(desk, place):
        desk.progress = desk.progress.park()


def worth_keeping(desk: Desk, place: Place) -> bool:
    """Whether something was answered in it, so that coming back to it would be a kindness."""
    script = desk.library.scripts.get(place.dialog)
    if script is None or script.dialog.passing:
        return False
    given = set(script.dialog.parameters)
    return script.dialog.begun or any(
        value not in (None, ()) for name, value in place.answers.items() if name not in given
    )


def _settle_house(desk: Desk, name: str, parameters: Mapping[str, Plain]) -> tuple[str, Mapping[str, Plain]]:
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


def _plain(value: Value) -> Plain:
    return value if isinstance(value, bool | int | float | str | Message) else None

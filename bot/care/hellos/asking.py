"""Asking people to say hello: a step at a time, each person once."""

from bot.care.alerts import plans
from bot.care.hellos import rules
from bot.conversation import cards
from bot.conversation.desk import Desk, reader_of
from bot.conversation.registry import CardKind
from bot.delivery.letters import Letter
from bot.delivery.outgoing import Errand
from bot.delivery.promises import Kind
from bot.membership.consent import Purpose, agreed
from dialogs.values import Value
from storage.problems import Conflict
from storage.repositories.hellos import Hello, HelloKind, HelloState
from storage.repositories.people import Person

TIMER = "hello_step"


async def open_one(desk: Desk, kind: HelloKind) -> Hello:
    """A request about the person at the desk. It asks nobody yet."""
    hello = Hello(
        id=desk.ids.new(), person_id=desk.me.id, house_id=desk.house_id, kind=kind, opened_at=desk.now, step=-1
    )
    await desk.work.hellos.add(hello)
    return hello


async def begin(desk: Desk, kind: HelloKind) -> None:
    """A request that asks the first people after a while, in waking hours."""
    hello = await open_one(desk, kind)
    house = await desk.house(hello.house_id)
    desk.timer(
        TIMER, hello.id, fence=hello.version, due_at=rules.waking(desk.now + rules.BEGINS_AFTER[kind], house.zone)
    )


async def ask_on(desk: Desk, card: CardKind, hello: Hello) -> None:
    """The next people are asked; when there are none left, it ends."""
    steps = rules.steps_of(hello.kind)
    for number in range(hello.step + 1, len(steps)):
        people = [each.id for each in await _fresh(desk, hello, steps[number])]
        if not people:
            continue
        hello = await move(desk, hello, "open", step=number)
        await ask(desk, card, hello, people)
        house = await desk.house(hello.house_id)
        later = rules.waking(desk.now + rules.EACH_STEP[hello.kind], house.zone)
        desk.timer(TIMER, hello.id, fence=hello.version, due_at=later)
        return
    asked = await desk.work.hellos.asked(hello.id)
    hello = await move(desk, hello, "over")
    await cards.refresh(desk, card, hello.id, list(asked))
    if hello.kind in {"worry", "talk"}:
        await write(desk, hello, "hello_nobody")


async def ask(desk: Desk, card: CardKind, hello: Hello, people: list[int]) -> None:
    """These people see the card, as a new message."""
    await desk.work.hellos.ask(hello.id, [(desk.ids.new(), each) for each in people])
    purpose = "hello" if hello.kind in rules.THEIR_OWN else Purpose.WORRY
    await cards.show(desk, card, hello.id, people, Kind.REPLY, purpose=purpose, about=hello.person_id)


async def move(
    desk: Desk, hello: Hello, state: HelloState, *, step: int | None = None, taken_by: int | None = None
) -> Hello:
    """Moves it on. Raises Conflict when somebody else moved it first."""
    at = hello.step if step is None else step
    if not await desk.work.hellos.move(hello, state, step=at, taken_by=taken_by):
        raise Conflict("somebody else moved it first")
    moved = await desk.work.hellos.get(hello.id)
    if moved is None:
        raise Conflict("it is gone")
    return moved


async def write(desk: Desk, hello: Hello, phrase: str, **values: Value) -> None:
    """A word to the person it is about."""
    person = (await desk.people([hello.person_id])).get(hello.person_id)
    if person is None:
        return
    words = desk.render(desk.phrase(phrase, **values), reader_of(person))
    desk.send_to(person, Errand(letter=Letter(text=words)), Kind.REPLY, purpose="hello", house_id=hello.house_id)


async def somebody_to_tell(desk: Desk) -> bool:
    """Whether the person agreed that somebody hears of a worry, and there is anybody who would."""
    if desk.me.id not in await agreed(desk.work, {desk.me.id}, Purpose.WORRY):
        return False
    asker = plans.Asker(person_id=desk.me.id, houses=(desk.house_id,))
    return any([await plans.behind(desk, step, asker, desk.now) for step in rules.STEPS])


async def _fresh(desk: Desk, hello: Hello, step: str) -> list[Person]:
    asked = await desk.work.hellos.asked(hello.id)
    asker = plans.Asker(person_id=hello.person_id, houses=(hello.house_id,))
    return [each for each in await plans.behind(desk, step, asker, desk.now) if each.id not in asked]

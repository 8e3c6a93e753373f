"""The check-in of peers (b) and (c): aiogram 3's finite-state machine, as its documentation shows it."""

import os
from collections.abc import Awaitable, Callable

from aiogram import Bot, Dispatcher, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import Message

Keep = Callable[[int, str, str], Awaitable[None]]
"""Where an answer goes: person, step, words."""


class Checkin(StatesGroup):  # type: ignore[misc]  # aiogram lives in the peers' own environment, so it is Any here
    mood = State()
    craving = State()
    confidence = State()
    halt = State()
    note = State()
    offer = State()


_STEPS = (
    (Checkin.mood, "mood", Checkin.craving, "How strong is any craving right now, 0 to 10?"),
    (Checkin.craving, "craving", Checkin.confidence, "How sure are you that you can stay on your path, 0 to 10?"),
    (Checkin.confidence, "confidence", Checkin.halt, "Are you hungry, angry, lonely or tired?"),
    (Checkin.halt, "halt", Checkin.note, "Is there one thing that helped today?"),
    (Checkin.note, "note", Checkin.offer, "Thank you. Something good for you before you go?"),
    (Checkin.offer, "offer", None, "Take care of yourself."),
)


def checkin(keep: Keep | None = None) -> Router:
    """The conversation; with `keep`, each answer is also written down before the next question."""
    router = Router()

    async def begin(message: Message, state: FSMContext) -> None:
        await state.set_state(Checkin.mood)
        await message.answer("How are you right now, 1 to 5?")

    def step(name: str, following: State | None, question: str) -> Callable[[Message, FSMContext], Awaitable[None]]:
        async def handle(message: Message, state: FSMContext) -> None:
            await state.update_data({name: message.text})
            if keep is not None:
                await keep(message.from_user.id, name, message.text)
            if following is None:
                await state.clear()
            else:
                await state.set_state(following)
            await message.answer(question)

        return handle

    router.message.register(begin, Command("checkin"))
    for state, name, following, question in _STEPS:
        router.message.register(step(name, following, question), state)
    return router


def connect() -> Bot:
    """The bot, speaking to the stand-in."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ["BENCH_URL"]))
    return Bot(token=os.environ["BENCH_TOKEN"], session=session)


def run(router: Router, *, before: Callable[[], Awaitable[None]] | None = None) -> None:
    """Polls as the documentation does; aiogram takes uvloop by itself."""
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.include_router(router)
    if before is not None:
        dispatcher.startup.register(before)
    dispatcher.run_polling(connect())

"""The composition root: every part is made here, handed what it needs, and nowhere else."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

import structlog
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.care import (
    checkin_times,
    checkins,
    days,
    giving,
    half_year,
    hellos,
    house_words,
    loneliness,
    look_back,
    numbers,
    pictures,
    plans,
    results,
    rhythm,
    skills,
    week,
)
from bot.care.alerts import planning, relay, wishes
from bot.care.alerts import subject as alerts
from bot.care.rota import subject as rota
from bot.care.screening import judging
from bot.clock import SystemClock
from bot.community import stories
from bot.conversation import menus, prompts, troubles
from bot.conversation.conversation import Conversation
from bot.conversation.door import Door
from bot.conversation.registry import Registry
from bot.delivery.doorstep import Doorstep, made_by
from bot.delivery.items import Settled
from bot.delivery.letters import Sent
from bot.delivery.postman import Postman
from bot.delivery.throttle import Limits
from bot.house import events, groups, invites, own_dialogs, pulse
from bot.house import people as house_people
from bot.house.announcements import report, sending
from bot.house.announcements import subject as announcements
from bot.house.announcements.author_card import REPORT
from bot.house.own_dialogs.fetching import FETCH_SECONDS, Fetcher
from bot.ids import Ids, RandomIds
from bot.keys import KEYS_AT_HAND, open_keyring
from bot.membership import (
    belonging,
    complaints,
    consent,
    deletion,
    discreet,
    export,
    invitation,
    joining,
    languages,
    leaving,
    people,
    reach,
    restriction,
    retention,
    trail,
    who_saw,
    who_sees,
    zones,
)
from bot.policy import STRANGER
from bot.schedule.audit import AUDIT_SECONDS, Auditor
from bot.schedule.follow import follow
from bot.schedule.ticks import Ticks
from bot.settings import Settings
from bot.telegram.errors import TelegramRefusesUs
from bot.telegram.fetch import Fetcher as FileFetcher
from bot.telegram.parse import ALLOWED_UPDATES
from bot.telegram.receive import Poller
from bot.telegram.sender import Sender
from bot.telegram.transport import AiohttpRequest
from bot.web import PATH
from dialogs.library import Library, open_library
from dialogs.texts import SOURCE_LOCALE
from storage.database import Database
from storage.sealing import Keyring
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

BOT_USERNAME: Final = "bot_username"
"""The key under which the bot's own name is kept, for links."""


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """A running bot."""

    settings: Settings
    clock: SystemClock
    database: Database
    library: Library
    door: Door
    postman: Postman
    poller: Poller
    ticks: Ticks
    auditor: Auditor
    username: str
    ended: "asyncio.Future[None]"
    """Done when the bot can't go on; then it holds why (TelegramRefusesUs)."""

    @property
    def busy(self) -> bool:
        """Whether anything is in hand: an input, a letter, a tick."""
        return self.door.busy or self.postman.busy or self.ticks.busy


def register_all(registry: Registry) -> None:
    """Every subject brings its facts, actions, cards and timers."""
    for subject in (
        people, languages, zones, invitation, joining, consent,
        numbers, checkins, rhythm, checkin_times, results, loneliness, week, half_year, days, skills, plans,
        look_back, giving,
        alerts, relay, hellos, rota, planning, wishes, judging, house_words,
        troubles, announcements, invites, groups, own_dialogs, pulse, events, house_people, leaving, trail, stories,
        export, deletion, restriction, retention, who_saw, who_sees, complaints, discreet,
    ):  # fmt: skip
        subject.register(registry)


@asynccontextmanager
async def build(
    settings: Settings,
    *,
    clock: SystemClock | None = None,
    ids: Ids | None = None,
    library: Library | None = None,
    poll: bool = True,
) -> AsyncIterator[App]:
    """A bot that works while this is entered; leaving it finishes what is in hand.

    Raises SettingsError, StorageProblem, ContentError or TelegramRefusesUs, each with a sentence that says what
    to do.
    """
    clock = clock or SystemClock()
    ids = ids or RandomIds(clock.now)
    library = library or open_library()
    registry = Registry()
    register_all(registry)
    registry.check(library.source.vocabulary)
    async with AsyncExitStack() as stack:
        keyring = open_keyring(settings)
        database = await stack.enter_async_context(
            Database(settings.database_url, keyring, synchronous=settings.synchronous)
        )
        if settings.on_loopback:
            # The sandbox may have moved the clock before we came: what is due must not be judged by the wrong time.
            await follow(clock, settings.bot_api_url, changed=None)
        request = AiohttpRequest(connections=64)
        bot = Bot(
            settings.token,
            base_url=f"{settings.bot_api_url}/bot",
            base_file_url=f"{settings.bot_api_url}/file/bot",
            request=request,
            get_updates_request=request,
        )
        await request.initialize()
        stack.push_async_callback(request.shutdown)
        username = await _introduce(bot, database, keyring)
        sender = Sender(bot)
        doorstep = Doorstep(
            carrier=sender,
            draw=pictures.draw,
            make=made_by(
                {
                    export.KIND: export.Maker(database, library, clock).make,
                    REPORT: report.Maker(database, library, clock).make,
                }
            ),
            agrees=consent.AtTheDoorstep(database).agrees,
            belongs=belonging.Belonging(database, clock).belongs,
            whereabouts=belonging.Belonging(database, clock).whereabouts,
        )
        postman = Postman(
            database=database,
            doorstep=doorstep,
            clock=clock,
            owner=f"postman-{ids.new()}",
            settle=partial(_settle, ids),
            limits=Limits(
                overall=settings.sends_per_second,
                chat=settings.sends_per_chat,
                chat_burst=settings.chat_burst,
            ),
        )
        conversation = Conversation(library, registry, judging.judge)
        door = Door(database=database, conversation=conversation, clock=clock, ids=ids, post=postman)
        await stack.enter_async_context(postman.open())
        await stack.enter_async_context(door.open())
        ticks = Ticks(database=database, door=door, postman=postman, clock=clock, ids=ids)
        await stack.enter_async_context(ticks.running())
        auditor = Auditor(
            database=database, door=door, postman=postman, clock=clock, heartbeat_url=settings.heartbeat_url
        )
        ticks.add(auditor.look, every=AUDIT_SECONDS)
        fetcher = Fetcher(database=database, door=door, clock=clock, fetch=FileFetcher(bot).fetch)
        ticks.add(fetcher.look, every=FETCH_SECONDS)
        if settings.on_loopback:
            await stack.enter_async_context(_following(clock, settings.bot_api_url, ticks))
        poller = Poller(url=bot.base_url, door=door, answers=sender, username=username)
        ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        app = App(
            settings=settings,
            clock=clock,
            database=database,
            library=library,
            door=door,
            postman=postman,
            poller=poller,
            ticks=ticks,
            auditor=auditor,
            username=username,
            ended=ended,
        )
        await _public_menu(sender, library)
        if settings.listens is not None:
            await stack.enter_async_context(_listening(settings.listens, app, sender, ids))
        await _choose_way_in(bot, settings)
        if poll and settings.webhook_url is None:
            await stack.enter_async_context(_polling(poller, ended))
        yield app


def _listening(address: str, app: App, sender: Sender, ids: Ids) -> AbstractAsyncContextManager[str]:
    """The web side: how we are, and with a public address the ways in: updates, readers. Raises SettingsError."""
    # Here, because a server and its gauges take a tenth of the start, and most houses poll and listen to nobody.
    from bot.web.health import Health  # noqa: PLC0415
    from bot.web.mini_app import MiniApp  # noqa: PLC0415
    from bot.web.server import listening  # noqa: PLC0415
    from bot.web.webhook import Webhook  # noqa: PLC0415

    routes = Health(database=app.database, moving=lambda: app.postman.moving).routes()
    if app.settings.webhook_url is not None:
        secret = app.settings.secret_of_webhook
        routes += Webhook(door=app.door, answers=sender, secret=secret, username=app.username).routes()
        maker = export.Maker(app.database, app.library, app.clock)
        routes += MiniApp(maker=maker, clock=app.clock, ids=ids, token=app.settings.token).routes()
    return listening(address, routes)


async def _choose_way_in(bot: Bot, settings: Settings) -> None:
    """Tells Telegram whether to bring updates or to be asked for them. Raises TelegramRefusesUs."""
    try:
        if settings.webhook_url is None:
            await bot.delete_webhook()
        else:
            await bot.set_webhook(
                f"{settings.webhook_url.rstrip('/')}{PATH}",
                secret_token=settings.secret_of_webhook,
                allowed_updates=list(ALLOWED_UPDATES),
            )
    except TelegramError as error:
        raise TelegramRefusesUs(
            f"The webhook could not be set ({type(error).__name__}); check HEARTH_WEBHOOK_URL and the network."
        ) from None


async def _public_menu(sender: Sender, library: Library) -> None:
    """The command menu of those who have not joined, in every language; a courtesy, so a failure is only noted."""
    for locale in library.catalogues.locales:
        language = "" if locale == SOURCE_LOCALE else locale
        outcome = await sender.set_commands(menus.commands(library, STRANGER, locale), language=language)
        if not isinstance(outcome, Sent):
            log.warning("menu.not_set", language=locale, outcome=type(outcome).__name__)


async def _settle(ids: Ids, work: UnitOfWork, ended: Sequence[Settled], now: datetime) -> None:
    """What letters came to, told to whom it concerns, in the same transaction."""
    await alerts.settle(ids, work, ended, now)
    await reach.settle(work, ended, now)
    await prompts.settle(work, ended, now)
    await sending.settle(work, ended, now)
    await who_saw.settle(work, ended, now)
    await troubles.settle(ids, work, ended, now)


async def _introduce(bot: Bot, database: Database, keyring: Keyring) -> str:
    """Asks Telegram who we are; keeps the name for links, and which keys we have. Raises TelegramRefusesUs."""
    try:
        me = await bot.get_me()
    except InvalidToken:
        raise TelegramRefusesUs("Telegram does not know this token; check HEARTH_BOT_TOKEN.") from None
    except TelegramError as error:
        raise TelegramRefusesUs(
            f"The Bot API can't be reached ({type(error).__name__}); check the network, and HEARTH_BOT_API_URL."
        ) from None
    username = me.username or ""
    async with database.write() as work:
        await work.settings.set(BOT_USERNAME, username)
        await work.settings.set(KEYS_AT_HAND, ",".join(sorted(keyring.fingerprints)))
        await work.commit()
    return username


@asynccontextmanager
async def _polling(poller: Poller, ended: "asyncio.Future[None]") -> AsyncIterator[None]:
    task = asyncio.create_task(poller.run(), name="poller")

    def tell(done: "asyncio.Task[None]") -> None:
        if not ended.done() and not done.cancelled() and (error := done.exception()) is not None:
            ended.set_exception(error)

    task.add_done_callback(tell)
    try:
        yield
    finally:
        await poller.rest()
        task.cancel()
        with suppress(asyncio.CancelledError, TelegramRefusesUs):
            await task
        if ended.done():
            ended.exception()  # seen by whoever waited for it, or by nobody: either way it was told


@asynccontextmanager
async def _following(clock: SystemClock, url: str, ticks: Ticks) -> AsyncIterator[None]:
    task = asyncio.create_task(follow(clock, url, changed=ticks.at_once), name="clock")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

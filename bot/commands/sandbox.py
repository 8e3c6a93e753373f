"""`hearth sandbox`: a Telegram on this machine, a house in it, three phones, and the ordinary bot."""

import logging
import os
import sys
import webbrowser
from pathlib import Path
from typing import Final

import typer

from bot.app import App, build
from bot.clock import SystemClock
from bot.commands.run import stop_on_signals
from bot.house.invites import make_invite
from bot.ids import RandomIds
from bot.logs import set_up_logs
from bot.policy import Role
from bot.sandbox.client import Telephones
from bot.sandbox.day import day
from bot.sandbox.server import Sandbox
from bot.settings import read_settings
from storage.repositories.houses import House

TOKEN: Final = "1000001:sandbox-token-of-no-value"  # noqa: S105 - it opens nothing but the sandbox
ZONE: Final = "America/New_York"
_PHONES: Final = (
    ("Ana", "Participant", Role.PARTICIPANT),
    ("Maria", "Mentor", Role.MENTOR),
    ("Sam", "Staff", Role.STAFF),
)
_HOUSES: Final = ("Maple House", "Cedar House", "Birch House", "Willow House", "Alder House", "Rowan House")


async def serve(*, port: int, folder: Path, browser: bool) -> None:
    """Runs until Ctrl-C. What happened is kept in `folder`, and goes on next time."""
    set_up_logs(level=logging.ERROR)  # whoever tries it out is not the one to mend things
    stop = stop_on_signals()
    clock = SystemClock()
    houses = _Houses()
    sandbox = Sandbox(
        clock=clock,
        store=folder / "telegram.json",
        port=port,
        script=lambda stage: day(stage, houses.open),
        zone=ZONE,
    )
    async with sandbox, Telephones(sandbox.url) as phones:
        settings = read_settings(
            bot_token=TOKEN,
            bot_api_url=sandbox.url,
            database_url=f"sqlite+aiosqlite:///{folder / 'hearth.db'}",
            secret_keys=None,
        )
        async with build(settings) as app:
            houses.app = app
            await houses.furnish(phones)
            typer.echo(f"Hearth is at {sandbox.url} (Ctrl-C ends it)")
            if browser and _has_a_screen():
                webbrowser.open(sandbox.url)
            await stop.wait()


class _Houses:
    """Houses in the sandbox: the seeded one, and a new one for each day that is watched."""

    def __init__(self) -> None:
        self.app: App | None = None

    async def open(self) -> dict[str, str]:
        """A house nobody has joined yet: an invite code for each role."""
        app = self._app()
        ids = RandomIds(app.clock.now)
        async with app.database.write() as work:
            taken = {house.name for house in await work.houses.all()}
            free = (name for name in _HOUSES if name not in taken)
            name = next(free, f"House {len(taken) + 1}")
            house = House(
                id=ids.new(),
                name=name,
                country="US",
                zone=ZONE,
                created_at=app.clock.now(),
                address="12 Example Street",
                phone="+1 555 0100",
                naloxone="the red box by the kitchen door",
            )
            await work.houses.add(house)
            codes = {
                role.value: await make_invite(work, ids, app.clock.now(), house_name=name, role=role) for role in Role
            }
            await work.commit()
        return codes

    async def furnish(self, phones: Telephones) -> None:
        """On the first start: a house, and three phones with an invite each."""
        state = await phones.state()
        if state.get("users"):
            return
        codes = await self.open()
        for name, title, role in _PHONES:
            await phones.user(name, title=title, language_code="en", start_parameter=codes[role.value])

    def _app(self) -> App:
        if self.app is None:
            raise RuntimeError("the bot has not started yet")
        return self.app


def _has_a_screen() -> bool:
    if os.environ.get("CI"):
        return False
    return sys.platform in {"darwin", "win32"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))

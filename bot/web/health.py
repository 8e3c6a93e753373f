"""`/health` for whoever restarts us, `/metrics` for whoever draws curves: counts and kinds, never a person."""

from collections.abc import Callable
from typing import Final

from aiohttp import web
from prometheus_client import CollectorRegistry, Gauge, generate_latest

from bot.schedule.audit import AUDIT_WELL, NO
from storage.database import Database
from storage.problems import StorageProblem

_TEXT: Final = "text/plain; version=0.0.4; charset=utf-8"


class Health:
    """Two routes. They are asked seldom, so the figures are counted when asked for, and cost a turn nothing."""

    def __init__(self, *, database: Database, moving: Callable[[], bool]) -> None:
        self._database = database
        self._moving = moving

    def routes(self) -> list[web.RouteDef]:
        """To be added to the web side."""
        return [web.get("/health", self._health), web.get("/metrics", self._metrics)]

    async def _health(self, _: web.Request) -> web.Response:
        try:
            async with self._database.read() as work:
                await work.timers.next_due_at()
        except StorageProblem as problem:
            return web.Response(status=503, text=f"{problem}\n")
        if not self._moving():
            return web.Response(status=503, text="letters are in hand, and none of them arrives\n")
        return web.Response(text="well\n")

    async def _metrics(self, _: web.Request) -> web.Response:
        registry = CollectorRegistry()
        letters = Gauge("hearth_letters", "Letters in the outbox, by state", ["state"], registry=registry)
        alerts = Gauge(
            "hearth_alerts_open", "Calls for help that are not over, by state", ["state"], registry=registry
        )
        moving = Gauge("hearth_postman_moving", "1 while letters in hand arrive", registry=registry)
        well = Gauge("hearth_audit_well", "1 while the auditor finds nothing that waits in vain", registry=registry)
        moving.set(self._moving())
        try:
            async with self._database.read() as work:
                well.set(await work.settings.get(AUDIT_WELL) != NO)
                for state, count in (await work.outbox.counts_by_state()).items():
                    letters.labels(state).set(count)
                for alert in await work.alerts.open_all():
                    alerts.labels(alert.state).inc()
        except StorageProblem as problem:
            return web.Response(status=503, text=f"{problem}\n")
        return web.Response(body=generate_latest(registry), headers={"Content-Type": _TEXT})

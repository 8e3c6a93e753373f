"""The auditor: each half minute it looks that no call for help is adrift, and only then says that all is well."""

from typing import Final

import aiohttp
import structlog

from bot.care.alerts.audit import adrift
from bot.care.alerts.subject import AUDIT
from bot.conversation.door import Door
from bot.conversation.inbound import Inbound, RowDue
from bot.delivery.postman import Postman
from storage.database import Database

AUDIT_SECONDS: Final = 30
_HEARTBEAT_SECONDS: Final = 10

log = structlog.get_logger(__name__)


class Auditor:
    """Looks whether every open alert has a next step and the postman is moving; then calls the heartbeat.

    The heartbeat is any URL in the manner of healthchecks: when it is not called, somebody outside is told.
    """

    def __init__(self, *, database: Database, door: Door, postman: Postman, heartbeat_url: str | None) -> None:
        self._database = database
        self._door = door
        self._postman = postman
        self._heartbeat_url = heartbeat_url

    async def look(self) -> None:
        """One look. What is found adrift is given its next step at once, and is loud in the log."""
        async with self._database.read() as work:
            alerts = await work.alerts.open_all()
            timers = await work.timers.of(alert.id for alert in alerts) if alerts else []
        lost = adrift(alerts, timers)
        if lost:
            log.critical("alerts.adrift", alerts=[alert.id for alert in lost])
            await self._door.take([Inbound(given=RowDue(AUDIT, each.id, each.version, {})) for each in lost])
        if not self._postman.moving:
            log.critical("postman.stuck")
        if not lost and self._postman.moving:
            await self._beat()

    async def _beat(self) -> None:
        if self._heartbeat_url is None:
            return
        timeout = aiohttp.ClientTimeout(total=_HEARTBEAT_SECONDS)
        try:
            async with aiohttp.ClientSession(timeout=timeout) as session, session.get(self._heartbeat_url) as answer:
                answer.raise_for_status()
        except (aiohttp.ClientError, TimeoutError) as error:
            # Whoever watches the heartbeat will notice that it is missing: that is what it is for.
            log.warning("heartbeat.failed", error=type(error).__name__)

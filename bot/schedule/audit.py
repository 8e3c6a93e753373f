"""The auditor: each half minute it looks that no call for help is adrift, and only then says that all is well."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

import aiohttp
import structlog

from bot.care.alerts import homes
from bot.care.alerts.audit import adrift
from bot.care.alerts.subject import AUDIT, AUDIT_FAILED
from bot.clock import Clock
from bot.conversation.door import Door
from bot.conversation.inbound import Inbound, RowDue
from bot.delivery.postman import Postman
from storage.database import Database
from storage.repositories.alerts import Alert

AUDIT_SECONDS: Final = 30
_HEARTBEAT_SECONDS: Final = 10
_LATE: Final = timedelta(minutes=1)
"""A timer that is due, or a letter that was claimed, is done within seconds. Longer than that, it stands still."""
AUDIT_WELL: Final = "audit_well"
NO: Final = "no"
"""The setting that says how the last look went, for whoever draws curves, and what it says when it went badly."""
_TELL_AGAIN: Final = timedelta(minutes=30)

log = structlog.get_logger(__name__)


class Auditor:
    """Looks whether every open alert has a next step, whether what is due is done, and whether letters arrive.

    Only when all of it is so it calls the heartbeat: any URL in the manner of healthchecks; when it is not called,
    somebody outside is told. What is not so is loud in the log, in the metrics (`well`) and in staff's chats.
    """

    def __init__(
        self, *, database: Database, door: Door, postman: Postman, clock: Clock, heartbeat_url: str | None
    ) -> None:
        self._database = database
        self._door = door
        self._postman = postman
        self._clock = clock
        self._heartbeat_url = heartbeat_url
        self._told_at: datetime | None = None
        self.well = True
        """Whether all was so at the last look."""

    async def look(self) -> None:
        """One look. What is found adrift is given its next step at once."""
        now = self._clock.now()
        async with self._database.read() as work:
            alerts = await work.alerts.open_all()
            timers = await work.timers.of(alert.id for alert in alerts) if alerts else []
            stuck = await work.outbox.stuck(now - _LATE)
            next_due = await work.timers.next_due_at()
        lost = adrift(alerts, timers)
        problems = []
        if lost:
            problems.append("alerts.adrift")
            log.critical("alerts.adrift", alerts=[alert.id for alert in lost])
            await self._door.take([Inbound(given=RowDue(AUDIT, each.id, each.version, {})) for each in lost])
        if stuck:
            problems.append("letters.stuck")
            log.critical("letters.stuck", size=len(stuck))
        if next_due is not None and next_due < now - _LATE:
            problems.append("ticks.late")
            log.critical("ticks.late", seconds=(now - next_due).total_seconds())
        if not self._postman.moving:
            problems.append("postman.stuck")
            log.critical("postman.stuck")
        if self.well is bool(problems):
            await self._say(well=not problems)
        self.well = not problems
        if self.well:
            self._told_at = None
            await self._beat()
        elif self._told_at is None or now - self._told_at >= _TELL_AGAIN:
            self._told_at = now
            await self._tell(alerts)

    async def _say(self, *, well: bool) -> None:
        async with self._database.write() as work:
            await work.settings.set(AUDIT_WELL, "yes" if well else NO)
            await work.commit()

    async def _tell(self, alerts: Iterable[Alert]) -> None:
        """Staff of every house where somebody waits read it in their chat, if anything arrives there at all."""
        houses = sorted({house for alert in alerts for house in homes.of(alert)})
        await self._door.take([Inbound(given=RowDue(AUDIT_FAILED, house, 0, {})) for house in houses])

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

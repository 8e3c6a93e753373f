"""Moving the sandbox's clock."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.clock import SystemClock
from bot.sandbox.bell import Bell
from bot.sandbox.wire import ControlError, Json


class Timekeeper:
    """Moves the clock and tells those who follow it; `version` rises with each move."""

    def __init__(self, clock: SystemClock) -> None:
        self.clock = clock
        self.version = 1
        self.bell = Bell()

    def wire(self) -> Json:
        """The time, the offset in seconds, and the version."""
        now = self.clock.now()
        return {"now": now, "offset": self.clock.offset.total_seconds(), "version": self.version}

    def set_offset(self, offset: timedelta) -> None:
        """Move the clock to so much beside the machine's."""
        self.clock.offset = offset
        self.version += 1
        self.bell.ring()

    def move(self, request: Json) -> None:
        """Move as asked: advance, to, tomorrow, next or reset. Raises ControlError for anything else."""
        now = self.clock.now()
        try:
            match request:
                case {"advance": int() | float() as seconds}:
                    target = now + timedelta(seconds=seconds)
                case {"to": str() as instant}:
                    target = datetime.fromisoformat(instant)
                case {"tomorrow": str() as clock_time}:
                    target = _next_at(now, clock_time, str(request.get("zone", "UTC")), tomorrow=True)
                case {"next": str() as clock_time}:
                    target = _next_at(now, clock_time, str(request.get("zone", "UTC")), tomorrow=False)
                case {"reset": True}:
                    self.set_offset(timedelta())
                    return
                case _:
                    raise ControlError('say {"advance": seconds}, "to", "tomorrow", "next" or {"reset": true}')
        except (ValueError, OverflowError, ZoneInfoNotFoundError) as error:
            raise ControlError(f"no such time: {error}") from error
        if target.tzinfo is None:
            raise ControlError("a time needs its zone, for example 2026-03-01T09:00:00Z")
        self.set_offset(self.clock.offset + (target - now))


def _next_at(now: datetime, clock_time: str, zone: str, *, tomorrow: bool) -> datetime:
    """The instant of the next local `clock_time` (HH:MM): tomorrow's, or today's if it is still to come."""
    local = now.astimezone(ZoneInfo(zone))
    at = time.fromisoformat(clock_time)
    target = datetime.combine(local.date(), at, tzinfo=local.tzinfo)
    if tomorrow or target <= local:
        target = datetime.combine(local.date() + timedelta(days=1), at, tzinfo=local.tzinfo)
    return target.astimezone(UTC)

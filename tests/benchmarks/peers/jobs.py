"""One job a person, as libraries would have it: `jobs.py apscheduler 100000` or `jobs.py jobqueue 100000`.

Prints how long it took until the scheduler ran (seconds), and what the process then held (MiB).
"""

import asyncio
import json
import sys
from datetime import time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from telegram.ext import Application, JobQueue

from bot.clock import SystemClock
from tests.benchmarks.house import ZONES


async def _ask(_: object) -> None:
    """What a job would do."""


async def apscheduler(zones: list[ZoneInfo], people: int) -> None:
    scheduler: Any = AsyncIOScheduler()  # Any: it has no types
    for number in range(people):
        scheduler.add_job(
            _ask, "cron", hour=19, minute=number % 60, timezone=zones[number % len(zones)], args=[number]
        )
    scheduler.start()


async def jobqueue(zones: list[ZoneInfo], people: int) -> None:
    queue = Application.builder().token("42:benchmark").job_queue(JobQueue()).build().job_queue
    assert queue is not None
    for number in range(people):
        queue.run_daily(_ask, time(19, number % 60, tzinfo=zones[number % len(zones)]), chat_id=number + 1)
    await queue.start()


def main() -> None:
    kind, people = sys.argv[1], int(sys.argv[2])
    zones = [ZoneInfo(name) for name in ZONES]
    clock = SystemClock()
    began = clock.pace()
    asyncio.run({"apscheduler": apscheduler, "jobqueue": jobqueue}[kind](zones, people))
    took = clock.pace() - began
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    held = next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS:"))
    print(json.dumps({"seconds": took, "mib": held}))  # noqa: T201 - it is the answer


if __name__ == "__main__":
    main()

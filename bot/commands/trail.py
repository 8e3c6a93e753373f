"""`hearth trail verify`: whether what staff and mentors did still stands as it was written."""

import typer

from bot.keys import open_keyring
from bot.settings import Settings, SettingsError
from storage.database import Database
from storage.problems import StorageProblem


async def verify(settings: Settings, *, head: str) -> None:
    """Prints each house's verdict and the head of its chain. Raises StorageProblem when one is not whole.

    `head` is one printed before, `LINES:DIGEST`: if no house's chain holds it any more, its end was cut off.
    """
    noted = _noted(head)
    broken = 0
    found = noted is None
    async with Database(settings.database_url, open_keyring(settings)) as database, database.read() as work:
        for house in await work.houses.all():
            verdict = await work.trail.verify(house.id)
            if verdict.broken_at is None:
                typer.echo(f"✓ {house.name}: {verdict.lines} lines, whole. Head {verdict.lines}:{verdict.head[:16]}")
            else:
                broken += 1
                typer.echo(f"✗ {house.name}: line {verdict.broken_at} was changed, or is missing.")
            if noted is not None:
                lines = await work.trail.page(house.id, before=noted[0] + 1, limit=1)
                found = found or any(line.number == noted[0] and line.digest[:16] == noted[1] for line in lines)
    if broken:
        raise StorageProblem("A trail is not whole: somebody changed the database by hand. Compare with a backup.")
    if not found:
        raise StorageProblem("That head is in no trail any more: an end was cut off. Compare with a backup.")


def _noted(head: str) -> tuple[int, str] | None:
    if not head:
        return None
    lines, _, digest = head.partition(":")
    if not (lines.isascii() and lines.isdigit() and len(digest) == 16):
        raise SettingsError(f"{head!r} is no head: copy it as this command prints it, such as 12:0123456789abcdef.")
    return int(lines), digest

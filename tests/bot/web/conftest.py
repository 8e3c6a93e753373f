"""These stories happen where the bot listens."""

from tests.bot.web.fixtures import world

__all__ = ["world"]

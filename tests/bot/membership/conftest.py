"""These stories happen in a small world of their own."""

from tests.bot.membership.fixtures import empty_database, library, world

__all__ = ["empty_database", "library", "world"]

"""A Telegram on your own machine: Bot API server, its rules and limits, three phones in the browser."""

from bot.sandbox.limits import Limits
from bot.sandbox.player import Script, Stage
from bot.sandbox.server import Sandbox

__all__ = ["Limits", "Sandbox", "Script", "Stage"]

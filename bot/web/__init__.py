"""The web side: Telegram's webhook, and what tells a watcher that all is well. Loaded only where somebody listens."""

from typing import Final

PATH: Final = "/telegram"
"""Where Telegram brings updates, below HEARTH_WEBHOOK_URL."""

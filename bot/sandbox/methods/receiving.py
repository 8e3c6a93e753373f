"""Methods by which the bot hears: long polling, or a webhook."""

import ipaddress
import re
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.exchange import Exchange
from bot.sandbox.methods.method import Method
from bot.sandbox.params import Params
from bot.sandbox.updates import LONGEST_POLL
from bot.sandbox.wire import Json, bad_request, conflict

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


async def get_updates(exchange: Exchange, params: Params) -> list[Any]:  # bodies as they were pushed
    """Updates from `offset` on, as soon as there are any; confirms all below it."""
    if exchange.webhook.url:
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    _remember_allowed(exchange, params)
    seconds = max(0, min(params.integer("timeout"), LONGEST_POLL))
    return await exchange.updates.poll(params.integer("offset"), params.integer("limit", 100), seconds)


def set_webhook(exchange: Exchange, params: Params) -> bool:
    """Deliver to an address from now on. Only addresses of this machine are taken."""
    url = params.text("url")
    if url and not _on_loopback(url):
        raise bad_request("bad webhook: the sandbox delivers only to addresses of this machine")
    secret = params.text("secret_token")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    _remember_allowed(exchange, params)
    if params.flag("drop_pending_updates"):
        exchange.updates.clear()
    connections = max(1, min(params.integer("max_connections", 40), 100))
    exchange.webhook.set(url, secret=secret, max_connections=connections)
    exchange.updates.bell.ring()
    return True


def delete_webhook(exchange: Exchange, params: Params) -> bool:
    """Go back to polling."""
    if params.flag("drop_pending_updates"):
        exchange.updates.clear()
    exchange.webhook.set("")
    return True


def get_webhook_info(exchange: Exchange, _: Params) -> Json:
    """Where updates go, how many wait, and what went wrong last."""
    return exchange.webhook.wire()


def _remember_allowed(exchange: Exchange, params: Params) -> None:
    if "allowed_updates" in params.raw:
        exchange.updates.allowed = [str(kind) for kind in params.array("allowed_updates")] or None


def _on_loopback(url: str) -> bool:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return False
    if parts.hostname == "localhost":
        return True
    try:
        return ipaddress.ip_address(parts.hostname).is_loopback
    except ValueError:
        return False


METHODS: dict[str, Method] = {
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}

"""What goes over the wire: JSON objects, and refusals in Telegram's own words."""

from typing import Any, TypeAlias

# Telegram's objects are open-ended JSON; the sandbox keeps and returns them as they came.
Json: TypeAlias = dict[str, Any]


class BotApiError(Exception):
    """A refusal, as Telegram words it: an HTTP status, a description, perhaps parameters."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def wire(self) -> Json:
        """The body of the answer."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class ControlError(Exception):
    """A control request that makes no sense; `status` is the HTTP status it is answered with."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


def bad_request(what: str, parameters: Json | None = None) -> BotApiError:
    """400, the request itself is wrong."""
    return BotApiError(400, f"Bad Request: {what}", parameters)


def forbidden(what: str) -> BotApiError:
    """403, the person or the group does not want to hear from the bot."""
    return BotApiError(403, f"Forbidden: {what}")


def too_many_requests(seconds: int) -> BotApiError:
    """429, to be tried again after `seconds`."""
    return BotApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def conflict(what: str) -> BotApiError:
    """409, somebody else is receiving the bot's updates."""
    return BotApiError(409, f"Conflict: {what}")

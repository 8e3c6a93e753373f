"""What is set from outside, by environment or `.env`. README and `.env.example` say each in a sentence."""

import hashlib
import hmac
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from storage.engines import parse_url
from storage.problems import StorageProblem

TELEGRAM: Final = "https://api.telegram.org"
LISTEN: Final = "127.0.0.1:8080"


class SettingsError(Exception):
    """A setting is wrong; the text is one sentence that says what to do."""


class Settings(BaseSettings):
    """Hearth's settings. Every variable begins with HEARTH_."""

    model_config = SettingsConfigDict(env_prefix="HEARTH_", env_file=".env", extra="ignore", frozen=True)

    bot_token: SecretStr | None = Field(default=None)
    bot_api_url: str = TELEGRAM
    database_url: str = "sqlite+aiosqlite:///hearth.db"
    secret_keys: SecretStr | None = None
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    listen: str | None = None
    heartbeat_url: str | None = None
    sends_per_second: int = Field(default=30, ge=1, le=10_000)
    sends_per_chat: float = Field(default=1.0, gt=0, le=1000)
    chat_burst: int = Field(default=5, ge=1, le=1000)
    synchronous: str = Field(default="FULL", pattern="^(FULL|NORMAL|OFF)$")

    @field_validator(
        "bot_token", "secret_keys", "webhook_url", "webhook_secret", "listen", "heartbeat_url", mode="before"
    )
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("bot_token")
    @classmethod
    def _looks_like_a_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            number, _, rest = value.get_secret_value().partition(":")
            if not number.isdigit() or not rest or any(character in rest for character in "/ \t\n"):
                raise ValueError("is not a bot token (BotFather gives one like 123456:ABC…)")
        return value

    @field_validator("database_url")
    @classmethod
    def _names_a_database(cls, value: str) -> str:
        try:
            parse_url(value)
        except StorageProblem as problem:
            raise ValueError(str(problem).removeprefix("HEARTH_DATABASE_URL ")) from None
        return value

    @field_validator("bot_api_url")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("is not an address (it begins with https://)")
        return value.rstrip("/")

    @property
    def on_loopback(self) -> bool:
        """Whether the Bot API is on this machine: then it may be the sandbox."""
        return urlsplit(self.bot_api_url).hostname in {"localhost", "127.0.0.1", "::1"}

    @property
    def token(self) -> str:
        """The token. Raises SettingsError when there is none."""
        if self.bot_token is None:
            raise SettingsError("Set HEARTH_BOT_TOKEN to the token that BotFather gave you, or run: hearth sandbox")
        return self.bot_token.get_secret_value()

    @property
    def secret_of_webhook(self) -> str:
        """What Telegram must show at our door; without a setting, one that follows from the token."""
        if self.webhook_secret is not None:
            return self.webhook_secret.get_secret_value()
        return hmac.new(self.token.encode(), b"hearth webhook", hashlib.sha256).hexdigest()

    @property
    def listens(self) -> str | None:
        """Where the web side listens; None where there is none. A webhook needs one."""
        return self.listen or (LISTEN if self.webhook_url is not None else None)

    @property
    def sqlite_file(self) -> Path | None:
        """The database file; None for PostgreSQL and for memory."""
        scheme, _, path = self.database_url.partition(":///")
        return Path(path) if scheme.startswith("sqlite") and path and path != ":memory:" else None


def read_settings(**overrides: object) -> Settings:
    """Reads the environment. Raises SettingsError with one sentence that names the variable."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]  # pydantic checks them on the next line up
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        what = str(first["msg"]).removeprefix("Value error, ")
        raise SettingsError(f"HEARTH_{name} {_sentence(what)}") from None


def _sentence(what: str) -> str:
    known = what[0].lower() + what[1:] if what.startswith(("Input", "String")) else what
    return f"{known.removeprefix('input ')}." if not known.endswith(".") else known

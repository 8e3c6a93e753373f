"""What is written down for those who run Hearth: never a token, a name, or a word somebody wrote."""

import logging
import re
import sys
import traceback
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

_TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{20,}|/bot\d+:[^/\s]+")


def where(error: BaseException) -> str:
    """Where an error arose, as `file:line in function`: the error's own text may hold what people wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "site-packages" not in frame.filename] or list(frames)
    if not ours:
        return "?"
    last = ours[-1]
    return f"{'/'.join(last.filename.split('/')[-3:])}:{last.lineno} in {last.name}"


def _without_tokens(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    return {key: _TOKEN.sub("[token]", value) if isinstance(value, str) else value for key, value in event.items()}


class _TokenFilter(logging.Filter):
    """Keeps tokens out of what libraries log, arguments and tracebacks too."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _TOKEN.sub("[token]", record.getMessage())
        record.args = ()
        record.exc_info = None
        record.exc_text = None
        return True


def set_up_logs(*, level: int = logging.INFO, json: bool = False) -> None:
    """Sends Hearth's own log to standard error, one line an event; libraries speak from WARNING up."""
    renderer: Any = structlog.processors.JSONRenderer() if json else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_tokens,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_TokenFilter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)

"""What is written down for those who run Hearth: never a token, a name, or a word somebody wrote.

Words can't be told from what people wrote by looking at them. So what stands in our own log is known by its key, and
of what libraries log only the place in the code is kept: an error's text may quote a statement with its values, an
address with the token in it, or a message.
"""

import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any, Final

import structlog
from structlog.typing import EventDict, WrappedLogger

_TOKEN: Final = re.compile(r"\d{3,}:[A-Za-z0-9_-]{20,}|/bot\d+:[^/\s]+")
_KEPT_OUT: Final = "[kept out]"

TECHNICAL: Final = frozenset(
    {
        "event", "level", "timestamp",
        "advice", "at", "error", "file", "kind", "language", "limit", "outcome", "problem", "reason", "state", "tick",
        "why",
    }
)  # fmt: skip
"""Keys whose words are ours: states, places in the code, sentences of our own. Words under other keys are kept out;
numbers say nothing and may stand under any."""


def where(error: BaseException) -> str:
    """Where an error arose, as `file:line in function`: the error's own text may hold what people wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "site-packages" not in frame.filename] or list(frames)
    return _place(ours[-1].filename, ours[-1].lineno, ours[-1].name) if ours else "?"


def trail_of(error: BaseException) -> str:
    """An error with everything that led to it, for a report: classes and places, without a word of its text."""
    lines = []
    for each in _causes(error):
        lines.append(type(each).__name__)
        frames = traceback.extract_tb(each.__traceback__)
        lines += [f"  {_place(frame.filename, frame.lineno, frame.name)}" for frame in frames]
    return "\n".join(lines)


def set_up_logs(*, level: int = logging.INFO, json: bool = False) -> None:
    """Sends Hearth's own log to standard error, one line an event; libraries speak from WARNING up."""
    # Any: structlog's renderers share no type.
    renderer: Any = structlog.processors.JSONRenderer() if json else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_technical,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(PlaceOnly())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


def guard_last_words() -> None:
    """What nobody caught, in any thread, is told by class and place: Python would print its text."""
    sys.excepthook = _uncaught
    threading.excepthook = lambda given: _uncaught(given.exc_type, given.exc_value, given.exc_traceback)
    sys.unraisablehook = lambda given: _uncaught(given.exc_type, given.exc_value, given.exc_traceback)


def only_technical(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Our own log: numbers, and words under keys that are known to hold our own; an error as its class and place."""
    return dict(_technical(event))


def _technical(event: EventDict) -> Iterator[tuple[str, object]]:
    for key, value in event.items():
        if key in {"exc_info", "exception", "stack_info", "stack"}:
            error = sys.exc_info()[1] if value is True else value
            if isinstance(error, BaseException):
                yield "error", type(error).__name__
                yield "at", where(error)
        elif value is None or isinstance(value, bool | int | float) or _are_numbers(value):
            yield key, value
        elif isinstance(value, str) and key in TECHNICAL:
            yield key, _TOKEN.sub("[token]", value)
        else:
            yield key, _KEPT_OUT


def _are_numbers(value: object) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(each, int) for each in value)


class PlaceOnly(logging.Filter):
    """Of what libraries log: who, how bad, where in their code, and the class and place of an error."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Never refuses a record; takes its words out."""
        said = (
            f"{record.name} {record.levelname.lower()} at {_place(record.pathname, record.lineno, record.funcName)}"
        )
        error = record.exc_info[1] if record.exc_info else None
        record.msg = said if error is None else f"{said}: {type(error).__name__} at {where(error)}"
        record.args = ()
        record.exc_info = record.exc_text = record.stack_info = None
        return True


def _uncaught(kind: type[BaseException], error: BaseException | None, _trace: TracebackType | None) -> None:
    sys.stderr.write(f"{kind.__name__}\n" if error is None else f"{trail_of(error)}\n")


def _place(file: str, line: int | None, function: str | None) -> str:
    return f"{'/'.join(file.split('/')[-3:])}:{line} in {function}"


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error and what it came from, first things first."""
    seen: list[BaseException] = []
    at: BaseException | None = error
    while at is not None and at not in seen:
        seen.append(at)
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    yield from reversed(seen)

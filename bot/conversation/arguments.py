"""What content hands to an action, read at the boundary: the wrong kind of value is a mistake in the content."""

from collections.abc import Mapping

from dialogs.messages import Message
from dialogs.values import Value


def words(arguments: Mapping[str, Value], name: str) -> str:
    """Words, without space around them. Raises ValueError for anything else, and for nothing at all."""
    value = arguments.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name} should be words")
    return value.strip()


def words_if(arguments: Mapping[str, Value], name: str) -> str | None:
    """Words, or None where there are none. Raises ValueError for any other kind of value."""
    value = arguments.get(name)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    return words(arguments, name)


def number(arguments: Mapping[str, Value], name: str) -> int:
    """A whole number. Raises ValueError for anything else."""
    value = arguments.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{name} should be a whole number")  # noqa: TRY004 - one error for all
    return value


def digits(arguments: Mapping[str, Value], name: str) -> int:
    """A whole number, or digits, as a button's key is. Raises ValueError for anything else."""
    value = arguments.get(name)
    return int(value) if isinstance(value, str) and value.isdecimal() else number(arguments, name)


def number_if(arguments: Mapping[str, Value], name: str) -> int | None:
    """A whole number, or None where nothing was answered. Raises ValueError for any other kind of value."""
    return None if arguments.get(name) is None else number(arguments, name)


def yes_or_no(arguments: Mapping[str, Value], name: str) -> bool:
    """True or false. Raises ValueError for anything else."""
    value = arguments.get(name)
    if not isinstance(value, bool):
        raise ValueError(f"{name} should be yes or no")  # noqa: TRY004 - one error for all
    return value


def message(arguments: Mapping[str, Value], name: str) -> Message:
    """Somebody's own message, as they sent it. Raises ValueError for anything else."""
    value = arguments.get(name)
    if not isinstance(value, Message):
        raise ValueError(f"{name} should be a message")  # noqa: TRY004 - one error for all
    return value

"""Tests stay on this machine: whatever reaches for another fails by name."""

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch


class NetworkUsedError(AssertionError):
    """A test wanted to reach another machine."""


@contextmanager
def only_loopback(test: str) -> Iterator[None]:
    """Within it, connecting or looking up a name beyond this machine raises, and `test` fails at the end too.

    Raising alone would not do: a bot that retries what fails might swallow it.
    """
    reached: list[str] = []
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def refuse(where: object) -> None:
        reached.append(str(where))
        raise NetworkUsedError(f"{test} wanted to reach {where}; tests stay on this machine")

    # Any: these stand in for the socket module's own functions, which take what they take.
    def guarded_connect(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and not is_here(address[0]):
            refuse(address)
        return connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        if self.family != socket.AF_UNIX and not is_here(address[0]):
            refuse(address)
        return connect_ex(self, address)

    def guarded_lookup(host: Any, *rest: Any, **more: Any) -> Any:
        if host is not None and not is_here(host):
            refuse(host)
        return getaddrinfo(host, *rest, **more)

    with (
        patch.object(socket.socket, "connect", guarded_connect),
        patch.object(socket.socket, "connect_ex", guarded_connect_ex),
        patch.object(socket, "getaddrinfo", guarded_lookup),
    ):
        yield
    if reached:
        raise NetworkUsedError(f"{test} wanted to reach {', '.join(reached)}; tests stay on this machine")


def is_here(host: str | bytes) -> bool:
    """Whether a host is this machine."""
    name = host.decode() if isinstance(host, bytes) else host
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False

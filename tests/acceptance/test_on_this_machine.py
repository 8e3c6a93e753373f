"""The guard itself: a test that reaches for another machine fails by name, even if the reach was swallowed."""

import socket
from contextlib import suppress

import pytest

from tests.support.loopback import NetworkUsedError, only_loopback

ELSEWHERE = "203.0.113.7"  # reserved for documentation: nobody is there


def reach_out() -> None:
    """Reaches for another machine twice, and minds neither refusal."""
    with only_loopback("some test"):
        with socket.socket() as there, suppress(NetworkUsedError):
            there.connect((ELSEWHERE, 443))
        with suppress(NetworkUsedError):
            socket.getaddrinfo("example.org", 443)


def test_reaching_for_another_machine_fails_by_name() -> None:
    with pytest.raises(NetworkUsedError, match=f"some test wanted to reach .*{ELSEWHERE}.*example.org"):
        reach_out()


def test_this_machine_may_be_reached() -> None:
    with only_loopback("some test"), socket.create_server(("127.0.0.1", 0)) as here, socket.socket() as there:
        there.connect(here.getsockname())

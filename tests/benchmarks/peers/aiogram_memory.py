"""Peer (b): aiogram 3, its state in memory."""

from tests.benchmarks.peers.aiogram_checkin import checkin, run

if __name__ == "__main__":
    run(checkin())

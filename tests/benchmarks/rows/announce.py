"""An announcement to ten thousand people, and who speaks in the middle of it."""

from typing import Final

from tests.benchmarks.bench import Bench
from tests.benchmarks.bots import HEARTH_TYPED
from tests.benchmarks.harness import Measured
from tests.benchmarks.house import FIRST, STAFF
from tests.benchmarks.report import Line, percentile

TITLE: Final = "An announcement to 10,000 people"
_PEOPLE: Final = 10_000
_WORDS: Final = "Dinner is at seven tonight"
_ALERT: Final = "is asking for somebody, now"
_SHARE: Final = 0.8
"""Of the limit, for announcements and prompts; the rest is kept for replies and alerts."""


def run(bench: Bench) -> list[Line]:
    """At Telegram's usual limit for a minute, and at its highest for as long as it lasts."""
    return [*_at(bench, overall=30, seconds=60.0, least=0.98), *_at(bench, overall=1_000, seconds=9.0, least=0.90)]


def _at(bench: Bench, *, overall: int, seconds: float, least: float) -> list[Line]:
    shares: list[float] = []
    replies: list[float] = []
    alerts: list[float] = []
    refused = 0
    rounds = 1 if overall < 100 else bench.rounds
    for _ in range(rounds):
        measured = _measure(bench, overall, seconds)
        shares.append(len(measured.watched["announcement"]) / measured.seconds / (overall * _SHARE))
        replies += measured.crowds["replies"]
        alerts += _alert_latencies(measured)
        refused += measured.calls.get("429", 0)
    share = sorted(shares)[len(shares) // 2]
    reply, alert = percentile(replies, 0.99), percentile(alerts, 0.99)
    at = f"at {overall}/s"
    runs = f"{rounds} × {seconds:.0f} s"
    return [
        Line(f"{at}: of the 80 %, used", f"{share:.1%} ({runs})", f"≥ {least:.0%}", share >= least),
        Line(
            f"{at}: answers 429", str(refused), "0" if overall == 30 else "", refused == 0 if overall == 30 else None
        ),
        Line(f"{at}: a reply in the middle, p99", f"{reply:.2f} s of {len(replies)}", "≤ 1 s", reply <= 1),
        Line(f"{at}: an SOS to its responder, p99", f"{alert:.2f} s of {len(alerts)}", "≤ 1 s", alert <= 1),
    ]


def _measure(bench: Bench, overall: int, seconds: float) -> Measured:
    room = bench.room()
    with bench.run(bench.hearth(bench.databases.sqlite(room, _PEOPLE, of_a_house=_PEOPLE), overall=overall), room):
        against = bench.against
        against.order("limit", overall=overall)
        against.order("watch", name="announcement", text=_WORDS)
        against.order("watch", name="alert", text=_ALERT)
        against.crowd("staff", ("/announce", f"{_WORDS}.", "tap:Send to"), first=STAFF, pool=1, at_once=1, once=True)
        bench.rest(3)
        how = {"deaf_to": _WORDS}
        against.crowd("replies", HEARTH_TYPED, first=FIRST, pool=4_000, at_once=2, pause=1.0, **how)
        against.crowd("sos", ("/sos",), first=FIRST + 5_000, pool=4_000, at_once=1, pause=2.0, **how)
        bench.rest(1)
        return against.measure(seconds)


def _alert_latencies(measured: Measured) -> list[float]:
    """One responder, one message a call, in order: the first message after a call is that call's."""
    latencies = []
    messages = iter(measured.watched["alert"])
    for act in measured.acts["sos"]:
        came = next((at for at in messages if at >= act), None)
        if came is None:
            break  # called in the last moment of the measured time
        latencies.append(came - act)
    return latencies

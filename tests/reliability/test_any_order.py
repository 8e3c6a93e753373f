"""The house in any order: whatever people do, and whenever, what was promised about alerts and dialogs holds."""

import asyncio
import tempfile
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from structlog.testing import capture_logs

from bot.policy import Role
from dialogs.library import Library
from tests.reliability.bench import CAST, Bench, at_the_bench

T = TypeVar("T")

EVERYBODY = [number for number, _ in CAST.values()]
PARTICIPANTS = [number for number, role in CAST.values() if role is Role.PARTICIPANT]
RESPONDERS = [number for number, role in CAST.values() if role is not Role.PARTICIPANT]
STAFF = [number for number, role in CAST.values() if role is Role.STAFF]
CARD = (
    "I'm on it",
    "I can't now",
    "I can after all",
    "I'm with them",
    "It's over",
    "I can't after all",
    "I'm OK now",
)
ACTING = {
    "open": ("alert_step",),
    "taken": ("alert_follow", "alert_reopen"),
    "exhausted": ("alert_staff",),
    "with": (),
}
NEVER_LOGGED = {"turn.failed", "turn.lost", "letter.poisonous", "postman.stumbled", "tick.failed", "alert.adrift"}

NEWCOMER = 1006
TRUTH = ("I haven't reached anybody yet", "right now I can't reach anybody")

somebody = st.sampled_from(EVERYBODY)


class AnyOrder(RuleBasedStateMachine):
    """Everything anybody can do, and what must hold after each of it."""

    template: Path
    library: Library

    def __init__(self) -> None:
        super().__init__()
        self._loop = asyncio.new_event_loop()
        self._stack = AsyncExitStack()
        self._folder = tempfile.TemporaryDirectory()
        self._turns: dict[int, int] = {}
        self._left: dict[int, int] = {}
        self._blocked: set[int] = set()
        self._logs = self._stack.enter_context(capture_logs())
        self.bench: Bench = self._do(
            self._stack.enter_async_context(at_the_bench(Path(self._folder.name), self.template, self.library))
        )

    def teardown(self) -> None:
        self._do(self._stack.aclose())
        self._loop.close()
        self._folder.cleanup()

    def _do(self, work: Coroutine[Any, Any, T]) -> T:  # Any: asyncio's own
        return self._loop.run_until_complete(work)

    @initialize(asks=st.booleans())
    def somebody_asks_for_somebody_first(self, asks: bool) -> None:
        """Half of all days begin with a call for help, for most of what can go wrong is about one."""
        if asks:
            self._do(self.bench.writes(PARTICIPANTS[0], "🆘 SOS"))

    def _is_here(self, person: int) -> bool:
        """Whether somebody (by row id) has a role in the house at this moment; a clock set back brings it back."""
        now = round(self.bench.clock.now().timestamp() * 1_000_000)
        roles = "SELECT 1 FROM grants WHERE person_id = ? AND (until IS NULL OR until > ?)"
        return bool(self.bench.ask(roles, person, now))

    # what people do

    @rule(
        who=somebody, command=st.sampled_from(["/menu", "/skills", "/help", "/stop", "/alerts", "/oncall", "hm", ""])
    )
    def writes(self, who: int, command: str) -> None:
        self._do(self.bench.writes(who, command))

    @rule(who=somebody, place=st.integers(0, 60))
    def taps_anything_on_the_screen(self, who: int, place: int) -> None:
        buttons = self.bench.phones.buttons(who)
        if buttons:
            message, _, data = buttons[-1 - place % len(buttons)]
            self._do(self.bench.taps(who, message, data))

    @rule(who=somebody, data=st.from_regex(r"\A[sc]:[a-z0-9_]{1,12}:[a-z0-9]{1,20}(:[a-z_]{1,10})?\Z"))
    def taps_what_was_never_there(self, who: int, data: str) -> None:
        self._do(self.bench.taps(who, 1, data))

    @rule(who=st.sampled_from(PARTICIPANTS), mood=st.sampled_from(["😞", "🙂"]), craving=st.sampled_from("29"))
    def checks_in(self, who: int, mood: str, craving: str) -> None:
        self._do(self.bench.writes(who, "/checkin"))
        self._do(self.bench.taps_label(who, mood, craving, "5", "Lonely", "Go on", "Nothing today"))

    @rule(who=somebody)
    def asks_for_somebody(self, who: int) -> None:
        self._do(self.bench.writes(who, "🆘 SOS"))

    @rule(who=somebody, label=st.sampled_from(CARD))
    def answers_a_card(self, who: int, label: str) -> None:
        self._do(self.bench.taps_label(who, label))

    @rule(who=st.sampled_from(STAFF), send=st.sampled_from(["Send to 4", "Send to 3", "Leave it"]))
    def writes_to_the_house(self, who: int, send: str) -> None:
        self._do(self.bench.writes(who, "/announce"))
        self._do(self.bench.writes(who, "The boiler is fixed."))
        self._do(self.bench.taps_label(who, send))

    @rule(who=somebody, blocked=st.booleans())
    def blocks_the_bot_or_comes_back(self, who: int, blocked: bool) -> None:
        self._blocked.add(who)
        self._do(self.bench.blocks(who, blocked=blocked))

    @rule(who=st.sampled_from([*CAST, "Zoe"]), role=st.sampled_from([Role.PARTICIPANT, Role.MENTOR]))
    def comes_in(self, who: str, role: Role) -> None:
        number = CAST[who][0] if who in CAST else NEWCOMER
        self._do(self.bench.comes_in(number, who, role))
        row = self.bench.rows.get(number)
        if row is not None and number not in self.bench.phones.blocked:
            assert self._is_here(row), "an invite that is good lets in whoever opens it"

    @rule(who=st.sampled_from(EVERYBODY))
    def leaves_the_house(self, who: int) -> None:
        self._do(self.bench.writes(who, "/stop"))
        self._do(self.bench.taps_label(who, "I want to leave the house", "Yes, leave"))

    # what happens by itself

    @rule(minutes=st.sampled_from([1, 3, 5, 10, 31, 24 * 60, 2 * 24 * 60]))
    def time_passes(self, minutes: int) -> None:
        self._do(self.bench.later(timedelta(minutes=minutes)))

    @rule(minutes=st.sampled_from([1, 60]))
    def the_clock_steps_back(self, minutes: int) -> None:
        self._do(self.bench.later(-timedelta(minutes=minutes)))

    @rule()
    def the_bot_starts_again(self) -> None:
        self._do(self.bench.stop())
        self._do(self.bench.start())
        self._do(self.bench.quiet())

    # what holds

    @invariant()
    def every_open_call_has_a_next_step_or_somebody(self) -> None:
        timers = self.bench.ask("SELECT subject_id, kind, fence FROM timers")
        for alert in self._do(self.bench.open_alerts()):
            wanted = ACTING[alert.state]
            acting = [kind for subject, kind, fence in timers if subject == alert.id and fence == alert.version]
            assert not wanted or set(wanted) & set(acting), f"an alert that is {alert.state} has only {acting}"
            if alert.state in {"taken", "with"} and alert.taken_by is not None:
                assert self._is_here(alert.taken_by), f"an alert is {alert.state} by somebody who left the house"

    @invariant()
    def a_call_that_ended_acts_no_more(self) -> None:
        acting = self.bench.ask(
            "SELECT t.kind FROM timers t JOIN alerts a ON a.id = t.subject_id"
            " WHERE a.ended_at IS NOT NULL AND t.fence = a.version"
        )
        assert not acting

    @invariant()
    def whoever_nobody_answers_is_told_the_truth(self) -> None:
        for alert in self._do(self.bench.open_alerts()):
            number = next((each for each, row in self.bench.rows.items() if row == alert.person_id), NEWCOMER)
            if alert.state == "exhausted" and number not in self._blocked:
                heard = [text for chat, text in self.bench.phones.rang if chat == number]
                assert any(words in text for text in heard for words in TRUTH)

    @invariant()
    def each_step_reached_each_responder_once(self) -> None:
        twice = self.bench.ask("SELECT 1 FROM alert_asks GROUP BY alert_id, person_id, step HAVING count(*) > 1")
        assert not twice

    @invariant()
    def one_person_has_one_call_open_at_most(self) -> None:
        several = self.bench.ask("SELECT 1 FROM alerts WHERE ended_at IS NULL GROUP BY person_id HAVING count(*) > 1")
        assert not several

    @invariant()
    def no_letter_is_held_by_nobody(self) -> None:
        assert not self.bench.ask("SELECT id FROM outbox WHERE state = 'sending'")

    @invariant()
    def turns_only_rise(self) -> None:
        turns = dict(self.bench.ask("SELECT person_id, turn FROM progress"))
        for person, before in self._turns.items():
            assert turns.get(person, 0) >= before
        self._turns = turns

    @invariant()
    def who_left_gets_only_what_is_owed(self) -> None:
        for person in self.bench.rows.values():
            newest = self.bench.ask("SELECT coalesce(max(id), 0) FROM outbox WHERE recipient_id = ?", person)[0][0]
            if self._is_here(person):
                self._left.pop(person, None)
                continue
            since = self._left.setdefault(person, newest)
            unowed = self.bench.ask(
                "SELECT kind FROM outbox WHERE recipient_id = ? AND id > ?"
                " AND kind IN ('alert', 'prompt', 'announcement')",
                person,
                since,
            )
            assert not unowed, f"somebody who left got {unowed}"

    @invariant()
    def nothing_failed(self) -> None:
        bad = [entry for entry in self._logs if entry["event"] in NEVER_LOGGED]
        assert not bad, bad
        assert not self.bench.ask("SELECT error FROM failed_updates")


@pytest.mark.any_order
@pytest.mark.timeout(300)
def test_whatever_happens_in_whatever_order_the_promises_hold(sqlite_template: Path, library: Library) -> None:
    AnyOrder.template, AnyOrder.library = sqlite_template, library
    run_state_machine_as_test(
        AnyOrder,
        settings=settings(
            max_examples=12,
            stateful_step_count=20,
            derandomize=True,
        ),
    )

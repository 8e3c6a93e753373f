"""Counting: what was promised in the database, against what arrived at Telegram."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from bot.delivery.outgoing import Errand
from bot.delivery.promises import Kind
from bot.sandbox.wire import Json
from storage.database import Database
from storage.sealing import Keyring
from tests.reliability.crowd import Human

_FINAL = {
    Kind.ALERT: {"sent"},
    Kind.CRISIS: {"sent"},
    Kind.REPLY: {"sent", "superseded", "unsure"},
    Kind.PROMPT: {"sent", "unsure", "expired"},
    Kind.ANNOUNCEMENT: {"sent", "unsure", "expired"},
    Kind.EDIT: {"sent", "superseded", "expired", "unsure", "refused", "waiting"},
}
"""How letters to people who can all be reached may end, whatever was killed when."""

_AT_MOST = {Kind.REPLY: 2, Kind.PROMPT: 1, Kind.ANNOUNCEMENT: 1}
"""How often one letter may arrive. Alerts and crisis texts may repeat; edits repeated are one edit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One letter of the outbox, opened."""

    chat: int
    kind: Kind
    state: str
    text: str
    edits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Everything that can be counted once a storm is over."""

    lines: Sequence[Line]
    arrived: Counter[tuple[int, str]]
    handled: frozenset[int]
    failed: int
    turns: Mapping[int, int]
    checkins: Counter[int]
    practices: Counter[int]
    alerts: Sequence[tuple[int, str]]
    asked_mentors: Mapping[int, int]
    recipients: Counter[str]
    prompts: Counter[str]

    @staticmethod
    def unsettled(database: Path) -> int:
        """How many letters still wait to be sent, or to be accounted for; edits may wait for a time to come."""
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as file:
            (count,) = file.execute(
                "SELECT count(*) FROM outbox WHERE state IN ('waiting', 'sending') AND kind <> 'edit'"
            ).fetchone()
            return int(count)

    @classmethod
    async def read(cls, url: str, keyring: Keyring, calls: Sequence[Json]) -> "Ledger":
        """Opens the database and counts. The bot must be gone."""
        async with Database(url, keyring) as database, database.read() as work:
            with closing(sqlite3.connect(url.partition(":///")[2])) as file:
                rows = file.execute("SELECT id, recipient_id, kind, state, letter_sealed, edits_id FROM outbox")
                letters = [row for row in rows if row[1] is not None]
                keys = await work.keys.of({row[1] for row in letters})
                people = await work.people.get_many({row[0] for row in file.execute("SELECT id FROM people")})
                chats = {person.id: person.telegram_id for person in people.values()}
                lines = []
                for row_id, recipient, kind, state, sealed, edits_id in letters:
                    errand = Errand.from_bytes(keys[recipient].open("outbox.letter", row_id, sealed))
                    if not errand.commands:
                        edits = errand.edits is not None or edits_id is not None
                        lines.append(
                            Line(
                                chat=chats[recipient],
                                kind=Kind(kind),
                                state=state,
                                text=errand.letter.text,
                                edits=edits,
                            )
                        )
                return cls(
                    lines=lines,
                    arrived=Counter(
                        (int(call["params"]["chat_id"]), str(call["params"]["text"]))
                        for call in calls
                        if call["method"] == "sendMessage" and call["status"] == 200
                    ),
                    handled=frozenset(row[0] for row in file.execute("SELECT update_id FROM handled_updates")),
                    failed=file.execute("SELECT count(*) FROM failed_updates").fetchone()[0],
                    turns={chats[row[0]]: row[1] for row in file.execute("SELECT person_id, turn FROM progress")},
                    checkins=_per_person(file, "checkins", chats),
                    practices=_per_person(file, "practices", chats),
                    alerts=[(chats[row[0]], row[1]) for row in file.execute("SELECT person_id, state FROM alerts")],
                    asked_mentors={
                        chats[row[0]]: row[1]
                        for row in file.execute(
                            "SELECT a.person_id, count(DISTINCT s.person_id) FROM alerts a"
                            " JOIN alert_asks s ON s.alert_id = a.id"
                            " JOIN grants g ON g.person_id = s.person_id AND g.role = 'mentor' GROUP BY a.person_id"
                        )
                    },
                    recipients=_outcomes(file, "recipients"),
                    prompts=_outcomes(file, "prompts"),
                )


@dataclass(slots=True, kw_only=True)
class Audit:
    """What came of a storm: figures, and the promises that were broken, if any."""

    figures: list[tuple[str, object]] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        people: Sequence[Human],
        ledger: Ledger,
        *,
        forgotten: Set[int] = frozenset(),
        kills: int,
        code: int,
        log: str,
    ) -> "Audit":
        """Counts everything. Updates that Telegram has `forgotten` before anybody asked for them can't be handled."""
        audit = cls()
        audit.note("kills", kills)
        audit.check(code == 0, f"SIGTERM ended with exit code {code}")
        audit._updates(people, ledger, forgotten)
        audit._days(people, ledger)
        audit._calls_for_help(people, ledger)
        audit._letters(ledger)
        audit._outcomes(ledger)
        for bad in ("turn.failed", "turn.lost", "letter.poisonous", "postman.stumbled", "Traceback"):
            audit.check(bad not in log, f"the log says {bad}")
        return audit

    def note(self, what: str, figure: object) -> None:
        """A figure for the table."""
        self.figures.append((what, figure))

    def check(self, holds: bool, otherwise: str) -> None:
        """Notes a broken promise."""
        if not holds:
            self.broken.append(otherwise)

    def table(self) -> str:
        """The figures, and what was broken."""
        width = max(len(what) for what, _ in self.figures)
        lines = [f"{what:<{width}}  {figure}" for what, figure in self.figures]
        return "\n".join([*lines, "", *(self.broken or ["every promise kept"])])

    def _updates(self, people: Sequence[Human], ledger: Ledger, forgotten: Set[int]) -> None:
        sent = {update for each in people for update in each.updates}
        unheard = sent - ledger.handled
        lost = unheard - forgotten
        self.note("updates sent", len(sent))
        self.note("taps Telegram let go after 150 s", len(unheard & forgotten))
        self.note("updates unhandled", len(lost))
        self.note("updates failed", ledger.failed)
        self.check(not lost, f"{len(lost)} updates were never handled: {sorted(lost)[:5]}")
        self.check(ledger.failed == 0, f"{ledger.failed} turns failed")

    def _days(self, people: Sequence[Human], ledger: Ledger) -> None:
        for what, kept in (("check-in", ledger.checkins), ("skill", ledger.practices)):
            done = Counter({each.id: each.done[what] for each in people if each.done[what]})
            self.note(f"{what}s done / kept", f"{done.total()} / {kept.total()}")
            for person in done.keys() | kept.keys():
                self.check(
                    done[person] == kept[person], f"{person} did {done[person]} {what}, kept are {kept[person]}"
                )
        self.note("asked again into silence", sum(len(each.silences) for each in people))
        # One update is one turn, or a few where a dialog leads into another, and so is a question that came by
        # itself; the same day costs the same turns.
        asked = Counter(line.chat for line in ledger.lines if line.kind is Kind.PROMPT)
        days: defaultdict[tuple[tuple[str, int], ...], set[int]] = defaultdict(set)
        in_step = [each for each in people if each.done["check-in"] and not (each.silences or each.out_of_step)]
        for each in in_step:
            shape = (*sorted(each.done.items()), ("updates", len(each.updates)), ("asked", asked[each.id]))
            days[shape].add(ledger.turns[each.id])
        self.note("people in step / alike in turns", f"{len(in_step)} / {sum(len(v) == 1 for v in days.values())}")
        for shape, turns in days.items():
            self.check(len(turns) == 1, f"the same day took {sorted(turns)} turns: {shape}")

    def _calls_for_help(self, people: Sequence[Human], ledger: Ledger) -> None:
        raised = Counter({each.id: each.done["sos"] for each in people if each.done["sos"]})
        opened = Counter(person for person, _ in ledger.alerts)
        self.note("calls for help / alerts", f"{raised.total()} / {opened.total()}")
        self.check(raised == opened, f"called {dict(raised)}, opened {dict(opened)}")
        self.check(all(state == "over" for _, state in ledger.alerts), "an alert is not over")
        mentors = [each for each in people if each.name.startswith("Mentor")]
        names = {each.id: each.name for each in people}
        missing = 0
        for caller in opened:
            ring = f"🔔 {names[caller]} is asking for somebody"
            for mentor in mentors:
                rang = sum(n for (chat, text), n in ledger.arrived.items() if chat == mentor.id and ring in text)
                missing += rang == 0
            self.check(ledger.asked_mentors.get(caller) == len(mentors), f"not every mentor was asked for {caller}")
        self.note("cards that never rang", missing)
        self.check(missing == 0, f"{missing} cards never rang at a mentor")

    def _letters(self, ledger: Ledger) -> None:
        for kind in Kind:
            lines = [line for line in ledger.lines if line.kind is kind]
            states = Counter(line.state for line in lines)
            self.note(f"{kind.value} letters", ", ".join(f"{n} {state}" for state, n in sorted(states.items())))
            bad = {state: n for state, n in states.items() if state not in _FINAL[kind]}
            self.check(not bad, f"{kind.value} letters ended as {bad}")
            if kind is Kind.EDIT:
                continue
            alike = Counter((line.chat, line.text) for line in lines if not line.edits)
            sent = Counter((line.chat, line.text) for line in lines if not line.edits and line.state == "sent")
            more = sum(max(0, ledger.arrived[letter] - n) for letter, n in alike.items())
            never = sum(max(0, n - ledger.arrived[letter]) for letter, n in alike.items())
            missing = sum(max(0, n - ledger.arrived[letter]) for letter, n in sent.items())
            self.note(f"{kind.value} arrived twice / never", f"{more} / {never}")
            self.check(missing == 0, f"{missing} {kind.value} letters count as sent and never arrived")
            most = _AT_MOST.get(kind)
            if most is not None:
                often = [letter for letter, n in alike.items() if ledger.arrived[letter] > most * n]
                self.check(not often, f"{len(often)} {kind.value} letters arrived more than {most} times")

    def _outcomes(self, ledger: Ledger) -> None:
        self.note("announcement lines", _said(ledger.recipients))
        self.note("prompts", _said(ledger.prompts))
        self.check(ledger.recipients["waiting"] == 0, f"{ledger.recipients['waiting']} recipients have no outcome")
        self.check(ledger.prompts["waiting"] == 0, f"{ledger.prompts['waiting']} prompts have no outcome")


def _said(outcomes: Mapping[str, int]) -> str:
    return ", ".join(f"{n} {outcome}" for outcome, n in sorted(outcomes.items()))


def _per_person(file: sqlite3.Connection, table: str, chats: Mapping[int, int]) -> Counter[int]:
    rows: Iterable[tuple[int]] = file.execute(f"SELECT person_id FROM {table}")  # noqa: S608 - a name of our own
    return Counter(chats[row[0]] for row in rows)


def _outcomes(file: sqlite3.Connection, table: str) -> Counter[str]:
    rows = file.execute(f"SELECT outcome, count(*) FROM {table} GROUP BY outcome")  # noqa: S608 - a name of our own
    return Counter(dict(rows.fetchall()))

"""An announcement line by line, as a file: who got it, who did not and why, and what they answered."""

import csv
import io
from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.conversation.desk import reader_of
from bot.delivery.letters import Document
from bot.house.announcements import in_group, polls
from bot.house.announcements.author_card import REPORT, reason_of
from bot.house.announcements.versions import Versions
from dialogs.library import Library
from dialogs.texts import Reader
from dialogs.values import Text, Value
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the file just before it is sent, by reading alone."""

    database: Database
    library: Library
    clock: Clock

    async def make(self, document: Document) -> bytes:
        """Comma-separated, a line a person, for any spreadsheet. Raises ValueError and LookupError.

        What could be read as a formula by a spreadsheet is written as words.
        """
        row, reader_id = document.data.get("announcement"), document.data.get("reader")
        if document.kind != REPORT or not isinstance(row, int) or not isinstance(reader_id, int):
            raise ValueError(f"nobody makes {document.kind}")
        async with self.database.read() as work:
            announcement = await work.announcements.get(row)
            lines = await work.recipients.of(row)
            answers = await work.recipients.answers(row)
            groups = [] if announcement is None else await in_group.standing(work, announcement)
            houses = await work.houses.get_many(group.house_id for group, _ in groups)
            people = await work.people.get_many({reader_id, *(line.person_id for line in lines)})
        if announcement is None or reader_id not in people or announcement.author_id != reader_id:
            raise LookupError("the announcement, or its author, is gone")
        reader = reader_of(people[reader_id])

        def say(phrase: str, /, **values: Value) -> str:
            return self.library.catalogues.render(Text(self.library.phrases[phrase], values), reader)

        written = io.StringIO()
        table = csv.writer(written)
        table.writerow([say(f"report_{each}") for each in ("name", "outcome", "when", "answer")])
        for line in lines:
            person = people.get(line.person_id)
            name = person.name if person is not None else "–"
            heard = line.outcome in {"sent", "waiting", "taken_back"}
            outcome = say(f"report_{line.outcome}") if heard else say(reason_of(line), name=name)
            at = _local(line.settled_at, reader)
            # Of a poll it says that somebody answered, never what: that stands below, counted.
            given = "given" if announcement.asks in polls.ASKS else line.answer
            answer = "" if line.answer is None else say(f"answer_{given}")
            table.writerow([_harmless(each) for each in (name, outcome, at, answer)])
        for group, said in groups:
            house = houses[group.house_id].name
            outcome = say(in_group.phrase_of(announcement, said), house=house)
            at = "" if said is None else _local(said.settled_at, reader)
            table.writerow([_harmless(each) for each in (say("report_group", house=house), outcome, at, "")])
        if announcement.asks in polls.ASKS:
            versions = Versions.from_bytes(announcement.letter)
            options = versions.read_in(versions.best(reader.locale)).options
            numbers = polls.counted(answers, len(options))
            for option, number in zip(options, numbers or (), strict=False):
                table.writerow([_harmless(option), "", "", number])
            if numbers is None:
                too_few = "poll_stayed_few" if announcement.asks == polls.OVER else "poll_too_few"
                table.writerow([say(too_few, number=sum(answers.values())), "", "", ""])
        return written.getvalue().encode("utf-8-sig")


def _local(moment: datetime | None, reader: Reader) -> str:
    return "" if moment is None else moment.astimezone(reader.zone).isoformat(" ", "minutes")


def _harmless(words: str) -> str:
    return f"'{words}" if words[:1] in {"=", "+", "-", "@", "\t", "\r"} else words

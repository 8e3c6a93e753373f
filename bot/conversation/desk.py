"""What a turn has at hand, and what it leaves behind for the door to commit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.conversation import buttons
from bot.conversation.inbound import Sender
from bot.conversation.registry import Appearance
from bot.delivery.letters import Button, Letter
from bot.delivery.outgoing import Errand, Outgoing
from bot.delivery.promises import Kind
from bot.ids import Ids
from bot.policy import STRANGER, Standing, audience_of, may
from bot.schedule.times import zone_of
from dialogs.library import Library
from dialogs.model import Dialog
from dialogs.progress import Progress
from dialogs.texts import Reader
from dialogs.values import Plain, Text, Value
from storage.repositories.groups import Group
from storage.repositories.houses import House
from storage.repositories.people import Person
from storage.repositories.timers import Timer
from storage.unit_of_work import UnitOfWork

IDLE_AFTER = timedelta(minutes=30)
"""A dialog untouched for so long no longer stands in the way of anything; it can still be taken up again."""


class ConflictError(Exception):
    """What an action relied on no longer holds: the turn is done again, from loading its facts."""


@dataclass(slots=True, kw_only=True)
class Desk:
    """One turn's table. Facts and actions work on it; nothing on it counts before the commit.

    `person` is None for a stranger nobody has had to remember. `standing` is what they are in the house that this
    turn is about, `home` in the one meant where nobody asks, `standings` in each of theirs; `about` is the house,
    where they were asked which. `answers` are those of the dialog under way, `question` the letter of this
    turn that asks with buttons, `message_id` the message that began this turn;
    `owed` says that they missed a reply. `ours` is what everybody can be told, `own` the libraries of
    houses that have dialogs of their own.
    """

    work: UnitOfWork
    ours: Library
    ids: Ids
    now: datetime
    own: Mapping[int, Library] = field(default_factory=dict)
    sender: Sender | None = None
    person: Person | None = None
    standing: Standing = STRANGER
    home: Standing = STRANGER
    standings: tuple[Standing, ...] = ()
    about: int | None = None
    progress: Progress = field(default_factory=Progress)
    stored_turn: int = 0
    touched_at: datetime | None = None
    nudged: bool = False
    was_nudged: bool = False
    owed: bool = False
    update_id: int | None = None
    message_id: int | None = None
    question: int | None = None
    answers: Mapping[str, Plain] = field(default_factory=dict)
    outgoing: list[Outgoing] = field(default_factory=list)
    timers: list[Timer] = field(default_factory=list)
    _people: dict[int, Person] = field(default_factory=dict)
    _houses: dict[int, House] = field(default_factory=dict)

    # who is here

    @property
    def me(self) -> Person:
        """The person at the desk. Raises LookupError for a stranger nobody remembers."""
        if self.person is None:
            raise LookupError("nobody is at the desk")
        return self.person

    @property
    def house_id(self) -> int:
        """The house this conversation is about. Raises LookupError for somebody who belongs to none."""
        if self.standing.house_id is None:
            raise LookupError("the person belongs to no house")
        return self.standing.house_id

    @property
    def library(self) -> Library:
        """What can be said to the person at the desk: ours, with what the house that this is about wrote itself."""
        return self.own.get(self.standing.house_id or 0, self.ours)

    @property
    def anywhere(self) -> Standing:
        """What the person is in any of their houses, for what belongs to none of them: their menu, say."""
        if len(self.standings) < 2:
            return self.standing
        roles = frozenset(role for each in self.standings for role in each.roles)
        return Standing(self.standings[0].house_id, roles)

    def turn_to(self, house_id: int | None) -> None:
        """From here on it is about this one of their houses; None: about none in particular."""
        chosen = next((each for each in self.standings if each.house_id == house_id), None)
        self.about = house_id if chosen is not None and len(self.standings) > 1 else None
        if self.standings:
            self.standing = chosen or self.home

    @property
    def reader(self) -> Reader:
        """The language and zone of the person at the desk; a stranger's telephone tells the language."""
        if self.person is not None:
            return reader_of(self.person)
        language = self.sender.language if self.sender else None
        return Reader(self.library.catalogues.nearest(language), zone_of("UTC"))

    @property
    def idle(self) -> bool:
        """Whether the open dialog has been left so long that something else may begin."""
        return self.touched_at is None or self.now - self.touched_at >= IDLE_AFTER

    async def remember(self) -> Person:
        """The person at the desk, kept from now on if they were a stranger."""
        if self.person is None:
            if self.sender is None:
                raise LookupError("nobody is at the desk")
            self.person = Person(
                id=self.ids.new(),
                telegram_id=self.sender.telegram_id,
                name=self.sender.first_name,
                locale=self.library.catalogues.nearest(self.sender.language),
                zone="UTC",
                joined_at=self.now,
            )
            await self.work.people.add(self.person)
        return self.person

    def know(self, **changes: str | bool | int | datetime | None) -> None:
        """The person at the desk has changed; what is said from here on knows it."""
        # The names are fields of Person, checked by replace() itself.
        self.person = replace(self.me, **changes)  # type: ignore[arg-type]

    def is_for(self, dialog: Dialog) -> bool:
        """Whether a dialog is for the person, as they stand in the house that this is about."""
        return may(self.standing, audience_of(dialog.audience))

    async def people(self, ids: Iterable[int]) -> dict[int, Person]:
        """Others by id; who was deleted is missing."""
        wanted = set(ids)
        missing = wanted - self._people.keys()
        if missing:
            self._people.update(await self.work.people.get_many(missing))
        return {each: self._people[each] for each in wanted if each in self._people}

    async def house(self, house_id: int | None = None) -> House:
        """The house by id, or the one this conversation is about."""
        wanted = self.house_id if house_id is None else house_id
        if wanted not in self._houses:
            found = await self.work.houses.get(wanted)
            if found is None:
                raise LookupError("the house is gone")
            self._houses[wanted] = found
        return self._houses[wanted]

    # what is said

    def phrase(self, name: str, /, **values: Value) -> Text:
        """One of the content's phrases, with its values."""
        return Text(self.library.phrases[name], values)

    def render(self, text: Text | str, reader: Reader | None = None) -> str:
        """Words for a reader; for the person at the desk if none is given."""
        return self.library.catalogues.render(text, reader or self.reader)

    def send(self, errand: Errand, kind: Kind, *, purpose: str, **details: object) -> Outgoing:
        """Leaves a letter to the person at the desk. `details` are fields of Outgoing."""
        chat = self.person.telegram_id if self.person else self.sender.telegram_id if self.sender else None
        return self._leave(
            errand,
            kind,
            recipient_id=self.person.id if self.person else None,
            chat_id=chat,
            purpose=purpose,
            **details,
        )

    def send_to(self, person: Person, errand: Errand, kind: Kind, *, purpose: str, **details: object) -> Outgoing:
        """Leaves a letter to somebody else."""
        return self._leave(
            errand, kind, recipient_id=person.id, chat_id=person.telegram_id, purpose=purpose, **details
        )

    def send_there(self, group: Group, errand: Errand, kind: Kind, *, purpose: str, **details: object) -> Outgoing:
        """Leaves a letter to a group of a house."""
        return self._leave(errand, kind, chat_id=group.chat_id, house_id=group.house_id, purpose=purpose, **details)

    def _leave(self, errand: Errand, kind: Kind, **details: object) -> Outgoing:
        fields: dict[str, object] = {"not_before": self.now, **details}
        # The names are fields of Outgoing, checked by its constructor.
        letter = Outgoing(id=self.ids.new(), kind=kind, errand=errand, created_at=self.now, **fields)  # type: ignore[arg-type]
        self.outgoing.append(letter)
        return letter

    def card_letter(self, card: str, row: int, appearance: Appearance, reader: Reader) -> Letter:
        """A card as one reader sees it."""
        face = self.library.cards[card].faces[appearance.face]
        words = self.render(Text(face.say, appearance.values), reader)
        rows = tuple(
            (
                Button(
                    label=self.render(Text(press.label, appearance.values), reader),
                    data=buttons.card(card, row, press.key),
                ),
            )
            for press in appearance.rows_of(face)
        )
        if appearance.lead is None:
            return Letter(text=_tidy(words), buttons=rows)
        parts = (appearance.lead.text, _tidy(words))
        return replace(appearance.lead, text="\n\n".join(filter(None, parts)), buttons=rows)

    def timer(self, kind: str, subject: int, *, fence: int, due_at: datetime, payload: str = "{}") -> None:
        """Sets a timer: it comes back to the door at `due_at` with its fence."""
        self.timers.append(
            Timer(
                id=self.ids.new(),
                kind=kind,
                subject_id=subject,
                fence=fence,
                due_at=due_at,
                payload=payload,
                created_at=self.now,
            )
        )


def reader_of(person: Person) -> Reader:
    """The language and zone in which a person reads."""
    return Reader(person.locale, zone_of(person.zone))


def _tidy(words: str) -> str:
    """A value that was empty leaves no hole of blank lines."""
    lines = [line.rstrip() for line in words.strip().splitlines()]
    kept = [line for number, line in enumerate(lines) if line or (number and lines[number - 1])]
    return "\n".join(kept)

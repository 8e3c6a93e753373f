"""Every combination of who somebody is with everything there is, drawn from the registry: none is forgotten."""

import asyncio
import itertools
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.conversation.conversation import Conversation
from bot.conversation.desk import Desk
from bot.conversation.desks import Table, set_desks
from bot.conversation.inbound import CardPressed, Inbound, Sender
from bot.conversation.libraries import Libraries
from bot.conversation.registry import Appearance, CardKind, NotAllowedError, Registry
from bot.conversation.speech import Speech
from bot.conversation.walking import Walking
from bot.membership.leaving import Leaving
from bot.policy import MEMBERS, NOBODY, RESPONDERS, STAFF, Audience, Role, Standing, audience_of, may
from bot.policy_table import FILE, full_registry, table
from dialogs.effects import Do
from dialogs.engine import Missing, Turn
from dialogs.library import open_library
from dialogs.progress import Progress
from storage import migrate
from storage.database import Database
from storage.repositories.houses import House
from storage.repositories.memberships import Grant, Membership
from storage.repositories.people import Person
from storage.sealing import Keyring
from tests.bot.membership.world import NOON_IN_NEW_YORK, CountingIds

REGISTRY = full_registry()
LIBRARY = open_library()
HERE, ELSEWHERE = 1, 2

ROLES: dict[str, frozenset[Role]] = {
    "stranger": frozenset(),
    "participant": frozenset({Role.PARTICIPANT}),
    "mentor": frozenset({Role.MENTOR}),
    "staff": frozenset({Role.STAFF}),
    "participant and mentor": frozenset({Role.PARTICIPANT, Role.MENTOR}),
    "mentor and staff": frozenset({Role.MENTOR, Role.STAFF}),
    "officer": frozenset({Role.PARTICIPANT, Role.OFFICER}),
    "on call": frozenset({Role.ON_CALL}),
    "left": frozenset(),
    "participant elsewhere": frozenset({Role.PARTICIPANT}),
    "staff elsewhere": frozenset({Role.STAFF}),
}
WHO = tuple(ROLES)


def expected(who: str, audience: Audience, *, house: int | None = None) -> bool:
    """Written out apart from the policy's own code: what the table promises to people."""
    stranger = who in {"stranger", "left"}
    elsewhere = who.endswith("elsewhere")
    if audience.strangers:
        return True
    if stranger or (house == HERE and elsewhere):
        return False
    return audience.members or any(role in audience.roles for role in ROLES[who])


@pytest.fixture(scope="module")
def houses(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with everybody of WHO in it: Telegram id and person id are 10 and their place in it."""
    path = tmp_path_factory.mktemp("policy") / "everybody.db"
    asyncio.run(_furnish(f"sqlite+aiosqlite:///{path}"))
    return path


async def _furnish(url: str) -> None:
    ids, now = CountingIds(), NOON_IN_NEW_YORK
    await migrate.upgrade(url)
    async with Database(url, Keyring([bytes(range(32))]), synchronous="OFF") as database, database.write() as work:
        for house, name in ((HERE, "Maple House"), (ELSEWHERE, "Oak House")):
            await work.houses.add(House(id=house, name=name, country="US", zone="America/New_York", created_at=now))
        for number, who in enumerate(WHO[1:], start=11):
            await work.people.add(
                Person(id=number, telegram_id=number, name=who, locale="en", zone="UTC", joined_at=now)
            )
            house = ELSEWHERE if who.endswith("elsewhere") else HERE
            for role in ROLES[who] or {Role.STAFF}:
                await work.memberships.grant(
                    Grant(id=ids.new(), person_id=number, house_id=house, role=role.value, since=now)
                )
            if Role.PARTICIPANT in ROLES[who] or who == "left":
                await work.memberships.add(
                    Membership(id=ids.new(), person_id=number, house_id=house, standing="resident", since=now)
                )
        [desk] = await set_desks(
            Table(work=work, libraries=Libraries(LIBRARY), ids=ids, now=now),
            [Inbound(given=CardPressed("-", 0, "-"))],
        )
        await Leaving(Registry()).end_place(desk, 10 + WHO.index("left"), HERE)
        await work.commit()


@pytest.fixture
async def database(houses: Path, tmp_path: Path) -> AsyncIterator[Database]:
    path = tmp_path / "hearth.db"
    shutil.copy(houses, path)
    async with Database(f"sqlite+aiosqlite:///{path}", Keyring([bytes(range(32))]), synchronous="OFF") as opened:
        yield opened


@asynccontextmanager
async def at_desk(database: Database, who: str) -> AsyncIterator[Desk]:
    """Somebody's desk as the door sets it; nothing that happens at it is kept."""
    sender = Sender(telegram_id=10 + WHO.index(who), first_name=who)
    async with database.write() as work:
        shared = Table(work=work, libraries=Libraries(LIBRARY), ids=CountingIds(), now=NOON_IN_NEW_YORK)
        [desk] = await set_desks(shared, [Inbound(given=CardPressed("-", 0, "-"), sender=sender)])
        yield desk


async def allowed(desk: Desk, registry: Registry, name: str, kind: str) -> bool:
    """Whether the conversation lets somebody at a fact or an action, or a dialog; what these then do is not done."""
    ran: list[str] = []

    async def tell(_: Desk) -> None:
        ran.append(name)

    async def perform(_: Desk, __: object) -> None:
        ran.append(name)

    probe = Registry()
    walking = Walking(probe)
    try:
        match kind:
            case "fact":
                probe.fact(name, registry.facts[name].who, tell)
                await walking._load(desk, Missing(facts=frozenset({name}), answers={}), {})
            case _:
                probe.action(name, registry.actions[name].who, perform)
                turn = Turn(progress=Progress(), effects=(Do(action=name, arguments={}),))
                await walking._make_so(desk, turn, Speech(desk))
    except NotAllowedError:
        assert ran == []
        return False
    assert ran == [name]
    return True


@pytest.mark.parametrize("who", WHO)
async def test_every_fact_and_every_action_is_for_those_the_table_names_and_nobody_else(
    database: Database, who: str
) -> None:
    async with at_desk(database, who) as desk:
        for name, fact in REGISTRY.facts.items():
            assert await allowed(desk, REGISTRY, name, "fact") is expected(who, fact.who), name
        for name, action in REGISTRY.actions.items():
            assert await allowed(desk, REGISTRY, name, "action") is expected(who, action.who), name


@pytest.mark.parametrize("who", WHO)
async def test_every_dialog_begins_for_those_the_table_names_and_nobody_else(database: Database, who: str) -> None:
    walking = Walking(REGISTRY)
    for name, script in LIBRARY.scripts.items():
        async with at_desk(database, who) as desk:
            try:
                await walking.start(desk, name, {}, Speech(desk))
            except NotAllowedError:
                begun = False
                assert desk.outgoing == []
            else:
                begun = True
            audience = audience_of(script.dialog.audience)
            # A dialog may go on in one that is not for them; then it is that one's line that says no.
            assert begun is expected(who, audience) or (expected(who, audience) and not _only_for_them(name)), name


def _only_for_them(name: str) -> bool:
    """Whether a dialog stays within itself at its first step."""
    first = LIBRARY.scripts[name].dialog.nodes[LIBRARY.scripts[name].dialog.first]
    return not list(first.conditions())


@pytest.mark.parametrize(("who", "name"), list(itertools.product(WHO, REGISTRY.cards)))
async def test_every_card_is_pressed_by_those_it_is_for_in_the_house_of_its_row(
    database: Database, who: str, name: str
) -> None:
    """Each card as registered, but one that any row shows to anybody: what is left is the policy's own answer."""
    kind = REGISTRY.cards[name]
    # A face with buttons, if the card has one at all.
    face, made = max(LIBRARY.cards[name].faces.items(), key=lambda each: len(each[1].rows))
    pressed: list[int] = []

    async def press(_: Desk, row: int) -> None:
        pressed.append(row)

    async def look(_: Desk, __: int, ___: int) -> Appearance:
        return Appearance(face, dict.fromkeys(_names(" ".join(made.texts())), "-"))

    async def house(_: Desk, __: int) -> int:
        return HERE

    registry = Registry()
    registry.facts.update(REGISTRY.facts)  # a press may lead into a dialog, which asks what it needs
    registry.card(
        CardKind(name=name, who=kind.who, house=house, look=look, presses=dict.fromkeys(kind.presses, press))
    )
    conversation = Conversation(LIBRARY, registry)
    choice = next((row.key for row in made.rows if row.do is not None), "none")
    async with at_desk(database, who) as desk:
        if desk.person is None:
            return  # somebody nobody knows is told where to begin; no card is even looked at
        try:
            await conversation._card(desk, CardPressed(name, 7, choice), None)
        except NotAllowedError:
            assert pressed == []
            assert not expected(who, kind.who, house=HERE)
        else:
            assert expected(who, kind.who, house=HERE)


def _names(text: str) -> list[str]:
    return [part.split("}")[0] for part in text.split("{")[1:]]


def test_what_names_nobody_is_for_nobody() -> None:
    for house, roles in itertools.product((None, HERE), ROLES.values()):
        assert may(Standing(house, roles), NOBODY) is False
        assert may(Standing(house, roles), Audience()) is False
    assert str(NOBODY) == "nobody"
    assert [str(each) for each in (MEMBERS, RESPONDERS, STAFF)] == [
        "everybody in the house",
        "mentors and staff and the network's on-call",
        "staff",
    ]


def test_everything_has_its_line_and_a_card_says_whom_it_is_for() -> None:
    lines: dict[str, Audience] = {name: fact.who for name, fact in REGISTRY.facts.items()}
    lines |= {name: action.who for name, action in REGISTRY.actions.items()}
    lines |= {name: kind.who for name, kind in REGISTRY.cards.items()}
    for name, who in lines.items():
        assert who != NOBODY, f"{name} is for nobody: say who may"
    for kind in REGISTRY.cards.values():
        for function in (kind.look, *kind.presses.values()):
            assert function.__doc__, f"a sentence at {function.__name__} says to people whom it is for"


def test_the_table_people_read_says_what_the_bot_asks() -> None:
    """When it does not: `python -m bot.policy_table` writes it anew; read what changed."""
    assert FILE.read_text(encoding="utf-8") == table(REGISTRY, LIBRARY)

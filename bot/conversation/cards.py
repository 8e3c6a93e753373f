"""Cards: messages that stand for a row, judged by the row's state whenever they are pressed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot import policy
from bot.conversation.desk import Desk, reader_of
from bot.conversation.inbound import CardPressed
from bot.conversation.registry import Appearance, CardKind, NotAllowedError
from bot.conversation.standings import standings_in
from bot.delivery import messages
from bot.delivery.outgoing import Errand
from bot.delivery.promises import Kind
from bot.schedule.times import zone_of
from dialogs.texts import Reader
from storage.repositories.groups import Group


def reference(card: str, row: int) -> str:
    """How an outbox row names the card it shows."""
    return f"{card}:{row}"


def shown_with(card: str, row: int) -> str:
    """How an outbox row says that it holds the message that a card shows."""
    return reference(f"{card}.shown", row)


def in_group(card: str, row: int, group: Group) -> str:
    """How an outbox row names the card it shows in a group."""
    return f"{reference(card, row)}@{group.id}"


async def show(
    desk: Desk, kind: CardKind, row: int, people: Iterable[int], how: Kind, *, purpose: str, about: int | None
) -> list[int]:
    """Sends the card, as a new message that rings, to everyone it is for. Returns the outbox ids, in order."""
    allowed = await _allowed(desk, kind, row, people)
    known = await desk.people(allowed)
    letters = []
    for person in known.values():
        appearance = await kind.look(desk, row, person.id)
        if appearance is None:
            continue
        letter = desk.card_letter(kind.name, row, appearance, reader_of(person))
        ref = reference(kind.name, row)
        details: dict[str, object] = {"house_id": allowed[person.id], "card": ref, "stream": ref}
        details |= {"purpose": purpose, "about_id": about}
        if appearance.shows is not None:
            for shown in messages.letters(appearance.shows):
                desk.send_to(person, Errand(letter=shown), how, **{**details, "card": shown_with(kind.name, row)})  # type: ignore[arg-type]
        details |= _if_agreed(desk, kind, row, appearance, reader_of(person))
        sent = desk.send_to(person, Errand(letter=letter), how, **details)  # type: ignore[arg-type]
        letters.append(sent.id)
    return letters


async def refresh(desk: Desk, kind: CardKind, row: int, people: Iterable[int]) -> frozenset[int]:
    """Brings the card up to date where it already stands, and tells at whom. Edits don't ring: they only tidy."""
    ref = reference(kind.name, row)
    allowed = await _allowed(desk, kind, row, people)
    standing = await desk.work.outbox.latest_of_card(ref, allowed)
    known = await desk.people(standing)
    for person_id, delivered in standing.items():
        person = known.get(person_id)
        appearance = await kind.look(desk, row, person_id) if person else None
        if person is None or appearance is None:
            continue
        letter = desk.card_letter(kind.name, row, appearance, reader_of(person))
        errand = Errand(letter=letter, edits=delivered.message_id)
        details: dict[str, object] = {"house_id": allowed[person_id], "purpose": "card"}
        details |= {"card": ref, "stream": f"{ref}:tidy"}
        details |= _if_agreed(desk, kind, row, appearance, reader_of(person))
        desk.send_to(person, errand, Kind.EDIT, **details)  # type: ignore[arg-type]
    return frozenset(standing)


async def stand(desk: Desk, kind: CardKind, row: int, group: Group, how: Kind, *, purpose: str, about: int) -> None:
    """Puts the card into a group, as a new message that rings."""
    appearance = await kind.look(desk, row, group.house_id)
    if appearance is None or group.house_id not in await _houses(desk, kind, row):
        return
    ref = in_group(kind.name, row, group)
    letter = desk.card_letter(kind.name, row, appearance, await _readers_of(desk, group))
    desk.send_there(group, Errand(letter=letter), how, purpose=purpose, about_id=about, card=ref, stream=ref)


async def refresh_there(desk: Desk, kind: CardKind, row: int, group: Group) -> bool:
    """Brings the card up to date where it stands in a group; False when it does not stand there."""
    ref = in_group(kind.name, row, group)
    delivered = await desk.work.outbox.latest_in_group(ref)
    appearance = await kind.look(desk, row, group.house_id) if delivered is not None else None
    if delivered is None or appearance is None:
        return False
    letter = desk.card_letter(kind.name, row, appearance, await _readers_of(desk, group))
    errand = Errand(letter=letter, edits=delivered.message_id)
    desk.send_there(group, errand, Kind.EDIT, purpose="card", stream=f"{ref}:tidy")
    return True


async def press_there(desk: Desk, kind: CardKind, pressed: CardPressed, group: Group) -> None:
    """Answers a press in a group: the tapper's rights in the group's house decide, and the row's present face.

    Raises NotAllowedError if the card is not for this person, or not of this house.
    """
    if group.house_id not in await _houses(desk, kind, pressed.row):
        raise NotAllowedError(f"card {kind.name} in another house's group")
    allowed = await _allowed_in(desk, kind, group.house_id, [desk.me.id])
    appearance = await kind.look(desk, pressed.row, group.house_id) if kind.in_groups else None
    if not allowed or appearance is None:
        raise NotAllowedError(f"card {kind.name} in a group")
    desk.turn_to(group.house_id)
    face = desk.library.cards[kind.name].faces[appearance.face]
    button = next((each for each in face.rows if each.key == pressed.choice), None)
    if button is not None and button.do is not None:
        await kind.presses[button.do](desk, pressed.row)
    await refresh_there(desk, kind, pressed.row, group)


async def _readers_of(desk: Desk, group: Group) -> Reader:
    return Reader(group.locale, zone_of((await desk.house(group.house_id)).zone))


async def press(desk: Desk, kind: CardKind, pressed: CardPressed, message_id: int | None) -> str | None:
    """Answers a press. It is good if, and only if, the row's present face offers it to this person.

    Otherwise the card is simply brought up to date. Returns the dialog to go to, if the button leads to one.
    Raises NotAllowedError if the card is not for this person.
    """
    allowed = await _allowed(desk, kind, pressed.row, [desk.me.id])
    desk.turn_to(allowed.get(desk.me.id) or await kind.house(desk, pressed.row))
    appearance = await kind.look(desk, pressed.row, desk.me.id) if allowed else None
    if appearance is None or kind.in_groups:
        raise NotAllowedError(f"card {kind.name}")
    face = desk.library.cards[kind.name].faces[appearance.face]
    button = next((each for each in appearance.rows_of(face) if each.key == pressed.choice), None)
    if button is not None and button.do is not None:
        await kind.presses[button.do](desk, pressed.row)
    after = await kind.look(desk, pressed.row, desk.me.id)
    if after is not None and message_id is not None:
        letter = desk.card_letter(kind.name, pressed.row, after, desk.reader)
        ref = reference(kind.name, pressed.row)
        # It answers a tap, so it hurries as a reply does, though it is an edit.
        desk.send(Errand(letter=letter, edits=message_id), Kind.REPLY, purpose="card", card=ref, stream=ref)
    return button.go if button is not None else None


def _if_agreed(desk: Desk, kind: CardKind, row: int, appearance: Appearance, reader: Reader) -> Mapping[str, object]:
    """What the outbox must know of a letter that shows what needs somebody's yes: theirs may be taken back before."""
    if appearance.consent is None:
        return {}
    whole = desk.card_letter(kind.name, row, appearance, reader)
    plain = replace(appearance, values={**appearance.values, **appearance.without})
    without = desk.card_letter(kind.name, row, plain, reader)
    if without == whole:
        return {}  # this face shows nothing of it
    return {"purpose": appearance.consent, "about_id": appearance.about, "fallback": without}


async def _houses(desk: Desk, kind: CardKind, row: int) -> Sequence[int]:
    """The houses of a row, the first of them before the others; none when it is gone."""
    house_id = await kind.house(desk, row)
    if house_id is None:
        return ()
    others = await kind.also(desk, row) if kind.also is not None else ()
    return (house_id, *(each for each in others if each != house_id))


async def _allowed(desk: Desk, kind: CardKind, row: int, people: Iterable[int]) -> dict[int, int | None]:
    """Those of these people who may see a row's card: by what they are in one of its houses, now. And in which."""
    wanted, found = list(people), dict[int, int | None]()
    for house_id in await _houses(desk, kind, row):
        for each in await _allowed_in(desk, kind, house_id, [one for one in wanted if one not in found]):
            # What is for strangers too goes on when somebody has left the house; the postman is not to hold it back.
            found[each] = None if kind.who.strangers else house_id
    return found


async def _allowed_in(desk: Desk, kind: CardKind, house_id: int, people: Iterable[int]) -> list[int]:
    standings = await standings_in(desk, house_id, people)
    return [each for each, standing in standings.items() if policy.may(standing, kind.who)]

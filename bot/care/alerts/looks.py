"""How an alert looks: to those who are asked, and to the one who asked."""

from collections.abc import Mapping
from typing import Final
from zoneinfo import ZoneInfo

from bot.care.alerts import homes, plans, reach
from bot.care.alerts.grounds import grounds_of
from bot.care.alerts.rules import Severity, State
from bot.care.numbers import numbers_of
from bot.conversation.desk import Desk
from bot.conversation.lines import a_line_each
from bot.conversation.registry import Appearance
from bot.membership.consent import Purpose, agreed
from dialogs.values import Text, Value
from storage.repositories.alert_trail import Ask
from storage.repositories.alerts import Alert
from storage.repositories.houses import House

_URGENT: Final[Mapping[Severity, str]] = {Severity.CRISIS: "crisis", Severity.MEDICAL: "medical"}
_MINE: Final[Mapping[State, str]] = {
    State.TAKEN: "taken",
    State.WITH: "with_you",
    State.EXHAUSTED: "exhausted",
    State.OVER: "over",
}


async def house_of(desk: Desk, row: int) -> int | None:
    """The house a call came from."""
    alert = (await desk.work.alerts.get_many([row])).get(row)
    return None if alert is None else alert.house_id


async def houses_of(desk: Desk, row: int) -> tuple[int, ...]:
    """All that it reaches."""
    alert = (await desk.work.alerts.get_many([row])).get(row)
    return () if alert is None else homes.of(alert)


async def to_responder(desk: Desk, row: int, viewer: int) -> Appearance | None:
    """The card of a responder: for those who were asked, and nobody else."""
    alert = (await desk.work.alerts.get_many([row])).get(row)
    if alert is None or viewer == alert.person_id:
        return None
    everybody = await desk.work.alert_trail.asks_of([row])
    asks = [ask for ask in everybody if ask.person_id == viewer]
    if (not asks and viewer != alert.taken_by) or viewer in await plans.unwanted(desk, alert.person_id):
        return None
    # Asked for all of them at once, so that it is one look for the cards of a whole turn.
    house_id = (await homes.of_each(desk, alert, sorted({viewer, *(ask.person_id for ask in everybody)})))[viewer]
    return Appearance(
        _face(alert, asks, viewer),
        await _values(desk, alert, house_id),
        about=alert.person_id,
        consent=Purpose.SOS_WORDS,
        without={"line": await _line(desk, alert, house_id, shared=False)},
    )


async def to_person(desk: Desk, row: int, viewer: int) -> Appearance | None:
    """The card of the one who asked: theirs alone."""
    alert = (await desk.work.alerts.get_many([row])).get(row)
    if alert is None or viewer != alert.person_id:
        return None
    asks = await desk.work.alert_trail.asks_of([row])
    state = State(alert.state)
    if state is State.OVER and alert.taken_by is not None:
        face = "over_taken"
    elif state is not State.OPEN:
        face = _MINE[state]
    elif alert.taken_by is not None:
        face = "again"
    else:
        first = "medical" if alert.severity == Severity.MEDICAL else "asked"
        face = "more" if any(ask.step < alert.step for ask in asks) else first
    everybody = await desk.people({ask.person_id for ask in asks})
    now = {ask.person_id for ask in asks if ask.step == alert.step}
    house = await desk.house(alert.house_id)
    values: dict[str, Value] = {
        "asked": tuple(sorted(person.name for each, person in everybody.items() if each in now)),
        "responder": await name_of(desk, alert.taken_by),
        "reach": reach.told(desk, asks, everybody),
        "numbers": numbers_of(desk.library, house),
        "naloxone": naloxone_of(desk, house),
        "emergency": desk.library.numbers.of(house.country).emergency,
    }
    return Appearance(face, values)


def naloxone_of(desk: Desk, house: House) -> Text | str:
    """Where the naloxone of a house is; that nobody wrote it down, if nobody did."""
    return house.naloxone or desk.phrase("naloxone_unknown")


async def name_of(desk: Desk, person_id: int | None) -> str:
    """A first name, or nothing."""
    if person_id is None:
        return ""
    person = (await desk.people([person_id])).get(person_id)
    return person.name if person is not None else ""


def _face(alert: Alert, asks: list[Ask], viewer: int) -> str:
    match State(alert.state):
        case State.OVER:
            return "over_mine" if alert.taken_by == viewer else "over"
        case State.TAKEN if alert.taken_by == viewer:
            return "mine"
        case State.WITH if alert.taken_by == viewer:
            return "with_them"
        case State.TAKEN | State.WITH:
            return "taken" if alert.severity == Severity.SOS else "beside"
        case State.EXHAUSTED:
            return "exhausted"
        case State.OPEN:
            if any(ask.answer == "cant" for ask in asks):
                return "declined"
            if alert.taken_by is not None:
                return "again"
            return _URGENT.get(Severity(alert.severity), "open")


async def _values(desk: Desk, alert: Alert, house_id: int) -> dict[str, Value]:
    house = await desk.house(house_id)
    shared = alert.person_id in await agreed(desk.work, [alert.person_id], Purpose.SOS_WORDS)
    return {
        "name": await name_of(desk, alert.person_id),
        "house": house.name,
        "place": house.address or "",
        "line": await _line(desk, alert, house_id, shared=shared),
        "since": alert.opened_at.astimezone(ZoneInfo(house.zone)).time(),
        "responder": await name_of(desk, alert.taken_by),
        "naloxone": naloxone_of(desk, house),
        "emergency": desk.library.numbers.of(house.country).emergency,
    }


async def _line(desk: Desk, alert: Alert, house_id: int, *, shared: bool) -> Text | str:
    """Why it was opened, if words did that, and what the person added: their words only where they agreed to it.

    Before it, that they may be in another of their homes: in danger of life which that is, else only that there is.
    """
    lines = []
    others = [await desk.house(each) for each in homes.of(alert) if each != house_id]
    if others and alert.severity == Severity.SOS:
        lines.append(desk.phrase("alert_elsewhere", name=await name_of(desk, alert.person_id)))
    else:
        lines += [desk.phrase("alert_or_there", house=each.name, place=each.address or "") for each in others]
    if (grounds := grounds_of(alert)) is not None:
        phrase = "alert_why_words" if shared and grounds.words else "alert_why"
        name = await name_of(desk, alert.person_id)
        lines.append(desk.phrase(phrase, name=name, rule=grounds.rule, words=grounds.words))
    if alert.line and shared:
        lines.append(desk.phrase("alert_own_line", words=alert.line))
    return a_line_each(lines) if lines else ""

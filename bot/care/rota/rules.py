"""The rota as pure functions of (definitions, now): who is on call, until when, and where nobody is.

One function says who is on call at a moment (`on_call`), one cuts time where that can change (`shifts`); all else
is made of these two, so there are never two answers for one moment.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.schedule.times import next_moment

_LOOK_AHEAD = timedelta(days=400)
"""How far `next_change` looks; where nothing changes in so long, nothing is going to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotation:
    """Turns of `days` days each, by `people` in order, from a local date on.

    Handed over at `handover` minutes past midnight where the house stands.
    """

    people: tuple[int, ...]
    starts_on: date
    days: int
    handover: int

    def __post_init__(self) -> None:
        """Raises ValueError for turns of nobody, of no length, or at no time of day."""
        if not self.people or self.days < 1 or not 0 <= self.handover < 24 * 60:
            raise ValueError("a rotation needs people, turns of a day or more, and a time of day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """`person` in the place of `instead_of` (None: of whoever it is, or of nobody), from one moment to another."""

    person: int
    instead_of: int | None
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    """All that decides who is on call in a house.

    `overrides` stand in the order in which they came to be: a later one counts on top of an earlier one. Only
    people in `able` (who answer calls for the house now) can be on call; `away` says until when somebody isn't.
    """

    zone: str
    everybody: tuple[int, ...]
    rotation: Rotation | None = None
    overrides: tuple[Override, ...] = ()
    able: frozenset[int] = frozenset()
    away: Mapping[int, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Who is on call between two moments; nobody, where `people` is empty."""

    people: tuple[int, ...]
    starts_at: datetime
    ends_at: datetime


def on_call(definitions: Definitions, now: datetime) -> tuple[int, ...]:
    """Who is on call at this moment: one person by the rota; without a rota, everybody who isn't away."""
    whose = planned(definitions, now)
    if whose is None:
        return tuple(each for each in definitions.everybody if not _is_away(definitions, each, now))
    return (whose,) if whose in definitions.able and not _is_away(definitions, whose, now) else ()


def planned(definitions: Definitions, now: datetime) -> int | None:
    """Whose turn it is, able to take it or not; None without a rota, or before it begins."""
    rotation = definitions.rotation
    if rotation is None:
        return None
    number = _turn(rotation, definitions.zone, now)
    if number < 0:
        return None  # it has not begun: until then it is as if there were none
    person = rotation.people[number % len(rotation.people)]
    for override in definitions.overrides:
        if override.starts_at <= now < override.ends_at and override.instead_of in {None, person}:
            person = override.person
    return person


def shifts(definitions: Definitions, start: datetime, end: datetime) -> Iterator[Shift]:
    """Who is on call from `start` to `end`, piece by piece, without a hole; neighbours always differ."""
    begun, people = start, on_call(definitions, start)
    for moment in _cuts(definitions, start, end):
        after = on_call(definitions, moment)
        if after != people:
            yield Shift(people=people, starts_at=begun, ends_at=moment)
            begun, people = moment, after
    if begun < end:
        yield Shift(people=people, starts_at=begun, ends_at=end)


def gaps(definitions: Definitions, start: datetime, end: datetime) -> tuple[Shift, ...]:
    """When nobody is on call between two moments."""
    return tuple(shift for shift in shifts(definitions, start, end) if not shift.people)


def next_change(definitions: Definitions, now: datetime) -> datetime | None:
    """The next moment at which somebody else is on call; None where that is not going to happen."""
    end = now + _LOOK_AHEAD
    first = next(shifts(definitions, now, end))
    return first.ends_at if first.ends_at < end else None


def turns(definitions: Definitions, start: datetime, end: datetime) -> Iterator[Shift]:
    """The rotation's own turns that touch this time, whole, with whoever has them; nothing without a rotation.

    A turn that is split among several people comes in as many pieces.
    """
    if definitions.rotation is None:
        return
    number = max(_turn(definitions.rotation, definitions.zone, start), 0)
    while (starts := begins(definitions.rotation, definitions.zone, number)) < end:
        number += 1
        yield from shifts(definitions, starts, begins(definitions.rotation, definitions.zone, number))


def load(definitions: Definitions, start: datetime, end: datetime) -> dict[int, timedelta]:
    """For how long each person is on call between two moments; who never is, is missing."""
    found: dict[int, timedelta] = {}
    for shift in shifts(definitions, start, end):
        for person in shift.people:
            found[person] = found.get(person, timedelta()) + (shift.ends_at - shift.starts_at)
    return found


def begins(rotation: Rotation, zone: str, number: int) -> datetime:
    """When a turn, counted from 0, begins: at the local time, or where that does not exist, at the next that does."""
    day = rotation.starts_on + timedelta(days=number * rotation.days)
    noon_before = datetime.combine(day - timedelta(days=1), time(12), ZoneInfo(zone))
    return next_moment(rotation.handover, zone, noon_before, 1 << day.weekday())


def is_quiet(hours: tuple[int, int] | None, zone: str, now: datetime) -> bool:
    """Whether it is between two local times (minutes past midnight), around midnight too."""
    if hours is None:
        return False
    there = now.astimezone(ZoneInfo(zone))
    minutes, (begin, end) = there.hour * 60 + there.minute, hours
    return begin <= minutes < end if begin <= end else minutes >= begin or minutes < end


def _is_away(definitions: Definitions, person: int, now: datetime) -> bool:
    until = definitions.away.get(person)
    return until is not None and now < until


def _turn(rotation: Rotation, zone: str, now: datetime) -> int:
    """The number of the turn under way; below 0 before the first."""
    days = (now.astimezone(ZoneInfo(zone)).date() - rotation.starts_on).days
    number = days // rotation.days
    # A handover that was moved out of a gap in the clocks may lie on the other side of midnight: look at both sides.
    while begins(rotation, zone, number) > now:
        number -= 1
    while begins(rotation, zone, number + 1) <= now:
        number += 1
    return number


def _cuts(definitions: Definitions, start: datetime, end: datetime) -> Iterator[datetime]:
    """Every moment strictly between two at which the answer may change, in order."""
    found = {each for override in definitions.overrides for each in (override.starts_at, override.ends_at)}
    found |= set(definitions.away.values())
    if definitions.rotation is not None:
        number = max(_turn(definitions.rotation, definitions.zone, start) + 1, 0)
        while (starts := begins(definitions.rotation, definitions.zone, number)) < end:
            found.add(starts)
            number += 1
    yield from sorted(each for each in found if start < each < end)

"""What holds for announcements whoever makes them: pure, with times and lists handed in."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import count
from typing import Final, Literal, TypeAlias

import orjson

from bot.schedule.times import next_moment, zone_of


class Stage(StrEnum):
    """Where an announcement stands."""

    COMPOSING = "composing"  # under its author's hands
    DRAFT = "draft"
    TEMPLATE = "template"
    ASKED = "asked"  # waits for a second person's yes
    PLANNED = "planned"  # its time, or the next of its times, is to come
    SENDING = "sending"
    PAUSED = "paused"
    DONE = "done"
    STOPPED = "stopped"
    TAKEN_BACK = "taken_back"
    DECLINED = "declined"


Repeats: TypeAlias = Literal["never", "daily", "weekly", "monthly"]
InGroup: TypeAlias = Literal["no", "said", "pinned"]
Asks: TypeAlias = Literal["nothing", "got_it", "coming", "yes_no", "poll", "poll_over"]

ANSWERS: Final[dict[Asks, tuple[str, ...]]] = {
    "nothing": (),
    "got_it": ("got_it",),
    "coming": ("coming", "not_coming", "not_sure"),
    "yes_no": ("yes", "no"),
    "poll": (),
    "poll_over": (),
}
"""What can be answered, by what is asked; a poll brings its own answers."""

AN_HOUR: Final = timedelta(hours=1)
MOST_AN_HOUR: Final = 12
"""Announcements of one author; more is a hand that slipped, or a stranger with somebody's phone."""

MOST_URGENT_AN_HOUR: Final = 3
"""Those that ring at night are worth nothing when there are many."""

LASTS: Final = (60, 180, 1440, 4320, 10080)
"""Minutes for which one may be worth sending once its time has come."""

_BAR: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """Whom an announcement is for: everybody in `houses`, narrowed by each of the others that names something.

    `unanswered` is an earlier announcement: those who got it and have not answered. `group` is whether it
    also stands in the houses' group chats; what is for some of them alone never does (`in_groups`).
    """

    houses: tuple[int, ...]
    roles: tuple[str, ...] = ()
    standings: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    people: tuple[int, ...] = ()
    unanswered: int | None = None
    group: InGroup = "no"

    def to_json(self) -> str:
        """As it is kept: numbers and technical words, nobody's name."""
        return orjson.dumps(asdict(self)).decode()

    @classmethod
    def from_json(cls, kept: str, house_id: int) -> "Aim":
        """The inverse; one that names no house is for the author's."""
        read = orjson.loads(kept)
        houses = tuple(read.pop("houses", None) or (house_id,))
        unanswered = read.pop("unanswered", None)
        group = read.pop("group", "no")
        return cls(
            houses=houses,
            unanswered=unanswered,
            group=group,
            **{name: tuple(values) for name, values in read.items()},
        )

    @property
    def narrowed(self) -> bool:
        """Whether it is for less than everybody in its houses."""
        return bool(self.roles or self.standings or self.locales or self.people or self.unanswered)

    @property
    def in_groups(self) -> bool:
        """Whether it stands in the group chats of its houses, too."""
        return self.group != "no" and not self.narrowed


def toggled(those: tuple[int, ...], one: int) -> tuple[int, ...]:
    """The same with one more, or without it if it was there."""
    return tuple(each for each in those if each != one) if one in those else (*those, one)


def at_house(planned_for: str, zone: str) -> datetime:
    """The moment (UTC) when it is a local time (`2027-03-04T18:00`) in a zone; in a gap, when the gap ends."""
    local = datetime.fromisoformat(planned_for)
    midnight = datetime.combine(local.date(), time(0), zone_of(zone))
    return next_moment(local.hour * 60 + local.minute, zone, midnight - timedelta(microseconds=1))


def occurrences(planned_for: str, repeats: Repeats) -> Iterator[str]:
    """The local times at which a plan comes, the first one first.

    What is planned for a day that a month doesn't have comes on its last day.
    """
    first = datetime.fromisoformat(planned_for)
    for number in count():
        match repeats:
            case "never":
                yield planned_for
                return
            case "daily":
                local = first + timedelta(days=number)
            case "weekly":
                local = first + timedelta(weeks=number)
            case _:
                local = datetime.combine(_months_later(first.date(), number), first.time())
        yield local.isoformat(timespec="minutes")


def next_occurrence(planned_for: str, repeats: Repeats, zone: str, after: datetime) -> tuple[str, datetime] | None:
    """The first local time of a plan that comes later than a moment, and its moment; None when none does."""
    for local in occurrences(planned_for, repeats):
        moment = at_house(local, zone)
        if moment > after:
            return local, moment
    return None


def awake(moment: datetime, zone: str, quiet_from: int, quiet_until: int) -> datetime:
    """The moment, or the end of the house's quiet hours if it falls into them (minutes past midnight there)."""
    local = moment.astimezone(zone_of(zone))
    minutes = local.hour * 60 + local.minute
    if quiet_from <= quiet_until:
        asleep = quiet_from <= minutes < quiet_until
    else:
        asleep = minutes >= quiet_from or minutes < quiet_until
    return next_moment(quiet_until, zone, moment) if asleep else moment


def bar(done: int, total: int) -> str:
    """How far it has come, to be seen at a glance."""
    full = _BAR if total == 0 else done * _BAR // total
    return "▰" * full + "▱" * (_BAR - full)


def minutes_left(since: datetime, now: datetime, done: int, waiting: int) -> int | None:
    """About how many minutes are left at the speed so far, at least one; None while that can't be said."""
    seconds = (now - since).total_seconds()
    if done < 1 or seconds < 1:
        return None
    return max(1, round(waiting / (done / seconds) / 60))


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))

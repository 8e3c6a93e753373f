"""Whom an announcement reaches, and whom it does not, and why: looked up when it is composed, and when it goes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.conversation.desk import Desk
from bot.conversation.standings import inside
from bot.house.announcements.rules import Aim
from bot.policy import ANNOUNCERS, OVER_HOUSES, Audience, Role, Standing, may
from dialogs.values import Text, Value
from storage.repositories.announcements import Announcement, Announcing
from storage.repositories.people import Person

_NAMED = 12
"""Names of a group left out; a longer list is not read."""

_WHO: Mapping[str, frozenset[Role]] = {
    "staff": frozenset({Role.STAFF}),
    "officers": frozenset({Role.STAFF, Role.OFFICER}),
    "mentors": frozenset({Role.STAFF, Role.OFFICER, Role.MENTOR}),
}
"""Who may announce, by what the house has settled on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """Everybody an aim takes in, each with the house through which it does; those who get nothing, by reason."""

    people: Mapping[int, Person] = field(default_factory=dict)
    house_of: Mapping[int, int] = field(default_factory=dict)
    left_out: Mapping[str, tuple[Person, ...]] = field(default_factory=dict)

    @property
    def those(self) -> list[Person]:
        """Who gets it."""
        out = {each.id for group in self.left_out.values() for each in group}
        return [each for each in self.people.values() if each.id not in out]


def may_announce(standing: Standing, rules: Announcing) -> bool:
    """Whether somebody of this standing may announce to a house with these rules."""
    return may(standing, ANNOUNCERS) and may(standing, Audience(_WHO[rules.who]))


async def reached_by(desk: Desk, aim: Aim, author_id: int) -> Reached:
    """Whom an aim reaches now. Its author is not among them, and nobody is twice."""
    house_of: dict[int, int] = {}
    fits: set[int] = set()
    for house_id in aim.houses:
        members = {each.person_id: each.standing for each in await desk.work.memberships.members(house_id, desk.now)}
        # Who is something over the whole network is not of this house, and writes to it rather than being written to.
        roles: dict[int, set[str]] = {
            each: set() for each in await desk.work.memberships.people_of(house_id, desk.now)
        }
        for role in OVER_HOUSES:
            for person_id in await desk.work.memberships.with_role(house_id, role.value, desk.now):
                if person_id in roles:
                    roles[person_id].add(role.value)
        for person_id, theirs in roles.items():
            house_of.setdefault(person_id, house_id)
            by_role = not aim.roles or bool(theirs & set(aim.roles))
            by_standing = not aim.standings or members.get(person_id) in aim.standings
            if by_role and by_standing:
                fits.add(person_id)
    if aim.people:
        fits &= set(aim.people)
    if aim.unanswered is not None:
        fits &= await _unanswered(desk, aim.unanswered)
    fits.discard(author_id)
    known = await desk.people(fits)
    people = {
        each: known[each]
        for each in house_of
        if each in known and (not aim.locales or known[each].locale in aim.locales)
    }
    return Reached(people=people, house_of=house_of, left_out=_left_out(aim, people.values()))


def _left_out(aim: Aim, people: Iterable[Person]) -> dict[str, tuple[Person, ...]]:
    groups: dict[str, list[Person]] = {}
    for person in people:
        reason = _why_not(aim, person)
        if reason is not None:
            groups.setdefault(reason, []).append(person)
    return {reason: tuple(groups[reason]) for reason in sorted(groups)}


def _why_not(aim: Aim, person: Person) -> str | None:
    if person.reach in {"blocked", "deactivated"}:
        return person.reach
    if person.stopped:
        return "stopped"
    if aim.narrowed and person.restricted_at is not None:
        return "restricted"  # what they are is kept and not used: also not to choose them
    return None


async def _unanswered(desk: Desk, announcement_id: int) -> set[int]:
    return {
        line.person_id
        for line in await desk.work.recipients.of(announcement_id)
        if line.outcome in {"sent", "unsure"} and line.answer is None
    }


def left_out_words(desk: Desk, reached: Reached) -> list[Text]:
    """A line for each group that gets nothing: why, how many, and the first names."""
    lines = []
    for reason, people in reached.left_out.items():
        names = tuple(each.name for each in people[:_NAMED])
        shown: Value = names if len(people) <= _NAMED else (*names, "…")
        lines.append(desk.phrase(f"left_out_{reason}", number=len(people), names=shown))
    return lines


async def houses_of(desk: Desk) -> list[int]:
    """The houses to which the person at the desk may announce, the one this conversation is about first."""
    places = (await desk.work.memberships.places_of({desk.me.id}, desk.now)).get(desk.me.id, ())
    found = []
    for place in places:
        rules = await desk.work.announcements.rules_of(place.house_id)
        if may_announce(inside(places, place.house_id), rules):
            found.append(place.house_id)
    return sorted(found, key=lambda each: each != desk.standing.house_id)


async def needs_a_yes(desk: Desk, announcement: Announcement) -> bool:
    """Whether a second person has to agree: where a house wants it, to what those say who are not its staff."""
    places = (await desk.work.memberships.places_of({announcement.author_id}, desk.now)).get(
        announcement.author_id, ()
    )
    for house_id in Aim.from_json(announcement.audience, announcement.house_id).houses:
        rules = await desk.work.announcements.rules_of(house_id)
        if rules.second_yes and Role.STAFF not in inside(places, house_id).roles:
            return True
    return False

"""Who may: the one place that says it. The default is no.

A `Standing` is what a person is in one house right now; an `Audience` is whom something is for. Facts, actions,
dialogs and cards each name their audience, and are asked here before they run; `python -m bot.policy_table` writes
all of it down as a table that people can read (POLICY.md).
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final


class Role(StrEnum):
    """What somebody is in a house. One person can be several.

    An officer is a resident who leads, chosen by residents. Staff and on-call of a network are so in each of its
    houses.
    """

    PARTICIPANT = "participant"
    MENTOR = "mentor"
    STAFF = "staff"
    OFFICER = "officer"
    ON_CALL = "on_call"


OVER_HOUSES: Final = (Role.STAFF, Role.MENTOR, Role.OFFICER, Role.PARTICIPANT)
OVER_NETWORKS: Final = (Role.STAFF, Role.ON_CALL)
"""The roles that can be given over a house, and over a network."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A person in one house: which house, and the roles they have there. A stranger has neither."""

    house_id: int | None = None
    roles: frozenset[Role] = frozenset()

    @property
    def joined(self) -> bool:
        """Whether they belong to the house in any way."""
        return self.house_id is not None


STRANGER: Final = Standing()


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom something is for: everybody, everybody who joined, or those with one of some roles. By default nobody."""

    roles: frozenset[Role] = frozenset()
    members: bool = False
    strangers: bool = False

    def __str__(self) -> str:
        """In words, for the table that people read."""
        if self.strangers:
            return "everybody, strangers too"
        if self.members:
            return "everybody in the house"
        return " and ".join(_SEVERAL[role] for role in Role if role in self.roles) or "nobody"


_SEVERAL: Final = {
    Role.PARTICIPANT: "participants",
    Role.MENTOR: "mentors",
    Role.STAFF: "staff",
    Role.OFFICER: "officers",
    Role.ON_CALL: "the network's on-call",
}

NOBODY: Final = Audience()
EVERYONE: Final = Audience(members=True, strangers=True)
MEMBERS: Final = Audience(members=True)
PARTICIPANTS: Final = Audience(frozenset({Role.PARTICIPANT}))
RESPONDERS: Final = Audience(frozenset({Role.MENTOR, Role.STAFF, Role.ON_CALL}))
STAFF: Final = Audience(frozenset({Role.STAFF}))
ANNOUNCERS: Final = Audience(frozenset({Role.MENTOR, Role.OFFICER, Role.STAFF}))
"""Of whom each house says who really may: see bot/house/announcements/audience.py."""


@cache
def audience_of(words: tuple[str, ...]) -> Audience:
    """The audience that a dialog's `for` names: everyone, member, or roles."""
    return Audience(
        roles=frozenset(Role(word) for word in words if word not in {"everyone", "member"}),
        members=bool({"everyone", "member"} & set(words)),
        strangers="everyone" in words,
    )


def may(standing: Standing, audience: Audience) -> bool:
    """Whether somebody of this standing is among the audience."""
    if not standing.joined:
        return audience.strangers
    return audience.members or bool(audience.roles & standing.roles)

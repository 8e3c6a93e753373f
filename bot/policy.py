"""Who may: the one place that says it. The default is no.

A `Standing` is what a person is in one house right now; an `Audience` is whom something is for. Facts, actions
and dialogs each name their audience, and are asked here before they run.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What somebody is in a house. One person can be several."""

    PARTICIPANT = "participant"
    MENTOR = "mentor"
    STAFF = "staff"


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
    """Whom something is for: everybody, everybody who joined, or those with one of some roles."""

    roles: frozenset[Role] = frozenset()
    members: bool = False
    strangers: bool = False


EVERYONE: Final = Audience(members=True, strangers=True)
MEMBERS: Final = Audience(members=True)
PARTICIPANTS: Final = Audience(frozenset({Role.PARTICIPANT}))
RESPONDERS: Final = Audience(frozenset({Role.MENTOR, Role.STAFF}))
STAFF: Final = Audience(frozenset({Role.STAFF}))


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

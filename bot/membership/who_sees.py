"""Who sees what of a person: drawn from what they agreed to and from who is who, as it stands now."""

from bot.conversation.desk import Desk
from bot.conversation.registry import Registry
from bot.membership.consent import Purpose, agreed
from bot.policy import MEMBERS, Role
from dialogs.values import Text, Value


async def who_sees_table(desk: Desk) -> Value:
    """A kind of data and who sees it, two short lines each: that reads well on a telephone."""
    given = {each for each in Purpose if desk.me.id in await agreed(desk.work, [desk.me.id], each)}
    in_group = bool(await desk.work.groups.of_house(desk.house_id, "mentors"))
    places = (await desk.work.memberships.places_of({desk.me.id}, desk.now)).get(desk.me.id, ())
    told = {each.reach for each in await desk.work.stories.of(desk.me.id)}
    rows = (
        ("sees_checkins", "only_you" if Purpose.CHECKINS in given else "not_kept"),
        ("sees_practices", "only_you"),
        ("sees_worry", "mentors" if Purpose.WORRY in given else "nobody"),
        ("sees_call", "asked_and_group" if in_group else "those_asked"),
        *([("sees_call_too", "other_homes")] if len([each for each in places if each.is_home]) > 1 else ()),
        ("sees_words", "those_asked" if Purpose.SOS_WORDS in given else "nobody"),
        ("sees_relay", "the_two"),
        ("sees_name", "house"),
        ("sees_stories", "readers_network" if "network" in told else "readers"),
    )
    whose: dict[str, Text | str] = {
        "mentors": await _names(desk, Role.MENTOR),
        "those_asked": desk.phrase("seen_by_those_asked"),
        "asked_and_group": desk.phrase("seen_by_asked_and_group"),
    }
    return "\n".join(
        desk.render(
            desk.phrase("sees_line", what=desk.phrase(what), who=whose.get(who) or desk.phrase(f"seen_by_{who}"))
        )
        for what, who in rows
    )


def register(registry: Registry) -> None:
    """Adds what this subject tells."""
    registry.fact("who_sees_table", MEMBERS, who_sees_table)


async def _names(desk: Desk, role: Role) -> Text:
    ids = await desk.work.memberships.with_role(desk.house_id, role, desk.now)
    people = (await desk.people(set(ids) - {desk.me.id})).values()
    names = tuple(sorted(each.name for each in people))
    return desk.phrase("seen_by_mentors", names=names) if names else desk.phrase("seen_by_no_mentor")

"""Who reads a story first, when it may be shown, which is shown next, and what stands out in it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.community.stories.flags import Flag, flags
from bot.community.stories.inviting import SELDOM, may_invite
from bot.community.stories.rules import (
    MENTORS_ASKED,
    PEERS_ASKED,
    agreed,
    enough_readers,
    first_readers,
    joined,
    next_to_show,
    signature,
    tells,
)
from dialogs.messages import File, Message
from storage.repositories.stories import Says, Story, Voice

NOW = datetime(2027, 3, 3, tzinfo=UTC)
people = st.sets(st.integers(1, 30), max_size=12)


def voice(person: int, says: Says, story: int = 1) -> Voice:
    return Voice(id=person, story_id=story, person_id=person, says=says, at=NOW)


def story(number: int) -> Story:
    return Story(
        id=number,
        person_id=9,
        house_id=1,
        kind="story",
        about="craving",
        signed="name",
        state="shown",
        told_at=NOW,
        words=b"{}",
    )


@given(st.integers(1, 10**6), people, people, st.integers(1, 30))
def test_nobody_reads_their_own_nobody_is_asked_twice_and_a_mentor_always_is(
    number: int, mentors: set[int], members: set[int], teller: int
) -> None:
    asked = first_readers(number, mentors, members, teller)

    assert teller not in asked
    assert len(asked) == len(set(asked)) <= MENTORS_ASKED + PEERS_ASKED
    assert set(asked) <= mentors | members
    if enough_readers(mentors, members, teller):
        assert set(asked) & mentors
        assert len(asked) >= 2


def test_two_say_yes_and_one_of_them_is_a_mentor() -> None:
    assert not agreed([voice(1, "yes")], mentors={1})
    assert not agreed([voice(1, "yes"), voice(2, "yes")], mentors={3})
    assert agreed([voice(1, "yes"), voice(2, "yes")], mentors={2})
    assert not agreed([voice(1, "yes"), voice(2, "no")], mentors={1, 2})


def test_what_was_not_seen_comes_first_then_what_helped_most_then_what_was_seen_longest_ago() -> None:
    stories = [story(1), story(2), story(3)]

    assert next_to_show(stories, [], {2: 4}) == story(2)
    assert next_to_show(stories, [voice(7, "seen", 2)], {2: 4}) == story(1)
    assert next_to_show(stories, [voice(7, "seen", each) for each in (3, 1, 2)], {2: 4}) == story(3)
    assert next_to_show([], [], {}) is None


def test_a_story_is_its_steps_one_under_the_other() -> None:
    photo = File("photo", "abc")

    assert joined([Message(" one "), None, Message(files=(photo,)), Message("two")]) == Message(
        "one\n\ntwo", files=(photo,)
    )


def test_a_photo_alone_tells_nothing_and_a_voice_does() -> None:
    assert not tells(Message(files=(File("photo", "1"),)))
    assert tells(Message(files=(File("voice", "1"),)))
    assert tells(Message("It passed."))


def test_a_name_a_letter_or_nobody() -> None:
    assert [signature(each, "Ana") for each in ("name", "letter", "nobody")] == ["Ana", "A.", ""]


@pytest.mark.parametrize(
    ("words", "flagged"),
    [
        ("call me on +1 (555) 010-0123", Flag("contact", "+1 (555) 010-0123")),
        ("write to ana.b@example.org", Flag("contact", "ana.b@example.org")),
        ("I'm @ana_b there", Flag("contact", "@ana_b")),
        ("at 12 Old Mill Road", Flag("address", "12 Old Mill Road")),
        ("vive en la calle Hidalgo", Flag("address", "calle Hidalgo")),
        ("detrás de la estación", Flag("place", "detrás de la")),
        ("he had 40 mg on him", Flag("dose", "40 mg")),
        ("me tomé tres pastillas", Flag("dose", "tres pastillas")),
        ("the Needle was there", Flag("method", "Needle")),
        ("with Ben at my side", Flag("name", "Ben")),
    ],
)
def test_what_stands_out_is_shown_as_it_was_written(words: str, flagged: Flag) -> None:
    assert flagged in flags(Message(words), ["Ben", "Hope"])


def test_an_ordinary_story_has_nothing_to_look_at() -> None:
    words = "It was payday, I had hope, and an hour later it was gone. We talked for 20 minutes at the table."

    assert flags(Message(words), ["Ben", "Hope"]) == ()


def test_a_capital_letter_makes_a_name_of_a_word() -> None:
    assert flags(Message("Hope was there"), ["Hope"]) == (Flag("name", "Hope"),)


@given(st.text(max_size=200), st.lists(st.text(max_size=8), max_size=4))
def test_whatever_is_written_is_read_and_what_is_flagged_stands_in_it(words: str, names: list[str]) -> None:
    assert all(flag.words in words for flag in flags(Message(words), names))


@given(st.integers(10**6, 10**11))
def test_a_number_long_enough_to_call_is_always_flagged(number: int) -> None:
    assert Flag("contact", str(number)) in flags(Message(f"it is {number}, call"), [])


def test_what_no_rule_can_read_is_flagged_as_such() -> None:
    assert flags(Message(files=(File("voice", "1"),)), []) == (Flag("unread", "voice"),)


ago = st.timedeltas(timedelta(), timedelta(days=400)).map(lambda time: NOW - time)


@given(st.none() | ago, st.lists(ago, max_size=4))
def test_nobody_is_invited_who_was_asked_or_told_one_in_the_last_quarter(
    asked_at: datetime | None, told: list[datetime]
) -> None:
    lately = [each for each in (asked_at, *told) if each is not None and NOW - each < SELDOM]
    assert may_invite(asked_at, told, NOW) is not bool(lately)

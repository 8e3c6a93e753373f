"""What can be chosen, what somebody chose, and what may be shown of it."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from bot.house.announcements import polls
from bot.house.announcements.versions import Versions
from dialogs.messages import Message, from_plain, to_plain

options = st.integers(min_value=1, max_value=12)
answers = st.dictionaries(
    st.sets(st.sampled_from(polls.KEYS), min_size=1).map(lambda keys: "".join(sorted(keys))),
    st.integers(min_value=1, max_value=9),
    max_size=6,
)


@given(st.lists(st.sampled_from(polls.KEYS), max_size=30), st.booleans())
def test_every_second_tap_takes_an_option_off_again_and_one_alone_is_ever_held_where_one_is_asked_for(
    taps: list[str], several: bool
) -> None:
    held: str | None = None
    for key in taps:
        before = held or ""
        held = polls.chosen(held, key, several=several)
        assert (key in (held or "")) != (key in before)
        assert held is None or held == "".join(sorted(set(held)))
        if not several:
            assert len(held or "") <= 1


@given(answers, options)
def test_no_count_is_told_of_fewer_than_five_people(given_answers: dict[str, int], number: int) -> None:
    counted = polls.counted(given_answers, number)
    people = sum(given_answers.values())
    assert (counted is None) == (people < 5)
    if counted is not None:
        assert len(counted) == number
        assert all(0 <= each <= people for each in counted)


def test_options_are_two_to_twelve_different_lines() -> None:
    assert polls.options_in(" - Soup\n\n• Rice  and beans ") == ("Soup", "Rice and beans")
    for typed in ("", "Soup", "Soup\nSoup", "\n".join("abcdefghijklm"), f"Soup\n{'x' * 101}"):
        assert polls.options_in(typed) is None
    assert len(polls.options_in("\n".join("abcdefghijkl")) or ()) == 12


def test_a_translation_of_some_of_the_options_or_of_others_is_not_shown() -> None:
    first, other = Message(text="Which?", options=("Soup", "Rice")), Message(text="¿Cuál?")
    versions = Versions(original="en", messages={"en": first, "es": other})
    assert versions.read_in("es").options == ("Soup", "Rice")
    whole = polls.asking(versions, "es", ("Sopa", "Arroz"), several=False)
    assert whole.read_in("es").options == ("Sopa", "Arroz")
    later = polls.asking(whole, "en", ("Soup", "Fish"), several=True)
    assert later.read_in("es").options == ("Soup", "Fish")
    assert later.read_in("es").several
    some = polls.asking(versions, "es", ("Sopa",), several=False)
    assert some.read_in("es").options == ("Soup", "Rice")


def test_a_question_is_kept_as_it_was_asked() -> None:
    for several, amount in product((True, False), (1, 2, 12)):
        asked = Message(text="Which?", options=tuple(polls.KEYS[:amount]), several=several)
        assert from_plain(to_plain(asked)) == asked

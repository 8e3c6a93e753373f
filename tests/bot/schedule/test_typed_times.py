import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.schedule.typed_times import minutes_of, read_time

hours = st.integers(0, 23)
minutes = st.integers(0, 59)


@given(hours, minutes, st.sampled_from([":", ".", "h", " : ", ""]))
def test_a_time_on_a_clock_of_twenty_four_is_read_as_it_stands(hour: int, minute: int, between: str) -> None:
    assert read_time(f"{hour}{between}{minute:02}") == f"{hour:02}:{minute:02}"


@given(hours)
def test_an_hour_alone_is_enough(hour: int) -> None:
    assert read_time(str(hour)) == f"{hour:02}:00"


@given(hours, minutes, st.sampled_from(["am", "AM", "a.m.", "a. m."]), st.sampled_from(["", " "]))
def test_the_two_halves_of_a_day_are_told_apart(hour: int, minute: int, morning: str, space: str) -> None:
    half = morning if hour < 12 else morning.replace("a", "p").replace("A", "P")
    assert read_time(f"{hour % 12 or 12}:{minute:02}{space}{half}") == f"{hour:02}:{minute:02}"


@given(st.text(max_size=20))
def test_whatever_is_typed_a_time_of_day_comes_back_or_none(typed: str) -> None:
    read = read_time(typed)
    if read is not None:
        assert 0 <= minutes_of(read) < 24 * 60
        assert read_time(read) == read


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("20", "20:00"),
        ("08.00", "08:00"),
        ("8pm", "20:00"),
        ("8:30 pm", "20:30"),
        ("at 7 in the morning", "07:00"),
        ("930", "09:30"),
        ("20h", "20:00"),
        ("a las 8 de la noche", "20:00"),
        ("7 de la mañana", "07:00"),
        ("3:15 de la tarde", "15:15"),
        ("12 de la noche", "00:00"),
        ("20:00 pm", "20:00"),
        ("Noon", "12:00"),
        ("medianoche", "00:00"),
    ],
)
def test_people_write_times_in_many_ways(typed: str, time: str) -> None:
    assert read_time(typed) == time


@pytest.mark.parametrize("typed", ["", "soon", "25", "24:00", "8:60", "20 am", "13 am", "8 8", "-3", "8 pm tomorrow"])
def test_what_is_not_a_time_is_not_guessed(typed: str) -> None:
    assert read_time(typed) is None

"""Numbers are looked at once a year, and the doctor says which were not."""

from datetime import timedelta

from bot.commands.doctor import old_numbers
from dialogs.library import open_library

YEAR = timedelta(days=365)


def test_each_number_is_named_from_the_day_after_its_year() -> None:
    library = open_library()
    every = [line for country in library.numbers.countries.values() for line in country.lines]
    newest = max(line.reviewed for line in every)
    oldest = min(line.reviewed for line in every)
    assert old_numbers(library, oldest + YEAR) == []
    named = "\n".join(old_numbers(library, newest + YEAR + timedelta(days=1)))
    assert all(line.says in named for line in every)
    assert "988 Suicide & Crisis Lifeline" in named

"""Telephone numbers that help, by country: data with a source and a date of review."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

from pydantic import Field

from dialogs.model import Content


class Line(Content):
    """One line to call or text: what is said of it, where that was read, and when it was last checked."""

    says: str
    source: str
    reviewed: date


class Country(Content):
    """A country's numbers.

    `emergency` is the one for an ambulance; `complaints` name who hears of wrongs in a house.
    """

    emergency: str
    lines: tuple[Line, ...] = ()
    complaints: tuple[Line, ...] = ()

    @property
    def every(self) -> tuple[Line, ...]:
        """Every line there is."""
        return (*self.lines, *self.complaints)


class Numbers(Content):
    """All of them. `elsewhere` serves countries not listed, `public` somebody whose country is not known."""

    spec: Literal[1]
    numbers: str
    revision: int = Field(ge=1)
    countries: Mapping[str, Country]
    elsewhere: Country
    public: Country

    def of(self, country: str) -> Country:
        """The numbers for a country (ISO 3166, two letters)."""
        return self.countries.get(country, self.elsewhere)

    def texts(self) -> Iterator[str]:
        """Every sentence that wants translating."""
        for country in (*self.countries.values(), self.elsewhere, self.public):
            for line in country.every:
                yield line.says

    def past_review(self, today: date, *, days: int = 365) -> tuple[Line, ...]:
        """Lines that nobody has checked for so many days."""
        every = (
            line for country in (*self.countries.values(), self.elsewhere, self.public) for line in country.every
        )
        return tuple(line for line in every if (today - line.reviewed).days > days)

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.membership import atlas

NOW = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
LOCALES = ("en", "es")

zones = st.sampled_from(sorted(atlas.all_zones()))


@given(zones, st.sampled_from(LOCALES))
def test_a_zone_is_found_by_its_city_in_any_language_whatever_the_case(zone: str, locale: str) -> None:
    found = atlas.find(atlas.city(zone, locale).upper(), LOCALES, NOW)
    assert any(_same_clock(zone, each) for each in found)


@given(st.text(max_size=80))
def test_whatever_is_typed_a_short_list_comes_back(text: str) -> None:
    found = atlas.find(text, LOCALES, NOW)
    assert len(found) <= atlas.AT_MOST
    assert len(set(found)) == len(found)


@given(st.sampled_from(sorted(atlas.by_country())))
def test_a_country_offers_no_clock_twice(country: str) -> None:
    offered = atlas.choices(country, "UTC", NOW)
    assert 1 <= len(offered) <= atlas.AT_MOST
    assert atlas.distinct(offered, NOW) == offered


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert atlas.folded(atlas.folded(text)) == atlas.folded(text)


def test_the_united_states_keep_eight_clocks_the_house_first() -> None:
    offered = atlas.choices("US", "America/Denver", NOW)
    assert offered[0] == "America/Denver"
    assert set(offered) == {
        "America/New_York",
        "America/Chicago",
        "America/Denver",
        "America/Phoenix",
        "America/Los_Angeles",
        "America/Anchorage",
        "America/Adak",
        "Pacific/Honolulu",
    }


def test_a_country_nobody_knows_offers_the_clock_of_the_house() -> None:
    assert atlas.choices("ZZ", "Europe/Berlin", NOW) == ("Europe/Berlin",)


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("sao paulo", "America/Sao_Paulo"),
        ("Nueva York", "America/New_York"),
        ("new york city", "America/New_York"),
        ("ciudad de mexico", "America/Mexico_City"),
        ("Madrid, Spain", "Europe/Madrid"),
        ("lond", "Europe/London"),
        ("ESPAÑA", "Europe/Madrid"),
    ],
)
def test_a_city_is_found_as_people_write_it(typed: str, zone: str) -> None:
    assert atlas.find(typed, LOCALES, NOW)[0] == zone


@pytest.mark.parametrize("typed", ["", " ", "?!", "xyzzy", "ab"])
def test_what_is_no_city_is_not_found(typed: str) -> None:
    assert atlas.find(typed, LOCALES, NOW) == ()


def test_a_button_tells_the_time_there_and_the_city() -> None:
    assert atlas.label("America/New_York", "en", NOW) == "12:00 New York"
    assert atlas.label("America/New_York", "es", NOW) == "12:00 Nueva York"


def _same_clock(one: str, other: str) -> bool:
    return NOW.astimezone(ZoneInfo(one)).utcoffset() == NOW.astimezone(ZoneInfo(other)).utcoffset()

"""The rota's promises, for any rota: one answer a moment, no gap unnoticed, and the nights the clocks change."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.care.rota import rules
from bot.care.rota.rules import Definitions, Override, Rotation

NEW_YORK = "America/New_York"
MARIA, TOM, SAM = 1, 2, 3
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)


def here(text: str, zone: str = NEW_YORK, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def weekly(**changes: object) -> Definitions:
    values: dict[str, object] = {
        "zone": NEW_YORK,
        "everybody": (MARIA, TOM),
        "rotation": Rotation(people=(MARIA, TOM), starts_on=date(2027, 3, 1), days=7, handover=9 * 60),
        "able": frozenset({MARIA, TOM, SAM}),
    }
    return Definitions(**values | changes)  # type: ignore[arg-type]  # fields by name


def test_without_a_rota_everybody_is_on_call_but_who_is_away() -> None:
    now = here("2027-03-03 09:00")
    alone = Definitions(zone=NEW_YORK, everybody=(MARIA, TOM), away={TOM: now + HOUR})
    assert rules.on_call(alone, now) == (MARIA,)
    assert rules.on_call(alone, now + HOUR) == (MARIA, TOM)
    assert rules.next_change(alone, now) == now + HOUR
    assert rules.next_change(alone, now + HOUR) is None
    assert rules.gaps(alone, now, now + WEEK) == ()


def test_turns_go_round_and_are_handed_over_at_the_local_time() -> None:
    rota = weekly()
    assert rules.on_call(rota, here("2027-03-01 09:00")) == (MARIA,)
    assert rules.on_call(rota, here("2027-03-08 08:59")) == (MARIA,)
    assert rules.on_call(rota, here("2027-03-08 09:00")) == (TOM,)
    assert rules.on_call(rota, here("2027-03-15 09:00")) == (MARIA,)
    assert rules.next_change(rota, here("2027-03-03 12:00")) == here("2027-03-08 09:00")


def test_a_rota_that_has_not_begun_leaves_everybody_on_call() -> None:
    assert rules.on_call(weekly(), here("2027-03-01 08:59")) == (MARIA, TOM)
    assert rules.next_change(weekly(), here("2027-02-27 08:00")) == here("2027-03-01 09:00")


def test_a_stand_in_counts_between_its_moments_and_a_later_one_on_top_of_it() -> None:
    noon, night = here("2027-03-02 12:00"), here("2027-03-02 22:00")
    first = Override(person=TOM, instead_of=MARIA, starts_at=noon, ends_at=night)
    again = Override(person=SAM, instead_of=TOM, starts_at=noon + HOUR, ends_at=noon + 2 * HOUR)
    rota = weekly(overrides=(first, again))
    assert rules.on_call(rota, noon - HOUR) == (MARIA,)
    assert rules.on_call(rota, noon) == (TOM,)
    assert rules.on_call(rota, noon + HOUR) == (SAM,)
    assert rules.on_call(rota, noon + 2 * HOUR) == (TOM,)
    assert rules.on_call(rota, night) == (MARIA,)


def test_a_stand_in_for_somebody_whose_turn_it_is_not_changes_nothing() -> None:
    noon = here("2027-03-02 12:00")
    rota = weekly(overrides=(Override(person=SAM, instead_of=TOM, starts_at=noon, ends_at=noon + DAY),))
    assert rules.on_call(rota, noon) == (MARIA,)


def test_a_turn_of_somebody_away_is_a_gap_until_they_are_back_or_somebody_stands_in() -> None:
    monday, back = here("2027-03-01 09:00"), here("2027-03-04 08:00")
    rota = weekly(away={MARIA: back})
    [gap] = rules.gaps(rota, monday, monday + 2 * WEEK)
    assert (gap.starts_at, gap.ends_at) == (monday, back)
    filled = weekly(
        away={MARIA: back}, overrides=(Override(person=TOM, instead_of=None, starts_at=monday, ends_at=back),)
    )
    assert rules.gaps(filled, monday, monday + 2 * WEEK) == ()


def test_the_turn_of_somebody_who_left_is_a_gap_and_nobody_elses_turn_moves() -> None:
    rota = weekly(able=frozenset({TOM}))
    assert rules.on_call(rota, here("2027-03-02 12:00")) == ()
    assert rules.on_call(rota, here("2027-03-09 12:00")) == (TOM,)


def test_a_handover_at_a_local_time_that_does_not_exist_comes_at_the_next_that_does() -> None:
    # Clocks in New York went from 2:00 to 3:00 on 14 March 2027.
    daily = weekly(rotation=Rotation(people=(MARIA, TOM), starts_on=date(2027, 3, 13), days=1, handover=150))
    assert rules.next_change(daily, here("2027-03-13 12:00")) == here("2027-03-14 03:00")
    assert rules.on_call(daily, here("2027-03-14 01:59")) == (MARIA,)
    assert rules.on_call(daily, here("2027-03-14 03:00")) == (TOM,)


def test_a_handover_at_a_local_time_that_comes_twice_happens_the_first_time_only() -> None:
    # … and from 2:00 back to 1:00 on 7 November 2027.
    daily = weekly(rotation=Rotation(people=(MARIA, TOM), starts_on=date(2027, 11, 6), days=1, handover=90))
    first, second = here("2027-11-07 01:30"), here("2027-11-07 01:30", fold=1)
    assert second - first == HOUR
    assert rules.on_call(daily, first - timedelta(minutes=1)) == (MARIA,)
    assert rules.on_call(daily, first) == rules.on_call(daily, second) == (TOM,)
    assert rules.next_change(daily, first) == here("2027-11-08 01:30")


def test_the_load_is_counted_in_real_hours() -> None:
    start, end = here("2027-03-08 09:00"), here("2027-03-22 09:00")
    assert rules.load(weekly(), start, end) == {TOM: WEEK - HOUR, MARIA: WEEK}  # an hour less when clocks go forward


def test_turns_come_whole() -> None:
    now = here("2027-03-03 12:00")
    [first, second] = rules.turns(weekly(), now, now + WEEK)
    assert (first.people, first.starts_at, first.ends_at) == (
        (MARIA,),
        here("2027-03-01 09:00"),
        here("2027-03-08 09:00"),
    )
    assert second.people == (TOM,)
    assert list(rules.turns(Definitions(zone=NEW_YORK, everybody=(MARIA,)), now, now + WEEK)) == []


@pytest.mark.parametrize(
    ("hours", "clock", "quiet"),
    [
        ((22 * 60, 7 * 60), "23:00", True),
        ((22 * 60, 7 * 60), "06:59", True),
        ((22 * 60, 7 * 60), "07:00", False),
        ((13 * 60, 15 * 60), "14:00", True),
        ((13 * 60, 15 * 60), "15:00", False),
        (None, "03:00", False),
    ],
)
def test_quiet_hours_go_around_midnight(hours: tuple[int, int] | None, clock: str, quiet: bool) -> None:
    assert rules.is_quiet(hours, NEW_YORK, here(f"2027-03-03 {clock}")) is quiet


def test_a_rotation_of_nobody_or_of_no_length_is_refused() -> None:
    for people, days, handover in (((), 1, 0), ((MARIA,), 0, 0), ((MARIA,), 1, 24 * 60)):
        with pytest.raises(ValueError, match="a rotation needs"):
            Rotation(people=people, starts_on=date(2027, 3, 1), days=days, handover=handover)


_zones = st.sampled_from([NEW_YORK, "Europe/Madrid", "Australia/Lord_Howe", "America/Santiago", "Asia/Kathmandu"])
_moments = st.datetimes(datetime(2027, 1, 1), datetime(2028, 1, 1)).map(lambda each: each.replace(tzinfo=UTC))  # noqa: DTZ001
_people = st.integers(1, 4)
_overrides = st.builds(
    lambda person, instead_of, start, hours: Override(
        person=person, instead_of=instead_of, starts_at=start, ends_at=start + timedelta(hours=hours)
    ),
    _people,
    st.none() | _people,
    _moments,
    st.integers(1, 200),
)
_definitions = st.builds(
    lambda zone, people, starts_on, days, handover, overrides, able, away: Definitions(
        zone=zone,
        everybody=(1, 2, 3, 4),
        rotation=Rotation(people=tuple(people), starts_on=starts_on, days=days, handover=handover),
        overrides=tuple(overrides),
        able=frozenset(able),
        away=away,
    ),
    _zones,
    st.lists(_people, min_size=1, max_size=5),
    st.dates(date(2026, 6, 1), date(2027, 12, 1)),
    st.integers(1, 14),
    st.integers(0, 24 * 60 - 1),
    st.lists(_overrides, max_size=4),
    st.sets(_people),
    st.dictionaries(_people, _moments, max_size=2),
)


@settings(max_examples=60)
@given(definitions=_definitions, start=_moments, hours=st.integers(1, 24 * 21), sample=st.floats(0, 1))
def test_the_pieces_tell_of_every_moment_what_the_moment_itself_tells(
    definitions: Definitions, start: datetime, hours: int, sample: float
) -> None:
    end = start + timedelta(hours=hours)
    pieces = list(rules.shifts(definitions, start, end))
    assert pieces[0].starts_at == start
    assert pieces[-1].ends_at == end
    for one, after in pairwise(pieces):
        assert one.ends_at == after.starts_at
        assert one.people != after.people
    moment = start + (end - start) * min(sample, 0.999)
    [piece] = [each for each in pieces if each.starts_at <= moment < each.ends_at]
    assert piece.people == rules.on_call(definitions, moment)
    assert len(piece.people) <= 1 or moment < rules.begins(definitions.rotation, definitions.zone, 0)  # type: ignore[arg-type]  # there is one
    in_a_gap = any(gap.starts_at <= moment < gap.ends_at for gap in rules.gaps(definitions, start, end))
    assert in_a_gap is (not rules.on_call(definitions, moment))


@settings(max_examples=60)
@given(definitions=_definitions, now=_moments)
def test_nothing_changes_before_the_next_change_and_something_does_then(
    definitions: Definitions, now: datetime
) -> None:
    change = rules.next_change(definitions, now)
    before = rules.on_call(definitions, now)
    if change is None:
        assert rules.on_call(definitions, now + timedelta(days=300)) == before
    else:
        assert change > now
        assert rules.on_call(definitions, change - timedelta(microseconds=1)) == before
        assert rules.on_call(definitions, change) != before


@settings(max_examples=60)
@given(definitions=_definitions, now=_moments)
def test_turns_follow_one_another_without_a_hole_and_hold_the_moment(definitions: Definitions, now: datetime) -> None:
    pieces = list(rules.turns(definitions, now, now + timedelta(days=20)))
    for one, after in pairwise(pieces):
        assert one.ends_at == after.starts_at
    begun = now >= rules.begins(definitions.rotation, definitions.zone, 0)  # type: ignore[arg-type]  # there is one
    assert any(each.starts_at <= now < each.ends_at for each in pieces) is begun

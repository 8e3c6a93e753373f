"""Why words opened a call, and how often they should not have."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.care.alerts.grounds import FALSE_ALARM, Grounds, false_alarms, grounds_in, grounds_of
from storage.repositories.alerts import Alert

NOW = datetime(2027, 3, 1, tzinfo=UTC)


def a_call(number: int, rule: str | None, outcome: str | None = "closed") -> Alert:
    return Alert(
        id=number,
        person_id=1,
        house_id=1,
        severity="crisis",
        state="over",
        plan="[]",
        opened_at=NOW,
        outcome=outcome,
        why=None if rule is None else Grounds(rule, "words").to_json(),
    )


def test_grounds_come_back_as_they_were_kept() -> None:
    grounds = Grounds("es.suicide.wish", "me quiero “matar”")
    assert grounds_of(replace(a_call(1, None), why=grounds.to_json())) == grounds
    assert grounds_of(a_call(1, None)) is None


def test_an_action_that_no_rule_led_to_has_no_grounds() -> None:
    assert grounds_in({"kind": "suicide", "rule": None, "words": None}) is None
    assert grounds_in({"rule": "en.suicide.wish", "words": None}) == Grounds("en.suicide.wish", "")


def test_only_calls_that_words_opened_are_counted_and_the_worst_rule_comes_first() -> None:
    calls = [
        a_call(1, None, FALSE_ALARM),
        a_call(2, "b", FALSE_ALARM),
        a_call(3, "a", FALSE_ALARM),
        a_call(4, "b", FALSE_ALARM),
        a_call(5, "c"),
        a_call(6, "a", None),
    ]
    count, wrong = false_alarms(calls)
    assert count == 5
    assert list(wrong.items()) == [("b", 2), ("a", 1)]
    assert false_alarms([]) == (0, {})

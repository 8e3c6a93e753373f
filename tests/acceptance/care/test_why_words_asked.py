"""Every judgement can be explained: which rule spoke, about which words; and a false alarm can be called one."""

from tests.support.house import House
from tests.support.somebody import Somebody

RULE = "en.suicide."


async def is_heard(ana: Somebody, words: str) -> None:
    """Ana writes words of danger, and knows that people are asked."""
    await ana.writes(words)
    await ana.reads("I've asked Maria")
    await ana.reads("I'm glad you wrote that.")


async def test_whoever_is_asked_reads_the_rule_and_the_words_that_ana_lets_be_read(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await is_heard(ana, "the bus was late again. I want to kill myself. see you at dinner")
    card = await maria.reads("🚨 Ana needs somebody right now.", "Why I ask: Ana wrote “", "kill myself”", RULE)
    assert "bus" not in card.text
    assert "dinner" not in card.text
    await maria.taps("I'm on it", "It's over")
    await ana.has_read_everything()


async def test_without_a_yes_the_rule_is_told_and_the_words_are_not(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await ana.writes("/consents")
    await ana.taps("☑ Pass on my words in a call", "That's all")
    await is_heard(ana, "I want to kill myself")
    card = await maria.reads("🚨 Ana needs somebody right now.", "Why I ask: something Ana wrote", RULE)
    assert "myself" not in card.text
    await maria.taps("I'm on it", "It's over")
    await ana.has_read_everything()


async def test_silence_after_a_farewell_is_explained_by_the_farewell(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await ana.writes("goodbye everyone, you were good to me")
    await ana.reads("Do you want someone now?")
    await house.later(minutes=2)
    await maria.reads("🚨 Ana needs somebody right now.", "Why I ask: Ana wrote “goodbye everyone", "en.farewell.")
    await maria.taps("I'm on it", "It's over")
    await ana.has_read_everything()


async def test_a_call_by_a_tap_has_no_words_to_explain_it_until_danger_is_written(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await ana.presses("🆘 SOS")
    card = await maria.reads("🔔 Ana is asking for somebody, now.")
    assert "Why I ask" not in card.text
    await ana.taps("I'll just wait")
    await ana.writes("I took all my pills")
    await ana.has_read_everything()
    await maria.reads("🚑 Ana needs help at once", "Why I ask: Ana wrote “took all my", "en.overdose.")
    await maria.taps("I'm on it", "It's over")
    await ana.has_read_everything()


async def test_a_false_alarm_is_called_one_and_counted_for_staff_by_its_rule(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await sam.writes("/alerts")
    await sam.reads("🌙 All quiet.")
    await sam.taps("How often it was a false alarm")
    await sam.sees("Nothing anybody wrote has opened a call")
    for answer in ("It was a false alarm", "It's over"):
        await is_heard(ana, "I want to kill myself")
        await maria.taps("I'm on it", answer)
        await maria.sees("It's over for Ana.")
        await ana.has_read_everything()
        await ana.taps("I'll just wait")
        await ana.has_read_everything()
    await sam.has_read_everything()
    await sam.writes("/alerts")
    await sam.taps("How often it was a false alarm")
    told = await sam.sees("Calls opened by words in the last 90 days: 2. False alarms: 1.", RULE, ": 1")
    assert "Ana" not in told.text
    assert "myself" not in told.text
    await sam.writes("/trail")
    await sam.sees("Maria", "Ana")


async def test_a_mentor_sees_no_count(house: House) -> None:
    maria, _ana = await house.people("Maria the mentor", "Ana the participant")
    await maria.writes("/alerts")
    quiet = await maria.reads("🌙 All quiet.")
    assert not quiet.buttons
    await maria.has_read_everything()
